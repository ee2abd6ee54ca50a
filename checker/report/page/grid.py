"""The findings as rows and the articles as columns: what each article says of each fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from checker.report.findings import Chapter, Finding, Kind, Overview
from checker.report.view import Side, Spoken
from checker.schema import Label, Report

NOT_MENTIONED = "not mentioned"
NOT_JUDGED = "not judged"
NOT_READ = "not read"

_ROWS = (
    Kind.CONFLICT,
    Kind.UNSUPPORTED,
    Kind.MISSING,
    Kind.NOT_JUDGED,
    Kind.AGREEMENT,
    Kind.SUPPORTED,
)


@dataclass(frozen=True)
class Cell:
    """
    What one article says of one fact, or the silence of `width` articles side by side.

    `text` is the value it gives, else its claim. `camp` is the letter of its camp in a
    conflict. `spoken` is None in a silent cell, whose text says what the silence is.
    """

    text: str
    width: int = 1
    spoken: Spoken | None = None
    camp: str = ""
    more: int = 0

    @property
    def status(self) -> Label | None:
        """How its claim stands."""
        return self.spoken.status if self.spoken else None


@dataclass(frozen=True)
class Row:
    """One finding with its cells; their widths add up to the number of articles."""

    finding: Finding
    cells: tuple[Cell, ...]


def grid(report: Report, view: Overview) -> tuple[Row, ...]:
    """Give a row for every finding that is more than one article's own matter, in their order."""
    silence = _Silence(report)
    return tuple(Row(one, tuple(_cells(one, view.chapters, silence))) for one in view.of(*_ROWS))


class _Silence:
    """What it means that an article says nothing of a fact."""

    def __init__(self, report: Report) -> None:
        extractions = (one for one in report.failures if one.step == "extract")
        self._broken = {name for one in extractions for name in one.articles}
        home = {claim.id: claim.article for claim in report.claims}
        self._open: dict[str, set[str]] = {}
        for one in report.failures:
            for names, others in ((one.a, one.b), (one.b, one.a)):
                for name in names:
                    self._open.setdefault(name, set()).update(home[other] for other in others)

    def word(self, finding: Finding, article: str) -> str:
        """In words: not mentioned, or that nobody could find out."""
        if article in self._broken:
            return NOT_READ
        unknown = any(article in self._open.get(one.claim.id, ()) for one in finding.spoken)
        return NOT_JUDGED if unknown else NOT_MENTIONED


def _cells(finding: Finding, chapters: tuple[Chapter, ...], silence: _Silence) -> Iterator[Cell]:
    """Give one cell a column; silent ones side by side become one."""
    sides = {side.article.id: side for side in finding.sides}
    names = [chapter.article.id for chapter in chapters]
    words = {name: "" if name in sides else silence.word(finding, name) for name in names}
    for word, run in groupby(names, key=words.__getitem__):
        if word:
            yield Cell(word, width=len(list(run)))
        else:
            yield from (_said(finding, sides[name]) for name in run)


def _said(finding: Finding, side: Side) -> Cell:
    first, value = finding.leading(side), finding.value(side)
    parted = len(finding.camps) > 1
    return Cell(
        text=first.claim.text if value is None else value,
        spoken=first,
        camp=finding.camp_of(first).letter if parted else "",
        more=len(side.spoken) - 1,
    )
