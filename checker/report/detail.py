"""One finding → all that is known about it, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from checker.facts import Findings, not_judged
from checker.report.findings import Finding, Kind
from checker.report.hints import hints
from checker.report.listing import kind_word
from checker.report.view import Difference, Side, Spoken
from checker.report.where import clean
from checker.report.words import BETWEEN_WORDS, count, engine, moment
from checker.schema import Label, Report, Verdict

_INDENT = "    "
_DEEPER = "      "
_NARROWEST = 40
_MOST_VERDICTS = 20


def detail(report: Report, finding: Finding, *, width: int | None = None, colour: bool = False) -> str:
    """
    Give what each article says of *finding*, what differs and why, and how it was decided.

    Lines are wrapped to *width*; without one nothing is wrapped.
    """
    title = f"F{finding.number} · {kind_word(finding)} · {clean(finding.fact.title)}"
    lines = [
        *_wrapped(title, width),
        *_wrapped(_INDENT + _facts(report, finding), width),
        *(_wrapped(f"{_INDENT}accepted: {finding.accepted}", width) if finding.accepted else []),
    ]
    for side in finding.sides:
        lines += ["", *_side(report, finding, side, width)]
    lines += _silent(report, finding, width)
    for one in finding.differences:
        lines += ["", *_difference(finding, one, width)]
    lines += ["", *_decided(report, finding, width)]
    if colour:
        lines[0] = lines[0].replace(kind_word(finding), kind_word(finding, colour=True), 1)
    return "".join(f"{line}\n" for line in lines)


def _facts(report: Report, finding: Finding) -> str:
    said = f"{len(finding.sides)} of {count(len(report.articles), 'article')}"
    return f"id {finding.id} · {said} · {count(finding.n_texts, 'independent text')}"


def _side(report: Report, finding: Finding, side: Side, width: int | None) -> Iterator[str]:
    """Give what one article says: each claim with its place, its speaker and every quote."""
    value = finding.value(side)
    role = "draft" if side.article.id in report.drafts else "source" if report.drafts else ""
    for spoken in side.spoken:
        date = moment(side.article.published) if side.article.published else "no date"
        parts = [spoken.place, date, role, clean(spoken.claim.speaker or "")]
        yield from _wrapped(f"{_camp(finding, spoken)} {' · '.join(filter(None, parts))}", width)
        for quote in spoken.claim.quotes:
            place = spoken.place_of(quote)
            apart = f" {place}" if place != spoken.place else ""
            yield from _wrapped(f"{_DEEPER}“{clean(quote.text)}”{apart}", width)
        yield from _wrapped(f"{_DEEPER}claim: {spoken.claim.text}", width)
    if value is not None:
        yield from _wrapped(f"{_DEEPER}value: {value}", width)


def _silent(report: Report, finding: Finding, width: int | None) -> Iterator[str]:
    """Give the articles that say nothing of it, if there are any."""
    speaking = {side.article.id for side in finding.sides}
    silent = [clean(article.path) for article in report.articles if article.id not in speaking]
    if silent:
        yield ""
        yield from _wrapped(f"not in: {', '.join(silent)}", width)


def _difference(finding: Finding, one: Difference, width: int | None) -> Iterator[str]:
    """Give one pair that cannot both be true: what differs, between whom, where, and why."""
    verdict = one.verdict
    between = BETWEEN_WORDS[verdict.between] if verdict.between else ""
    parts = [str(verdict.aspect or "other"), between, " / ".join(map(clean, one.differs or ()))]
    yield from _wrapped(f"differs: {' · '.join(filter(None, parts))}", width)
    places = (f"{_camp(finding, spoken)} {spoken.place}" for spoken in (one.a, one.b))
    yield from _wrapped(_INDENT + " · ".join(places), width)
    if verdict.reason:
        yield from _wrapped(f"{_INDENT}why: {verdict.reason}", width)
    for hint in hints(one):
        yield from _wrapped(f"{_INDENT}hint: {hint.text}", width)


def _decided(report: Report, finding: Finding, width: int | None) -> Iterator[str]:
    """Give who decided, on how many pairs, what was said of those that agree, and what has no answer."""
    own = {spoken.claim.id: spoken for spoken in finding.spoken}
    within = [one for one in report.verdicts if one.a in own and one.b in own]
    labels = [one.label for one in within]
    told = ", ".join(f"{labels.count(label)} {label.value}" for label in Label if label in labels)
    verdicts = f"{count(len(within), 'verdict')}{f' ({told})' if told else ''}"
    yield from _wrapped(f"decided: {verdicts} of {engine(report)}", width)
    agreeing = [one for one in within if one.label != Label.CONFLICTING]
    for one in agreeing[:_MOST_VERDICTS]:
        yield from _wrapped(_INDENT + _verdict(one, own[one.a], own[one.b]), width)
    if len(agreeing) > _MOST_VERDICTS:
        yield f"{_INDENT}… and {len(agreeing) - _MOST_VERDICTS:,} more"
    lost = _lost(report, own)
    if lost or finding.kind == Kind.NOT_JUDGED:
        pairs = f"{count(lost, 'pair')} of its claims with others" if lost else "a step"
        yield from _wrapped(f"{_INDENT}no answer: {pairs}; an answer could still change it", width)


def _verdict(one: Verdict, a: Spoken, b: Spoken) -> str:
    return f"{one.label.value}: {a.place} · {b.place}" + (f": {one.reason}" if one.reason else "")


def _lost(report: Report, own: dict[str, Spoken]) -> int:
    found = Findings(claims=report.claims, verdicts=report.verdicts, failures=report.failures)
    return sum(a in own or b in own for a, b in not_judged(found))


def _camp(finding: Finding, spoken: Spoken) -> str:
    return finding.camp_of(spoken).letter if len(finding.camps) > 1 else "-"


def _wrapped(text: str, width: int | None) -> Sequence[str]:
    """Give *text* as harmless lines, those after the first deeper by two."""
    indent = text[: len(text) - len(text.lstrip(" "))]
    if width is None:
        return [indent + clean(text)]
    room = max(width, _NARROWEST)
    deeper = indent + "  "
    return wrap(clean(text), room, initial_indent=indent, subsequent_indent=deeper, break_on_hyphens=False)
