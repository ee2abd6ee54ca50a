"""What text takes up in a terminal, and lines that fit: in columns, not in characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from checker.report.where import clean, commandless

MOST_LINES = 24
_NARROWEST = 60
_MOST_CHARACTERS = 4  # for each column
_CUT = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True)
class Paper:
    """
    What is printed on: `width` columns, `height` lines, and whether our own words may be coloured.

    Less than 60 columns count as 60, and more than 24 lines as 24.
    """

    width: int = 100
    height: int = MOST_LINES
    colour: bool = False

    @property
    def columns(self) -> int:
        """How wide a line may be."""
        return max(self.width, _NARROWEST)

    @property
    def rows(self) -> int:
        """How many lines there may be."""
        return max(min(self.height, MOST_LINES), 1)

    def line(self, text: str) -> str:
        """Give one line that fits, whatever is in *text*; its indent stays."""
        indent = text[: len(text) - len(text.lstrip(" "))]
        return indent + cut(clean(text), self.columns - len(indent))

    def lines(self, text: str, indent: str = "", most: int = MOST_LINES) -> list[str]:
        """Give *text* on as many lines as it needs, at most *most*; those after the first hang by two."""
        first, *rest = wrapped(clean(text), self.columns - len(indent) - 2, most)
        return [indent + first, *(f"{indent}  {line}" for line in rest)]

    def strong(self, word: str) -> str:
        """Give one of our own words in bold."""
        return f"\x1b[1m{word}\x1b[0m" if self.colour else word

    def alarm(self, word: str) -> str:
        """Give one of our own words in bold red."""
        return f"\x1b[1;31m{word}\x1b[0m" if self.colour else word


def printed(lines: Iterable[str]) -> str:
    """Give *lines* as one text, each with its line break; none holds a command to a build server."""
    return commandless("".join(f"{line}\n" for line in lines))


def columns(text: str) -> int:
    r"""
    Give how many columns *text* takes: two for wide characters, none for combining ones.

    >>> columns("rain"), columns("\u96e8"), columns("e\u0301")
    (4, 2, 1)
    """
    return sum(map(_columns, text))


def cut(line: str, room: int) -> str:
    """
    Give *line* in at most *room* columns, cut at a word border.

    >>> ascii(cut("twelve people were hurt", 16))
    "'twelve people\\\\u2026'"
    """
    if len(_head(line, room)) == len(line):
        return line
    head = _head(line, room - 1)
    border = len(head) if line[len(head)] == " " else head.rfind(" ")
    # A text without spaces (or one very long word) is cut where the room ends.
    return head[: border if border > len(head) // 2 else len(head)].rstrip() + _CUT


def cut_front(line: str, room: int) -> str:
    """
    Give the end of *line* in at most *room* columns: of a path, what names the file.

    >>> ascii(cut_front("deep/deep/ferry.txt:4", 12))
    "'\\\\u2026ferry.txt:4'"
    """
    if len(_head(line, room)) == len(line):
        return line
    return _CUT + _head(line[::-1], room - 1)[::-1]


def padded(text: str, room: int) -> str:
    """Give *text* with spaces up to *room* columns."""
    return text + " " * (room - columns(text))


def wrapped(text: str, room: int, most: int) -> list[str]:
    """
    Give *text* in at most *most* lines of at most *room* columns; the last one is cut if need be.

    >>> wrapped("twelve people were hurt", 13, 2)
    ['twelve people', 'were hurt']
    """
    lines: list[str] = []
    rest = text
    while len(lines) < most - 1 and len(head := _head(rest, room)) < len(rest):
        border = len(head) if rest[len(head)] == " " else head.rfind(" ")
        line = head[:border] if border > 0 else head
        lines.append(line.rstrip())
        rest = rest[len(line) :].lstrip()
    return [*lines, cut(rest, room)]


def _head(text: str, room: int) -> str:
    """The beginning of *text* that takes at most *room* columns, however many marks are heaped on a letter."""
    used = 0
    for place, character in enumerate(text):
        used += _columns(character)
        if used > room or place >= _MOST_CHARACTERS * room:
            return text[:place]
    return text


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
