"""The findings that somebody has accepted, each with a reason: read, held against a report, changed, written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator

from checker.errors import InputError, SettingsError
from checker.model.shape import loads
from checker.report.findings import Finding, Kind
from checker.report.gate import ALARMS
from checker.report.overview import overview
from checker.report.stored import text_of
from checker.report.titles import titled
from checker.report.where import clean
from checker.report.words import KIND_WORDS, is_complete
from checker.schema import Frozen, Report

VERSION: Literal[1] = 1
_LARGEST = 10_000_000
_NEW = "or write it anew with checker baseline add"
_MENDS = {
    "missing": "add it",
    "extra_forbidden": "remove it, or mend its spelling; an entry has id, kind, title and reason",
    "string_pattern_mismatch": "give the id that checker show tells",
}

_SAID = {"tuple_type": "it must be a list", "model_type": "it must be an object"}


class Entry(Frozen):
    """One accepted finding; `title` is there for those who read the file."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{12}(-\d+)?$")]
    kind: Kind
    title: str
    reason: str

    @field_validator("kind")
    @classmethod
    def _can_fail(cls, kind: Kind) -> Kind:
        if kind not in ALARMS:
            raise ValueError(f"only {', '.join(ALARMS)} can be accepted")
        return kind

    @field_validator("reason")
    @classmethod
    def _not_blank(cls, reason: str) -> str:
        if not clean(reason):
            raise ValueError("it is blank; say why the finding is accepted")
        return reason


class Baseline(Frozen):
    """The file: its version, and the accepted findings, each id once."""

    version: Literal[1] = VERSION
    accepted: tuple[Entry, ...] = ()


def read_baseline(path: Path) -> Baseline:
    """Give the baseline in the file at *path*."""
    return parse(text_of(path, _LARGEST), str(path))


def parse(text: str, name: str) -> Baseline:
    """
    Give the baseline that `render` wrote as *text*, in the file called *name*.

    Raises InputError, with the entry and how to mend it, for a reason that is blank, an
    unknown or repeated key, an id that stands twice, and another version.
    """
    try:
        data = loads(text)
    except ValueError as error:
        raise InputError(f"{name}: {error} → mend it, {_NEW}") from error
    if not isinstance(data, dict) or type(data.get("version")) is not int:
        raise InputError(f"{name}: no version, so this is no baseline of checker → name another file, {_NEW}")
    if data["version"] != VERSION:
        raise InputError(
            f"{name}: version {data['version']}; this program reads version {VERSION} → use the program that wrote it"
        )
    try:
        found = Baseline.model_validate(data)
    except ValidationError as error:
        raise InputError(f"{name}: {_problem(error, data)}") from error
    for one, times in Counter(entry.id for entry in found.accepted).items():
        if times > 1:
            raise InputError(f"{name}: {one} is accepted {times} times → keep one entry")
    return found


def render(baseline: Baseline) -> str:
    """Give *baseline* as JSON, sorted by id, so that a change is a few lines."""
    entries = sorted(baseline.accepted, key=lambda entry: entry.id)
    fields = {"version": VERSION, "accepted": [entry.model_dump(mode="json") for entry in entries]}
    return json.dumps(fields, indent=2, ensure_ascii=False) + "\n"


def accept(report: Report, baseline: Baseline) -> Report:
    """Give *report* with the reasons of those entries of *baseline* that it has."""
    missing = {entry.id for entry in unfound(report, baseline)}
    reasons = {entry.id: entry.reason for entry in baseline.accepted if entry.id not in missing}
    return report.model_copy(update={"accepted": reasons})


def unfound(report: Report, baseline: Baseline) -> tuple[Entry, ...]:
    """Give the entries of *baseline* that *report* has no finding for."""
    kinds = {one.id: one.kind for one in overview(report).findings}
    return tuple(entry for entry in baseline.accepted if kinds.get(entry.id) != entry.kind)


def added(baseline: Baseline, findings: Iterable[Finding], reason: str) -> Baseline:
    """Give *baseline* with *findings* accepted for *reason*; what was accepted before gets the new one."""
    said = clean(reason)
    if not said:
        raise SettingsError("--reason is blank → say why the finding is accepted")
    entries = {entry.id: entry for entry in baseline.accepted}
    for one in findings:
        if one.kind not in ALARMS:
            raise InputError(
                f"F{one.number} is {KIND_WORDS[one.kind]}: only {', '.join(ALARMS)} can be accepted → leave it out"
            )
        entries[one.id] = Entry(id=one.id, kind=one.kind, title=titled(one), reason=said)
    return Baseline(accepted=tuple(entries.values()))


def pruned(baseline: Baseline, report: Report, *, may_empty: bool = False) -> Baseline:
    """
    Give *baseline* without the entries that *report* does not find.

    Raises InputError where *report* is not complete, as what was not judged is not gone, and,
    unless it *may_empty* the baseline, where none is found: it may be of other articles.
    """
    if not is_complete(report):
        raise InputError(
            "the result is not complete, so nothing is known to be gone → finish the check first"
        )
    gone = unfound(report, baseline)
    if gone and len(gone) == len(baseline.accepted) and not may_empty:
        raise InputError(
            f"the result has none of the {len(gone):,} accepted findings, so it may be of other articles → "
            "name the result of these ones, or drop them all with --all"
        )
    return Baseline(accepted=tuple(entry for entry in baseline.accepted if entry not in gone))


def _problem(error: ValidationError, data: dict[str, Any]) -> str:
    """What is wrong first, in which entry, and how to mend it."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place, *rest = first["loc"]
    where = str(place)
    if place == "accepted" and rest and isinstance(rest[0], int):
        entry = data["accepted"][rest[0]]
        named = f" ({entry['id']})" if isinstance(entry, dict) and isinstance(entry.get("id"), str) else ""
        where = ": ".join([f"entry {rest[0] + 1}{named}", *(str(step) for step in rest[1:])])
    said = _SAID.get(first["type"], first["msg"].removeprefix("Value error, "))
    return clean(f"{where}: {said} → {_MENDS.get(first['type'], 'mend it')}")
