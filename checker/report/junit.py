"""Report → JUnit XML, which every build server reads: one test case for each finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from checker.report.alerts import alert, differing, failed, hinted, quoted, teller
from checker.report.findings import Finding, Kind
from checker.report.gate import ALARMS
from checker.report.overview import overview
from checker.report.titles import titled
from checker.report.where import clean, commandless, harmless
from checker.report.words import KIND_WORDS, engine, gaps
from checker.schema import Report

_SUITE = "fact consistency"
# The only two that `harmless` lets through and XML does not.
_NO_XML = re.compile("[\ufffe\uffff]")
_MARK = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class _Case:
    """One test case: `outcome` is the name of an element, `system-out` for one that passes."""

    kind: str
    name: str
    outcome: str
    message: str
    text: str


def render(report: Report) -> str:
    """
    Give the findings as test cases of one suite, then the steps that gave no answer.

    A conflict, and what is unsupported or missing, fails; what was not judged is an error;
    what stands alone, or was accepted, is skipped; what agrees or is supported passes.
    """
    cases = [*(_found(one, report) for one in overview(report).findings), *_unanswered(report)]
    counted = Counter(case.outcome for case in cases)
    sizes = {"tests": len(cases), "failures": counted["failure"], "errors": counted["error"]}
    told = _element("property", {"name": "engine", "value": engine(report)})
    suite = _element(
        "testsuite",
        {"name": _SUITE, **sizes, "skipped": counted["skipped"]},
        _element("properties", {}, told),
        *map(_written, cases),
    )
    whole = _element("testsuites", {"name": _SUITE, **sizes}, suite)
    # What could be a command to a build server stands in texts only, where XML escapes any sign.
    whole = commandless(whole, lambda sign: f"&#{ord(sign)};")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}'


def _found(finding: Finding, report: Report) -> _Case:
    outcome, message = _outcome(finding)
    return _Case(
        kind=finding.kind.value,
        name=f"F{finding.number} {titled(finding)}",
        outcome=outcome,
        message=message,
        text="\n".join(_lines(finding, report)),
    )


def _outcome(finding: Finding) -> tuple[str, str]:
    """What becomes of a finding. No answer is never fine, accepted or not."""
    words = KIND_WORDS[finding.kind]
    if finding.kind == Kind.NOT_JUDGED:
        return "error", words
    if finding.accepted is not None:
        return "skipped", f"accepted: {clean(finding.accepted)}"
    if finding.kind in ALARMS:
        return "failure", ": ".join([words, *list(differing(finding))[:1]])
    return ("skipped" if finding.kind in {Kind.SINGLE, Kind.SOURCES} else "system-out"), words


def _lines(finding: Finding, report: Report) -> Iterator[str]:
    yield from differing(finding)
    yield from hinted(finding)
    shown = alert(finding, report)
    for spoken in (shown.first, *shown.others):
        told = teller(spoken)
        yield f"{spoken.place}{f' ({told})' if told else ''}: {quoted(spoken, harmless)}"


def _unanswered(report: Report) -> Iterator[_Case]:
    """One error for each failed step; where no step is named, one for all that has no answer."""
    found = failed(report) or tuple(filter(None, [gaps(report)]))
    for number, text in enumerate(found, 1):
        yield _Case("no_answer", f"E{number} {text}", "error", "no answer", text)


def _written(case: _Case) -> str:
    about = {} if case.outcome == "system-out" else {"message": case.message, "type": case.kind}
    body = f"<{case.outcome}{_attributes(about)}>{_text(case.text)}</{case.outcome}>\n"
    return _element("testcase", {"classname": case.kind, "name": case.name, "time": "0"}, body)


def _element(name: str, attributes: Mapping[str, str | int], *content: str) -> str:
    inside = "".join(("\n", *content)) if content else ""
    return f"<{name}{_attributes(attributes)}>{inside}</{name}>\n"


def _attributes(values: Mapping[str, str | int]) -> str:
    return "".join(f" {name}={quoteattr(_legal(clean(str(value))))}" for name, value in values.items())


def _text(text: str) -> str:
    # A bare CR would be read as a line feed.
    return escape(_legal(text), {"\r": "&#13;"})


def _legal(text: str) -> str:
    return _NO_XML.sub(_MARK, text)
