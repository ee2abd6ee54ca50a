"""
Pairs by the passages that they quote, however the claims are cut.

The strict score of the whole check wants the claims of a pair to be those of the set. Here
a labelled and a reported pair meet if they have the same label and, on both sides, their
quotes share at least half of the shorter one's characters. That forgives split and merged
claims, and a long quote much else: read it as the upper end, the strict score as the lower.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.evaluate.scoring import Hits, Named
from checker.evaluate.sets import LabelledSet
from checker.facts import Findings
from checker.schema import Claim, Label

LEAST_SHARED = 0.5
WORDS = {Label.CONFLICTING: "conflicts", Label.AGREEING: "agreements"}


class _Passages(NamedTuple):
    """The two passages of a pair, each as (article, character) places, the smaller article first."""

    a: frozenset[tuple[str, int]]
    b: frozenset[tuple[str, int]]


def passage_shares(one: LabelledSet, findings: Findings) -> Iterator[tuple[Named, Hits]]:
    """Of the labelled pairs, how many are reported, and of the reported, how many are labelled, by passage."""
    labelled = {claim.id: claim for claim in one.claims}
    found = {claim.id: claim for claim in findings.claims}
    for label, words in WORDS.items():
        by_hand = [
            _passages(labelled[row.a], labelled[row.b]) for row in one.labels.values() if row.label == label
        ]
        given = [_passages(found[v.a], found[v.b]) for v in findings.verdicts if v.label == label]
        yield (f"labelled {words} reported, by passage", None), (_n_met(by_hand, given), len(by_hand))
        yield (f"reported {words} labelled, by passage", None), (_n_met(given, by_hand), len(given))


def _n_met(pairs: Sequence[_Passages], others: Sequence[_Passages]) -> int:
    """How many of *pairs* meet one of *others*."""
    return sum(any(_meet(pair, other) for other in others) for pair in pairs)


def _meet(one: _Passages, other: _Passages) -> bool:
    return _share(one.a, other.a) and _share(one.b, other.b)


def _share(one: frozenset[tuple[str, int]], other: frozenset[tuple[str, int]]) -> bool:
    return len(one & other) >= LEAST_SHARED * min(len(one), len(other))


def _passages(one: Claim, other: Claim) -> _Passages:
    first, second = sorted((one, other), key=lambda claim: claim.article)
    return _Passages(_places(first), _places(second))


def _places(claim: Claim) -> frozenset[tuple[str, int]]:
    return frozenset((claim.article, at) for quote in claim.quotes for at in range(quote.start, quote.end))
