"""The option `--format`: what a report can be printed as."""

from __future__ import annotations

import typer

from checker.report import Format, printable

FORMATS = " ".join(printable())


def printed(name: str) -> Format:
    """Give the format called *name*; only what is text can be printed, and only that is offered."""
    if name in printable():
        return Format(name)
    file = f"; a file can be: -o FILE.{name}" if name in list(Format) else ""
    raise typer.BadParameter(f"{name!r} cannot be printed{file}; choose from {', '.join(printable())}")
