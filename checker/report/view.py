"""A report in the order in which people read it: conflicts first, each fact with its quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checker.report.where import where
from checker.schema import Article, Claim, Fact, Label, Quote, Report, Verdict


@dataclass(frozen=True)
class Spoken:
    """One claim with its article; `number` counts the claims of the report from 1."""

    number: int
    claim: Claim
    article: Article
    status: Label | None

    @property
    def place(self) -> str:
        """Where its first quote stands."""
        return self.place_of(self.claim.quotes[0])

    def place_of(self, quote: Quote) -> str:
        """Where one of its quotes stands."""
        return where(self.article, quote)


@dataclass(frozen=True)
class Side:
    """What one article says of a fact."""

    article: Article
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True)
class Difference:
    """
    Two claims that cannot both be true, and why.

    `a` is the claim that comes first in the report, whatever the verdict calls it;
    `differs` is the value of `a`, then that of `b`.
    """

    verdict: Verdict
    a: Spoken
    b: Spoken
    differs: tuple[str, str] | None


@dataclass(frozen=True)
class Shown:
    """One fact with what each article says of it; `number` counts the facts from 1."""

    number: int
    fact: Fact
    sides: tuple[Side, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Chapter:
    """One article with its claims and with the facts that only it reports."""

    number: int
    article: Article
    spoken: tuple[Spoken, ...]
    alone: tuple[Shown, ...]

    def count(self, status: Label | None) -> int:
        """How many of its claims have *status*."""
        return sum(spoken.status == status for spoken in self.spoken)


@dataclass(frozen=True)
class Overview:
    """The facts by their label, and the articles in the order of the report."""

    conflicts: tuple[Shown, ...]
    agreements: tuple[Shown, ...]
    not_judged: tuple[Shown, ...]
    chapters: tuple[Chapter, ...]


def overview(report: Report) -> Overview:
    """
    Give every fact of *report* once, with its quotes.

    Conflicts of more articles come first; all else keeps the order of the report.
    """
    spoken = _spoken(report)
    differences = _differences(report, spoken)
    shown = [_shown(number, fact, spoken, differences) for number, fact in enumerate(report.facts, 1)]
    conflicts = [one for one in shown if one.fact.label == Label.CONFLICTING]
    return Overview(
        conflicts=tuple(sorted(conflicts, key=lambda one: -len(one.sides))),
        agreements=tuple(one for one in shown if one.fact.label == Label.AGREEING),
        not_judged=tuple(one for one in shown if one.fact.label is None),
        chapters=_chapters(report, spoken, [one for one in shown if one.fact.label == Label.UNIQUE]),
    )


def leading_sides(shown: Shown) -> tuple[Spoken, ...]:
    """Give one claim of each article; the two that contradict each other come first."""
    leading = [spoken for one in shown.differences[:1] for spoken in (one.a, one.b)]
    by_article: dict[str, Spoken] = {}
    for spoken in (*leading, *(side.spoken[0] for side in shown.sides)):
        by_article.setdefault(spoken.article.id, spoken)
    return tuple(by_article.values())


def _spoken(report: Report) -> dict[str, Spoken]:
    articles = {article.id: article for article in report.articles}
    return {
        claim.id: Spoken(number, claim, articles[claim.article], report.statuses[claim.id])
        for number, claim in enumerate(report.claims, 1)
    }


def _differences(report: Report, spoken: Mapping[str, Spoken]) -> tuple[Difference, ...]:
    conflicts = report.labelled(Label.CONFLICTING)
    return tuple(_difference(verdict, spoken[verdict.a], spoken[verdict.b]) for verdict in conflicts)


def _difference(verdict: Verdict, a: Spoken, b: Spoken) -> Difference:
    if a.number < b.number:
        return Difference(verdict, a, b, verdict.differs)
    swapped = (verdict.differs[1], verdict.differs[0]) if verdict.differs else None
    return Difference(verdict, b, a, swapped)


def _shown(number: int, fact: Fact, spoken: Mapping[str, Spoken], differences: Iterable[Difference]) -> Shown:
    members = {claim for value in fact.values for claim in value.claims}
    sides = (tuple(spoken[claim] for claim in value.claims) for value in fact.values)
    return Shown(
        number=number,
        fact=fact,
        sides=tuple(Side(side[0].article, side) for side in sides if side),
        differences=tuple(one for one in differences if one.verdict.a in members),
    )


def _chapters(report: Report, spoken: Mapping[str, Spoken], alone: Iterable[Shown]) -> tuple[Chapter, ...]:
    own: dict[str, list[Spoken]] = {article.id: [] for article in report.articles}
    for one in spoken.values():
        own[one.article.id].append(one)
    facts: dict[str, list[Shown]] = {article.id: [] for article in report.articles}
    for shown in alone:
        facts[shown.sides[0].article.id].append(shown)
    return tuple(
        Chapter(number, article, tuple(own[article.id]), tuple(facts[article.id]))
        for number, article in enumerate(report.articles, 1)
    )
