"""A comparison of two scorecards for the terminal: one screen, and what has no room on it counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from checker.evaluate.comparison import Broken, Change, Comparison, Line
from checker.evaluate.scorecard import CLAIM
from checker.evaluate.words import FEWEST_SETS, places
from checker.report.where import clean
from checker.report.words import count

MOST_LINES = 40
_LONGEST_TEXT = 90
_LONGEST_NAME = 40
_LEAST_P = 0.001
_WIDTHS = (21, 7, 7, 27, 6, 6, 7, 21)


def lines(comparison: Comparison, names: tuple[str, str]) -> Iterator[str]:
    """
    Give the comparison for a terminal, at most MOST_LINES lines without their breaks.

    *names* say which scorecards they are. What has no room is counted, never left out in silence.
    """
    head = [
        f"before  {clean(names[0], _LONGEST_TEXT)}",
        f"after   {clean(names[1], _LONGEST_TEXT)}",
        f"{count(comparison.events, 'set')}, {count(comparison.labelled, 'pair')} labelled conflicting or agreeing",
        "",
        _row("", "before", "after", "difference (95 %)", "fixed", "broke", "p"),
        *(_change_row(line, change) for line in comparison.lines for change in line.changes),
        "",
        *_notes(comparison),
    ]
    yield from head
    yield from _broken_lines(comparison.broken, MOST_LINES - len(head))


def _row(*cells: str) -> str:
    return "".join(f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=False)).rstrip()


def _change_row(line: Line, change: Change) -> str:
    name = f"{line.stage} {'' if line.label == CLAIM else f'{line.label} '}{change.figure}"
    spread = (
        "" if change.low is None or change.high is None else f" ({change.low:+.3f} to {change.high:+.3f})"
    )
    difference = "n/a" if change.difference is None else f"{change.difference:+.3f}{spread or ' (n/a)'}"
    paired = line.paired
    counts = (str(paired.fixed), str(paired.broke), _p(paired.p)) if paired else ("", "", "")
    return _row(name, places(change.before), places(change.after), difference, *counts, change.verdict)


def _p(p: float) -> str:
    return f"{p:.3f}" if p >= _LEAST_P else f"<{_LEAST_P}"


def _notes(comparison: Comparison) -> Iterator[str]:
    yield "The verdict goes by the interval, which draws sets whole; a loss in a few sets alone is told by p (McNemar)."
    if comparison.events == 1:
        yield "One set: no interval can be given, so there is no verdict."
    elif comparison.events < FEWEST_SETS:
        yield f"Fewer than {FEWEST_SETS} sets: the intervals are too narrow; take a verdict as a hint."
    gaps = (f"{one.stage} {one.before} → {one.after}" for one in comparison.not_judged)
    yield f"not judged: {', '.join(gaps)}"
    loose = [(line, line.paired.loose) for line in comparison.lines if line.paired and any(line.paired.loose)]
    if loose:
        named = (f"{line.stage} {line.label} {before} → {after}" for line, (before, after) in loose)
        yield f"given to claims that no set has, so in F1 but not paired: {', '.join(named)}"


def _broken_lines(broken: Sequence[Broken], room: int) -> Iterator[str]:
    """The items that broke, as many as there is room for, each whole."""
    if not broken:
        yield "broke: nothing"
        return
    kinds = Counter(one.harm for one in broken)
    yield f"broke, worst first: {', '.join(count(n, harm) for harm, n in kinds.items())}"
    blocks = [_block(one) for one in broken]
    ends = list(accumulate(len(block) for block in blocks))
    # One line is taken by the heading, one kept for what is not shown.
    shown = sum(end <= room - 2 for end in ends)
    yield from (line for block in blocks[:shown] for line in block)
    if shown < len(broken):
        yield f"  {len(broken) - shown:,} more that broke, not shown"


def _block(one: Broken) -> list[str]:
    item = one.item
    names = " ".join(clean(name, _LONGEST_NAME) for name in (item.event, item.a, item.b))
    sides = [
        f"    {clean(side.where, _LONGEST_NAME)}  {clean(side.text, _LONGEST_TEXT)}"
        for side in item.sides or ()
    ]
    return [f"  {one.harm}, {item.stage}: {names}  {one.before} → {item.given}", *sides]
