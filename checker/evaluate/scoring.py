"""Answers beside labels: the tables, shares and items of one event at one stage, then of all events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from checker.evaluate.metrics import Counts, Interval, added, counts_of, exact_interval, f1, interval
from checker.evaluate.scorecard import FEWEST_TO_SAY, Ratio, Score, Share, Stage, Table

PLACES = 6
SMALLEST = 10**-PLACES

Confusion = Counter[tuple[str, str]]
Hits = tuple[int, int]
"""How many are as they should be, of how many."""

Slice = tuple[str, str]
Named = tuple[str, Slice | None]
"""What a share is of, and of which part of the items."""


@dataclass(frozen=True)
class Result:
    """What one event gave at one stage by one system: confusions by what they count, and shares by name."""

    event: str
    tables: Mapping[str, Confusion] = field(default_factory=dict)
    shares: Mapping[Named, Hits] = field(default_factory=dict)


def tables_of(stage: Stage, system: str, results: Sequence[Result]) -> list[Table]:
    """The tables of all events, as the scorecard keeps them."""
    names = sorted({what for result in results for what in result.tables})
    return [
        Table(
            stage=stage,
            system=system,
            what=what,
            by_event={r.event: _nested(r.tables[what]) for r in results if what in r.tables},
        )
        for what in names
    ]


def scores_of(table: Table) -> list[Score]:
    """The scores of each label of *table*, conflicting first, with intervals over its events."""
    return [_score(table, label) for label in _labels(table)]


def shares_of(stage: Stage, system: str, results: Sequence[Result]) -> list[Share]:
    """The shares of all events, in the order in which they first occur."""
    names = dict.fromkeys(name for result in results for name in result.shares)
    return [
        share_of(stage, system, name, {r.event: r.shares.get(name, (0, 0)) for r in results})
        for name in names
    ]


def share_of(stage: Stage, system: str, name: Named, by_event: Mapping[str, Hits]) -> Share:
    """One share over all events; a slice of too few items has no ratio."""
    what, part = name
    hits, n = (sum(column) for column in zip(*by_event.values(), strict=True))
    says = n >= FEWEST_TO_SAY if part else n > 0
    rows = list(by_event.values())
    return Share(
        stage=stage,
        system=system,
        what=what,
        slice=part,
        hits=hits,
        n=n,
        per=1000 if what.startswith("false conflicts") else 1,
        ratio=_proportion(rows, hits, n, lambda sums: sums[0] / sums[1]) if says else None,
        by_event={event: counted for event, counted in by_event.items() if counted[1]},
    )


def confusion_of(table: Table, event: str) -> Confusion:
    """The confusion of one event of *table*."""
    rows = table.by_event[event]
    return Counter({(label, given): n for label, row in rows.items() for given, n in row.items()})


def counts_by_event(table: Table, label: str) -> dict[str, Counts]:
    """The counts of one label of *table*, by event."""
    return {event: counts_of(confusion_of(table, event), label) for event in table.by_event}


def ratio_of(rows: Sequence[Sequence[int]], figure: Callable[[Any], Any]) -> Ratio | None:
    """A figure of summed counts with its interval, where resampling gives one; None if it is not defined."""
    value = float(figure(np.asarray(rows, dtype=float).sum(axis=0)))
    if np.isnan(value):
        return None
    spread = _spread(rows, figure)
    return _ratio(value, spread) if spread else Ratio(value=_rounded(value))


def f1_of_sums(sums: Any) -> Any:
    """The F1 of summed counts (right, given, wanted), each a number or an array."""
    return 2 * sums[0] / (sums[1] + sums[2])


def _score(table: Table, label: str) -> Score:
    by_event = list(counts_by_event(table, label).values())
    total = added(by_event)
    return Score(
        stage=table.stage,
        system=table.system,
        what=table.what,
        label=label,
        right=total.right,
        given=total.given,
        wanted=total.wanted,
        precision=_proportion(by_event, total.right, total.given, lambda sums: sums[0] / sums[1]),
        recall=_proportion(by_event, total.right, total.wanted, lambda sums: sums[0] / sums[2]),
        f1=_f1(by_event, total),
    )


def _proportion(
    rows: Sequence[Sequence[int]], hits: int, n: int, figure: Callable[[Any], Any]
) -> Ratio | None:
    """hits / n, its interval by resampling, or the exact one where resampling tells nothing."""
    return _ratio(hits / n, _spread(rows, figure) or exact_interval(hits, n)) if n else None


def _f1(rows: Sequence[Counts], total: Counts) -> Ratio | None:
    """The F1; where resampling tells nothing, by the exact interval of right of all given or wanted."""
    value = f1(total)
    if value is None:
        return None
    spread = _spread(rows, f1_of_sums)
    if spread is None:
        # With j = right / (given + wanted - right), F1 is 2 j / (1 + j), which grows with j.
        either = exact_interval(total.right, total.given + total.wanted - total.right)
        spread = Interval(*(2 * j / (1 + j) for j in either))
    return _ratio(value, spread)


def _spread(rows: Sequence[Sequence[int]], figure: Callable[[Any], Any]) -> Interval | None:
    """The interval by resampling; None where it tells nothing, for all draws have one and the same figure."""
    found = interval(rows, figure)
    return found if found and found.low < found.high else None


def _ratio(value: float, spread: Interval) -> Ratio:
    return Ratio(value=_rounded(value), low=_rounded(spread.low), high=_rounded(spread.high))


def _rounded(value: float) -> float:
    """Six places, and never 0 or 1 unless it is."""
    return value if value in {0.0, 1.0} else min(max(round(value, PLACES), SMALLEST), 1 - SMALLEST)


def _labels(table: Table) -> Iterable[str]:
    order = ("conflicting", "agreeing", "unique", "not_agreeing", "claim")
    found = {label for rows in table.by_event.values() for label in rows}
    given = {label for rows in table.by_event.values() for row in rows.values() for label in row}
    return [label for label in order if label in found | given]


def _nested(confusion: Confusion) -> dict[str, dict[str, int]]:
    rows: dict[str, dict[str, int]] = {}
    for (label, given), n in sorted(confusion.items()):
        rows.setdefault(label, {})[given] = n
    return rows
