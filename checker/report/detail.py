"""One finding → all that is known about it, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.facts import Findings, not_judged
from checker.report.findings import Finding, Kind
from checker.report.hints import hints
from checker.report.listing import kind_word
from checker.report.paper import Paper, printed
from checker.report.view import Difference, Side, Spoken
from checker.report.where import clean
from checker.report.words import BETWEEN_WORDS, count, engine, moment
from checker.schema import Label, Report, Verdict

_INDENT = "    "
_DEEPER = "      "
_MOST_VERDICTS = 20


def detail(report: Report, finding: Finding, paper: Paper | None = None) -> str:
    """
    Give what each article says of *finding*, what differs and why, and how it was decided.

    Lines are wrapped to fit *paper*; without it nothing is wrapped, and nothing is ever cut.
    """
    title = f"F{finding.number} · {finding.kind.value} · {clean(finding.fact.title)}"
    lines = [
        *_wrapped(title, paper),
        *_wrapped(_INDENT + _facts(report, finding), paper),
        *(_wrapped(f"{_INDENT}accepted: {finding.accepted}", paper) if finding.accepted else []),
    ]
    for side in finding.sides:
        lines += ["", *_side(report, finding, side, paper)]
    lines += _silent(report, finding, paper)
    for one in finding.differences:
        lines += ["", *_difference(finding, one, paper)]
    lines += ["", *_decided(report, finding, paper)]
    lines[0] = lines[0].replace(finding.kind.value, kind_word(finding, paper), 1)
    return printed(lines)


def _facts(report: Report, finding: Finding) -> str:
    said = f"{len(finding.sides)} of {count(len(report.articles), 'article')}"
    return f"id {finding.id} · {said} · {count(finding.n_texts, 'independent text')}"


def _side(report: Report, finding: Finding, side: Side, paper: Paper | None) -> Iterator[str]:
    """Give what one article says: each claim with its place, its speaker and every quote."""
    value = finding.value(side)
    role = "draft" if side.article.id in report.drafts else "source" if report.drafts else ""
    for spoken in side.spoken:
        date = moment(side.article.published) if side.article.published else "no date"
        parts = [spoken.place, date, role, clean(spoken.claim.speaker or "")]
        yield from _wrapped(f"{_camp(finding, spoken)} {' · '.join(filter(None, parts))}", paper)
        for quote in spoken.claim.quotes:
            place = spoken.place_of(quote)
            apart = f" {place}" if place != spoken.place else ""
            yield from _wrapped(f"{_DEEPER}“{clean(quote.text)}”{apart}", paper)
        yield from _wrapped(f"{_DEEPER}claim: {spoken.claim.text}", paper)
    if value is not None:
        yield from _wrapped(f"{_DEEPER}value: {value}", paper)


def _silent(report: Report, finding: Finding, paper: Paper | None) -> Iterator[str]:
    """Give the articles that say nothing of it, if there are any."""
    speaking = {side.article.id for side in finding.sides}
    silent = [clean(article.path) for article in report.articles if article.id not in speaking]
    if silent:
        yield ""
        yield from _wrapped(f"not in: {', '.join(silent)}", paper)


def _difference(finding: Finding, one: Difference, paper: Paper | None) -> Iterator[str]:
    """Give one pair that cannot both be true: what differs, between whom, where, and why."""
    verdict = one.verdict
    between = BETWEEN_WORDS[verdict.between] if verdict.between else ""
    parts = [str(verdict.aspect or "other"), between, " / ".join(map(clean, one.differs or ()))]
    yield from _wrapped(f"differs: {' · '.join(filter(None, parts))}", paper)
    places = (f"{_camp(finding, spoken)} {spoken.place}" for spoken in (one.a, one.b))
    yield from _wrapped(_INDENT + " · ".join(places), paper)
    if verdict.reason:
        yield from _wrapped(f"{_INDENT}why: {verdict.reason}", paper)
    for hint in hints(one):
        yield from _wrapped(f"{_INDENT}hint: {hint.text}", paper)


def _decided(report: Report, finding: Finding, paper: Paper | None) -> Iterator[str]:
    """Give who decided, on how many pairs, what was said of those that agree, and what has no answer."""
    own = {spoken.claim.id: spoken for spoken in finding.spoken}
    within = [one for one in report.verdicts if one.a in own and one.b in own]
    labels = [one.label for one in within]
    told = ", ".join(f"{labels.count(label)} {label.value}" for label in Label if label in labels)
    verdicts = f"{count(len(within), 'verdict')}{f' ({told})' if told else ''}"
    yield from _wrapped(f"decided: {verdicts} of {engine(report)}", paper)
    agreeing = [one for one in within if one.label != Label.CONFLICTING]
    for one in agreeing[:_MOST_VERDICTS]:
        yield from _wrapped(_INDENT + _verdict(one, own[one.a], own[one.b]), paper)
    if len(agreeing) > _MOST_VERDICTS:
        yield f"{_INDENT}… and {len(agreeing) - _MOST_VERDICTS:,} more"
    lost = _lost(report, own)
    if lost or finding.kind == Kind.NOT_JUDGED:
        pairs = f"{count(lost, 'pair')} of its claims with others" if lost else "a step"
        yield from _wrapped(f"{_INDENT}no answer: {pairs}; an answer could still change it", paper)


def _verdict(one: Verdict, a: Spoken, b: Spoken) -> str:
    return f"{one.label.value}: {a.place} · {b.place}" + (f": {one.reason}" if one.reason else "")


def _lost(report: Report, own: dict[str, Spoken]) -> int:
    found = Findings(claims=report.claims, verdicts=report.verdicts, failures=report.failures)
    return sum(a in own or b in own for a, b in not_judged(found))


def _camp(finding: Finding, spoken: Spoken) -> str:
    return (finding.camp_of(spoken).letter if len(finding.camps) > 1 else "") or "-"


def _wrapped(text: str, paper: Paper | None) -> Sequence[str]:
    """Give *text* as harmless lines with its indent, those after the first deeper by two."""
    line = clean(text)
    indent = text[: len(text) - len(text.lstrip(" "))]
    return paper.lines(line, indent, most=len(line) + 1) if paper else [indent + line]
