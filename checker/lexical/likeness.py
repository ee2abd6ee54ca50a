"""How alike two sets of claims are, each claim of one with each of the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from checker.lexical.features import Features, Vector, Weights, cosine, features, proper_names
from checker.lexical.speech import split_report
from checker.lexical.words import name_key, stem, tokens

Table = list[list[float]]

_SAME_SPEAKER = 0.1
_SAME_KIND = 0.1
_SAME_VALUE = 0.1
_BOTH_DATED = 0.05


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One claim, read: all its words, and only what is said where somebody says it.

    `speaker` holds the keys of the speaker's names, `stems` the stems of all words.
    """

    text: str
    said_text: str
    stems: frozenset[str]
    whole: Features
    said: Features
    speaker: frozenset[str]
    speaker_text: str
    terms: Vector
    words: Vector
    content: Vector
    letters: Vector


def read_claims(claims: Sequence[tuple[str, str | None]]) -> list[Reading]:
    """Read the claims at hand, each given as its text and its speaker; weights are over all of them."""
    texts = [text for text, _ in claims]
    names = proper_names(texts)
    wholes = [features(text, names) for text in texts]
    reports = [split_report(text) if speaker else split_report("") for text, speaker in claims]
    saids = [
        features(report.said, names) if report.frame else whole
        for report, whole in zip(reports, wholes, strict=True)
    ]
    words = Weights([whole.terms | whole.marks for whole in wholes])
    letters = Weights([whole.grams for whole in wholes])
    return [
        Reading(
            text=text,
            said_text=report.said if report.frame else text,
            stems=frozenset(stem(token.lower()) for token in tokens(text)),
            whole=whole,
            said=said,
            speaker=frozenset(name_key(token.lower()) for token in tokens(speaker or "")),
            speaker_text=speaker or "",
            terms=words.vector(whole.terms | whole.marks),
            words=words.vector(said.terms | said.marks),
            content=words.vector(said.terms - _keys(speaker)),
            letters=letters.vector(whole.grams),
        )
        for (text, speaker), report, whole, said in zip(claims, reports, wholes, saids, strict=True)
    ]


def by_words(rows: Sequence[Reading], columns: Sequence[Reading]) -> Table:
    """Scores from 0 to 1 by stems, names, numbers and dates."""
    return [[cosine(row.terms, column.terms) for column in columns] for row in rows]


def by_letters(rows: Sequence[Reading], columns: Sequence[Reading]) -> Table:
    """Scores from 0 to 1 by runs of letters, which forgive spelling and inflection."""
    return [[cosine(row.letters, column.letters) for column in columns] for row in rows]


def by_hints(rows: Sequence[Reading], columns: Sequence[Reading]) -> Table:
    """Small scores for the same speaker, the same kind of quantity, an equal value, a date in both."""
    return [[_hints(row, column) for column in columns] for row in rows]


def relative(scores: Table) -> Table:
    """
    Each score against the best of its row and the best of its column: 1 where it is both.

    >>> relative([[0.8, 0.2], [0.2, 0.05]])
    [[1.0, 0.5], [0.5, 0.25]]
    """
    across = [max(row) for row in scores]
    down = [max(column) for column in zip(*scores, strict=True)]
    table = [[0.0] * len(down) for _ in across]
    for i, j in product(range(len(across)), range(len(down))):
        if scores[i][j] > 0:
            table[i][j] = scores[i][j] / math.sqrt(across[i] * down[j])
    return table


def _keys(speaker: str | None) -> frozenset[str]:
    words = tokens((speaker or "").lower())
    return frozenset((*(stem(word) for word in words), *(f"={name_key(word)}" for word in words)))


def _hints(one: Reading, other: Reading) -> float:
    hints = _SAME_SPEAKER * bool(one.speaker & other.speaker)
    hints += _BOTH_DATED * bool(one.said.moments and other.said.moments)
    alike = [p.allows(q) for p in one.said.quantities for q in other.said.quantities if p.kind == q.kind]
    return hints + _SAME_KIND * bool(alike) + _SAME_VALUE * any(alike)
