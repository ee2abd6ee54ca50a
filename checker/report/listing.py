"""Report → its findings for the terminal, one line each."""

from __future__ import annotations

from collections.abc import Collection

from checker.report.findings import Finding, Kind
from checker.report.gate import ALARMS
from checker.report.overview import overview
from checker.report.paper import Paper, printed
from checker.report.titles import titled
from checker.report.words import count
from checker.schema import Report

_KIND_WIDTH = max(len(kind.value) for kind in Kind)
_NARROWEST_TITLE = 20


def listing(report: Report, kinds: Collection[Kind] = (), paper: Paper | None = None) -> str:
    """
    Give a line for each finding of *kinds*, of all where none is named: number, kind, articles, title with values, hints.

    Titles are cut so that a line fits *paper*; without it nothing is cut.
    """
    findings = overview(report).findings
    shown = [one for one in findings if not kinds or one.kind in kinds]
    if not shown:
        return f"No such finding; {count(len(findings), 'finding')} of other kinds.\n"
    digits = len(str(len(findings)))
    columns = len(str(len(report.articles)))
    lines = []
    for one in shown:
        number = f"F{one.number}".ljust(digits + 1)
        articles = f"{len(one.sides):>{columns}}/{len(report.articles)}"
        before = len(f"{number}    {articles}  ") + _KIND_WIDTH
        rest = _title(one, paper.columns - before if paper else None)
        lines.append(f"{number}  {kind_word(one, paper, _KIND_WIDTH)}  {articles}  {rest}")
    return printed(lines)


def kind_word(one: Finding, paper: Paper | None, width: int = 0) -> str:
    """Give the kind of a finding, at least *width* wide; what turns a run red stands out on *paper* that has colour."""
    word = one.kind.value.ljust(width)
    is_alarm = one.kind in ALARMS and one.accepted is None
    return paper.alarm(word) if paper and is_alarm else word


def _title(one: Finding, room: int | None) -> str:
    """Give the title with its values, then the kinds of its hints and whether it was accepted."""
    notes = [*dict.fromkeys(hint.kind.value for hint in one.hints), *(["accepted"] if one.accepted else [])]
    after = f"  [{', '.join(notes)}]" if notes else ""
    return titled(one, None if room is None else max(room - len(after), _NARROWEST_TITLE)) + after
