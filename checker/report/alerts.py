"""Findings as alerts: what a program that watches over files is told, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checker.report.findings import Finding, Kind
from checker.report.overview import leading_sides, overview
from checker.report.unanswered import unanswered
from checker.report.view import Difference, Spoken
from checker.report.where import clean
from checker.report.words import BETWEEN_WORDS, count, gaps, moment, subject
from checker.schema import Report

_LONGEST_ERROR = 1000
_LONGEST_REASON = 300
_MOST_TOLD = 20


@dataclass(frozen=True)
class Alert:
    """
    A finding to look at, and its claims in the order of showing.

    `first` is where the alert stands: the claim of a draft where one has a part in it, else
    one of the two that contradict each other.
    """

    finding: Finding
    first: Spoken
    others: tuple[Spoken, ...]


def alerts(report: Report, *kinds: Kind) -> tuple[Alert, ...]:
    """Give the findings of *kinds* that nobody accepted, worst first."""
    found = overview(report).of(*kinds)
    return tuple(alert(finding, report) for finding in found if finding.accepted is None)


def alert(finding: Finding, report: Report) -> Alert:
    """Give one finding with its claims in the order of showing: drafts, then what is in a conflict, then the rest."""
    partners = [spoken for one in finding.differences for spoken in (one.a, one.b)]
    claims = dict.fromkeys((*leading_sides(finding), *finding.spoken))
    first, *others = sorted(
        claims, key=lambda spoken: (spoken.article.id not in report.drafts, spoken not in partners)
    )
    return Alert(finding, first, tuple(others))


def failed(report: Report) -> tuple[str, ...]:
    """Give each step that gave no answer, in one sentence."""
    names = {article.id: article.path for article in report.articles}
    return tuple(
        clean(
            f"The step {one.step} gave no answer for {subject(one, names)}: {one.error}",
            _LONGEST_ERROR,
        )
        for one in unanswered(report)
    )


def troubles(report: Report) -> tuple[str, ...]:
    """Give what keeps the report from being complete: all in one sentence, then each step; nothing where it is."""
    gap = gaps(report)
    return (f"Not complete: {gap}", *failed(report)) if gap else ()


def differing(finding: Finding) -> Iterator[str]:
    """Give each difference in one line: the two values, what kind it is, and why; twenty, and how many more there are."""
    yield from filter(None, map(_differing, finding.differences[:_MOST_TOLD]))
    yield from _rest(len(finding.differences), "difference")


def hinted(finding: Finding) -> Iterator[str]:
    """Give each hint in one line; twenty, and how many more there are."""
    yield from (clean(hint.text, _LONGEST_REASON) for hint in finding.hints[:_MOST_TOLD])
    yield from _rest(len(finding.hints), "hint")


def teller(spoken: Spoken) -> str:
    """Give the date of an article and the speaker of a claim, where they are known."""
    published, speaker = spoken.article.published, spoken.claim.speaker
    known = [moment(published)] if published else []
    return ", ".join([*known, *([clean(speaker)] if speaker else [])])


def quoted(spoken: Spoken, safe: Callable[[str], str] = clean) -> str:
    """Give the quotes of a claim, each made *safe*."""
    return " \N{HORIZONTAL ELLIPSIS} ".join(f"“{safe(quote.text)}”" for quote in spoken.claim.quotes)


def _differing(one: Difference) -> str:
    verdict = one.verdict
    kinds = [str(verdict.aspect)] if verdict.aspect else []
    kinds += [BETWEEN_WORDS[verdict.between]] if verdict.between else []
    parts = [clean(" / ".join(one.differs), _LONGEST_REASON)] if one.differs else []
    parts += [f"({', '.join(kinds)})"] if kinds else []
    parts += [f"· {clean(verdict.reason, _LONGEST_REASON)}"] if verdict.reason else []
    return " ".join(parts)


def _rest(number: int, noun: str) -> list[str]:
    left = number - _MOST_TOLD
    return [f"and {count(left, f'more {noun}')}"] if left > 0 else []
