"""`checker baseline`: the findings that were accepted, with reasons."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.app import app

baseline_app = typer.Typer(
    help="Accept findings, with reasons, so that they fail nothing.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(baseline_app, name="baseline")

Result = Annotated[
    Path, typer.Argument(help="What checker check -o result.json wrote; - is stdin", show_default=False)
]
DEFAULT = Path(".checker-baseline.json")
File = Annotated[
    Path | None,
    typer.Option(
        "--baseline", help=f"The file of accepted findings.  [default: {DEFAULT}]", show_default=False
    ),
]


@baseline_app.command(
    epilog='Example:  checker baseline add result.json F3 F7 --reason "the mayor was misquoted"'
)
def add(
    result: Result,
    findings: Annotated[
        list[str], typer.Argument(metavar="FINDING...", help="F7, 7, or an id", show_default=False)
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why they are accepted.", show_default=False)],
    baseline: File = None,
) -> None:
    """Accept findings of a result; the file is made where there is none."""
    from checker.cli.output import put, read_result, unlinked  # noqa: PLC0415 - heavy
    from checker.report import save  # noqa: PLC0415
    from checker.report.baseline import Baseline, added, read_baseline, render  # noqa: PLC0415
    from checker.report.overview import overview  # noqa: PLC0415
    from checker.report.pick import pick  # noqa: PLC0415
    from checker.report.titles import titled  # noqa: PLC0415
    from checker.report.where import clean  # noqa: PLC0415

    file = baseline or unlinked(DEFAULT, "--baseline")
    view = overview(read_result(result))
    chosen = [pick(view, name) for name in dict.fromkeys(findings)]
    before = read_baseline(file) if file.exists() else Baseline()
    after = added(before, chosen, reason)
    save(render(after), file)
    lines = [f"accepted: F{one.number} {one.kind.value} {titled(one)}" for one in chosen]
    lines.append(f"{clean(str(file))}: {len(after.accepted):,} accepted")
    lines.append(f"the check reads it with: checker check … --baseline {clean(shlex.quote(str(file)))}")
    put("\n".join(lines) + "\n")


@baseline_app.command(epilog="Example:  checker baseline prune result.json")
def prune(
    result: Result,
    baseline: File = None,
    drop_all: Annotated[
        bool, typer.Option("--all", help="Drop them even where the result has none of them.")
    ] = False,
) -> None:
    """Drop what is no longer found in a complete result, and print each with its reason."""
    from checker.cli.output import put, read_result, unlinked  # noqa: PLC0415 - heavy
    from checker.report import save  # noqa: PLC0415
    from checker.report.baseline import pruned, read_baseline, render  # noqa: PLC0415
    from checker.report.where import clean  # noqa: PLC0415

    file = baseline or unlinked(DEFAULT, "--baseline")
    before = read_baseline(file)
    after = pruned(before, read_result(result), may_empty=drop_all)
    if after != before:
        save(render(after), file)
    dropped = [one for one in before.accepted if one not in after.accepted]
    lines = [
        f"dropped: {one.id} {one.kind.value} {clean(one.title)} (accepted: {clean(one.reason)})"
        for one in dropped
    ]
    lines.append(f"{clean(str(file))}: {len(dropped):,} dropped, {len(after.accepted):,} kept")
    put("\n".join(lines) + "\n")
