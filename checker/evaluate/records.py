"""The lines of the files of a labelled set, and what the files are called."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from checker.schema import Aspect, Between, Frozen, Label

CLAIMS, LABELS, KINDS, ARTICLES = "claims.jsonl", "labels.jsonl", "articles.jsonl", "articles"
ABOUT = "about.jsonl"

Pairing = tuple[str, str]
"""Two claim ids, the smaller first."""


def pairing(a: str, b: str) -> Pairing:
    """The key of a pair of claims, whichever stands first."""
    return (a, b) if a <= b else (b, a)


_Id = Annotated[str, Field(min_length=1, max_length=200)]


class ClaimRow(Frozen):
    """One line of `claims.jsonl`."""

    id: _Id
    article: str
    text: Annotated[str, Field(min_length=1)]
    speaker: str | None
    quotes: Annotated[list[str], Field(min_length=1)]


class LabelRow(Frozen):
    """One line of `labels.jsonl`."""

    a: _Id
    b: _Id
    label: Label
    aspect: Aspect | None = None
    between: Between | None = None
    phenomenon: str | None = None

    @model_validator(mode="after")
    def _notes_belong_to_conflicts(self) -> Self:
        if self.label != Label.CONFLICTING and (self.aspect or self.between):
            raise ValueError(f"aspect and between belong to a conflict, not to {self.label}")
        return self

    @property
    def pairing(self) -> Pairing:
        """The ids of the two claims, the smaller first."""
        return pairing(self.a, self.b)


class KindRow(Frozen):
    """One line of `articles.jsonl`: what kind of text an article is, in the set's own words."""

    article: str
    kind: Annotated[str, Field(min_length=1, max_length=60)]


class AboutRow(Frozen):
    """The one line of `about.jsonl`: who labelled the set, to be shown beside every score."""

    labelled_by: Annotated[str, Field(min_length=1, max_length=300)]
