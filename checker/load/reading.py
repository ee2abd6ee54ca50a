"""What a reader gives for one file, in the shape that all readers of this folder share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from itertools import chain
from typing import Literal

from checker.schema import Remark

_LONGEST_LINE = 300
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


class Unusable(Exception):
    """What one file or record holds cannot be an article; says why, and how to mend it."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.mend = mend

    def remark(self, path: str, record: int | None = None) -> Remark:
        """The same, as a remark about *path*."""
        return noted(path, self.problem, self.mend, record)


@dataclass(frozen=True)
class Reading:
    """One article as its file gives it; `published` may lack its year, as in `--02-04`."""

    path: str
    format: Literal["text", "html", "json"]
    text: str
    record: int | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None

    @property
    def place(self) -> str:
        """Where the article stands, in words."""
        return self.path if self.record is None else f"{self.path} (record {self.record})"


@dataclass(frozen=True)
class Contents:
    """What one file held, and what there is to say about it."""

    readings: tuple[Reading, ...] = ()
    skipped: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()


def joined(parts: Iterable[Contents]) -> Contents:
    """All of *parts* as one, in their order."""
    kept = tuple(parts)
    return Contents(
        tuple(chain.from_iterable(part.readings for part in kept)),
        tuple(chain.from_iterable(part.skipped for part in kept)),
        tuple(chain.from_iterable(part.remarks for part in kept)),
    )


def one_line(value: object) -> str | None:
    """
    *value* as one line of at most 300 characters; None if it is no text, or blank.

    >>> one_line("  Crown stolen\\n in raid ")
    'Crown stolen in raid'
    """
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return (line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…") or None


def noted(path: str, problem: str, mend: str, record: int | None = None) -> Remark:
    """A remark that names the record too, if there is one."""
    return Remark(path=path, problem=problem if record is None else f"record {record}: {problem}", mend=mend)


def unclear_date(path: str, written: str | None, record: int | None = None) -> Remark:
    """The remark about a date that is given but not understood."""
    problem = f"the date {one_line(written)!r} is not understood, so it is left out"
    return noted(path, problem, "write it as 2025-09-01", record)


def looks_binary(text: str) -> bool:
    """Whether *text* holds a NUL, or control characters for more than one in ten."""
    return "\0" in text or 10 * len(_CONTROLS.findall(text)) > len(text)


def sound(reading: Reading) -> Reading:
    """Give *reading* back if every text in it can be kept as UTF-8."""
    if looks_binary(reading.text):
        raise Unusable("the text holds control characters, as binary data does", "correct the text")
    try:
        "".join(str(value) for value in astuple(reading)).encode()
    except UnicodeEncodeError as error:
        raise Unusable("holds half of a surrogate pair, which is no character", "correct the text") from error
    return reading
