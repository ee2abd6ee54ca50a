"""Report → JSON Lines: one finding a line, for programs that read one after another."""

from __future__ import annotations

from typing import Any

from checker.report.findings import Finding
from checker.report.overview import overview
from checker.report.strict import json_text
from checker.report.view import Difference, Side, Spoken
from checker.report.where import line_of
from checker.schema import Report


def render(report: Report) -> str:
    """Give every finding as one JSON object with every key; null means not known, or that there is none."""
    drafts = frozenset(report.drafts)
    lines = (json_text(_finding(one, drafts)) for one in overview(report).findings)
    return "".join(f"{line}\n" for line in lines)


def _finding(finding: Finding, drafts: frozenset[str]) -> dict[str, Any]:
    verdicts = [one.verdict for one in finding.differences]
    return {
        "id": finding.id,
        "number": finding.number,
        "kind": finding.kind,
        "label": finding.fact.label,
        "title": finding.fact.title,
        "aspects": list(dict.fromkeys(one.aspect for one in verdicts if one.aspect)),
        "between": list(dict.fromkeys(one.between for one in verdicts if one.between)),
        "hints": [{"kind": hint.kind, "text": hint.text} for hint in finding.hints],
        "n_articles": len(finding.sides),
        "n_texts": finding.n_texts,
        "accepted": finding.accepted,
        "values": [_value(finding, side, draft=side.article.id in drafts) for side in finding.sides],
        "differences": [_difference(one) for one in finding.differences],
    }


def _value(finding: Finding, side: Side, *, draft: bool) -> dict[str, Any]:
    article = side.article
    return {
        "article": article.id,
        "path": article.path,
        "record": article.record,
        "source": article.source,
        "published": article.published,
        "draft": draft,
        "value": finding.value(side),
        "claims": [_claim(spoken, finding.camp_of(spoken).letter or None) for spoken in side.spoken],
    }


def _claim(spoken: Spoken, camp: str | None) -> dict[str, Any]:
    claim = spoken.claim
    return {
        "id": claim.id,
        "camp": camp,
        "text": claim.text,
        "speaker": claim.speaker,
        "quotes": [{**quote.model_dump(), "line": line_of(spoken.article, quote)} for quote in claim.quotes],
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "a": one.a.claim.id,
        "b": one.b.claim.id,
        "aspect": one.verdict.aspect,
        "between": one.verdict.between,
        "differs": one.differs,
        "reason": one.verdict.reason,
    }
