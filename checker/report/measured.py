"""What was measured of the engine that made a report, in words: no promise stands without its figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from checker.schema import Frozen, Report
from checker.settings import BUILTIN

PLACE = "measured.json"
"""The file with the figures, beside this one; `docs/generate.py` writes it from the accepted scorecard."""


class Figure(Frozen):
    """A share from 0 to 1 with its 95 % interval, whose ends are None where there is too little to tell."""

    value: float
    low: float | None
    high: float | None

    def __str__(self) -> str:
        r"""
        Give it with two places; the ends of the scale only where they are exact.

        >>> ascii(str(Figure(value=0.8171, low=0.001, high=0.999)))
        "'0.82 (<0.01\\u2013>0.99)'"
        """
        if self.low is None or self.high is None:
            return _places(self.value)
        return f"{_places(self.value)} ({_places(self.low)}\N{EN DASH}{_places(self.high)})"


class Strict(Frozen):
    """How a label came out by claims: `right` of `given` is the precision, `right` of `labelled` the recall."""

    right: int
    given: int
    labelled: int
    precision: Figure
    recall: Figure


class Share(Frozen):
    """How many of `n`."""

    hits: int
    n: int
    share: Figure


class System(Frozen):
    """
    What was measured of one engine, from the articles to the labels; `model` is None for the built-in one.

    By passage, `found` counts the labelled conflicts that were reported, `confirmed` the
    reported ones that are labelled.
    """

    model: str | None
    conflicting: Strict
    agreeing: Strict
    found: Share
    confirmed: Share


class Scores(Frozen):
    """
    All that is in the file: what was labelled and by whom, how to read the figures, and the figures.

    `accepted` is the day, ISO 8601, on which the scorecard was accepted.
    """

    sets: int
    articles: int
    pairs: int
    accepted: str
    labelled_by: str
    care: tuple[str, ...]
    prompts: dict[str, str]
    systems: tuple[System, ...]


@dataclass(frozen=True)
class Measured:
    """
    What was measured that comes nearest to what made a report.

    `other` names what was not the same; None where just what made the report was measured.
    """

    scores: Scores
    system: System
    other: Literal["model", "prompts"] | None

    @property
    def line(self) -> str:
        """The figures of conflicts in one sentence, for a terminal."""
        found = self.system.conflicting
        # In short, without what the labellers read: the sentences below tell it.
        labellers = self.scores.labelled_by.partition(" that ")[0]
        sets = f"n {self.scores.sets} labelled sets (labels by {labellers})"
        figures = f"conflicts with precision {found.precision}, recall {found.recall}, n={found.labelled}."
        if self.other:
            return f"{self._not_measured}: o{sets} {figures}"
        return f"O{sets} {self._who} finds {figures}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """All figures and how to read them, for the foot of a page."""
        return tuple(self._sentences())

    @property
    def _who(self) -> str:
        return "this setup" if self.system.model is not None else "the built-in engine"

    @property
    def _not_measured(self) -> str:
        if self.other == "model":
            return f"Measured with another model ({self.system.model}); this one was not measured"
        return "Measured with other prompts; these were not measured"

    def _sentences(self) -> Iterator[str]:
        scores, system = self.scores, self.system
        lead = f"{self._not_measured}: on" if self.other else f"{self._who.capitalize()} was measured on"
        yield (
            f"{lead} {scores.sets} sets, {scores.articles} articles and {scores.pairs:,} pairs of claims, "
            f"labelled by {scores.labelled_by}; accepted on {scores.accepted}."
        )
        yield f"Conflicts: {_strictly(system.conflicting)}."
        yield f"Agreements: {_strictly(system.agreeing)}."
        yield "This is strict: both claims of a pair must be cut as in the set."
        yield (
            f"By passage, however the claims are cut: of {_met(system.found, 'labelled', 'reported')}; "
            f"of {_met(system.confirmed, 'reported', 'labelled')}."
        )
        yield "In brackets are 95 % intervals, by drawing whole sets."
        yield from scores.care


def measured(report: Report) -> Measured | None:
    """Give what was measured of what made *report*, or comes nearest; None where nothing does."""
    scores, run = _scores(), report.run
    if run.model is None:
        own = [one for one in scores.systems if one.model is None and run.engine == BUILTIN]
        return Measured(scores, own[0], None) if own else None
    models = [one for one in scores.systems if one.model is not None]
    system = next((one for one in models if one.model == run.model), models[0])
    if system.model != run.model:
        return Measured(scores, system, "model")
    return Measured(scores, system, None if run.prompts.items() <= scores.prompts.items() else "prompts")


def _places(value: float) -> str:
    shown = f"{value:.2f}"
    if value > 0 and shown == "0.00":
        return "<0.01"
    return ">0.99" if value < 1 and shown == "1.00" else shown


def _strictly(one: Strict) -> str:
    precision = f"precision {one.precision}, {one.right:,} of {one.given:,} reported"
    return f"{precision}; recall {one.recall}, {one.right:,} of {one.labelled:,} labelled"


def _met(one: Share, these: str, those: str) -> str:
    return f"{one.n:,} {these} conflicts {one.hits:,} are {those}, {one.share}"


@cache
def _scores() -> Scores:
    return Scores.model_validate_json(files(__package__).joinpath(PLACE).read_bytes())
