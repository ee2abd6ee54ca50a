"""
The scorecard: what one evaluation found, as counts by event and as figures made from them.

The same sets and the same answers give the same bytes, the `run` block aside.
"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from checker.errors import InputError
from checker.files import named_bytes
from checker.schema import Aspect, Between, Frozen, Label, Usage

VERSION: Literal[1] = 1
_LARGEST = 50_000_000  # bytes
_Count = Annotated[int, Field(ge=0, lt=2**31)]
FEWEST_TO_SAY = 10
"""A slice with fewer items than this says nothing."""


class Stage(StrEnum):
    """What is scored: one stage of the check on its own, or all of it."""

    EXTRACT = "extract"
    PAIR = "pair"
    JUDGE = "judge"
    WHOLE = "whole"


class Outcome(StrEnum):
    """
    What a labelled pair or claim was given.

    `not judged`: there was no answer. `not found`: the system did not have the claim, or
    both claims, that the label is about. Neither is ever counted as right.
    """

    AGREEING = "agreeing"
    CONFLICTING = "conflicting"
    UNIQUE = "unique"
    NOT_JUDGED = "not judged"
    NOT_FOUND = "not found"


CLAIM = "claim"
NOT_LABELLED = "not labelled"
"""What stands for the label of a pair or a claim that the set does not have."""


class Ratio(Frozen):
    """
    A share from 0 to 1, and its 95 % interval, which is None where there is too little to tell.
    """

    value: float
    low: float | None = None
    high: float | None = None


class Score(Frozen):
    """
    How one label, or the claims, came out.

    `right` of `given` is the precision, `right` of `wanted` the recall; a ratio over
    nothing is None.
    """

    stage: Stage
    system: str
    what: str
    label: str
    right: int
    given: int
    wanted: int
    precision: Ratio | None
    recall: Ratio | None
    f1: Ratio | None


class Share(Frozen):
    """
    How many of `n` are as the `what` says.

    `slice` names a part of them (`aspect`, `quantity`). `per` is 1, or 1000 where the
    ratio is told per thousand. `ratio` is None where nothing can be said.
    """

    stage: Stage
    system: str
    what: str
    slice: tuple[str, str] | None = None
    hits: int
    n: int
    per: Literal[1, 1000] = 1
    ratio: Ratio | None
    by_event: dict[str, tuple[_Count, _Count]]


class Table(Frozen):
    """
    How many pairs, claims or statuses with each label by hand were given each label.

    By event, then label by hand, then outcome. Where no label is listed the label by hand
    is `unique`; what the set does not have at all is `not labelled`.
    """

    stage: Stage
    system: str
    what: Literal["pairs", "claims", "status"]
    by_event: dict[str, dict[str, dict[str, _Count]]]


class Side(Frozen):
    """One claim of an item, as a reader sees it; `where` is `article:line`."""

    where: str
    text: str
    quotes: tuple[str, ...]
    speaker: str | None


class Item(Frozen):
    """
    One pair that is labelled, or was given, something other than unique.

    `a` and `b` are the ids of labelled claims, or of found ones where the set has no such
    claim. `sides` are there where the item is wrong: as labelled, or as found.
    """

    stage: Stage
    event: str
    a: str
    b: str
    label: Label | None
    given: Outcome
    phenomenon: str | None = None
    aspect: Aspect | None = None
    between: Between | None = None
    given_aspect: Aspect | None = None
    given_between: Between | None = None
    reason: str | None = None
    sides: tuple[Side, Side] | None = None

    @property
    def is_right(self) -> bool:
        """Whether the pair was given its label."""
        return self.label is not None and self.given == self.label.value


class ClaimItem(Frozen):
    """
    A claim without a partner: `missed` or `merged` into another (labelled), `extra` or `split` off (found).
    """

    event: str
    kind: Literal["missed", "merged", "extra", "split"]
    side: Side


class Point(Frozen):
    """The candidates when the best `k` of each two articles are kept: how many pairs, and what is among them."""

    k: int | None
    kept: int
    pairs: int
    agreeing: int
    conflicting: int


class SetInfo(Frozen):
    """What a set holds, the hash of its files, and who labelled it, None where it does not say."""

    digest: str
    articles: int
    article_pairs: int
    claims: int
    pairs: int
    agreeing: int
    conflicting: int
    labelled_by: str | None = None


class Cost(Frozen):
    """Calls and tokens of one part of the run, by stage of the check; `article_pairs` is what they were for."""

    part: str
    article_pairs: int
    usage: tuple[Usage, ...]


class RunInfo(Frozen):
    """How the scorecard came about; nothing here is compared. `seconds` is the time that each system took."""

    checker: str
    notes: tuple[str, ...] = ()
    seconds: dict[str, float] = Field(default_factory=dict)


class Scorecard(Frozen):
    """
    Everything that one evaluation found. `system` names what was tested; other systems are baselines.

    `gaps` counts what has no answer: pairs, by part of the run, and steps of `extract`; parts
    without any are left out.
    """

    version: Literal[1] = VERSION
    run: RunInfo
    system: str
    prompts: dict[str, str]
    sets: dict[str, SetInfo]
    scores: tuple[Score, ...]
    shares: tuple[Share, ...]
    tables: tuple[Table, ...]
    curve: tuple[Point, ...] = ()
    costs: tuple[Cost, ...] = ()
    gaps: dict[str, int] = Field(default_factory=dict)
    items: tuple[Item, ...] = ()
    claims: tuple[ClaimItem, ...] = ()

    def score(self, stage: Stage, label: str, what: str = "pairs", system: str | None = None) -> Score | None:
        """The score of one label at one stage; of the system itself where none is named."""
        wanted = (stage, label, what, system or self.system)
        return next((s for s in self.scores if (s.stage, s.label, s.what, s.system) == wanted), None)

    def table(self, stage: Stage, what: str = "pairs", system: str | None = None) -> Table | None:
        """The table of one stage; of the system itself where none is named."""
        wanted = (stage, what, system or self.system)
        return next((t for t in self.tables if (t.stage, t.what, t.system) == wanted), None)


def render(card: Scorecard) -> str:
    """Give *card* as JSON: a line for each of its parts, and for each entry of a list."""
    parts = [f"{json.dumps(name)}: {_part(value)}" for name, value in card.model_dump(mode="json").items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def read_scorecard(path: Path) -> Scorecard:
    """Read what `render` gave; InputError says what is wrong with any other file."""
    try:
        return Scorecard.model_validate_json(named_bytes(path, _LARGEST))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"{path}: not a scorecard of this version ({field or 'the whole'}: {first['msg']}); "
            "make one with checker eval run"
        ) from error


def _part(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n " + ",\n ".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)
