"""`checker diff`: what changed between two results."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.app import app

EXAMPLES = """\b
Examples:
  checker diff yesterday.json today.json
  checker diff main.json branch.json --exit-code --format json

\b
Rows have the numbers of NEW; "old F3" is a number of OLD.
A conflict whose values changed shows both: 34 / 43 → 34 / 51.

\b
Exit codes:
  0 always, but for errors and with --exit-code
  1 with --exit-code: something is new, or has become, a conflict, unsupported or missing
  2 usage or input
  3 with --exit-code: NEW is not complete
"""


class Shown(StrEnum):
    """What stdout gets."""

    TEXT = "text"
    JSON = "json"


@app.command(epilog=EXAMPLES)
def diff(
    old: Annotated[Path, typer.Argument(help="The result of the earlier check", show_default=False)],
    new: Annotated[Path, typer.Argument(help="The result of the later one; - is stdin", show_default=False)],
    format: Annotated[Shown, typer.Option("--format", help="What to print on stdout.")] = Shown.TEXT,  # noqa: A002 - the option's name
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 when something alarming is new.")
    ] = False,
) -> None:
    """Say which findings of two results are new, gone or changed."""
    from checker.cli.output import put, read_result, terminal  # noqa: PLC0415 - heavy
    from checker.errors import ExitCode  # noqa: PLC0415
    from checker.report.changes import changes  # noqa: PLC0415
    from checker.report.changes_lines import lines, render  # noqa: PLC0415

    before, after = read_result(old), read_result(new)
    found = changes(before, after)
    put(render(found) if format == Shown.JSON else lines(found, before, after, terminal()))
    if exit_code and after.failures:
        raise typer.Exit(ExitCode.INCOMPLETE)
    if exit_code and found.alarms:
        raise typer.Exit(ExitCode.FOUND)
