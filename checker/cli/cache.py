"""`checker cache`: the answers that are kept on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checker.cli.app import app

cache_app = typer.Typer(
    help="Show or clear the answers that are kept.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(cache_app, name="cache")

Folder = Annotated[
    Path | None,
    typer.Option(
        "--cache", help="Where answers are kept.  [default: the user's cache folder]", show_default=False
    ),
]


def _folder(cache: Path | None) -> Path:
    from checker.resources import cache_folder  # noqa: PLC0415
    from checker.settings import read_settings  # noqa: PLC0415

    return cache_folder(read_settings({"cache": cache}))


def _say(line: str) -> None:
    from checker.report.where import clean, commandless  # noqa: PLC0415

    typer.echo(commandless(clean(line)))


@cache_app.command(epilog="Example:  checker cache info")
def info(cache: Folder = None) -> None:
    """Say where the answers are kept, how many, and how large they are."""
    from checker.model.store import info as read  # noqa: PLC0415

    kept = read(_folder(cache))
    _say(f"{kept.folder}: {kept.answers:,} answers, {kept.bytes / 1e6:.1f} MB")


@cache_app.command(epilog="Example:  checker cache clear --yes")
def clear(
    cache: Folder = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove every answer that is kept; they were paid for, and would be bought again."""
    from checker.model.store import clear as remove  # noqa: PLC0415

    folder = _folder(cache)
    if not yes:
        typer.confirm(f"Remove all answers in {folder}?", abort=True)
    _say(f"{folder}: {remove(folder):,} answers removed")
