"""Scorecard → one self-contained HTML page: the numbers first, then every wrong item with its quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeVar

from checker.evaluate.mistakes import KINDS, Mistake, choices, mistakes
from checker.evaluate.scorecard import (
    CLAIM,
    NOT_LABELLED,
    ClaimItem,
    Outcome,
    Score,
    Scorecard,
    Share,
    Stage,
    Table,
)
from checker.evaluate.words import NOT_KNOWN, STAGE_WORDS, drawn, figure, interval
from checker.report.template import digest, fill, shelf
from checker.report.words import count

_SCRIPT = re.compile("<script>(.*?)</script>", re.DOTALL)
_MOST_FEW = 4
"""More slices than this with too few items are folded."""

_STAGES = tuple(STAGE_WORDS)
_WHAT_WORDS = {"status": "claim status"}
_SYMBOLS = {
    "conflicting": "\N{BLACK UP-POINTING TRIANGLE}",
    "agreeing": "\N{BLACK CIRCLE}",
    "unique": "\N{WHITE CIRCLE}",
    CLAIM: "\N{BLACK SQUARE}",
    NOT_LABELLED: "\N{WHITE SQUARE}",
    "not judged": "?",
    "not found": "\N{MULTIPLICATION SIGN}",
}
_STATES = {"not judged": "open", "not found": "open", "conflicting": "conflicting", "agreeing": "agreeing"}
_ORDER = tuple(_SYMBOLS)
_PARTS = ("aspect", "between", "phenomenon")
_ALONE = {
    "missed": "Labelled, not found",
    "merged": "Labelled, found only inside another claim",
    "extra": "Found, not labelled",
    "split": "Found, a part of a labelled claim",
}
_Figure = TypeVar("_Figure", Score, Share)


@dataclass(frozen=True)
class _Matrix:
    """One table summed over its events; rows are the labels by hand, columns what was given."""

    table: Table
    columns: tuple[str, ...]
    rows: dict[str, Counter[str]]
    totals: Counter[str]


@dataclass(frozen=True)
class _Slices:
    """One share for each value of one property; the longest bar has a ratio of `scale`, `few` have none."""

    first: Share
    scale: float
    bars: tuple[Share, ...]
    few: tuple[Share, ...]


@dataclass(frozen=True)
class _Page:
    """All that the template prints; `widest` is the largest share of pairs kept on the curve."""

    card: Scorecard
    labelled_by: tuple[str, ...]
    drawn: str
    main: tuple[Score, ...]
    gaps: tuple[str, ...]
    scores: tuple[Score, ...]
    matrices: tuple[_Matrix, ...]
    shares: tuple[Share, ...]
    slices: tuple[_Slices, ...]
    widest: float
    wrong: tuple[Mistake, ...]
    choices: dict[str, Counter[str]]
    alone: dict[str, tuple[ClaimItem, ...]]


def render(card: Scorecard) -> str:
    """Give the whole scorecard as one page."""
    template = files(__package__).joinpath("scorecard.html").read_text("utf-8")
    (script,) = _SCRIPT.findall(template)
    names = {"stages": STAGE_WORDS, "kinds": KINDS, "most_few": _MOST_FEW}
    return fill(
        template, _filters(), names, page=_page(card), style=shelf("base.css"), script_hash=digest(script)
    )


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "number": "{:,}".format,
        "count": count,
        "figure": figure,
        "interval": lambda found, per=1: interval(found, per) or "no interval",
        "part": _part,
        "each": _each,
        "state": lambda label: _STATES.get(label, "unique"),
        "symbol": lambda label: _SYMBOLS.get(label, NOT_KNOWN),
        "what": lambda what: _WHAT_WORDS.get(what, what),
    }


def _part(part: int, whole: int) -> float | None:
    """Give *part* of *whole* as a share of 1, None over nothing."""
    return part / whole if whole else None


def _each(number: int, n: int) -> str:
    """Give *number* for one of *n*, 0 only where it is exact."""
    if not n:
        return NOT_KNOWN
    if 0 < number * 20 < n:
        return "under 0.1"
    return f"{number / n:,.{1 if number % n and number < 100 * n else 0}f}"


def _page(card: Scorecard) -> _Page:
    wrong = mistakes(card.items)
    whole = [one for one in card.shares if one.slice is None]
    return _Page(
        card=card,
        labelled_by=tuple(dict.fromkeys(s.labelled_by for s in card.sets.values() if s.labelled_by)),
        drawn=drawn(len(card.sets)),
        main=tuple(_main(card)),
        gaps=(*_gaps(card.tables), *_other_gaps(card)),
        scores=_ordered(card.scores, card.system),
        matrices=tuple(_matrix(table) for table in _own(card)),
        shares=_ordered(whole, card.system),
        slices=_slices(card),
        widest=max((one.kept / one.pairs for one in card.curve if one.pairs), default=0) or 1,
        wrong=wrong,
        choices=choices(wrong),
        alone={words: tuple(c for c in card.claims if c.kind == kind) for kind, words in _ALONE.items()},
    )


def _main(card: Scorecard) -> Iterator[Score]:
    wanted = [(stage, label, "pairs") for stage in (Stage.JUDGE, Stage.WHOLE) for label in _ORDER[:2]]
    found = (card.score(*one) for one in [*wanted, (Stage.EXTRACT, CLAIM, "claims")])
    yield from (score for score in found if score)


def _own(card: Scorecard) -> list[Table]:
    """The tables of the system itself, by stage."""
    own = (table for table in card.tables if table.system == card.system)
    return sorted(own, key=lambda table: (_STAGES.index(table.stage), table.what))


def _gaps(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        totals = _matrix(table).totals
        if lost := totals[Outcome.NOT_JUDGED]:
            what = _WHAT_WORDS.get(table.what, table.what)
            yield f"{lost:,} of {totals.total():,} {what} ({table.stage}, {table.system})"


def _other_gaps(card: Scorecard) -> Iterator[str]:
    """What has no answer and stands in no table: swapped pairs, further draws, steps of the extraction."""
    told = {Stage.WHOLE.value, Stage.JUDGE.value, *(table.system for table in card.tables)}
    yield from (f"{n:,} ({part})" for part, n in card.gaps.items() if part not in told)


def _ordered(found: Sequence[_Figure], system: str) -> tuple[_Figure, ...]:
    """By stage, then by what is told, the system before its baselines."""
    first: dict[tuple[str, ...], int] = {}
    for one in found:
        first.setdefault(_told(one), len(first))
    return tuple(
        sorted(found, key=lambda one: (_STAGES.index(one.stage), first[_told(one)], one.system != system))
    )


def _told(one: Score | Share) -> tuple[str, ...]:
    return (one.stage, one.what, one.label) if isinstance(one, Score) else (one.stage, one.what)


def _matrix(table: Table) -> _Matrix:
    rows: dict[str, Counter[str]] = {}
    for by_label in table.by_event.values():
        for label, given in by_label.items():
            rows.setdefault(label, Counter()).update(given)
    totals = sum(rows.values(), Counter[str]())
    return _Matrix(
        table=table,
        columns=tuple(sorted(totals, key=_label_place)),
        rows={label: rows[label] for label in sorted(rows, key=_label_place)},
        totals=totals,
    )


def _slices(card: Scorecard) -> tuple[_Slices, ...]:
    """The sliced shares: by stage, by what they are sliced by, the largest slice first."""
    groups: dict[tuple[Stage, str, str, str], list[Share]] = {}
    for one in card.shares:
        if one.slice:
            groups.setdefault((one.stage, one.system, one.what, one.slice[0]), []).append(one)
    order = sorted(groups, key=lambda key: (_STAGES.index(key[0]), _part_place(key[-1])))
    return tuple(_group(groups[key]) for key in order)


def _label_place(label: str) -> int:
    return _ORDER.index(label) if label in _ORDER else len(_ORDER)


def _part_place(part: str) -> int:
    return _PARTS.index(part) if part in _PARTS else len(_PARTS)


def _group(shares: Sequence[Share]) -> _Slices:
    falling = sorted(shares, key=lambda one: (-one.n, one.slice or ()))
    ends = [max(one.ratio.value, one.ratio.high or 0) for one in shares if one.ratio]
    # What is told per thousand would not be seen on a scale up to 1.
    scale = 1.0 if falling[0].per == 1 else max(ends, default=1.0) or 1.0
    return _Slices(
        first=falling[0],
        scale=scale,
        bars=tuple(one for one in falling if one.ratio),
        few=tuple(one for one in falling if not one.ratio),
    )
