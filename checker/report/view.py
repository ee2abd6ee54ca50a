"""The claims of a report as a reader meets them: who says it where, and who contradicts whom."""

from __future__ import annotations

from dataclasses import dataclass

from checker.report.where import where
from checker.schema import Article, Claim, Label, Quote, Verdict


@dataclass(frozen=True)
class Spoken:
    """One claim with its article; `number` counts the claims of the report from 1."""

    number: int
    claim: Claim
    article: Article
    status: Label | None

    @property
    def place(self) -> str:
        """Where its first quote stands."""
        return self.place_of(self.claim.quotes[0])

    def place_of(self, quote: Quote) -> str:
        """Where one of its quotes stands."""
        return where(self.article, quote)


@dataclass(frozen=True)
class Side:
    """What one article says of a fact."""

    article: Article
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True)
class Difference:
    """
    Two claims that cannot both be true, and why.

    `a` is the claim that comes first in the report, whatever the verdict calls it;
    `differs` is the value of `a`, then that of `b`.
    """

    verdict: Verdict
    a: Spoken
    b: Spoken
    differs: tuple[str, str] | None
