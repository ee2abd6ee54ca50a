"""A quote, cut where the words stand that make it differ from another."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from checker.lexical.words import STOP

_WORD = re.compile(r"\w+")


class Piece(NamedTuple):
    """A stretch of a quote, and whether it is what differs."""

    text: str
    differs: bool


def pieces(quote: str, value: str | None) -> tuple[Piece, ...]:
    """
    Cut *quote* where the words of *value* stand; joined, the pieces are the quote to the letter.

    Without those words, the longest run of them that is no mere *of the* is taken, else
    nothing differs.

    >>> pieces("At least 12 people died.", "12")
    (Piece(text='At least ', differs=False), Piece(text='12', differs=True), Piece(text=' people died.', differs=False))
    """
    span = _span(quote, value) if value else None
    if span is None:
        return (Piece(quote, differs=False),)
    cut = (quote[: span[0]], quote[span[0] : span[1]], quote[span[1] :])
    return tuple(Piece(text, differs=place == 1) for place, text in enumerate(cut) if text)


def _span(quote: str, value: str) -> tuple[int, int] | None:
    words = list(_WORD.finditer(quote))
    keys = [match.group().lower() for match in words]
    wanted = [match.group().lower() for match in _WORD.finditer(value)]
    matched = SequenceMatcher(None, keys, wanted, autojunk=False).find_longest_match()
    run = keys[matched.a : matched.a + matched.size]
    if all(word in STOP for word in run):
        return None
    return words[matched.a].start(), words[matched.a + matched.size - 1].end()
