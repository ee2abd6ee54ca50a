"""`checker show`: the findings of a result, or all about one of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.app import app
from checker.cli.formats import listed, one_of
from checker.errors import SettingsError

EXAMPLES = """\b
Examples:
  checker show result.json
      one line for each finding
  checker show result.json --kind conflict --kind unsupported
      only these
  checker show result.json F7
      both sides with their places, what differs and why
"""


class KindName(StrEnum):
    """What a finding can be."""

    CONFLICT = "conflict"
    UNSUPPORTED = "unsupported"
    MISSING = "missing"
    NOT_JUDGED = "not_judged"
    AGREEMENT = "agreement"
    SUPPORTED = "supported"
    SINGLE = "single"
    SOURCES = "sources"


@app.command(epilog=EXAMPLES)
def show(
    result: Annotated[
        Path, typer.Argument(help="What checker check -o result.json wrote; - is stdin", show_default=False)
    ],
    fact: Annotated[
        str | None,
        typer.Argument(help="F7, 7, an id, or the beginning of one: all about it", show_default=False),
    ] = None,
    kind: Annotated[
        list[KindName] | None,
        typer.Option(
            "--kind",
            metavar=listed(KindName),
            parser=one_of(KindName),
            help="List only this kind, repeatable.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """List the findings of a result, or show one with every quote."""
    from checker.cli.output import put, read_result, terminal  # noqa: PLC0415 - heavy
    from checker.report.detail import detail  # noqa: PLC0415
    from checker.report.findings import Kind  # noqa: PLC0415
    from checker.report.listing import listing  # noqa: PLC0415
    from checker.report.overview import overview  # noqa: PLC0415
    from checker.report.pick import pick  # noqa: PLC0415

    if fact and kind:
        raise SettingsError("--kind is for the list; leave it out, or leave out the finding")
    report = read_result(result)
    if fact:
        put(detail(report, pick(overview(report), fact), terminal()))
    else:
        put(listing(report, [Kind(one.value) for one in kind or []], terminal()))
