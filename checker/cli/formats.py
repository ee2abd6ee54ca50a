"""Words that an option or an argument takes: the formats that can be printed, and one of a closed set."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

import typer

from checker.report import Format, printable

FORMATS = " ".join(printable())
_Choice = TypeVar("_Choice", bound=StrEnum)


def printed(name: str) -> Format:
    """Give the format called *name*; only what is text can be printed, and only that is offered."""
    if name in printable():
        return Format(name)
    file = f"; a file can be: -o FILE.{name}" if name in list(Format) else ""
    raise typer.BadParameter(f"{name!r} cannot be printed{file}; choose from {', '.join(printable())}")


def one_of(choices: type[_Choice]) -> Callable[[str], _Choice]:
    """
    Give what reads one of *choices*, and refuses any other word with all that there are.

    Left to typer, the message would begin with words of the library that it checks types with.
    """

    def read(name: str) -> _Choice:
        if name in tuple(choices):
            return choices(name)
        raise typer.BadParameter(f"{name!r} is none of {', '.join(choices)}")

    return read


def listed(choices: type[StrEnum]) -> str:
    """Give *choices* as the help shows what an option takes."""
    return f"[{'|'.join(choices)}]"
