"""An article's text, cut where its quotes begin and end, so that a page can mark them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.report.findings import Chapter
from checker.report.view import Spoken
from checker.schema import Label

# The line break before the blank line may be of any kind.
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*")
_WORST_FIRST = (Label.CONFLICTING, None, Label.AGREEING, Label.UNIQUE)


@dataclass(frozen=True)
class Stretch:
    """
    A piece of text that no quote begins or ends within.

    `spoken` are the claims that quote it, `begins` the anchors of the quotes that begin
    here, `ends` the claims whose quote ends with it.
    """

    text: str
    spoken: tuple[Spoken, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[Spoken, ...] = ()

    @property
    def status(self) -> Label | None:
        """The status that a reader should see first."""
        found = {spoken.status for spoken in self.spoken}
        return next((status for status in _WORST_FIRST if status in found), None)


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    spoken: Spoken
    anchor: str


def anchor(spoken: Spoken, position: int) -> str:
    """Give the anchor of the quote at *position* (from 0) of a claim."""
    return f"quote-{spoken.number}-{position + 1}"


def paragraphs(chapter: Chapter) -> tuple[tuple[Stretch, ...], ...]:
    """Give the article's whole text as paragraphs of stretches; blank lines part paragraphs."""
    text = chapter.article.text
    spans = [
        _Span(quote.start, quote.end, spoken, anchor(spoken, position))
        for spoken in chapter.spoken
        for position, quote in enumerate(spoken.claim.quotes)
    ]
    starts = [0, *(found.end() for found in _BLANK_LINE.finditer(text)), len(text)]
    cut = (tuple(_stretches(text, start, end, spans)) for start, end in pairwise(starts))
    return tuple(one for one in cut if any(stretch.text.strip() or stretch.begins for stretch in one))


def _stretches(text: str, start: int, end: int, spans: Sequence[_Span]) -> Iterator[Stretch]:
    near = [span for span in spans if span.start < end and start < span.end]
    inner = {border for span in near for border in (span.start, span.end) if start < border < end}
    for first, last in pairwise([start, *sorted(inner), end]):
        over = [span for span in near if span.start < last and first < span.end]
        yield Stretch(
            text=text[first:last].rstrip() if last == end else text[first:last],
            spoken=tuple(dict.fromkeys(span.spoken for span in over)),
            begins=tuple(span.anchor for span in over if span.start == first),
            ends=tuple(span.spoken for span in over if span.end == last),
        )
