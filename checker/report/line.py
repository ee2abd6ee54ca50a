"""Report → one line for each thing to look at, as editors and `grep` know it: `path:line: kind: message`."""

from __future__ import annotations

from checker.report.alerts import Alert, alerts, quoted, troubles
from checker.report.findings import Kind
from checker.report.gate import ALARMS
from checker.report.paper import printed
from checker.report.view import Spoken
from checker.report.where import clean
from checker.schema import Report

_LONGEST_TITLE = 200
_LONGEST_QUOTE = 300


def render(report: Report) -> str:
    """Give the findings that nobody accepted, worst first, then what gave no answer; nothing where all is well."""
    found = [_line(one) for one in alerts(report, *ALARMS, Kind.NOT_JUDGED)]
    lines = [*found, *(f"checker: error: {trouble}" for trouble in troubles(report))]
    return printed(lines)


def _line(alert: Alert) -> str:
    """The first claim at its place, then the others, each with its own."""
    finding = alert.finding
    said = [_said(alert.first), *(f"{one.place} {_said(one)}" for one in alert.others)]
    title = f"F{finding.number} {clean(finding.fact.title, _LONGEST_TITLE)}"
    return f"{_place(alert.first)}: {finding.kind.value}: {title} · {' | '.join(said)}"


def _place(spoken: Spoken) -> str:
    """Where a claim stands, so that a file's name that would begin a command can still be opened."""
    return f"./{spoken.place}" if spoken.place.startswith("::") else spoken.place


def _said(spoken: Spoken) -> str:
    return quoted(spoken, lambda text: clean(text, _LONGEST_QUOTE))
