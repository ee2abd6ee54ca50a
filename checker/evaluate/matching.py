"""
Which found claim is which labelled claim: at most one to one, the best of all assignments.

The likeness of two claims of one article is the mean of two Dice overlaps: of the
characters that their quotes cover, and of the stems of their words. The assignment with
the largest sum is taken (scipy's linear_sum_assignment, a Jonker-Volgenant method); a pair
of it that is less alike than LEAST_ALIKE is no match.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from checker.lexical.words import STOP, stem, tokens
from checker.schema import Claim

LEAST_ALIKE = 0.4
MOST_OF_QUOTE = 0.5


@dataclass(frozen=True)
class Match:
    """
    Found and labelled claims side by side.

    `pairs` gives the labelled id of each matched found id. A labelled claim without a
    partner was *merged* into another one if a matched found claim quotes most of its words
    in the article, else it was missed. A found claim without a partner was *split* off if
    a matched labelled claim quotes most of its words, else it is extra.
    """

    pairs: dict[str, str]
    missed: tuple[Claim, ...]
    merged: tuple[Claim, ...]
    extra: tuple[Claim, ...]
    split: tuple[Claim, ...]


class _Look(NamedTuple):
    """What is compared of a claim: the characters it quotes, the stems of its words."""

    characters: frozenset[int]
    stems: frozenset[str]


def match(found: Sequence[Claim], labelled: Sequence[Claim]) -> Match:
    """Match the claims of any number of articles; claims of different articles never match."""
    pairs = {
        one: other
        for article in sorted({claim.article for claim in labelled})
        for one, other in _assign(_of(found, article), _of(labelled, article))
    }
    taken = set(pairs.values())
    alone = [claim for claim in labelled if claim.id not in taken]
    loose = [claim for claim in found if claim.id not in pairs]
    matched = [claim for claim in found if claim.id in pairs]
    partners = [claim for claim in labelled if claim.id in taken]
    merged = {claim.id for claim in alone if _is_inside(claim, matched)}
    split = {claim.id for claim in loose if _is_inside(claim, partners)}
    return Match(
        pairs=pairs,
        missed=tuple(claim for claim in alone if claim.id not in merged),
        merged=tuple(claim for claim in alone if claim.id in merged),
        extra=tuple(claim for claim in loose if claim.id not in split),
        split=tuple(claim for claim in loose if claim.id in split),
    )


def likeness(one: Claim, other: Claim) -> float:
    """From 0 to 1: the mean of the overlaps of what they quote and of the words they are put in."""
    return _alike(_look(one), _look(other))


def _of(claims: Sequence[Claim], article: str) -> list[Claim]:
    """The claims of one article, by id: the order of the input decides nothing."""
    return sorted((claim for claim in claims if claim.article == article), key=lambda claim: claim.id)


def _assign(found: Sequence[Claim], labelled: Sequence[Claim]) -> list[tuple[str, str]]:
    if not found or not labelled:
        return []
    rows, columns = [_look(one) for one in found], [_look(one) for one in labelled]
    scores = np.array([[_alike(one, other) for other in columns] for one in rows])
    # A pair below the bar is worth nothing, lest it takes a claim from a pair above it.
    worth = np.where(scores >= LEAST_ALIKE, scores, 0.0)
    best = linear_sum_assignment(worth, maximize=True)
    return [(found[i].id, labelled[j].id) for i, j in zip(*best, strict=True) if worth[i, j] >= LEAST_ALIKE]


def _is_inside(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether one of *others* quotes most of what *claim* quotes."""
    own = _characters(claim)
    return any(
        len(own & _characters(other)) >= MOST_OF_QUOTE * len(own)
        for other in others
        if other.article == claim.article
    )


def _look(claim: Claim) -> _Look:
    words = (token.lower() for token in tokens(claim.text))
    return _Look(_characters(claim), frozenset(stem(word) for word in words if word not in STOP))


def _characters(claim: Claim) -> frozenset[int]:
    return frozenset(at for quote in claim.quotes for at in range(quote.start, quote.end))


def _alike(one: _Look, other: _Look) -> float:
    return (_dice(one.characters, other.characters) + _dice(one.stems, other.stems)) / 2


def _dice(a: frozenset[int] | frozenset[str], b: frozenset[int] | frozenset[str]) -> float:
    """2 |a and b| / (|a| + |b|)."""
    both = len(a) + len(b)
    return 2 * len(a & b) / both if both else 0.0
