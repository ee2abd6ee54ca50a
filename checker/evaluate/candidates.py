"""How much the candidates lose: labelled pairs among those that look alike by their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from checker.evaluate.records import Pairing, pairing
from checker.evaluate.scorecard import Point
from checker.evaluate.scoring import Hits, Named, Result
from checker.evaluate.sets import LabelledSet
from checker.pair import groups
from checker.schema import Label

STEPS = (1, 2, 5, 10, 20, 40, None)
"""How many of the best candidates of each two articles are kept, for the curve; None keeps all."""


def candidate_shares(one: LabelledSet) -> Result:
    """Of the labelled pairs of *one*, how many are candidates, and how many of all pairs are."""
    kept = set(_kept(one, None))
    labelled = Counter(row.label for row in one.labels.values())
    among = Counter(one.label(pair) for pair in kept)
    shares: dict[Named, Hits] = {
        (f"{label} pairs among the candidates", None): (among[label], labelled[label])
        for label in (Label.CONFLICTING, Label.AGREEING)
    }
    shares["pairs that are candidates", None] = (len(kept), one.n_pairs)
    return Result(one.name, shares=shares)


def curve(sets: Sequence[LabelledSet]) -> tuple[Point, ...]:
    """What is among the best candidates of each two articles, for more and more of them."""
    return tuple(_point(sets, k) for k in STEPS)


def _point(sets: Sequence[LabelledSet], k: int | None) -> Point:
    labels = Counter(one.label(pair) for one in sets for pair in _kept(one, k))
    return Point(
        k=k,
        kept=labels.total(),
        pairs=sum(one.n_pairs for one in sets),
        agreeing=labels[Label.AGREEING],
        conflicting=labels[Label.CONFLICTING],
    )


def _kept(one: LabelledSet, k: int | None) -> Iterator[Pairing]:
    for group in groups(one.loaded.articles, one.claims):
        yield from (pairing(pair.a.id, pair.b.id) for pair in group.alike[:k])
