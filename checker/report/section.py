"""The parts of a Markdown report, and which of them fit in its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """
    A heading and its items, which are shown whole or not at all; those of the least `rank` are shown first.

    `head` stands above the items, only with them; one that `is_folded` opens at a click.
    """

    title: str
    rank: int
    items: Sequence[str]
    head: str = ""
    is_folded: bool = False

    def text(self, n: int) -> str:
        """The section with its first *n* items; nothing without any."""
        if n == 0:
            return ""
        inside = f"{self.head}{''.join(self.items[:n])}".rstrip("\n") + "\n\n"
        if self.is_folded:
            title = f"{self.title} ({len(self.items):,})"
            return f"<details>\n<summary>{title}</summary>\n\n{inside}</details>\n\n"
        return f"## {self.title}\n\n{inside}"


def shown(sections: Sequence[Section], room: int) -> Mapping[str, int]:
    """
    Give how many items of each section fit in *room* bytes, by title.

    Once an item does not fit, none after it is shown, and none of a section of higher rank.
    """
    number = dict.fromkeys((section.title for section in sections), 0)
    for section in sorted(sections, key=lambda section: section.rank):
        if section.items:
            room -= _size(section.text(1)) - _size(section.items[0])
        for item in section.items:
            room -= _size(item)
            if room < 0:
                return number
            number[section.title] += 1
    return number


def _size(text: str) -> int:
    return len(text.encode())
