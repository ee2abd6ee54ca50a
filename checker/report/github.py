"""Report → workflow commands of GitHub Actions, which show a finding beside its line in a pull request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from checker.report.alerts import Alert, alerts, differing, quoted, teller, troubles
from checker.report.findings import Kind
from checker.report.gate import ALARMS
from checker.report.view import Spoken
from checker.report.where import clean, commandless, harmless, line_of
from checker.schema import Report

# A finding is something to look at, not a verdict; what fails the job is the exit code.
_LEVELS = {Kind.CONFLICT: "warning", Kind.UNSUPPORTED: "warning", Kind.MISSING: "notice"}
# GitHub shows ten annotations of a level for each step, and drops the others without a word.
_MOST = 10
_LONGEST_TITLE = 200
_LONGEST_QUOTE = 1000
_MOST_CLAIMS = 20


@dataclass(frozen=True)
class _Command:
    level: str
    properties: Mapping[str, str]
    message: str


def render(report: Report) -> str:
    """Give at most ten commands of a level: errors for what gave no answer, then the findings, worst first."""
    errors = [_Command("error", {"title": "checker"}, trouble) for trouble in troubles(report)]
    found = [_command(one) for one in alerts(report, *ALARMS)]
    levels = dict.fromkeys(one.level for one in (*errors, *found))
    shown = (_most([one for one in (*errors, *found) if one.level == level]) for level in levels)
    return "".join(_written(command) for commands in shown for command in commands)


def _command(alert: Alert) -> _Command:
    finding, first = alert.finding, alert.first
    line = line_of(first.article, first.claim.quotes[0])
    title = clean(f"F{finding.number} {finding.kind.value}: {finding.fact.title}", _LONGEST_TITLE)
    place = {"file": harmless(first.article.path)} | ({} if line is None else {"line": str(line)})
    claims = (first, *alert.others)
    more = len(claims) - _MOST_CLAIMS
    lines = [*differing(finding), *map(_said, claims[:_MOST_CLAIMS])]
    lines += [f"and {more:,} more"] if more > 0 else []
    return _Command(_LEVELS[finding.kind], {**place, "title": title}, "\n".join(lines))


def _said(spoken: Spoken) -> str:
    told = teller(spoken)
    said = quoted(spoken, lambda text: clean(text, _LONGEST_QUOTE))
    return f"{spoken.place}{f' ({told})' if told else ''}: {said}"


def _most(commands: Sequence[_Command]) -> Sequence[_Command]:
    """The first of *commands*; the last one shown says how many are not."""
    left = len(commands) - _MOST
    if left <= 0:
        return commands
    last = commands[_MOST - 1]
    return [
        *commands[: _MOST - 1],
        replace(last, message=f"{last.message}\n{left:,} more are not shown here"),
    ]


def _written(command: _Command) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in command.properties.items())
    # Azure's agent, and GitHub's own for older commands, look for others in the middle of the line.
    return "::" + commandless(f"{command.level} {properties}::{_data(command.message)}\n")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
