"""Hints: what may make a conflict none, worked out without a model for a reader to consider first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from checker.lexical.speech import split_report
from checker.lexical.times import moments
from checker.lexical.words import STOP, name_key, tokens
from checker.report.amounts import rounding, scope, unit
from checker.report.view import Difference
from checker.report.where import clean
from checker.schema import Article, Aspect, Between

_LONGEST_NAME = 60
_NO_TIME = timedelta(0)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
# Who spoke, and why a thing happened, is not changed by later news.
_LASTING = frozenset((Aspect.ATTRIBUTION, Aspect.CAUSE))
# When, where and who changes only while a thing is still to come or goes on.
_OPEN = frozenset((Aspect.TIME, Aspect.PLACE, Aspect.ENTITY))
_TO_COME = re.compile(
    r"\b(?:will|would|until|till|due|expect\w*|plan(?:s|ned)?|schedul\w+|still|in force|(?:is|are|be) to)\b",
    re.IGNORECASE,
)
# A claim that somebody denied or did not decide is about the one who spoke; that is no mere source.
_OWN_DEEDS = frozenset((Aspect.POLARITY, Aspect.MODALITY))


class HintKind(StrEnum):
    """What may explain a conflict; in the order in which hints are given."""

    UPDATE = "update"
    ROUNDING = "rounding"
    SPEAKER = "speaker"
    SCOPE = "scope"
    UNIT = "unit"


@dataclass(frozen=True)
class Hint:
    """One thing to consider, in a short phrase that is safe to print."""

    kind: HintKind
    text: str


def hints(one: Difference) -> tuple[Hint, ...]:
    """
    Give what may make a conflict none, at most one hint of each kind, in the order of `HintKind`.

    Numbers, and what is still to come, are read in English; elsewhere there are fewer hints.
    """
    counts = one.verdict.aspect == Aspect.QUANTITY
    found = {
        HintKind.UPDATE: _update(one),
        HintKind.ROUNDING: rounding(one) if counts else None,
        HintKind.SPEAKER: _speaker(one),
        HintKind.SCOPE: scope(one) if counts else None,
        HintKind.UNIT: unit(one) if counts else None,
    }
    return tuple(Hint(kind, text) for kind, text in found.items() if text)


def each(differences: Iterable[Difference]) -> tuple[Hint, ...]:
    """Give the hints of all *differences*, each once; two speakers are the same in whichever order and case."""
    found: dict[object, Hint] = {}
    for one in differences:
        for hint in hints(one):
            found.setdefault(_told(hint, one), hint)
    return tuple(found.values())


def _told(hint: Hint, one: Difference) -> object:
    """A key that hints share which tell a reader the same."""
    if hint.kind != HintKind.SPEAKER:
        return hint
    return frozenset(_short(side.claim.speaker).casefold() for side in (one.a, one.b) if side.claim.speaker)


def _update(one: Difference) -> str | None:
    if not _can_change(one) or _said_at_once(one):
        return None
    gap = _gap(one.a.article.published, one.b.article.published)
    if not gap:
        return None
    later, earlier = (one.b, one.a) if gap > _NO_TIME else (one.a, one.b)
    return f"possible update: {_name(later.article, earlier.article)} is {_length(abs(gap))} later"


def _can_change(one: Difference) -> bool:
    """Whether later news may change it; of two people who contradict each other, only a count."""
    aspect = one.verdict.aspect
    if aspect is None or aspect in _LASTING:
        return False
    if one.verdict.between == Between.SPEAKERS:
        return aspect == Aspect.QUANTITY
    return aspect not in _OPEN or all(_TO_COME.search(side.claim.text) for side in (one.a, one.b))


def _said_at_once(one: Difference) -> bool:
    """Whether both claims date the saying ("said on Friday that") and the dates can be one."""
    a, b = (moments(split_report(side.claim.text).frame) for side in (one.a, one.b))
    return any(p.comparable(q) and p.allows(q) for p in a for q in b)


def _gap(one: str | None, other: str | None) -> timedelta | None:
    """How much later *other* is; whole days where their times cannot be compared."""
    a, b = _moment(one), _moment(other)
    if a is None or b is None:
        return None
    if isinstance(a, datetime) and isinstance(b, datetime) and (a.tzinfo is None) == (b.tzinfo is None):
        gap = b - a
        return gap if abs(gap) >= timedelta(minutes=1) else None
    return _day(b) - _day(a)


def _moment(published: str | None) -> date | datetime | None:
    """A date, with the time where it is given; None for what is no full date."""
    given = published or ""
    try:
        return datetime.fromisoformat(given) if "T" in given else date.fromisoformat(given)
    except ValueError:
        return None


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _length(gap: timedelta) -> str:
    """
    A length of time in its largest whole unit.

    >>> _length(timedelta(days=1, hours=5)), _length(timedelta(hours=5)), _length(timedelta(minutes=25))
    ('1 day', '5 h', '25 min')
    """
    if gap >= _DAY:
        return f"{gap.days} day{'s' if gap.days > 1 else ''}"
    return f"{gap // _HOUR} h" if gap >= _HOUR else f"{gap // timedelta(minutes=1)} min"


def _name(article: Article, other: Article) -> str:
    """The name of the file, or the whole path where the other has the same; with its place in the file."""
    names = [re.split(r"[/\\]", one.path)[-1] for one in (article, other)]
    path = article.path if names[0] == names[1] and article.path != other.path else names[0]
    record = f"#{article.record}" if article.record is not None else ""
    return _short(path) + record


def _speaker(one: Difference) -> str | None:
    """The two speakers, if they are certainly two; or the one, where the other article asserts by itself."""
    aspect = one.verdict.aspect
    speakers = [side.claim.speaker for side in (one.a, one.b) if side.claim.speaker]
    if aspect == Aspect.ATTRIBUTION or not all(_keys(speaker) for speaker in speakers):
        return None
    shown = " / ".join(_short(speaker) for speaker in speakers)
    match speakers:
        case [_] if aspect not in _OWN_DEEDS:
            return f"only one side names a source: {shown}"
        case [a, b] if one.verdict.between != Between.ARTICLES and _keys(a).isdisjoint(_keys(b)):
            return f"different speaker: {shown}"
        case _:
            return None


def _keys(speaker: str) -> set[str]:
    """The words of a name, however spelled; who share one can be one: "Mayor Ines Holt", "the mayor"."""
    return {name_key(word) for word in tokens(speaker.lower()) if word not in STOP}


def _short(text: str) -> str:
    return clean(text, _LONGEST_NAME)
