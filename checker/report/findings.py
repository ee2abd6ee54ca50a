"""The findings of a report: every fact once, as what it is to the reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checker.copies import Texts
from checker.report.hints import Hint
from checker.report.view import Difference, Side, Spoken
from checker.schema import Article, Fact, Label


class Kind(StrEnum):
    """
    What a fact is to the reader, in the order of the report.

    Among equals a fact is a conflict, not judged, an agreement, or of a single article.
    Where drafts are held against sources it is a conflict of a draft, unsupported (in no
    source), missing (in every source and in no draft), not judged, supported, or a
    matter of the sources alone.
    """

    CONFLICT = "conflict"
    UNSUPPORTED = "unsupported"
    MISSING = "missing"
    NOT_JUDGED = "not_judged"
    AGREEMENT = "agreement"
    SUPPORTED = "supported"
    SINGLE = "single"
    SOURCES = "sources"


@dataclass(frozen=True)
class Camp:
    """Claims of one fact of which no two conflict; `letter` is A for the first."""

    letter: str
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True)
class Finding:
    """
    One fact with what each article says of it.

    `id` stays the same while the articles say the same in the same words; `number` counts
    the findings of one report from 1. `sides` are in the order of the columns, `n_texts`
    counts the independent texts among them, those of drafts left out. `differences` are
    those of a draft first. `hints` are those of all differences, or of a draft's, where one speaks of it.
    `accepted` is the reason why somebody accepted it, None where nobody did.
    """

    id: str
    number: int
    kind: Kind
    fact: Fact
    sides: tuple[Side, ...]
    camps: tuple[Camp, ...]
    differences: tuple[Difference, ...]
    hints: tuple[Hint, ...]
    n_texts: int
    accepted: str | None

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """All its claims, side by side."""
        return tuple(one for side in self.sides for one in side.spoken)

    @property
    def apart(self) -> tuple[tuple[str, str], ...]:
        """The two values of each difference that names them, in the order of its sides; each pair once."""
        return tuple(dict.fromkeys(one.differs for one in self.differences if one.differs))

    @property
    def values(self) -> dict[str, str]:
        """What its claims say, in the shortest words, where a conflict names it; by the claim's id."""
        found: dict[str, str] = {}
        for one in self.differences:
            for spoken, value in zip((one.a, one.b), one.differs or (), strict=False):
                found.setdefault(spoken.claim.id, value)
        return found

    def leading(self, side: Side) -> Spoken:
        """The claim of one of *sides* that a conflict is about, else its first."""
        partners = [spoken for one in self.differences for spoken in (one.a, one.b)]
        return next((spoken for spoken in partners if spoken in side.spoken), side.spoken[0])

    def value(self, side: Side) -> str | None:
        """The value that one of *sides* gives, in the shortest words; None where no conflict names it."""
        return self.values.get(self.leading(side).claim.id)

    def camp_of(self, spoken: Spoken) -> Camp:
        """The camp of one of its claims; one without a letter for a claim that is in none."""
        return next((camp for camp in self.camps if spoken in camp.spoken), Camp("", (spoken,)))


@dataclass(frozen=True)
class Chapter:
    """
    One article with its claims; `number` counts the columns from 1.

    `alone` are the findings of kind `single` or `sources` of which it alone speaks.
    """

    number: int
    article: Article
    is_draft: bool
    spoken: tuple[Spoken, ...]
    alone: tuple[Finding, ...]

    def count(self, status: Label | None) -> int:
        """How many of its claims have *status*."""
        return sum(spoken.status == status for spoken in self.spoken)


@dataclass(frozen=True)
class Overview:
    """
    The findings by kind, and the articles as columns: drafts first, then by time.

    `texts` tells which articles carry largely the same text.
    """

    findings: tuple[Finding, ...]
    chapters: tuple[Chapter, ...]
    texts: Texts

    def of(self, *kinds: Kind) -> tuple[Finding, ...]:
        """The findings of these kinds, in their order."""
        return tuple(one for one in self.findings if one.kind in kinds)
