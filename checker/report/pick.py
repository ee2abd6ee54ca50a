"""What a person calls a finding → the finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from checker.errors import InputError
from checker.report.findings import Finding, Overview
from checker.report.where import clean

_NUMBER = re.compile(r"[Ff]?(\d{1,9})", re.ASCII)
_LONGEST_NAME = 40
_FEWEST = 4  # characters of an id
_MOST_NEAR = 3


def pick(view: Overview, name: str) -> Finding:
    """
    Give the finding that *name* means: F7, 7, its id, or the beginning of one id only (4 characters or more).

    Raises InputError, with those that are near, where it means none or several.
    """
    called = clean(name, _LONGEST_NAME)
    exact = [one for one in view.findings if one.id == name] or _numbered(view.findings, name)
    if exact:
        return exact[0]
    begun = [one for one in view.findings if len(name) >= _FEWEST and one.id.startswith(name)]
    if len(begun) > 1:
        raise InputError(f"{called}: several findings begin so: {_listed(begun)} → give more of the id")
    if not begun:
        raise InputError(f"{called}: there is no such finding; {_near(view.findings, name)}")
    return begun[0]


def _numbered(findings: Sequence[Finding], name: str) -> list[Finding]:
    number = _NUMBER.fullmatch(name)
    return [one for one in findings if number and one.number == int(number[1])]


def _near(findings: Sequence[Finding], name: str) -> str:
    if not findings:
        return "the report has none"
    by_id = {one.id: one for one in findings}
    near = [by_id[found] for found in get_close_matches(name, by_id, n=_MOST_NEAR)]
    guess = f"did you mean {_listed(near)}? " if near else ""
    return f"{guess}they are F1 to F{len(findings)} → checker show lists them"


def _listed(findings: Sequence[Finding]) -> str:
    named = ", ".join(f"F{one.number} ({one.id})" for one in findings[:_MOST_NEAR])
    return f"{named}, …" if len(findings) > _MOST_NEAR else named
