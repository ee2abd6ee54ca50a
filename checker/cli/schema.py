"""`checker schema`: the JSON Schema of a file format."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from checker.cli.app import app
from checker.cli.formats import one_of


class Known(StrEnum):
    """The formats that have a schema."""

    RESULT = "result"


@app.command(epilog="Example:  checker schema result > result.schema.json")
def schema(
    name: Annotated[  # noqa: ARG001 - there is one so far
        Known, typer.Argument(metavar="name", parser=one_of(Known), help="Which format.")
    ] = Known.RESULT,
) -> None:
    """Print the JSON Schema of result.json."""
    from checker.report.result import json_schema  # noqa: PLC0415

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
