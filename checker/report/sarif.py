"""Report → SARIF 2.1.0, for code scanning on GitHub and for viewers in editors."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from checker.report.alerts import Alert, alerts, differing, hinted, quoted, teller, troubles
from checker.report.findings import Kind
from checker.report.measured import measured
from checker.report.strict import json_text
from checker.report.view import Spoken
from checker.report.where import clean, line_of
from checker.report.words import KIND_WORDS, engine
from checker.schema import Report

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# What a finding of each kind is, and what to do about it.
_RULES = {
    Kind.CONFLICT: (
        "Two articles say what cannot both be true.",
        (
            "Read both quotes in their articles; which is right, if either, is for a person to find out. "
            "A later article may bring news, and two people who are quoted may disagree."
        ),
    ),
    Kind.UNSUPPORTED: (
        "A claim of the draft is in none of the sources.",
        "Look for it in the sources, or name where it comes from. That no source has it does not make it false.",
    ),
    Kind.MISSING: (
        "Every source says it and the draft does not.",
        "Decide whether a reader of the draft needs it.",
    ),
}
# A finding is something to look at, not a verdict: an `error` would by default block a pull request.
_LEVELS = {Kind.CONFLICT: "warning", Kind.UNSUPPORTED: "warning", Kind.MISSING: "note"}
_SEVERITIES = {"warning": "warning", "note": "recommendation"}
# GitHub sorts alerts by these words; from which share of right ones each may be said is our choice.
_PRECISIONS = ((0.9, "very-high"), (0.75, "high"), (0.5, "medium"), (0.0, "low"))
# GitHub's limits: results that it shows, locations of one result.
_MOST_RESULTS = 5000
_MOST_RELATED = 999


def render(report: Report) -> str:
    """Give the conflicts, the unsupported and the missing that nobody accepted, worst first, as one run."""
    found = alerts(report, *_RULES)
    run = {
        "tool": {"driver": _driver(report)},
        "invocations": [_invocation(report, len(found) - _MOST_RESULTS)],
        "columnKind": "unicodeCodePoints",
        "properties": {"engine": clean(engine(report))},
        "results": [_result(one) for one in found[:_MOST_RESULTS]],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def uri(path: str) -> str:
    """
    Give *path* as a URI: relative where it is, else with the scheme `file`.

    It is relative to the folder in which the check ran. What lies above that folder keeps
    its `..`: GitHub finds no file for it, a viewer may.

    >>> uri("a/./b c#1.txt"), uri("/data/a.txt"), uri("a/../../b.txt")
    ('a/b%20c%231.txt', 'file:///data/a.txt', '../b.txt')
    """
    plain = posixpath.normpath(path)
    encoded = quote(plain.encode("utf-8", "surrogatepass"))
    return f"file:///{encoded.lstrip('/')}" if plain.startswith("/") else encoded


def escaped(text: str) -> str:
    r"""
    Give *text* as one line that a SARIF message shows as it is: no link, no place for an argument.

    Source: SARIF 2.1.0, 3.11.5 and 3.11.6.

    >>> print(escaped("[a](1) {0}"))
    \[a\](1) {{0}}
    """
    return re.sub(r"[\\\[\]]", r"\\\g<0>", clean(text)).replace("{", "{{").replace("}", "}}")


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": "fact-consistency-checker",
        "version": clean(report.run.checker),
        "rules": [_rule(kind, _precision(report, kind)) for kind in _RULES],
    }


def _precision(report: Report, kind: Kind) -> dict[str, str]:
    """Give the precision of *kind* in GitHub's words; nothing where it was not measured of just this engine."""
    found = measured(report)
    if kind != Kind.CONFLICT or found is None or found.other:
        return {}
    share = found.system.conflicting.precision.value
    return {"precision": next(word for least, word in _PRECISIONS if share >= least)}


def _rule(kind: Kind, precision: Mapping[str, str]) -> dict[str, Any]:
    what, advice = _RULES[kind]
    level = _LEVELS[kind]
    return {
        "id": kind.value,
        "name": kind.value.capitalize(),
        "shortDescription": {"text": what},
        "fullDescription": {"text": f"{what} {advice}"},
        "help": {"text": f"{what} {advice}"},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": ["facts"], "problem.severity": _SEVERITIES[level], **precision},
    }


def _invocation(report: Report, left: int) -> dict[str, Any]:
    notes = [{"level": "error", "message": {"text": escaped(one)}} for one in troubles(report)]
    if left > 0:
        text = f"{left:,} more findings are not in this file; the other formats have them all."
        notes.append({"level": "warning", "message": {"text": text}})
    return {"executionSuccessful": not troubles(report), "toolExecutionNotifications": notes}


def _result(alert: Alert) -> dict[str, Any]:
    finding, related = alert.finding, alert.others[:_MOST_RELATED]
    return {
        "ruleId": finding.kind.value,
        "ruleIndex": list(_RULES).index(finding.kind),
        "level": _LEVELS[finding.kind],
        "message": {"text": "\n".join(_message(alert))},
        "locations": [_location(alert.first)],
        "relatedLocations": [{"id": number, **_location(one)} for number, one in enumerate(related, 1)],
        "partialFingerprints": {"primaryLocationLineHash": finding.id},
        "properties": {"number": finding.number},
    }


def _message(alert: Alert) -> Iterator[str]:
    """The title as a sentence, since GitHub shows the first one; then what differs, and who says what."""
    finding = alert.finding
    yield f"{escaped(finding.fact.title).rstrip('.')} ({KIND_WORDS[finding.kind]})."
    yield from map(escaped, differing(finding))
    yield from map(escaped, hinted(finding))
    yield f"{escaped(alert.first.place)}{_said(alert.first)}"
    related = alert.others[:_MOST_RELATED]
    yield from (f"[{escaped(one.place)}]({number}){_said(one)}" for number, one in enumerate(related, 1))
    if len(alert.others) > _MOST_RELATED:
        yield f"and {len(alert.others) - _MOST_RELATED:,} more"


def _said(spoken: Spoken) -> str:
    told = teller(spoken)
    return f"{f' ({escaped(told)})' if told else ''}: {quoted(spoken, escaped)}"


def _location(spoken: Spoken) -> dict[str, Any]:
    line = line_of(spoken.article, spoken.claim.quotes[0])
    region = {} if line is None else {"region": {"startLine": line}}
    return {"physicalLocation": {"artifactLocation": {"uri": uri(spoken.article.path)}, **region}}
