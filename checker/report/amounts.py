"""Two amounts that differ, looked at once more: rounded, counted over something else, in other units."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isinf, log10

from checker.lexical.features import features
from checker.lexical.numbers import Quantity, quantities
from checker.report.view import Difference, Spoken
from checker.report.where import clean

_LONGEST = 40
_FEWEST_DIGITS = 3  # 12 and 10 are two counts, 1,947 and 2,000 may be one
_ROUNDED_BY = Decimal("0.1")
_NO_AMOUNT = frozenset(("ordinal", "score", "age"))
_MEASURED = frozenset(("length", "speed", "area", "weight", "duration"))
_CURRENCIES = frozenset(("dollar", "euro", "pound"))
# Nouns of which one covers more than the other; words for the same thing stand on one line.
_COVERS = (
    (
        "people persons", "passengers", "crew", "civilians", "soldiers troops", "children", "women", "men",
        "adults", "families", "households",
    ),
    ("dead deaths killed fatalities", "injured wounded hurt injuries", "missing", "casualties"),
    ("homes houses", "buildings", "apartments flats"),
)  # fmt: skip
_COUNTED = {
    word: (group, row) for group in _COVERS for row in group for word in row.split()
}  # fmt: skip
_BOUND = re.compile(
    r"\b(?:so far(?! as)|as of|to date|until now|up to now|in total|altogether|at least|nation-?wide|"
    r"country-?wide|worldwide|across the (?:country|region|nation|province|city)|"
    r"in the (?:city|country|region|province|capital)|not including|excluding|not counting)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 30, 45  # characters around an amount in which such words are about it
_SENTENCE_END = re.compile(r"[.!?;](?:\s|$)")
_YEAR = re.compile(r"1\d{3}|20\d\d")

Values = tuple[Quantity, Quantity]


def values(one: Difference) -> Values | None:
    """The amount of `a` and that of `b`, where each side gives just one and they differ; else None."""
    a, b = (_sole(text) for text in one.differs or (_quoted(one.a), _quoted(one.b)))
    if a is None or b is None or (a.kind, a.factor, _exact(a)) == (b.kind, b.factor, _exact(b)):
        return None
    return a, b


def rounding(one: Difference) -> str | None:
    """Both amounts as they stand, if one is the other with fewer digits."""
    pair = values(one)
    if pair is None or pair[0].kind != pair[1].kind or pair[0].factor != pair[1].factor:
        return None
    if all(_YEAR.fullmatch(value.text) for value in pair):
        return None
    a, b = (_decimal(value) for value in pair)
    shown = f"possible rounding: {_short(pair[0].text)} / {_short(pair[1].text)}"
    return shown if _is_rounded(a, b) or _is_rounded(b, a) else None


def scope(one: Difference) -> str | None:
    """What the amounts count, if one noun covers more; or the words beside one of them that bound it."""
    pair = values(one)
    if pair is None or pair[0].kind != pair[1].kind:
        return None
    (noun, bound), (other_noun, other_bound) = _beside(pair[0], one.a), _beside(pair[1], one.b)
    a, b = _COUNTED.get(noun), _COUNTED.get(other_noun)
    if a and b and a[0] is b[0] and a[1] != b[1]:
        return f"different scope: “{noun}” / “{other_noun}”"
    only = bound or other_bound
    said_twice = only in _quoted(one.a).lower() and only in _quoted(one.b).lower()
    return None if said_twice else f"different scope: only one side says “{only}”"


def unit(one: Difference) -> str | None:
    """The two units, or currencies; and whether the amounts fit once they are converted."""
    pair = values(one)
    if pair is None:
        return None
    a, b = pair
    if a.kind != b.kind:
        return f"different currencies: {a.kind} / {b.kind}" if {a.kind, b.kind} <= _CURRENCIES else None
    if a.kind not in _MEASURED or a.factor == b.factor:
        return None
    shown = f"different units: {_unit(a)} / {_unit(b)}"
    if a.allows(b):
        return f"{shown}; converted, they nearly fit"
    return shown if _is_decimal(a) != _is_decimal(b) and a.kind != "duration" else None


def _sole(text: str) -> Quantity | None:
    """The amount in *text*, if there is just one besides the dates."""
    found = features(text).quantities
    return found[0] if len(found) == 1 and found[0].kind not in _NO_AMOUNT else None


def _quoted(side: Spoken) -> str:
    return " \n".join(quote.text for quote in side.claim.quotes)


def _exact(value: Quantity) -> float:
    """The figure as it stands, in its own unit, whatever `about` or `over` makes of it."""
    alone = quantities(value.text)
    return alone[0].low / alone[0].factor if alone else value.low / value.factor


def _decimal(value: Quantity) -> Decimal:
    exact = _exact(value)
    return Decimal(0) if isinf(exact) else Decimal(f"{exact:.9g}").normalize()


def _is_rounded(coarse: Decimal, fine: Decimal) -> bool:
    """
    Whether *coarse* is *fine* with fewer digits.

    >>> _is_rounded(Decimal("2E3"), Decimal(1947)), _is_rounded(Decimal("2E3"), Decimal(1447))
    (True, False)
    """
    digits = len(fine.as_tuple().digits)
    exponent = coarse.as_tuple().exponent
    if digits < _FEWEST_DIGITS or len(coarse.as_tuple().digits) >= digits or not isinstance(exponent, int):
        return False
    gap = abs(coarse - fine)
    return gap <= Decimal(10) ** exponent / 2 and gap <= _ROUNDED_BY * fine


def _beside(value: Quantity, side: Spoken) -> tuple[str, str]:
    """The word after the amount, and words that bound it, where the quotes give the same figure."""
    text = _quoted(side)
    found = (one for one in features(text).quantities if _exact(one) == _exact(value))
    place = next(found, None)
    if place is None:
        return value.noun, ""
    before = _SENTENCE_END.split(text[max(0, place.start - _BEFORE) : place.start])[-1]
    after = _SENTENCE_END.split(text[place.end : place.end + _AFTER])[0]
    bound = _BOUND.search(f"{before}{place.text}{after}")
    return place.noun, bound[0].lower() if bound else ""


def _unit(value: Quantity) -> str:
    words = value.text.replace("-", " ").split()
    return _short(" ".join(words[1:]) or value.text)


def _is_decimal(value: Quantity) -> bool:
    """Whether the unit is a metric one: a tenth, a hundredth, a thousand of the base."""
    return value.factor > 0 and log10(value.factor).is_integer()


def _short(text: str) -> str:
    return clean(text, _LONGEST)
