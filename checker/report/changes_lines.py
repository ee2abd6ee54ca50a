"""What changed between two reports → a screen of text, or all of it as JSON."""

from __future__ import annotations

from typing import Any

from checker.report.changes import Change, Changes
from checker.report.findings import Finding, Kind
from checker.report.gate import ALARMS
from checker.report.paper import Paper, cut
from checker.report.strict import json_text
from checker.report.titles import entitled, pairs
from checker.report.where import clean
from checker.report.words import count, engine, gaps
from checker.schema import Report

VERSION = 1
_KIND_WIDTH = max(len(kind.value) for kind in Kind)
_NARROWEST_TITLE = 20
_TO = "\N{RIGHTWARDS ARROW}"


def lines(found: Changes, old: Report, new: Report, paper: Paper | None = None) -> str:
    """
    Give the counts, what makes the two hard to compare, and what is new, changed or gone.

    New comes first, then changed, then gone, each with the worst kind first; of those that changed,
    what can turn a run red and has a new kind comes before the rest. The numbers are those of
    *new*; `old F3` is one of *old*.
    Lines are cut to fit *paper*, and rows that do not fit its height are counted; without it
    nothing is cut.
    """
    head = [_counts(found), *_cautions(old, new)]
    columns = paper.columns if paper else None
    rows = [
        *(_row("new", one, columns) for one in found.new),
        *(_change(one, columns) for one in sorted(found.changed, key=_urgency)),
        *(_row("gone old", one, columns) for one in found.gone),
    ]
    if paper:
        rows = _fitting(rows, max(paper.height - len(head) - 1, 1))
    shown = [*head, *([""] if rows else []), *rows]
    return "".join(f"{cut(line, paper.columns) if paper else line}\n" for line in shown)


def render(found: Changes) -> str:
    """Give all of *found* as JSON."""
    parts = {
        "version": VERSION,
        "counts": {
            "new": len(found.new),
            "changed": len(found.changed),
            "gone": len(found.gone),
            "unchanged": len(found.unchanged),
        },
        "new": [_fields(one) for one in found.new],
        "changed": [
            {"new": _fields(one.new), "old": [_fields(was) for was in one.old]} for one in found.changed
        ],
        "gone": [_fields(one) for one in found.gone],
        "unchanged": [_fields(one) for one in found.unchanged],
    }
    return json_text(parts, indent=2) + "\n"


def _counts(found: Changes) -> str:
    return (
        f"{len(found.new):,} new, {len(found.changed):,} changed, {len(found.gone):,} gone, "
        f"{len(found.unchanged):,} unchanged"
    )


def _cautions(old: Report, new: Report) -> list[str]:
    """What may be a difference of the two runs, not of the articles."""
    told = [
        f"{name} is not complete: {missing}"
        for name, one in (("old", old), ("new", new))
        if (missing := gaps(one))
    ]
    if (old.run.engine, old.run.model) != (new.run.engine, new.run.model):
        told.append(f"read by different engines: old by {clean(engine(old))}; new by {clean(engine(new))}")
    elif old.run.prompts != new.run.prompts:
        told.append("asked with different prompts")
    return told


def _fitting(rows: list[str], room: int) -> list[str]:
    """Give the first of *rows*, and in the last line how many more there are."""
    if len(rows) <= room:
        return rows
    return [*rows[: room - 1], f"… and {len(rows) - room + 1:,} more: --format json has them all"]


def _urgency(one: Change) -> tuple[bool, bool]:
    """A key that puts what can turn a run red first, and what has a new kind before what has not."""
    return one.new.kind not in ALARMS, not one.is_kind_new


def _change(one: Change, columns: int | None) -> str:
    """Give a row with the values before and after, where both are known and differ."""
    before, after = _before(one), one.new.apart
    values = f"{pairs(before)} {_TO} {pairs(after)}" if _is_moved(one) else pairs(after[:1])
    return _row("changed", one.new, columns, _was(one), values)


def _before(one: Change) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(values for was in one.old for values in was.apart))


def _is_moved(one: Change) -> bool:
    """Whether there were other values before than there are now."""
    before, after = _before(one), one.new.apart
    return bool(before and after) and set(before) != set(after)


def _was(one: Change) -> str:
    """Give what it was: of which kind, in how many articles, or, where neither nor a value changed, that."""
    if one.is_kind_new:
        kinds = ", ".join(dict.fromkeys(was.kind.value for was in one.old))
        before = "" if one.new.apart else pairs(_before(one))
        return f"was {kinds}" + (f": {before}" if before else "")
    articles = {side.article.id for was in one.old for side in was.sides}
    if len(articles) != len(one.new.sides):
        return f"was in {count(len(articles), 'article')}"
    return "" if _is_moved(one) else "other passages"


def _row(label: str, one: Finding, columns: int | None, note: str = "", values: str | None = None) -> str:
    """Give a finding in one line, its title last, with *values* or else the first two that differ."""
    told = [*filter(None, [note]), *(["accepted"] if one.accepted else [])]
    noted = f"[{', '.join(told)}] " if told else ""
    head = f"{label:<8} F{one.number:<4} {one.kind.value:<{_KIND_WIDTH}}  {noted}"
    room = None if columns is None else max(columns - len(head), _NARROWEST_TITLE)
    return head + entitled(one, pairs(one.apart[:1]) if values is None else values, room)


def _fields(one: Finding) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "kind": one.kind.value,
        "title": clean(one.fact.title),
        "differs": [[clean(value) for value in values] for values in one.apart],
        "articles": [side.article.id for side in one.sides],
        "accepted": one.accepted,
    }
