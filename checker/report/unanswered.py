"""The steps that gave no answer, as a reader counts them: what one reply left open is told once."""

from __future__ import annotations

from dataclasses import dataclass

from checker.schema import Report


@dataclass(frozen=True)
class Unanswered:
    """
    What one step left open about the same articles (ids) for the same reason.

    `n_pairs` are the pairs of claims without a verdict for it; 0 where none were compared.
    """

    step: str
    articles: tuple[str, ...]
    error: str
    n_pairs: int


def unanswered(report: Report) -> tuple[Unanswered, ...]:
    """Give the failures of *report* gathered by step, articles and error, in their order."""
    pairs: dict[tuple[str, tuple[str, ...], str], int] = {}
    for one in report.failures:
        key = (one.step, one.articles, one.error)
        pairs[key] = pairs.get(key, 0) + len(one.a) * len(one.b)
    return tuple(Unanswered(*key, n_pairs) for key, n_pairs in pairs.items())
