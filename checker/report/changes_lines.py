"""What changed between two reports → a screen of text, or all of it as JSON."""

from __future__ import annotations

import json
from typing import Any

from checker.report.changes import Change, Changes
from checker.report.findings import Finding, Kind
from checker.report.paper import Paper, cut
from checker.report.where import clean
from checker.report.words import engine, gaps
from checker.schema import Report

VERSION = 1
_KIND_WIDTH = max(len(kind.value) for kind in Kind)


def lines(found: Changes, old: Report, new: Report, paper: Paper | None = None) -> str:
    """
    Give the counts, what makes the two hard to compare, and what is new, changed or gone.

    New comes first, then what changed its kind, then gone, each with the worst kind first.
    Lines are cut to fit *paper*, and rows that do not fit its height are counted; without it
    nothing is cut.
    """
    head = [_counts(found), *_cautions(old, new)]
    rows = [
        *(f"new      {_row(one)}" for one in found.new),
        *(f"changed  {_change(one)}" for one in found.changed if one.is_kind_new),
        *(f"gone     {_row(one)}" for one in found.gone),
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
    return json.dumps(parts, indent=2, ensure_ascii=False) + "\n"


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


def _change(one: Change) -> str:
    return _row(one.new, f"was {', '.join(dict.fromkeys(was.kind.value for was in one.old))}")


def _row(one: Finding, *notes: str) -> str:
    """Give a finding in one line, its title last."""
    told = [*notes, *(["accepted"] if one.accepted else [])]
    noted = f"[{', '.join(told)}] " if told else ""
    return f"F{one.number:<4} {one.kind.value:<{_KIND_WIDTH}}  {noted}{clean(one.fact.title)}"


def _fields(one: Finding) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "kind": one.kind.value,
        "title": clean(one.fact.title),
        "articles": [side.article.id for side in one.sides],
        "accepted": one.accepted,
    }
