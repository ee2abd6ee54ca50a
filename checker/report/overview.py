"""Report → findings: the ones to look at first, and what each article says of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from checker.copies import texts
from checker.facts import camps
from checker.report.findings import Camp, Chapter, Finding, Kind, Overview
from checker.report.hints import each
from checker.report.view import Difference, Side, Spoken
from checker.schema import Article, Fact, Label, Report, Value, Verdict

_DIGITS = 12


def overview(report: Report) -> Overview:
    """
    Give every fact of *report* as one finding: worst kind first, then of most independent texts.

    What is equal in that keeps the order of the report.
    """
    desk = _Desk(report)
    kinds = {fact.id: desk.kind(fact) for fact in report.facts}
    order = {kind: place for place, kind in enumerate(Kind)}
    ranked = sorted(report.facts, key=lambda fact: (order[kinds[fact.id]], -desk.n_texts(fact)))
    counted: Counter[str] = Counter()
    findings = []
    for number, fact in enumerate(ranked, 1):
        name = desk.name(fact, kinds[fact.id])
        counted[name] += 1
        again = f"-{counted[name]}" if counted[name] > 1 else ""
        findings.append(desk.finding(number, name + again, kinds[fact.id], fact))
    return Overview(tuple(findings), desk.chapters(findings), desk.texts)


def leading_sides(finding: Finding) -> tuple[Spoken, ...]:
    """Give one claim of each article; the two that contradict each other come first."""
    leading = [spoken for one in finding.differences[:1] for spoken in (one.a, one.b)]
    by_article: dict[str, Spoken] = {}
    for spoken in (*leading, *(side.spoken[0] for side in finding.sides)):
        by_article.setdefault(spoken.article.id, spoken)
    return tuple(by_article.values())


class _Desk:
    """A report laid out: its claims by id, its conflicts by fact, its articles as columns."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._drafts = frozenset(report.drafts)
        self._columns = _in_order(report.articles, self._drafts)
        self._place = {article.id: place for place, article in enumerate(self._columns)}
        self._spoken = _spoken(report)
        self._verdicts = _by_fact(report)
        self.texts = texts(report.articles)

    def n_texts(self, fact: Fact) -> int:
        """How many independent texts speak of *fact*; a draft, or what carries its text, is none."""
        return self.texts.count((value.article for value in fact.values), self._drafts)

    def kind(self, fact: Fact) -> Kind:
        """What *fact* is to the reader."""
        if self._drafts:
            return self._kind_for_draft(fact)
        kinds = {Label.CONFLICTING: Kind.CONFLICT, Label.AGREEING: Kind.AGREEMENT, Label.UNIQUE: Kind.SINGLE}
        return kinds[fact.label] if fact.label else Kind.NOT_JUDGED

    def name(self, fact: Fact, kind: Kind) -> str:
        """The id of a finding: the hash of its kind and of the words that make it so, wherever they stand."""
        said = [self._spoken[name] for value in fact.values for name in value.claims]
        if kind == Kind.CONFLICT:
            partners = {name for one in self._conflicts(fact) for name in (one.a, one.b)}
            said = [spoken for spoken in said if spoken.claim.id in partners]
        elif kind == Kind.UNSUPPORTED:
            said = [spoken for spoken in said if spoken.article.id in self._drafts]
        words = sorted([quote.text for quote in one.claim.quotes] for one in said)
        digest = hashlib.sha256(repr((kind.value, words)).encode("utf-8", "backslashreplace"))
        return digest.hexdigest()[:_DIGITS]

    def finding(self, number: int, name: str, kind: Kind, fact: Fact) -> Finding:
        """One fact as a reader meets it."""
        values = sorted(fact.values, key=lambda value: self._place[value.article])
        sides = tuple(self._side(value) for value in values)
        differences = self._differences(fact)
        return Finding(
            id=name,
            number=number,
            kind=kind,
            fact=fact,
            sides=sides,
            camps=self._camps(fact, sides),
            differences=differences,
            hints=each(self._own(differences, sides)),
            n_texts=self.n_texts(fact),
            accepted=self._report.accepted.get(name),
        )

    def chapters(self, findings: Iterable[Finding]) -> tuple[Chapter, ...]:
        """The articles as columns, each with the findings of which it alone speaks."""
        own: dict[str, list[Spoken]] = {article.id: [] for article in self._columns}
        for spoken in self._spoken.values():
            own[spoken.article.id].append(spoken)
        alone: dict[str, list[Finding]] = {article.id: [] for article in self._columns}
        for one in findings:
            if one.kind in {Kind.SINGLE, Kind.SOURCES} and len(one.sides) == 1:
                alone[one.sides[0].article.id].append(one)
        return tuple(
            Chapter(
                number, article, article.id in self._drafts, tuple(own[article.id]), tuple(alone[article.id])
            )
            for number, article in enumerate(self._columns, 1)
        )

    def _kind_for_draft(self, fact: Fact) -> Kind:
        """A conflict needs a claim of a draft in it; a gap of one claim of a draft leaves all open."""
        inside = {name for value in fact.values if value.article in self._drafts for name in value.claims}
        found = {value.article for value in fact.values}
        if not inside:
            if fact.label is None:
                return Kind.NOT_JUDGED
            sources = {article.id for article in self._columns} - self._drafts
            return Kind.MISSING if sources <= found and fact.label != Label.CONFLICTING else Kind.SOURCES
        if any({one.a, one.b} & inside for one in self._conflicts(fact)):
            return Kind.CONFLICT
        if any(self._spoken[name].status is None for name in inside):
            return Kind.NOT_JUDGED
        return Kind.SUPPORTED if found - self._drafts else Kind.UNSUPPORTED

    def _conflicts(self, fact: Fact) -> Iterator[Verdict]:
        return (one for one in self._verdicts[fact.id] if one.label == Label.CONFLICTING)

    def _side(self, value: Value) -> Side:
        spoken = tuple(self._spoken[name] for name in value.claims)
        return Side(spoken[0].article, spoken)

    def _differences(self, fact: Fact) -> tuple[Difference, ...]:
        """Those of a draft first, then in the order of the verdicts."""
        found = map(self._difference, self._conflicts(fact))
        return tuple(sorted(found, key=lambda one: one.a.article.id not in self._drafts))

    def _own(self, differences: Iterable[Difference], sides: Iterable[Side]) -> Iterable[Difference]:
        """The differences that a finding is about: where a draft speaks of it, those of a draft."""
        if not any(side.article.id in self._drafts for side in sides):
            return differences
        return (one for one in differences if one.a.article.id in self._drafts)

    def _difference(self, verdict: Verdict) -> Difference:
        a, b = self._spoken[verdict.a], self._spoken[verdict.b]
        # The draft first, then in the order of the claims.
        if (a.article.id not in self._drafts, a.number) < (b.article.id not in self._drafts, b.number):
            return Difference(verdict, a, b, verdict.differs)
        swapped = (verdict.differs[1], verdict.differs[0]) if verdict.differs else None
        return Difference(verdict, b, a, swapped)

    def _camps(self, fact: Fact, sides: Iterable[Side]) -> tuple[Camp, ...]:
        names = [one.claim.id for side in sides for one in side.spoken]
        parted = camps(names, self._verdicts[fact.id])
        return tuple(
            Camp(_letters(place), tuple(self._spoken[name] for name in members))
            for place, members in enumerate(parted)
        )


def _spoken(report: Report) -> dict[str, Spoken]:
    articles = {article.id: article for article in report.articles}
    return {
        claim.id: Spoken(number, claim, articles[claim.article], report.statuses[claim.id])
        for number, claim in enumerate(report.claims, 1)
    }


def _by_fact(report: Report) -> dict[str, list[Verdict]]:
    """The verdicts between claims of one fact, by the fact's id."""
    home = {name: fact.id for fact in report.facts for value in fact.values for name in value.claims}
    found: dict[str, list[Verdict]] = {fact.id: [] for fact in report.facts}
    for verdict in report.verdicts:
        if home[verdict.a] == home[verdict.b]:
            found[home[verdict.a]].append(verdict)
    return found


def _in_order(articles: Sequence[Article], drafts: Collection[str]) -> tuple[Article, ...]:
    """Drafts first, then by the time of publication where it is known."""
    return tuple(sorted(articles, key=lambda article: (article.id not in drafts, *_when(article.published))))


def _when(published: str | None) -> tuple[bool, float]:
    """A key that sorts times; what is not known comes last."""
    try:
        time = datetime.fromisoformat(published or "")
        known = time if time.tzinfo else time.replace(tzinfo=UTC)
        return False, known.timestamp()
    except (ValueError, OverflowError):
        return True, 0.0


def _letters(place: int) -> str:
    """A to Z, then AA: as the columns of a spreadsheet."""
    rest = _letters(place // 26 - 1) if place >= 26 else ""  # noqa: PLR2004 - letters of the alphabet
    return rest + chr(ord("A") + place % 26)
