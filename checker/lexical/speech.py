"""Telling apart who reports a thing and what is reported."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.lexical.words import REPORTING

_VERBS = "|".join(sorted(REPORTING))
_FRAMES = (
    re.compile(
        rf"(?P<frame>[^“\"]{{0,200}}?\b(?:{_VERBS})\b[^“\".;]{{0,120}}?(?:\bthat\b|:))\s*(?P<said>.+)",
        re.DOTALL,
    ),
    re.compile(r"(?P<frame>According to [^,]{1,120}),\s*(?P<said>.+)", re.DOTALL),
    re.compile(
        rf"(?P<said>.+?),?[”\"]?,\s*(?P<frame>(?:(?:{_VERBS})\b.{{0,120}}|.{{0,80}}\b(?:{_VERBS})|according to .{{1,120}}))\W*$",
        re.DOTALL,
    ),
    re.compile(rf"(?P<frame>[^“\"]{{0,120}}?\b(?:{_VERBS})\b)\s+(?P<said>.+)", re.DOTALL),
)
_LEAST = 3
_LONGEST = 1000


class Report(NamedTuple):
    """The words that report, and the words reported; `frame` is empty where nothing is reported."""

    frame: str
    said: str


def split_report(text: str) -> Report:
    """
    Split "X said that Y" and its kin.

    >>> split_report("The mayor said on Monday that the bridge is closed.")
    Report(frame='The mayor said on Monday that', said='the bridge is closed.')
    """
    for pattern in _FRAMES if len(text) <= _LONGEST else ():
        match = pattern.fullmatch(text)
        if match and len(match["said"].split()) >= _LEAST:
            return Report(match["frame"], match["said"])
    return Report("", text)
