"""
Scores as small pure functions; the formula of each stands in its docstring.

Counts come first: a ratio without its counts is never given, and one over nothing is None,
neither 0 nor 1.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import DegenerateDataWarning, binomtest, bootstrap

RESAMPLES = 2000
LEVEL = 0.95
SEED = 20251122
_BATCH = 100  # resamples in memory at a time: of 10,000 items, 2,000 would take 2 GB


class Counts(NamedTuple):
    """How many were right, of those given, of those wanted by hand."""

    right: int
    given: int
    wanted: int


class Interval(NamedTuple):
    """Where a figure may lie: the 2.5th and the 97.5th percentile of its resamples."""

    low: float
    high: float


def precision(counts: Counts) -> float | None:
    """
    right / given: the share of what was given that is right.

    >>> precision(Counts(right=3, given=4, wanted=6))
    0.75
    """
    return counts.right / counts.given if counts.given else None


def recall(counts: Counts) -> float | None:
    """
    right / wanted: the share of what is wanted that was found.

    >>> recall(Counts(right=3, given=4, wanted=6))
    0.5
    """
    return counts.right / counts.wanted if counts.wanted else None


def f1(counts: Counts) -> float | None:
    """
    2 right / (given + wanted): the harmonic mean of precision and recall.

    >>> f1(Counts(right=3, given=4, wanted=6))
    0.6
    """
    both = counts.given + counts.wanted
    return 2 * counts.right / both if both else None


def added(counts: Sequence[Counts]) -> Counts:
    """The sum of *counts*, place by place."""
    return Counts(*(sum(column) for column in zip(*counts, strict=True))) if counts else Counts(0, 0, 0)


def interval(by_event: Sequence[Sequence[int]], figure: Callable[[Any], Any]) -> Interval | None:
    """
    The 95 % interval of a figure of summed counts, by resampling whole events.

    *by_event* has one row of counts for each event; *figure* gets their sums, each an
    array with one value for each resample, and gives an array; NaN where the figure is
    not defined. Pairs of one event share articles and are not independent, so events are
    drawn, with replacement (percentile bootstrap, Efron and Tibshirani 1993, chapter 13);
    events that count nothing are left out. None with fewer than two events, and where some
    resamples have no figure; where all have the same one, it is both ends.
    """
    rows = np.asarray([row for row in by_event if any(row)], dtype=float)

    def of_sums(sums: Any) -> Any:
        with np.errstate(invalid="ignore", divide="ignore"):
            return figure(np.moveaxis(sums, -1, 0))

    if len(rows) < 2:  # noqa: PLR2004 - nothing to resample
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DegenerateDataWarning)  # answered with None, below
        found = bootstrap(
            (np.arange(len(rows)),),
            lambda drawn, axis=-1: of_sums(rows[drawn.astype(int)].sum(axis=axis - 1)),
            n_resamples=RESAMPLES,
            batch=_BATCH,
            confidence_level=LEVEL,
            method="percentile",
            vectorized=True,
            rng=np.random.default_rng(SEED),
        )
    low, high = (float(bound) for bound in found.confidence_interval)
    return None if np.isnan((low, high)).any() else Interval(low, high)


def exact_interval(hits: int, n: int) -> Interval:
    """
    The 95 % interval of hits / n as if the n were independent (Clopper and Pearson 1934).

    For where resampling tells nothing: 10 of 10 is no proof of 100 %.

    >>> [round(bound, 2) for bound in exact_interval(10, 10)]
    [0.69, 1.0]
    """
    found = binomtest(hits, n).proportion_ci(LEVEL)
    return Interval(float(found.low), float(found.high))


def mcnemar(fixed: int, broke: int) -> float:
    """
    The two-sided p of the exact McNemar test: a binomial test of *fixed* against *broke* at 1/2.

    Only items on which two systems differ tell anything (McNemar 1947). 1 where there are none.

    >>> mcnemar(fixed=1, broke=9)  # 2 * (1 + 10) / 2**10
    0.021484375
    """
    n = fixed + broke
    return float(binomtest(fixed, n, 0.5).pvalue) if n else 1.0


def cohen_kappa(a: Sequence[str], b: Sequence[str]) -> float | None:
    """
    (observed - expected agreement) / (1 - expected agreement) of two annotators (Cohen 1960).

    None where both gave everything one and the same label: then nothing is expected by chance but that.
    """
    from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415 - a second to load, for this alone

    return None if len({*a, *b}) < 2 else float(cohen_kappa_score(a, b))  # noqa: PLR2004


def krippendorff_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """
    1 - observed / expected disagreement, for nominal labels and any number of annotators.

    Each unit holds the labels it was given; units with fewer than two are left out
    (Krippendorff, Computing Krippendorff's alpha-reliability, 2011). None where all labels
    are the same.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    totals: dict[str, int] = {}
    for unit in pairable:
        for label in unit:
            totals[label] = totals.get(label, 0) + 1
    n = sum(totals.values())
    expected = sum(totals[c] * totals[k] for c, k in permutations(totals, 2))
    if not expected:
        return None
    observed = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in pairable)
    return 1 - (n - 1) * observed / expected


def counts_of(confusion: Mapping[tuple[str, str], int], label: str) -> Counts:
    """The counts of one label in a confusion, which is by (label by hand, label given)."""
    return Counts(
        right=confusion.get((label, label), 0),
        given=sum(n for (_, given), n in confusion.items() if given == label),
        wanted=sum(n for (gold, _), n in confusion.items() if gold == label),
    )
