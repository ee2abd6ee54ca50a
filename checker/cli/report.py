"""`checker report`: a result once more, in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checker.cli.app import app
from checker.cli.formats import FORMATS, printed
from checker.report import Format, extensions

EXAMPLES = """\b
Examples:
  checker report result.json -o report.html -o summary.md
  checker report result.json --format md
"""
EXTENSIONS = " ".join(extensions())


@app.command(epilog=EXAMPLES)
def report(
    result: Annotated[
        Path, typer.Argument(help="What checker check -o result.json wrote; - is stdin", show_default=False)
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", help=f"Write a report, repeatable: {EXTENSIONS}", show_default=False),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format,
        typer.Option(
            "--format", metavar="FORMAT", parser=printed, help=f"What to print on stdout: {FORMATS}"
        ),
    ] = Format.TEXT,
) -> None:
    """Write a result in any format: nothing is read or asked anew."""
    from checker.cli.output import deliver, read_result, refuse_outputs  # noqa: PLC0415 - heavy

    found = read_result(result)
    refuse_outputs(output or [], found)
    deliver(found, output or [], format)
