"""Findings as plain rows, one for each claim, for what is read by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.report.findings import Finding
from checker.report.overview import overview
from checker.report.view import Side, Spoken
from checker.report.where import line_of
from checker.schema import Report

_APART = " \N{HORIZONTAL ELLIPSIS} "


@dataclass(frozen=True)
class Row:
    """
    One claim of one finding, as it was read: nothing is escaped.

    `number` and `finding` (its stable id) name the finding. `record` counts in a file of
    several articles, `line` in a text file, from 1, where the first quote begins. `value` and
    `differs` (its own, then the other's) are those of the conflicts in which this claim is,
    `hints` those of the finding. None means not known, or that there is none.
    """

    number: int
    finding: str
    kind: str
    label: str | None
    title: str
    camp: str
    draft: bool
    path: str
    record: int | None
    line: int | None
    source: str | None
    published: str | None
    speaker: str | None
    value: str | None
    quotes: str
    claim: str
    aspects: str | None
    differs: str | None
    reason: str | None
    hints: str | None
    n_texts: int
    accepted: str | None


def rows(report: Report) -> Iterator[Row]:
    """Give one row for each claim, in the order of the findings and of their sides."""
    drafts = frozenset(report.drafts)
    for finding in overview(report).findings:
        for side in finding.sides:
            for spoken in side.spoken:
                yield _row(finding, side, spoken, draft=side.article.id in drafts)


def _row(finding: Finding, side: Side, spoken: Spoken, *, draft: bool) -> Row:
    claim, article = spoken.claim, side.article
    partners = [one for one in finding.differences if spoken in (one.a, one.b)]
    values = [
        one.differs if spoken == one.a else (one.differs[1], one.differs[0])
        for one in partners
        if one.differs
    ]
    return Row(
        number=finding.number,
        finding=finding.id,
        kind=finding.kind.value,
        label=finding.fact.label.value if finding.fact.label else None,
        title=finding.fact.title,
        camp=finding.camp_of(spoken).letter,
        draft=draft,
        path=article.path,
        record=article.record,
        line=line_of(article, claim.quotes[0]),
        source=article.source,
        published=article.published,
        speaker=claim.speaker,
        value=values[0][0] if values else None,
        quotes=_APART.join(quote.text for quote in claim.quotes),
        claim=claim.text,
        aspects=_joined(", ", [one.verdict.aspect for one in partners]),
        differs=_joined("; ", [" / ".join(one) for one in values]),
        reason=_joined(" ", [one.verdict.reason for one in partners]),
        hints=_joined("; ", [hint.text for hint in finding.hints]),
        n_texts=finding.n_texts,
        accepted=finding.accepted,
    )


def _joined(between: str, texts: Sequence[str | None]) -> str | None:
    """What is there, each once; None where nothing is."""
    return between.join(dict.fromkeys(text for text in texts if text)) or None
