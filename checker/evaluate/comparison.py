"""
Two scorecards of the same sets side by side, paired: what came right, what broke, what can be told.

*Before* is the first scorecard, *after* the second. A difference has its interval by
resampling events, both systems with the same draw; pairs are tested by McNemar's exact test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from checker.errors import InputError
from checker.evaluate.metrics import Counts, added, f1, interval, mcnemar, precision, recall
from checker.evaluate.records import Pairing, pairing
from checker.evaluate.scorecard import CLAIM, Item, Outcome, Scorecard, Stage, Table
from checker.evaluate.scoring import counts_by_event, f1_of_sums
from checker.report.where import clean
from checker.schema import Frozen, Label

_SAME_SETS = "score both on the same sets, named by the same path (a set is called by its place below it), with checker eval run"
_COUNTED = {Stage.EXTRACT: "claims", Stage.JUDGE: "pairs", Stage.WHOLE: "pairs"}
_LABELS = (Label.CONFLICTING, Label.AGREEING)

Told = Literal["better", "worse", "no difference to tell", "no verdict"]
Figure = Literal["precision", "recall", "F1"]
_Couple = tuple[Item, Item]

_FIGURES: dict[Figure, tuple[Callable[[Counts], float | None], Callable[[Any], Any]]] = {
    "precision": (precision, lambda sums: sums[0] / sums[1]),
    "recall": (recall, lambda sums: sums[0] / sums[2]),
    "F1": (f1, f1_of_sums),
}
"""Each figure of counts, and of arrays of summed counts."""


class Change(Frozen):
    """One figure before and after; the interval of the difference is None where none can be given."""

    figure: Figure
    before: float | None
    after: float | None
    low: float | None
    high: float | None

    @property
    def difference(self) -> float | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def verdict(self) -> Told:
        """Better or worse only where the whole interval is on one side of 0; none without an interval."""
        if self.low is None or self.high is None:
            return "no verdict"
        if self.low <= 0 <= self.high:
            return "no difference to tell"
        return "better" if self.low > 0 else "worse"


class Paired(Frozen):
    """
    The pairs that have a label by hand, or were given it falsely by either system.

    `fixed` of `n` were wrong before and are right after, `broke` the other way; `p` is
    McNemar's. `loose` were given the label, before and after, but are of claims that the
    set does not have: they count in the F1 and cannot be paired.
    """

    n: int
    fixed: int
    broke: int
    p: float
    loose: tuple[int, int]


class Line(Frozen):
    """What changed for one label at one stage; `paired` is None for claims."""

    stage: Stage
    label: str
    changes: tuple[Change, ...]
    paired: Paired | None = None

    @property
    def verdict(self) -> Told:
        """That of the F1: its interval takes events whole, the p takes their pairs for independent."""
        return next(change.verdict for change in self.changes if change.figure == "F1")


class NotJudged(Frozen):
    """How many pairs, or claims, of one stage had no answer."""

    stage: Stage
    before: int
    after: int


class Harm(StrEnum):
    """What an item that broke does to a reader; the worst first."""

    MISSED_CONFLICT = "missed conflict"
    FALSE_CONFLICT = "false conflict"
    LOST_AGREEMENT = "lost agreement"
    FALSE_AGREEMENT = "false agreement"


class Broken(Frozen):
    """An item that was right and is wrong: its harm, what it was given before, and how it is after."""

    harm: Harm
    before: Outcome
    item: Item


class Comparison(Frozen):
    """What two scorecards differ in; `labelled` counts the conflicting and agreeing pairs by hand."""

    events: int
    labelled: int
    lines: tuple[Line, ...]
    not_judged: tuple[NotJudged, ...]
    broken: tuple[Broken, ...]


def compare(a: Scorecard, b: Scorecard) -> Comparison:
    """
    Compare *a* (before) with *b* (after) at each stage that both have.

    An item is wrong for a label if it has the label and was not given it, or was given it
    falsely: the errors that lower the F1. Raises InputError if the sets differ or no stage
    is in both.
    """
    refuse_other_sets(a, b, ("the first scorecard", "the second"), _SAME_SETS)
    stages = [stage for name, what in _COUNTED.items() if (stage := _both(a, b, name, what))]
    if not stages:
        raise InputError(f"the two scorecards have no stage in common; {_SAME_SETS}")
    broken = [one for stage in stages for one in _broken(stage.couples)]
    return Comparison(
        events=len(a.sets),
        labelled=sum(one.agreeing + one.conflicting for one in a.sets.values()),
        lines=tuple(line for stage in stages for line in _lines_of(stage)),
        not_judged=tuple(
            NotJudged(stage=stage.name, before=_lost(stage.before), after=_lost(stage.after))
            for stage in stages
        ),
        broken=tuple(sorted(broken, key=lambda one: list(Harm).index(one.harm))),
    )


def refuse_other_sets(a: Scorecard, b: Scorecard, names: tuple[str, str], remedy: str) -> None:
    """Raise InputError that names each set only one of *a* and *b* has, or that is not the same in both."""
    problems = [
        *(f"set {name!r} is only in {names[0]}" for name in sorted(a.sets.keys() - b.sets.keys())),
        *(f"set {name!r} is only in {names[1]}" for name in sorted(b.sets.keys() - a.sets.keys())),
        *(
            f"set {name!r} has other files in {names[1]} than in {names[0]} (digest {a.sets[name].digest}, {b.sets[name].digest})"
            for name in sorted(a.sets.keys() & b.sets.keys())
            if a.sets[name].digest != b.sets[name].digest
        ),
    ]
    if problems:
        raise InputError("\n".join([*(clean(problem) for problem in problems), remedy]))


@dataclass(frozen=True)
class _Both:
    """One stage as both scorecards have it: the counts, and the items side by side where they can be."""

    name: Stage
    before: Table
    after: Table
    couples: tuple[_Couple, ...]
    loose: tuple[tuple[Item, ...], tuple[Item, ...]]


def _both(a: Scorecard, b: Scorecard, name: Stage, what: str) -> _Both | None:
    before, after = a.table(name, what), b.table(name, what)
    if before is None or after is None:
        return None
    if odd := sorted(before.by_event.keys() ^ after.by_event.keys()):
        raise InputError(f"{name}: only one of the two scorecards has {odd[0]!r}; {_SAME_SETS}")
    first, second = ([item for item in card.items if item.stage == name] for card in (a, b))
    loose = [tuple(item for item in items if item.label is None) for items in (first, second)]
    return _Both(name, before, after, tuple(_couples(first, second)), (loose[0], loose[1]))


def _couples(first: Sequence[Item], second: Sequence[Item]) -> Iterator[_Couple]:
    """The items of the set, by event and claims; one that is not listed is a unique pair given unique."""
    one, other = _by_key(first), _by_key(second)
    for key in sorted(one.keys() | other.keys()):
        listed = one.get(key) or other[key]
        unlisted = listed.model_copy(update={"given": Outcome.UNIQUE, "sides": None, "reason": None})
        yield one.get(key, unlisted), other.get(key, unlisted)


def _by_key(items: Sequence[Item]) -> Mapping[tuple[str, Pairing], Item]:
    return {(item.event, pairing(item.a, item.b)): item for item in items if item.label is not None}


def _lines_of(stage: _Both) -> Iterator[Line]:
    if stage.name == Stage.EXTRACT:
        changes = tuple(_change(stage, CLAIM, figure) for figure in _FIGURES)
        yield Line(stage=stage.name, label=CLAIM, changes=changes)
        return
    for label in _LABELS:
        change = _change(stage, label.value, "F1")
        if change.before is not None or change.after is not None:
            yield Line(stage=stage.name, label=label, changes=(change,), paired=_paired(stage, label))


def _change(stage: _Both, label: str, figure: Figure) -> Change:
    """
    The change of one figure, with the percentile interval of the difference.

    Each draw of events is the same for both systems, so what makes an event hard for both
    cancels out (paired bootstrap, Efron and Tibshirani 1993, chapter 13).
    """
    of_counts, of_sums = _FIGURES[figure]
    before, after = counts_by_event(stage.before, label), counts_by_event(stage.after, label)
    rows = [(*before[event], *after[event]) for event in sorted(before)]
    spread = interval(rows, lambda sums: of_sums(sums[3:]) - of_sums(sums[:3]))
    low, high = spread or (None, None)
    return Change(
        figure=figure,
        before=of_counts(added(list(before.values()))),
        after=of_counts(added(list(after.values()))),
        low=low,
        high=high,
    )


def _paired(stage: _Both, label: Label) -> Paired:
    """The exact McNemar test of what was fixed against what broke (McNemar 1947)."""
    wrong = [
        (_is_wrong(before, label), _is_wrong(after, label))
        for before, after in stage.couples
        if label.value in {before.label, before.given, after.given}
    ]
    fixed, broke = wrong.count((True, False)), wrong.count((False, True))
    before, after = (sum(item.given == label.value for item in items) for items in stage.loose)
    return Paired(n=len(wrong), fixed=fixed, broke=broke, p=mcnemar(fixed, broke), loose=(before, after))


def _is_wrong(item: Item, label: Label) -> bool:
    """Whether *item* has *label* by hand and was not given it, or the reverse."""
    return (item.label == label) != (item.given == label.value)


def _broken(couples: Sequence[_Couple]) -> Iterator[Broken]:
    for before, after in couples:
        harms = [
            _harm(after, label)
            for label in _LABELS
            if _is_wrong(after, label) and not _is_wrong(before, label)
        ]
        if harms:
            yield Broken(harm=harms[0], before=before.given, item=after)


def _harm(item: Item, label: Label) -> Harm:
    if label == Label.CONFLICTING:
        return Harm.MISSED_CONFLICT if item.label == label else Harm.FALSE_CONFLICT
    return Harm.LOST_AGREEMENT if item.label == label else Harm.FALSE_AGREEMENT


def _lost(table: Table) -> int:
    rows = (row for event in table.by_event.values() for row in event.values())
    return sum(row.get(Outcome.NOT_JUDGED.value, 0) for row in rows)
