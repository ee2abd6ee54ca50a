"""The wrong items of a scorecard, worst first, with what they can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.evaluate.scorecard import NOT_LABELLED, Item, Outcome, Stage
from checker.schema import Label

KINDS = ("Conflicts missed", "False conflicts", "Agreements missed", "False agreements", "Other wrong items")


@dataclass(frozen=True)
class Mistake:
    """One wrong item; `marks` are what it can be filtered by."""

    number: int
    kind: str
    item: Item
    marks: dict[str, str]
    notes: tuple[str, ...]


def mistakes(items: Iterable[Item]) -> tuple[Mistake, ...]:
    """Give the wrong ones of *items*, the worst kind first, numbered from 1."""
    found = [item for item in items if not item.is_right]
    found.sort(key=lambda one: (_place(one), one.event, list(Stage).index(one.stage), one.a, one.b))
    return tuple(
        Mistake(number, KINDS[_place(item)], item, _marks(item), tuple(_notes(item)))
        for number, item in enumerate(found, start=1)
    )


def choices(found: Sequence[Mistake]) -> dict[str, Counter[str]]:
    """Give how many mistakes have each mark, by the name of the mark."""
    times: dict[str, Counter[str]] = {}
    for one in found:
        for name, mark in one.marks.items():
            times.setdefault(name, Counter()).update([mark] if mark else [])
    return times


def _place(item: Item) -> int:
    """The place in KINDS: a conflict that was missed before one that was made up."""
    tests = (
        item.label == Label.CONFLICTING,
        item.given == Outcome.CONFLICTING,
        item.label == Label.AGREEING,
        item.given == Outcome.AGREEING,
        True,
    )
    return tests.index(True)


def _marks(item: Item) -> dict[str, str]:
    return {
        "stage": item.stage,
        "expected": item.label or NOT_LABELLED,
        "given": item.given,
        "event": item.event,
        "aspect": item.aspect or item.given_aspect or "",
    }


def _notes(item: Item) -> Iterator[str]:
    named = (("aspect", item.aspect, item.given_aspect), ("between", item.between, item.given_between))
    for name, labelled, given in named:
        said = [f"{labelled} labelled"] * bool(labelled) + [f"{given} given"] * bool(given)
        if said:
            yield f"{name}: {', '.join(said)}"
    if item.phenomenon:
        yield f"phenomenon: {item.phenomenon}"
