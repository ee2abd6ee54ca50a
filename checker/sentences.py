"""Where the sentences of a text begin and end."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text: characters `start` up to, not including, `end`."""

    start: int
    end: int


def sentences(text: str, language: str = "en") -> tuple[Span, ...]:
    """
    Give the sentences of *text*, in order, without the white space around them.

    Every character that is not white space is in exactly one sentence. A line break ends
    a sentence only where the splitter (sentencex, Wikimedia Foundation) sees a paragraph.

    >>> text = "He left at 1.30 p.m. on Monday. Nobody saw him."
    >>> [text[start:end] for start, end in sentences(text)]
    ['He left at 1.30 p.m. on Monday.', 'Nobody saw him.']
    """
    import sentencex  # noqa: PLC0415 - loads a compiled rule set

    spans: list[Span] = []
    at = 0
    for piece in sentencex.segment(language, text):
        start = text.index(piece, at) if piece else at
        at = start + len(piece)
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            spans.append(Span(left, right))
    return tuple(spans)


def parts(text: str, size: int) -> tuple[Span, ...]:
    """
    Cut *text* into parts of at most about *size* characters, nothing lost, nothing twice.

    The cuts lie between paragraphs; a paragraph longer than *size* is cut between its
    sentences, and a sentence longer than that where it must be.
    """
    borders = sorted({0, len(text), *_paragraph_borders(text)})
    pieces = [Span(a, b) for a, b in pairwise(borders)]
    fine = [small for piece in pieces for small in _fit(text, piece, size)]
    joined: list[Span] = []
    for piece in fine:
        if joined and piece.end - joined[-1].start <= size:
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return tuple(joined)


def _paragraph_borders(text: str) -> list[int]:
    """Just after each line break that is followed by the start of a line with words."""
    return [i + 1 for i, c in enumerate(text[:-1]) if c == "\n" and not text[i + 1].isspace()]


def _fit(text: str, piece: Span, size: int) -> list[Span]:
    if piece.end - piece.start <= size:
        return [piece]
    starts = [piece.start + span.start for span in sentences(text[piece.start : piece.end])][1:]
    cuts = [piece.start, *starts, piece.end]
    return [Span(at, min(at + size, end)) for start, end in pairwise(cuts) for at in range(start, end, size)]
