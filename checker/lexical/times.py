"""Dates, weekdays and clock times in English text, as far as each is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
_SEASONS = {
    "spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "fall": (9, 10, 11),
    "winter": (12, 1, 2),
}  # fmt: skip
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = rf"(?:(?P<weekday>{_WEEKDAY})s?(?:\s+(?:morning|afternoon|evening|night))?,?\s+(?:the\s+)?)?"
_YEAR = r"(?:,?\s+(?P<{}>(?:19|20)\d\d)\b)?"
_DATE = re.compile(
    rf"""{_DAY}(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m1>{_MONTH})\b{_YEAR.format("y1")}
    |(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:){_YEAR.format("y2")}
    |(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b)
    |\b(?P<lone>{_WEEKDAY})s?\b
    |\b(?P<m3>{_MONTH})(?<!\bMay)(?<!\bMar)(?<!\bMarch)\b{_YEAR.format("y3")}
    |\b(?P<m4>May|March)\s+(?P<y4>(?:19|20)\d\d)\b|\b(?:in|since|until|by|of)\s+(?P<m5>May|March)\b
    |\b(?P<quarter>first|second|third|fourth|final)\s+quarter\b(?:\s+of\s+(?P<y5>(?:19|20)\d\d)\b)?
    |\b(?:the|last|this|in|next)\s+(?P<season>spring|summer|autumn|fall|winter)\b(?:\s+(?:of\s+)?(?P<y6>(?:19|20)\d\d)\b)?
    |\b(?:in|since|of|from|until|by|the|year)\s+(?:year\s+)?(?P<y7>1\d\d\d|20\d\d)\b(?![.,]\d|\s*[a-z]+s\b)""",
    re.VERBOSE,
)
_CLOCK = re.compile(
    r"\b(?P<h1>\d{1,2})(?:[:.](?P<n1>\d\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<h2>[01]?\d|2[0-3])[:.](?P<n2>[0-5]\d)(?=\s*(?:GMT|UTC|CET|hours|o'clock|local|Central|Eastern))"
    r"|\b(?P<h3>[01]?\d|2[0-3])\s+(?:hours|o[\u2019']clock|Uhr)\b"
    r"|(?<=\bat )(?P<h4>[01]?\d|2[0-3])[:.](?P<n4>[0-5]\d)\b"
    r"|\b(?P<word>noon|midnight)\b",
)
_ZONES = re.compile(r"\s*(?:GMT|UTC|CET|EST|EDT|Central|Eastern|Pacific|local)")
_NOON = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """When: whatever is given of year, months, day of the month, weekday (0 is Monday), minute of the day."""

    text: str
    start: int
    end: int
    year: int | None = None
    months: frozenset[int] = frozenset()
    day: int | None = None
    weekday: int | None = None
    minute: int | None = None

    def comparable(self, other: Moment) -> bool:
        """Whether both give a year, a month, a day, a weekday or a clock time."""
        return (
            (self.minute is not None and other.minute is not None)
            or (self.weekday is not None and other.weekday is not None)
            or bool(self.months and other.months)
            or (self.year is not None and other.year is not None)
        )

    def allows(self, other: Moment) -> bool:
        """Whether one moment fits both, as far as each says."""
        return (
            _fit(self.year, other.year)
            and (not self.months or not other.months or bool(self.months & other.months))
            and _fit(self.day, other.day)
            and _fit(self.weekday, other.weekday)
            and _fit(self.minute, other.minute)
        )


def moments(text: str) -> tuple[Moment, ...]:
    """
    The dates and clock times of *text*, in its order; a full date has its weekday worked out.

    >>> [(m.day, sorted(m.months), m.year, m.weekday) for m in moments("It began on 24 May 2025.")]
    [(24, [5], 2025, 5)]
    """
    return tuple(sorted((*_dates(text), *_clocks(text)), key=lambda moment: moment.start))


def _dates(text: str) -> Iterator[Moment]:
    for match in _DATE.finditer(text):
        part = match.groupdict()
        year, months, day = _parts(part)
        weekday = part["weekday"] or part["lone"]
        known = _WEEKDAYS.index(weekday.lower()) if weekday else _weekday(year, months, day)
        yield Moment(match.group(), match.start(), match.end(), year, months, day, known)


def _parts(part: dict[str, str | None]) -> tuple[int | None, frozenset[int], int | None]:
    if part["iso"]:
        iso = [int(piece) for piece in part["iso"].split("-")]
        return iso[0], frozenset((iso[1],)), iso[2]
    year = _first(part, "y1", "y2", "y3", "y4", "y5", "y6", "y7")
    day = _first(part, "d1", "d2")
    named = next((part[key] for key in ("m1", "m2", "m3", "m4", "m5") if part[key]), None)
    return int(year) if year else None, _month_set(named, part), int(day) if day else None


def _first(part: dict[str, str | None], *keys: str) -> str | None:
    return next((part[key] for key in keys if part[key]), None)


def _month_set(named: str | None, part: dict[str, str | None]) -> frozenset[int]:
    if named:
        short = named[:3].lower()
        return frozenset(n for n, month in enumerate(_MONTHS, 1) if month.startswith(short))
    if part["quarter"]:
        last = 3 * _QUARTERS[part["quarter"]]
        return frozenset((last - 2, last - 1, last))
    return frozenset(_SEASONS[part["season"]]) if part["season"] else frozenset()


def _weekday(year: int | None, months: frozenset[int], day: int | None) -> int | None:
    if year is None or day is None or len(months) != 1:
        return None
    try:
        return date(year, next(iter(months)), day).weekday()
    except ValueError:  # 31 June: no such day, so no weekday
        return None


def _clocks(text: str) -> Iterator[Moment]:
    for match in _CLOCK.finditer(text):
        if _ZONES.match(text, match.end()):
            yield Moment(match.group(), match.start(), match.end())  # without tables of time zones: some time
            continue
        yield Moment(match.group(), match.start(), match.end(), minute=_minute(match.groupdict()))


def _minute(part: dict[str, str | None]) -> int:
    if part["word"]:
        return _NOON * 60 if part["word"] == "noon" else 0
    hour = int(_first(part, "h1", "h2", "h3", "h4") or 0)
    if part["half"]:
        hour = hour % _NOON + (_NOON if part["half"] == "p" else 0)
    return hour * 60 + int(_first(part, "n1", "n2", "n4") or 0)


def _fit(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other
