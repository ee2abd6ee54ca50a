"""Two reports → what is new, gone, changed and unchanged between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checker.errors import InputError
from checker.report.findings import Finding
from checker.report.gate import ALARMS
from checker.report.overview import overview
from checker.schema import Report

Words = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A finding of the new report, and those of the old one that hold some of its words under another id."""

    new: Finding
    old: tuple[Finding, ...]

    @property
    def is_kind_new(self) -> bool:
        """Whether none of the old ones was of its kind."""
        return all(one.kind != self.new.kind for one in self.old)


@dataclass(frozen=True)
class Changes:
    """The findings of two reports, worst kind first; `unchanged` are those of the new one."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Finding, ...]

    @property
    def alarms(self) -> tuple[Finding, ...]:
        """What has come to be a conflict, unsupported or missing, and nobody has accepted."""
        found = (*self.new, *(one.new for one in self.changed if one.is_kind_new))
        return tuple(one for one in found if one.kind in ALARMS and one.accepted is None)


def changes(old: Report, new: Report) -> Changes:
    """
    Hold the findings of two reports against each other.

    The same id is the same finding. Of the others, those that share the words of a claim in
    the same article are one finding that has changed: an article that joins a fact makes
    none new and none gone. Raises InputError where one has drafts and the other has none.
    """
    if bool(old.drafts) != bool(new.drafts):
        held, equals = ("old", "new") if old.drafts else ("new", "old")
        raise InputError(
            f"the {held} result holds drafts against sources, the {equals} one compares equals → "
            "check both with --against, or both without"
        )
    before, after = overview(old).findings, overview(new).findings
    known = {one.id for one in before} & {one.id for one in after}
    places = _places(one for one in before if one.id not in known)
    paired = [Change(one, _sharing(one, places)) for one in after if one.id not in known]
    kept = {one.id for change in paired for one in change.old}
    return Changes(
        new=tuple(change.new for change in paired if not change.old),
        gone=tuple(one for one in before if one.id not in known | kept),
        changed=tuple(change for change in paired if change.old),
        unchanged=tuple(one for one in after if one.id in known),
    )


def _places(findings: Iterable[Finding]) -> dict[Words, list[Finding]]:
    """The findings by the article and the words of each claim."""
    places: dict[Words, list[Finding]] = {}
    for one in findings:
        for words in _words(one):
            places.setdefault(words, []).append(one)
    return places


def _sharing(finding: Finding, places: dict[Words, list[Finding]]) -> tuple[Finding, ...]:
    """Those of *places* that share words with *finding*, in the order of their report."""
    found = {one.id: one for words in _words(finding) for one in places.get(words, ())}
    return tuple(sorted(found.values(), key=lambda one: one.number))


def _words(finding: Finding) -> set[Words]:
    return {(spoken.article.id, *(quote.text for quote in spoken.claim.quotes)) for spoken in finding.spoken}
