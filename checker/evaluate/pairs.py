"""Pairs beside their labels: what one event gave, as a confusion, shares by slice, and items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from checker.evaluate.asking import Judged
from checker.evaluate.records import LabelRow, Pairing
from checker.evaluate.scorecard import NOT_LABELLED, Item, Outcome, Side, Stage
from checker.evaluate.scoring import Hits, Named, Result
from checker.evaluate.sets import LabelledSet
from checker.report.where import where
from checker.schema import Article, Claim, Label, Verdict

FALSE_CONFLICTS = "false conflicts per 1,000 unrelated pairs"
ASPECT_RIGHT = "aspect right, of conflicts found"
BETWEEN_RIGHT = "between right, of conflicts found"
CONFLICTS_FOUND = "conflicts found"
PAIRS_FOUND = "labelled pairs found"


@dataclass(frozen=True)
class Reading:
    """
    What a system said of the pairs of a set, in the ids of the set.

    `unfound` are the labelled claims that it does not have, `unjudged` those it could not
    read; `loose` are its verdicts on pairs that the set does not have, with their claims.
    """

    judged: Judged
    unfound: frozenset[str] = frozenset()
    unjudged: frozenset[str] = frozenset()
    loose: tuple[tuple[Verdict, Claim, Claim], ...] = ()

    def outcome(self, pair: Pairing) -> Outcome:
        """What *pair* was given."""
        label = self.judged.label(pair)
        if label is None or self.unjudged.intersection(pair):
            return Outcome.NOT_JUDGED
        return Outcome.NOT_FOUND if self.unfound.intersection(pair) else Outcome(label.value)


@dataclass(frozen=True)
class Scored:
    """The result of one event at one stage, and the items behind it."""

    result: Result
    items: tuple[Item, ...] = field(default=())


def score_pairs(one: LabelledSet, stage: Stage, reading: Reading) -> Scored:
    """Hold *reading* against the labels of *one*."""
    outcomes = {pair: reading.outcome(pair) for pair in one.pairs()}
    confusion = Counter((one.label(pair).value, given.value) for pair, given in outcomes.items())
    confusion.update((NOT_LABELLED, verdict.label.value) for verdict, _, _ in reading.loose)
    items = (*_items(one, stage, reading, outcomes), *_loose_items(one, stage, reading))
    shares = dict(_shares(one, stage, reading, outcomes))
    return Scored(Result(one.name, {"pairs": confusion}, shares), items)


def same_labels(one: LabelledSet, *readings: Judged) -> Hits:
    """
    Of the pairs that any of *readings* calls more than unique, how many all give one label.

    Pairs without an answer in any of them tell nothing and are left out.
    """
    seen = [{reading.label(pair) for reading in readings} for pair in one.pairs()]
    touched = [labels for labels in seen if None not in labels and labels != {Label.UNIQUE}]
    return sum(len(labels) == 1 for labels in touched), len(touched)


def side(claim: Claim, articles: Mapping[str, Article]) -> Side:
    """*claim* as a reader sees it."""
    article = articles[claim.article]
    place = where(article, claim.quotes[0]).rpartition("/")[2]
    return Side(
        where=place, text=claim.text, quotes=tuple(q.text for q in claim.quotes), speaker=claim.speaker
    )


def _shares(
    one: LabelledSet, stage: Stage, reading: Reading, outcomes: Mapping[Pairing, Outcome]
) -> Iterator[tuple[Named, Hits]]:
    if stage == Stage.JUDGE:  # of a system's own claims only their passages tell what is labelled: `found.py`
        unrelated = [given for pair, given in outcomes.items() if one.label(pair) == Label.UNIQUE]
        judged = [given for given in unrelated if given != Outcome.NOT_JUDGED]
        yield (FALSE_CONFLICTS, None), (judged.count(Outcome.CONFLICTING), len(judged))
    yield from _notes_right(one, reading, outcomes)
    articles = {claim.id: claim.article for claim in one.claims}
    hits: Counter[Named] = Counter()
    n: Counter[Named] = Counter()
    for row in one.labels.values():
        names = list(_slices(one, row, articles))
        n.update(names)
        hits.update(names if outcomes[row.pairing] == row.label.value else ())
    yield from ((name, (hits[name], n[name])) for name in n)


def _notes_right(
    one: LabelledSet, reading: Reading, outcomes: Mapping[Pairing, Outcome]
) -> Iterator[tuple[Named, Hits]]:
    """Whether a conflict that was found has its aspect, and its sides, as labelled."""
    found = [
        (row, reading.judged.verdicts[row.pairing])
        for row in one.labels.values()
        if row.label == Label.CONFLICTING == outcomes[row.pairing].value
    ]
    aspects = [(row.aspect, verdict.aspect) for row, verdict in found if row.aspect]
    sides = [(row.between, verdict.between) for row, verdict in found if row.between]
    yield (ASPECT_RIGHT, None), (sum(a == b for a, b in aspects), len(aspects))
    yield (BETWEEN_RIGHT, None), (sum(a == b for a, b in sides), len(sides))


def _slices(one: LabelledSet, row: LabelRow, articles: Mapping[str, str]) -> Iterator[Named]:
    """The parts that a labelled pair counts in; *articles* gives the article of each claim."""
    if row.label == Label.CONFLICTING:
        if row.aspect:
            yield CONFLICTS_FOUND, ("aspect", row.aspect.value)
        if row.between:
            yield CONFLICTS_FOUND, ("between", row.between.value)
    if row.label == Label.UNIQUE:
        return
    if row.phenomenon:
        yield PAIRS_FOUND, ("phenomenon", row.phenomenon)
    kinds = [one.kinds[articles[name]] for name in row.pairing if articles[name] in one.kinds]
    if len(kinds) == len(row.pairing):
        yield PAIRS_FOUND, ("kind of articles", " and ".join(sorted(kinds)))


def _items(
    one: LabelledSet, stage: Stage, reading: Reading, outcomes: Mapping[Pairing, Outcome]
) -> Iterator[Item]:
    """The pairs that are labelled, or were given, something other than unique."""
    claims = {claim.id: claim for claim in one.claims}
    articles = {article.id: article for article in one.loaded.articles}
    dull = {Outcome.UNIQUE, Outcome.NOT_FOUND, Outcome.NOT_JUDGED}
    for (a, b), given in outcomes.items():
        label, row, verdict = one.label((a, b)), one.labels.get((a, b)), reading.judged.verdicts.get((a, b))
        if label == Label.UNIQUE and given in dull:
            continue
        sides = None if given == label.value else (side(claims[a], articles), side(claims[b], articles))
        yield Item(
            stage=stage,
            event=one.name,
            a=a,
            b=b,
            label=label,
            given=given,
            phenomenon=row.phenomenon if row else None,
            aspect=row.aspect if row else None,
            between=row.between if row else None,
            given_aspect=verdict.aspect if verdict else None,
            given_between=verdict.between if verdict else None,
            reason=verdict.reason if verdict and sides else None,
            sides=sides,
        )


def _loose_items(one: LabelledSet, stage: Stage, reading: Reading) -> Iterator[Item]:
    articles = {article.id: article for article in one.loaded.articles}
    for verdict, a, b in reading.loose:
        yield Item(
            stage=stage,
            event=one.name,
            a=a.id,
            b=b.id,
            label=None,
            given=Outcome(verdict.label.value),
            given_aspect=verdict.aspect,
            given_between=verdict.between,
            reason=verdict.reason,
            sides=(side(a, articles), side(b, articles)),
        )
