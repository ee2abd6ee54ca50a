"""
Dates as articles give them: ISO 8601, or day, month and year in English.

A small, strict parser: what it does not know is no date. Dates in figures alone, such as
01/09/2025, are refused, because their order differs between countries. Nothing depends
on the day of the run. A date without a year is written `--02-04`, as in XML Schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
_YEAR = r"(?:,? (?P<{}>\d{{4}})\b)?"
_DATE = (
    rf"(?:(?P<d1>{_DAY})(?: of)? (?P<m1>{_MONTH}){_YEAR.format('y1')}"
    rf"|(?P<m2>{_MONTH}) (?P<d2>{_DAY}){_YEAR.format('y2')}|(?P<iso>\d{{4}}-\d\d-\d\d)\b)"
)
_WEEKDAY = (
    r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
    r"(?: (?:morning|afternoon|evening|night))?,? )?"
)
_TIME = r"(?:,?(?: at)? \d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\b\.?)?(?: (?:[a-z]{2,5}\b|[+-]\d{4}))?)?"
_AGENCY = r"(?: ?\([^()]{1,40}\))?"
_DASH = r" ?(?:[—\u2013]|--|-(?= |$))"

_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_PLAIN = re.compile(rf"{_WEEKDAY}{_DATE}{_TIME}\.?", re.IGNORECASE | re.ASCII)
_STAMP = re.compile(rf"(?P<lead>.*?)\b{_WEEKDAY}\b{_DATE}{_TIME}\.?", re.IGNORECASE | re.ASCII)
_STAMP_WORDS = re.compile(
    r"(?:this (?:page|article|story) was |(?:last|first) )?"
    r"(?:published|posted|updated|correct|dated?)(?: as of| on| at)?:?",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    rf"(?P<place>.{{2,80}}?),? {_WEEKDAY}{_DATE}{_AGENCY}{_DASH}", re.IGNORECASE | re.ASCII
)
_UNDATED = re.compile(rf"(?P<place>[^—\u2013,(]{{2,60}}?)(?:, [^—\u2013]{{2,40}}?)?{_AGENCY}{_DASH}")
_NO_PLACE = frozenset(("after", "at", "before", "by", "from", "in", "on", "since", "until"))
_SMALL_WORDS = frozenset(
    ("al", "and", "au", "d", "da", "de", "del", "do", "el", "la", "le", "of", "on", "the", "upon")
)
_LONGEST = 120
_OPENING_LINES = 3
_OPENING_CHARS = 4000


def parse_date(text: str) -> str | None:
    """
    The date that *text* is, or None.

    >>> [parse_date(text) for text in ("Sept. 1, 2025", "1 September 2025", "4 Feb.", "last week")]
    ['2025-09-01', '2025-09-01', '--02-04', None]
    """
    line = " ".join(text.split()) if len(text) <= _LONGEST else ""
    if _ISO.fullmatch(line):
        return line.replace(" ", "T") if _is_real(line) else None
    match = _PLAIN.fullmatch(line)
    return _date_of(match) if match else None


def opening_date(body: str) -> str | None:
    """The date in the first dated dateline, or line that is a date stamp, among the first three lines."""
    lines = [line for line in re.split(r"[\r\n]+", body[:_OPENING_CHARS]) if line.strip()]
    found = (_stamp(line) or _dateline(line) for line in lines[:_OPENING_LINES])
    return next((value for value in found if value), None)


def is_dateline(line: str) -> bool:
    """
    Whether *line* is a date stamp or begins with a dateline, dated or not.

    >>> [is_dateline(line) for line in ("NORRIN - Rain fell", "Post, 8 February 2025", "Crown stolen")]
    [True, True, False]
    """
    undated = _UNDATED.match(line.strip()[:_LONGEST])
    return bool(_stamp(line) or _dateline(line) or (undated and undated["place"].isupper()))


def completed(published: str | None, known: Iterable[str]) -> str | None:
    """
    *published* with the year that puts it nearest to each of the *known* dates.

    None where no date is known, or where they differ on the year: one date among many must not
    move another's. Of two years equally near to a date, the earlier one.

    >>> completed("--12-30", ["2025-01-02", "2025-01-04"])
    '2024-12-30'
    """
    if published is None or not published.startswith("--"):
        return published
    near = {_nearest(published, date.fromisoformat(day)) for day in {day[:10] for day in known}}
    return near.pop() if len(near) == 1 else None


def _nearest(published: str, known: date) -> str:
    """The day *published*, `--02-04`, of the year that puts it nearest to *known*."""
    # 29 February may be up to eight years away: 1896 to 1904.
    years = range(max(1, known.year - 8), min(9999, known.year + 8) + 1)
    trials = (f"{year:04}{published[1:]}" for year in years)
    return min(filter(_is_real, trials), key=lambda day: abs(date.fromisoformat(day) - known))


def _is_real(text: str) -> bool:
    """Whether *text*, which has the shape of an ISO date, is in the calendar."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _date_of(match: re.Match[str]) -> str | None:
    if match["iso"]:
        return match["iso"] if _is_real(match["iso"]) else None
    day = int(re.sub(r"\D", "", match["d1"] or match["d2"]))
    month = 1 + _MONTHS.index((match["m1"] or match["m2"])[:3].lower())
    year = match["y1"] or match["y2"]
    # 2000 is a leap year: without a year, 29 February may be meant.
    if not _is_real(f"{year or 2000}-{month:02}-{day:02}"):
        return None
    return f"{year or '-'}-{month:02}-{day:02}"


def _stamp(line: str) -> str | None:
    """The date of a line that says no more than when (and by whom) this was published."""
    short = " ".join(line.split()) if len(line) <= _LONGEST else ""
    match = _STAMP.fullmatch(short)
    if match is None:
        return None
    lead = match["lead"].strip()
    by_whom = lead.endswith(",") and not short.endswith(".")
    fits = not lead or by_whom or _STAMP_WORDS.fullmatch(lead)
    return _date_of(match) if fits else None


def _dateline(line: str) -> str | None:
    """The date of a dateline, `VELLIN, Drenmark, Feb. 4 — …`."""
    match = _DATELINE.match(" ".join(line[: 2 * _LONGEST].split()))
    return _date_of(match) if match and _is_place(match["place"]) else None


def _is_place(words: str) -> bool:
    found = re.findall(r"[^\W\d_]+", words)
    named = all(word[0].isupper() or word in _SMALL_WORDS for word in found)
    return bool(found) and named and found[0].lower() not in _NO_PLACE
