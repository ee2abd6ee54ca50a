"""Quantities in English text, each as the range of values that it allows."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_PIECE = re.compile(r"km/h|[$€£%]|\d{1,3}[:\u2013-]\d{1,3}(?![\d:\u2013-])|\d+(?:[.,]\d+)*|[^\W\d_]+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_SCORE = re.compile(r"(\d+)[:\u2013-](\d+)")
_PART_OF_NAME = re.compile(r"[^\W\d_][-.]?$")
_LONGEST_FIGURE = 30

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(_ONES.split())} | {
    w: 10 * n for n, w in enumerate(_TENS.split(), 2)
}
_SCALES = {
    "hundred": 1e2, "hundreds": 1e2, "thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6,
    "billion": 1e9, "billions": 1e9, "trillion": 1e12, "dozen": 12.0, "dozens": 12.0,
}  # fmt: skip
_SHORT_SCALES = {"m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "k": 1e3}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
_MEASURES: dict[str, tuple[str, float]] = {
    "%": ("percent", 1), "percent": ("percent", 1), "pc": ("percent", 1),
    "km/h": ("speed", 1), "kmh": ("speed", 1), "kph": ("speed", 1), "mph": ("speed", 1.609344),
    "km": ("length", 1e3), "kilometre": ("length", 1e3), "kilometer": ("length", 1e3), "cm": ("length", 0.01),
    "mile": ("length", 1609.344), "metre": ("length", 1), "meter": ("length", 1), "yard": ("length", 0.9144),
    "foot": ("length", 0.3048), "feet": ("length", 0.3048), "inch": ("length", 0.0254),
    "second": ("duration", 1), "minute": ("duration", 60), "hour": ("duration", 3600),
    "day": ("duration", 86400), "week": ("duration", 604800), "month": ("duration", 2629800),
    "year": ("duration", 31557600), "decade": ("duration", 315576000),
    "tonne": ("weight", 1000), "ton": ("weight", 1000), "kilogram": ("weight", 1), "kg": ("weight", 1),
    "dollar": ("dollar", 1), "euro": ("euro", 1), "hectare": ("area", 1), "acre": ("area", 0.4047),
}  # fmt: skip
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound"}
_BOUNDS = (
    ("at least", re.compile(r"\b(?:at least|no (?:fewer|less) than|a minimum of)\W*$", re.IGNORECASE)),
    (
        "at most",
        re.compile(
            r"\b(?:up to|at most|as many as|(?:no|not) more than|not even|a maximum of)\W*$", re.IGNORECASE
        ),
    ),
    ("just over", re.compile(r"\b(?:just|slightly|a little) (?:over|above|more than)\W*$", re.IGNORECASE)),
    ("nearly", re.compile(r"\b(?:nearly|almost|just under|not quite)\W*$", re.IGNORECASE)),
    ("at least", re.compile(r"\b(?:more than|over|above|exceed(?:s|ed|ing)|upwards of)\W*$", re.IGNORECASE)),
    ("at most", re.compile(r"\b(?:fewer than|less than|under|below)\W*$", re.IGNORECASE)),
    (
        "about",
        re.compile(
            r"\b(?:about|around|roughly|approximately|some|circa|close to|estimated)\W*$", re.IGNORECASE
        ),
    ),
)
_LOOKBACK = 24
_SLACK = 0.1
_EXACT = 1e-9
_CONVERTED = 0.05


@dataclass(frozen=True, slots=True)
class Quantity:
    """
    The values from `low` to `high`, of one `kind`: `count`, `percent`, `length`, `money`, …

    Lengths are in metres, durations in seconds, speeds in km/h; `factor` is what the value
    was multiplied with. `noun` is the word after it.
    """

    low: float
    high: float
    kind: str
    noun: str
    factor: float
    text: str
    start: int
    end: int

    def allows(self, other: Quantity) -> bool:
        """Whether one value fits both; a value turned into another unit is rounded more often than not."""
        slack = 1 + (_EXACT if self.factor == other.factor else _CONVERTED)
        return self.low <= other.high * slack and other.low <= self.high * slack


def quantities(text: str) -> tuple[Quantity, ...]:
    """
    The quantities of *text*, in its order.

    >>> [(q.low, q.high, q.kind, q.noun) for q in quantities("Over 40.000 fans, two dozen injured")]
    [(40000.0, inf, 'count', 'fans'), (24.0, 24.0, 'count', 'injured')]
    """
    pieces = [_Piece(m.group().lower(), m.start(), m.end()) for m in _PIECE.finditer(text)]
    found: list[Quantity] = []
    at = 0
    while at < len(pieces):
        number = _number(text, pieces, at)
        if number is None:
            at += 1
            continue
        found.append(_quantity(text, pieces, at, number))
        at = number.after
    return tuple(found)


class _Piece(NamedTuple):
    word: str
    start: int
    end: int


class _Number(NamedTuple):
    """A value, its kind where the words give one, and the place of the piece after it."""

    value: float
    kind: str
    after: int


def _number(text: str, pieces: Sequence[_Piece], at: int) -> _Number | None:
    return _share(pieces, at) or _figure(text, pieces, at) or _spelled(pieces, at)


def _share(pieces: Sequence[_Piece], at: int) -> _Number | None:
    """`half`, `two thirds`, `seven-tenths`, `four in five`, `one out of 20`: a percentage."""
    words = [piece.word for piece in pieces[at : at + 4]]
    top = 1.0 if words[0] == "a" else _plain(words[0])
    if words[0] == "half":
        return _half(pieces, at)
    if top is None or len(words) < 2:  # noqa: PLR2004 - a number and what it is a part of
        return None
    part = _PARTS.get(words[1].removesuffix("s"))
    if part and (words[1].endswith("s") or words[2:3] == ["of"]) and top <= part:
        return _Number(100 * top / part, "percent", at + 2)
    gap = 2 if words[1] == "in" else 3 if words[1:3] == ["out", "of"] else 0
    whole = _plain(words[gap]) if gap and gap < len(words) else None
    return _Number(100 * top / whole, "percent", at + gap + 1) if whole and top <= whole else None


def _half(pieces: Sequence[_Piece], at: int) -> _Number:
    """`half of them` is a share; `half an hour` and `half a million` are not."""
    words = [piece.word for piece in pieces[at + 1 : at + 3]]
    if words[:1] in (["a"], ["an"]) and len(words) > 1:
        scale = _SCALES.get(words[1])
        if scale:
            return _Number(scale / 2, "", at + 3)
        if words[1] in _MEASURES:
            return _Number(0.5, "", at + 2)
    return _Number(50, "percent", at + 1)


def _figure(text: str, pieces: Sequence[_Piece], at: int) -> _Number | None:
    piece = pieces[at]
    if not piece.word[0].isdecimal() or len(piece.word) > _LONGEST_FIGURE:
        return None
    if _PART_OF_NAME.search(text[max(0, piece.start - 2) : piece.start]):
        return None
    score = _SCORE.fullmatch(piece.word)
    if score:
        high, low = sorted((int(score[1]), int(score[2])), reverse=True)
        return _Number(high * 1000 + low, "score", at + 1)
    value, after = _value(piece.word), at + 1
    following = pieces[after].word if after < len(pieces) else ""
    if following in {"st", "nd", "rd", "th"} and pieces[after].start == piece.end:
        return _Number(value, "ordinal", after + 1)
    scale = _SCALES.get(following) or _SHORT_SCALES.get(following)
    return _Number(value * scale, "", after + 1) if scale else _Number(value, "", after)


def _spelled(pieces: Sequence[_Piece], at: int) -> _Number | None:
    """`twenty-three`, `two hundred and six`, `a dozen`; `one` alone is a pronoun more often than a number."""
    total = current = 0.0
    after = at
    while after < len(pieces):
        word = pieces[after].word
        if word in _SMALL:
            current += _SMALL[word]
        elif word in _SCALES and (after > at or (at and pieces[at - 1].word == "a")):
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] >= _SCALES["thousand"]:
                total, current = total + current, 0.0
        elif not (word == "and" and after > at and pieces[after - 1].word == "hundred"):
            break
        after += 1
    if after == at or (after == at + 1 and pieces[at].word == "one"):
        return None
    return _Number(total + current, "", after)


def _quantity(text: str, pieces: Sequence[_Piece], at: int, number: _Number) -> Quantity:
    kind, factor, after = _measure(pieces, number)
    sign = _SIGNS.get(pieces[at - 1].word, "") if at else ""
    noun = pieces[after].word if after < len(pieces) else ""
    if noun == "old":
        kind = "age"
    start, end = pieces[at].start, pieces[after - 1].end
    low, high = _range(number.value * factor, text[max(0, start - _LOOKBACK) : start].rstrip("$€£ "))
    return Quantity(low, high, sign or kind or "count", noun, factor, text[start:end], start, end)


def _measure(pieces: Sequence[_Piece], number: _Number) -> tuple[str, float, int]:
    """The kind, the factor to its unit, and the place of the piece after the unit."""
    words = [piece.word for piece in pieces[number.after : number.after + 3]]
    if words[:2] == ["per", "cent"]:
        return "percent", 1, number.after + 2
    word = words[0] if words else ""
    kind, factor = _MEASURES.get(word) or _MEASURES.get(word.removesuffix("s")) or ("", 1.0)
    if number.kind or not kind:
        # "half an hour" is a duration, "half of the homes" a share
        return number.kind, 1, number.after
    if kind == "length" and words[1:2] in (["an"], ["per"]) and words[2:3] == ["hour"]:
        return "speed", factor / 1000, number.after + 3
    return kind, factor, number.after + 1


def _range(value: float, before: str) -> tuple[float, float]:
    for bound, pattern in _BOUNDS:
        if pattern.search(before):
            return {
                "at least": (value, math.inf),
                "at most": (0.0, value),
                "just over": (value, value * (1 + _SLACK)),
                "nearly": (value * (1 - 2 * _SLACK), value),
                "about": (value * (1 - _SLACK), value * (1 + _SLACK)),
            }[bound]
    return value, value


def _plain(word: str) -> float | None:
    return float(_SMALL[word]) if word in _SMALL else _value(word) if word.isdecimal() else None


def _value(figure: str) -> float:
    """The value of a figure with `,` and `.` as they come: 800.000, 1,200.50, 5,5."""
    if _THOUSANDS.fullmatch(figure):
        return float(figure.replace(",", "").replace(".", ""))
    head, mark, tail = figure.rpartition("," if figure.rfind(",") > figure.rfind(".") else ".")
    return float(f"{re.sub('[.,]', '', head)}.{tail}") if mark else float(figure)
