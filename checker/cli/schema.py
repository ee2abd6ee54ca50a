"""`checker schema`: the JSON Schema of a file format."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from checker.cli.app import app


class Known(StrEnum):
    """The formats that have a schema."""

    RESULT = "result"


@app.command(epilog="Example:  checker schema result > result.schema.json")
def schema(name: Annotated[Known, typer.Argument(help="Which format.")] = Known.RESULT) -> None:  # noqa: ARG001 - there is one so far
    """Print the JSON Schema of result.json."""
    from checker.report.result import json_schema  # noqa: PLC0415

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
