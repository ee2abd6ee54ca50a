"""Scorecard → one self-contained HTML page: the numbers first, then every wrong item with its quotes."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import TypeVar

from jinja2 import Environment, StrictUndefined

from checker.evaluate.scorecard import (
    CLAIM,
    NOT_LABELLED,
    ClaimItem,
    Item,
    Outcome,
    Ratio,
    Score,
    Scorecard,
    Share,
    Stage,
    Table,
)
from checker.report.where import clean, harmless
from checker.report.words import count, share
from checker.schema import Label

_SCRIPT = re.compile("<script>(.*?)</script>", re.DOTALL)
_NOTHING = "\N{EN DASH}"
_MOST_FEW = 4
"""More slices than this with too few items are folded."""

_STAGE_WORDS = {
    Stage.EXTRACT: "finding the claims of each article",
    Stage.PAIR: "choosing the pairs to look at",
    Stage.JUDGE: "labelling pairs, the claims given",
    Stage.WHOLE: "from the articles to the labels",
}
_WHAT_WORDS = {"status": "claim status"}
_SYMBOLS = {
    "conflicting": "\N{BLACK UP-POINTING TRIANGLE}",
    "agreeing": "\N{BLACK CIRCLE}",
    "unique": "\N{WHITE CIRCLE}",
}
_ORDER = (*_SYMBOLS, CLAIM, NOT_LABELLED, *Outcome)
_WRONG = (
    "Conflicts missed",
    "False conflicts",
    "Agreements missed",
    "False agreements",
    "All other wrong items",
)
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
class _Wrong:
    """One wrong item; `marks` are what it can be filtered by."""

    number: int
    kind: str
    item: Item
    marks: dict[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Page:
    """All that the template prints; `widest` is the largest share of pairs kept on the curve."""

    card: Scorecard
    main: tuple[Score, ...]
    gaps: tuple[str, ...]
    scores: tuple[Score, ...]
    matrices: tuple[_Matrix, ...]
    shares: tuple[Share, ...]
    slices: tuple[_Slices, ...]
    widest: float
    wrong: tuple[_Wrong, ...]
    choices: dict[str, Counter[str]]
    alone: dict[str, tuple[ClaimItem, ...]]


def render(card: Scorecard) -> str:
    """Give the whole scorecard as one page."""
    template = files(__package__).joinpath("scorecard.html").read_text("utf-8")
    (script,) = _SCRIPT.findall(template)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return _environment().from_string(template).render(page=_page(card), script_hash=digest)


def _environment() -> Environment:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_harmless
    )
    environment.filters["one_line"] = clean
    environment.filters["number"] = "{:,}".format
    environment.filters["count"] = count
    environment.filters["share"] = share
    environment.filters["figure"] = _figure
    environment.filters["interval"] = _interval
    environment.filters["part"] = _part
    environment.filters["each"] = _each
    environment.filters["state"] = lambda label: label if label in _SYMBOLS else "open"
    environment.filters["symbol"] = lambda label: _SYMBOLS.get(label, "?")
    environment.filters["what"] = lambda what: _WHAT_WORDS.get(what, what)
    environment.globals["stages"] = _STAGE_WORDS
    environment.globals["kinds"] = _WRONG
    environment.globals["most_few"] = _MOST_FEW
    return environment


def _harmless(printed: object) -> object:
    """Make every text that the template prints harmless, before it is escaped."""
    # What the template's own macros give is marked as HTML; what they print came by here.
    return harmless(printed) if isinstance(printed, str) and not hasattr(printed, "__html__") else printed


def _figure(value: float | None, per: int = 1) -> str:
    """
    Give a share as one of 1, or of *per*; the ends of the scale only where they are exact.

    >>> _figure(0.8734), _figure(0.0021, 1000), _figure(0.9999), _figure(1.0)
    ('0.873', '2.1', 'over 0.999', '1')
    """
    if value is None:
        return _NOTHING
    if value in {0, 1}:
        return f"{value * per:g}"
    places = 3 if per == 1 else 1
    least, shown = 10**-places, round(value * per, places)
    if shown <= 0:
        return f"under {least}"
    return f"over {per - least}" if shown >= per else f"{shown:.{places}f}"


def _interval(ratio: Ratio, per: int = 1) -> str:
    """Give the ends of an interval, or say that there is none."""
    if ratio.low is None or ratio.high is None:
        return "no interval"
    return f"{_figure(ratio.low, per)} to {_figure(ratio.high, per)}"


def _part(part: int, whole: int) -> float | None:
    """Give *part* of *whole* as a share of 1, None over nothing."""
    return part / whole if whole else None


def _each(number: int, n: int) -> str:
    """Give *number* for one of *n*, 0 only where it is exact."""
    if not n:
        return _NOTHING
    return "under 0.1" if 0 < number * 20 < n else f"{number / n:,.1f}"


def _page(card: Scorecard) -> _Page:
    wrong = _wrong(card.items)
    whole = [one for one in card.shares if one.slice is None]
    return _Page(
        card=card,
        main=tuple(_main(card)),
        gaps=tuple(_gaps(card.tables)),
        scores=_ordered(card.scores, card.system),
        matrices=tuple(_matrix(table) for table in card.tables if table.system == card.system),
        shares=_ordered(whole, card.system),
        slices=_slices(card),
        widest=max((one.kept / one.pairs for one in card.curve if one.pairs), default=0) or 1,
        wrong=wrong,
        choices=_choices(wrong),
        alone={words: tuple(c for c in card.claims if c.kind == kind) for kind, words in _ALONE.items()},
    )


def _main(card: Scorecard) -> Iterator[Score]:
    wanted = [(stage, label, "pairs") for stage in (Stage.JUDGE, Stage.WHOLE) for label in list(_SYMBOLS)[:2]]
    found = (card.score(*one) for one in [*wanted, (Stage.EXTRACT, CLAIM, "claims")])
    yield from (score for score in found if score)


def _gaps(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        totals = _matrix(table).totals
        lost = totals[Outcome.NOT_JUDGED]
        if lost:
            what = _WHAT_WORDS.get(table.what, table.what)
            yield f"{lost:,} of {totals.total():,} {what} ({table.stage}, {table.system})"


def _ordered(found: Sequence[_Figure], system: str) -> tuple[_Figure, ...]:
    """By stage, then by what is told, the system before its baselines."""
    first: dict[tuple[str, ...], int] = {}
    for one in found:
        first.setdefault(_told(one), len(first))
    stages = list(Stage)
    return tuple(
        sorted(found, key=lambda one: (stages.index(one.stage), first[_told(one)], one.system != system))
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
        columns=tuple(sorted(totals, key=_place)),
        rows={label: rows[label] for label in sorted(rows, key=_place)},
        totals=totals,
    )


def _place(label: str) -> int:
    return _ORDER.index(label) if label in _ORDER else len(_ORDER)


def _slices(card: Scorecard) -> tuple[_Slices, ...]:
    """The sliced shares by what they tell and by what property, the largest slice first."""
    groups: dict[tuple[bool, int, str, str, str], list[Share]] = {}
    for one in card.shares:
        if one.slice:
            stage = list(Stage).index(one.stage)
            key = (one.system != card.system, stage, one.system, one.what, one.slice[0])
            groups.setdefault(key, []).append(one)
    # Sorted by system and stage alone: the rest stays in the order of the scorecard.
    return tuple(_group(groups[key]) for key in sorted(groups, key=lambda key: key[:3]))


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


def _wrong(items: Iterable[Item]) -> tuple[_Wrong, ...]:
    found = [item for item in items if not item.is_right]
    stages = list(Stage)
    found.sort(key=lambda one: (_kind(one), one.event, stages.index(one.stage), one.a, one.b))
    return tuple(
        _Wrong(number, _WRONG[_kind(item)], item, _marks(item), tuple(_notes(item)))
        for number, item in enumerate(found, start=1)
    )


def _kind(item: Item) -> int:
    """The place in _WRONG: a conflict that was missed before one that was made up."""
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
    for name, by_hand, given in named:
        said = [f"{by_hand} by hand"] * bool(by_hand) + [f"{given} given"] * bool(given)
        if said:
            yield f"{name}: {', '.join(said)}"
    if item.phenomenon:
        yield f"phenomenon: {item.phenomenon}"


def _choices(wrong: Sequence[_Wrong]) -> dict[str, Counter[str]]:
    """How many wrong items have each mark, by the name of the mark."""
    names = ("stage", "expected", "given", "event", "aspect")
    found = {name: Counter(sorted(one.marks[name] for one in wrong)) for name in names}
    return {name: Counter({mark: n for mark, n in marks.items() if mark}) for name, marks in found.items()}
