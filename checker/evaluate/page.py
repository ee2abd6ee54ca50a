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
from checker.report.words import count
from checker.schema import Label

_SCRIPT = re.compile("<script>(.*?)</script>", re.DOTALL)
_NOTHING = "\N{EN DASH}"
_MOST_FEW = 4
"""More slices than this with too few items are folded."""

_STAGE_WORDS = {
    Stage.EXTRACT: "claims found in the articles, matched one to one with the labelled ones",
    Stage.PAIR: "labelled pairs among the candidates for a second look",
    Stage.JUDGE: "labels of pairs, the labelled claims given",
    Stage.WHOLE: "from the articles to the labels, with the system's own claims",
}
_STAGES = tuple(_STAGE_WORDS)
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
_WRONG = ("Conflicts missed", "False conflicts", "Agreements missed", "False agreements", "Other wrong items")
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
    environment.filters["figure"] = _figure
    environment.filters["interval"] = _interval
    environment.filters["part"] = _part
    environment.filters["each"] = _each
    environment.filters["state"] = lambda label: _STATES.get(label, "unique")
    environment.filters["symbol"] = lambda label: _SYMBOLS.get(label, _NOTHING)
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
    ('0.87', '2.1', '>0.99', '1.00')
    """
    if value is None:
        return _NOTHING
    places = 2 if per == 1 else 1
    least, shown = 10**-places, f"{value * per:.{places}f}"
    if value > 0 and float(shown) == 0:
        return f"<{least}"
    return f">{per - least}" if value < 1 and float(shown) >= per else shown


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
    if 0 < number * 20 < n:
        return "under 0.1"
    return f"{number / n:,.{1 if number % n and number < 100 * n else 0}f}"


def _page(card: Scorecard) -> _Page:
    wrong = _wrong(card.items)
    whole = [one for one in card.shares if one.slice is None]
    return _Page(
        card=card,
        main=tuple(_main(card)),
        gaps=tuple(_gaps(card.tables)),
        scores=_ordered(card.scores, card.system),
        matrices=tuple(_matrix(table) for table in _own(card)),
        shares=_ordered(whole, card.system),
        slices=_slices(card),
        widest=max((one.kept / one.pairs for one in card.curve if one.pairs), default=0) or 1,
        wrong=wrong,
        choices=_choices(wrong),
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


def _wrong(items: Iterable[Item]) -> tuple[_Wrong, ...]:
    found = [item for item in items if not item.is_right]
    found.sort(key=lambda one: (_kind(one), one.event, _STAGES.index(one.stage), one.a, one.b))
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
    found: dict[str, Counter[str]] = {}
    for one in wrong:
        for name, mark in one.marks.items():
            found.setdefault(name, Counter()).update([mark] if mark else [])
    return found
