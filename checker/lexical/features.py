"""What is compared of a claim, read off its text once: terms, letters, numbers, dates, names, denials."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from checker.lexical.numbers import Quantity, quantities
from checker.lexical.times import Moment, moments
from checker.lexical.words import STOP, is_negation, name_key, stem, tokens

_GRAM = 4
_MOST = 40  # numbers, and dates, that are compared of one text
_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]{3,400})[”\"»“]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[“\"«„\u2018'(\[]\s*)$")

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Features:
    """
    One text, read.

    `terms` are stems, and keys of names (which begin with `=`), without stop words, numbers and
    dates; `marks` stand for the numbers and dates; `grams` are runs of letters.
    """

    terms: frozenset[str]
    marks: frozenset[str]
    grams: frozenset[str]
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    quoted: frozenset[str]


def proper_names(texts: Iterable[str]) -> frozenset[str]:
    """
    The words, in lower case, that *texts* write with a capital letter inside sentences and never without.

    >>> sorted(proper_names(["The mayor of Ostwick spoke.", "Ostwick is small.", "The Mayor left."]))
    ['ostwick']
    """
    capital: set[str] = set()
    small: set[str] = set()
    for text in texts:
        for match in re.finditer(r"[^\W\d_]+", text):
            word = match.group()
            if not word[0].isupper():
                small.add(word)
            elif not _SENTENCE_START.search(text[max(0, match.start() - 3) : match.start()]):
                capital.add(word.lower())
    return frozenset(capital - small - STOP)


def features(text: str, names: frozenset[str] = frozenset()) -> Features:
    """Read *text*; *names* are those that `proper_names` found in all the texts at hand."""
    content, read = _read(text)
    return replace(read, terms=frozenset(_term(word, names) for word in content))


@lru_cache(maxsize=8192)  # a claim is compared with those of every other article
def _read(text: str) -> tuple[tuple[str, ...], Features]:
    """The words of *text* that tell something, and all that its names do not change."""
    when = moments(text)[:_MOST]
    rest = _without(text, [(moment.start, moment.end) for moment in when])
    amounts = quantities(rest)[:_MOST]
    words = tokens(_without(rest, [(amount.start, amount.end) for amount in amounts]))
    content = tuple(word for word in words if word.lower() not in STOP and not is_negation(word.lower()))
    return content, Features(
        terms=frozenset(),
        marks=frozenset((*_number_marks(amounts), *_date_marks(when))),
        grams=frozenset(gram for word in content for gram in _grams(word.lower())),
        quantities=amounts,
        moments=when,
        quoted=frozenset(stem(word) for part in _QUOTED.findall(text) for word in tokens(part)),
    )


class Weights:
    """How much a key tells, by how few of the texts at hand have it; smoothed, so that two texts will do."""

    def __init__(self, keys: Sequence[frozenset[str]]) -> None:
        self._n = len(keys)
        self._found = Counter(key for some in keys for key in some)

    def weight(self, key: str) -> float:
        """The weight of one key; the highest for a key that no text has."""
        return math.log1p((self._n + 2) / (self._found[key] + 0.5))

    def vector(self, keys: Iterable[str]) -> dict[str, float]:
        """The weights of *keys*, scaled to length 1; in the order of the keys."""
        weights = {key: self.weight(key) for key in sorted(keys)}
        length = math.sqrt(math.fsum(value * value for value in weights.values()))
        return {key: value / length for key, value in weights.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """
    The cosine of two vectors of length 1; the same either way round, to the last bit.

    >>> cosine({"a": 0.6, "b": 0.8}, {"b": 1.0})
    0.8
    """
    return math.fsum(one[key] * other[key] for key in one.keys() & other.keys())


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """*text* with the *spans* blanked, so that the places of all else stay."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        if start >= at:
            pieces += [text[at:start], " " * (end - start)]
            at = end
    return "".join(pieces) + text[at:]


def _term(word: str, names: frozenset[str]) -> str:
    plain = word.lower()
    return f"={name_key(plain)}" if plain in names and word[0].isupper() else stem(plain)


def _grams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[at : at + _GRAM] for at in range(max(1, len(padded) - _GRAM + 1))]


def _number_marks(amounts: Sequence[Quantity]) -> list[str]:
    return [f"#{amount.high if amount.low in (0, math.inf) else amount.low:.6g}" for amount in amounts]


def _date_marks(when: Sequence[Moment]) -> list[str]:
    marks = [f"@{moment.day or ''}.{min(moment.months)}" for moment in when if moment.months]
    marks += [f"@w{moment.weekday}" for moment in when if moment.weekday is not None]
    marks += [f"@h{moment.minute}" for moment in when if moment.minute is not None]
    return marks + [f"@y{moment.year}" for moment in when if moment.year is not None]
