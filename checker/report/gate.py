"""Which findings turn a run red, and how that is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from checker.errors import SettingsError
from checker.report.findings import Finding, Kind, Overview
from checker.report.words import gaps
from checker.schema import Report

ALARMS = (Kind.CONFLICT, Kind.UNSUPPORTED, Kind.MISSING)
_OF_DRAFTS = (Kind.UNSUPPORTED, Kind.MISSING)


def refuse_without_sources(kinds: Collection[str]) -> None:
    """Raise SettingsError where *kinds* has one that only a draft held against sources can have."""
    for kind in _OF_DRAFTS:
        if kind.value in kinds:
            raise SettingsError(
                f"--fail-on {kind.value}: only a draft held against sources can have this → "
                "name the sources with --against PATH, or ask for conflict alone"
            )


def failing(view: Overview, kinds: Collection[str]) -> tuple[Finding, ...]:
    """Give the findings of *kinds* that nobody has accepted."""
    return tuple(one for one in view.findings if one.kind.value in kinds and one.accepted is None)


def told(report: Report, found: Iterable[Finding]) -> str:
    """Give how many were *found*, by kind, and what has no answer; empty where nothing was found."""
    number = Counter(one.kind for one in found)
    if not number:
        return ""
    listed = f"found: {', '.join(f'{number[kind]:,} {kind.value}' for kind in Kind if number[kind])}"
    missing = gaps(report)
    return f"{listed}; not complete: {missing}" if missing else listed
