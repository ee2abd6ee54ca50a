"""The nouns: frozen values that the rooms hand on. One word per idea, everywhere."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

FORMAT_VERSION = 1


class Frozen(BaseModel):
    """A value: it cannot change and holds nothing it does not declare."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Label(StrEnum):
    """What two claims of different articles are to each other."""

    AGREEING = "agreeing"
    CONFLICTING = "conflicting"
    UNIQUE = "unique"


class Aspect(StrEnum):
    """What differs in a conflict."""

    QUANTITY = "quantity"
    TIME = "time"
    PLACE = "place"
    ENTITY = "entity"
    POLARITY = "polarity"
    ATTRIBUTION = "attribution"
    CAUSE = "cause"
    MODALITY = "modality"
    OTHER = "other"


class Between(StrEnum):
    """Who contradicts whom: the articles, or the people whom they quote."""

    ARTICLES = "articles"
    SPEAKERS = "speakers"


class Article(Frozen):
    """
    One article as it was read.

    `text` is the text as published; every offset of the program counts characters of it.
    `published` is ISO 8601, a date or a date with a time; None where nothing gives it.
    `record` is the line or position (from 1) in a file that holds several articles.
    """

    id: str
    path: str
    format: Literal["text", "html", "json"]
    record: int | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    text: str


class Quote(Frozen):
    """A verbatim stretch of an article: `article.text[start:end] == text`, always."""

    text: Annotated[str, Field(min_length=1)]
    start: Annotated[int, Field(ge=0)]
    end: int

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"{self.start}:{self.end} is not the span of {len(self.text)} characters")
        return self


class Claim(Frozen):
    """
    The smallest statement of an article that could be true or false.

    `article` is the article's id; `quotes` are in the order of the text, at least one.
    """

    id: str
    article: str
    text: Annotated[str, Field(min_length=1)]
    speaker: str | None
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1)]


class Pair(Frozen):
    """Two claims of different articles, and why they were put side by side."""

    a: Claim
    b: Claim
    why: str

    @model_validator(mode="after")
    def _different_articles(self) -> Self:
        if self.a.article == self.b.article:
            raise ValueError(f"{self.a.id} and {self.b.id} are of one article")
        return self


class Group(Frozen):
    """
    Claims to be compared in one go: every row with every column of another article.

    `articles` are those the claims are of. `alike` are the pairs of a row and a column
    that look alike by their words, best first.
    """

    articles: tuple[Article, ...]
    rows: tuple[Claim, ...]
    columns: tuple[Claim, ...]
    alike: tuple[Pair, ...] = ()


class Verdict(Frozen):
    """
    What was decided of one pair; `a` and `b` are claim ids.

    `aspect`, `between` and `differs` (the value of `a`, the value of `b`) belong to a
    conflict and are None elsewhere. `reason` is None where a first answer stood unchecked.
    """

    a: str
    b: str
    label: Label
    aspect: Aspect | None = None
    between: Between | None = None
    differs: tuple[str, str] | None = None
    reason: str | None = None

    @model_validator(mode="after")
    def _notes_belong_to_a_conflict(self) -> Self:
        if self.label != Label.CONFLICTING and (self.aspect or self.between or self.differs):
            raise ValueError(f"aspect, between and differs belong to a conflict, not to {self.label}")
        return self


class Value(Frozen):
    """What one article says of one fact: in words, and by which of its claims."""

    article: str
    text: str
    claims: tuple[str, ...]


class Fact(Frozen):
    """
    A group of claims that speak of one fact; a conflict's `title` takes no side.

    `label` is `conflicting` if any two of its claims conflict, `agreeing` if any agree,
    `unique` for a claim alone, and None where a missing answer could still change that.
    """

    id: str
    label: Label | None
    title: str
    values: tuple[Value, ...]


class Failure(Frozen):
    """
    What a step left without an answer: where one reply was to judge many pairs, one for each.

    `articles` are the ids it was about. Where claims were being compared, every pair of
    one of `a` with one of `b` (claim ids) is left without a verdict.
    """

    step: Literal["extract", "judge", "verify"]
    articles: tuple[str, ...]
    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    error: str


class Ungrounded(Frozen):
    """A claim that was offered with a quote the article does not hold; it is not kept."""

    article: str
    text: str
    quotes: tuple[str, ...]


class Usage(Frozen):
    """
    Calls and tokens of one stage: those paid in this run, and those kept from before.

    Tokens are as the endpoint counted them; `cost` is in US dollars, None if the price
    is not known.
    """

    stage: str
    calls: int = 0
    kept: int = 0
    reasks: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    kept_tokens_in: int = 0
    kept_tokens_out: int = 0
    cost: float | None = None

    @property
    def all_calls(self) -> int:
        """Calls paid in this run and kept from before."""
        return self.calls + self.kept

    @property
    def all_tokens_in(self) -> int:
        """Tokens sent, in this run and before."""
        return self.tokens_in + self.kept_tokens_in

    @property
    def all_tokens_out(self) -> int:
        """Tokens received, in this run and before."""
        return self.tokens_out + self.kept_tokens_out


class Coverage(Frozen):
    """How much of an article's text its claims quote: characters quoted, of all that count."""

    article: str
    quoted: int
    total: int


class Run(Frozen):
    """How a report came about. No clock; nothing here is compared between runs."""

    checker: str
    engine: str
    model: str | None = None
    prompts: dict[str, str] = Field(default_factory=dict)
    settings: dict[str, str] = Field(default_factory=dict)
    usage: tuple[Usage, ...] = ()
    notes: tuple[str, ...] = ()


class Tally(Frozen):
    """How many of a kind carry each label, and how many have none yet."""

    agreeing: int = 0
    conflicting: int = 0
    unique: int = 0
    not_judged: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.agreeing + self.conflicting + self.unique + self.not_judged


class Counts(Frozen):
    """The report in numbers. `pairs` are all cross-article pairs of claims."""

    articles: int
    claims: Tally
    pairs: Tally
    facts: Tally
    ungrounded: int
    failures: int
    skipped: int


class Remark(Frozen):
    """Something about one input that the user should know: what, where, how to mend it."""

    path: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem} \N{RIGHTWARDS ARROW} {self.mend}"


class Report(Frozen):
    """
    Everything that one check found, and everything it could not find out.

    `statuses` gives each claim's own status over all articles, None where a missing
    answer could still change it. `skipped` are the inputs that were not read, `remarks`
    what was noticed about those that were. `drafts` are the ids of the articles that were
    held against the others; empty where all are equals. `accepted` gives the reason for
    each finding, by its id, that somebody has accepted.
    """

    run: Run
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    statuses: dict[str, Label | None]
    verdicts: tuple[Verdict, ...]
    facts: tuple[Fact, ...]
    counts: Counts
    ungrounded: tuple[Ungrounded, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    drafts: tuple[str, ...] = ()
    accepted: dict[str, str] = Field(default_factory=dict)

    def labelled(self, label: Label) -> tuple[Verdict, ...]:
        """
        The verdicts with *label*, in the order of the report.

        Raises ValueError, with the labels that there are, for what is none of them.
        """
        if label not in tuple(Label):
            raise ValueError(f"{label!r} is no label; labels are {', '.join(Label)}")
        return tuple(verdict for verdict in self.verdicts if verdict.label == label)

    def to_dataframe(self) -> Any:
        """
        Give a pandas DataFrame with one row for each claim of a finding: `docs/formats.md`.

        Raises SettingsError where the extra `frame` is not installed.
        """
        return _door("frame").to_dataframe(self)

    def _repr_html_(self) -> str:
        """Give what a notebook shows: the answer, the facts by article and the conflicts."""
        shown: str = _door("html").notebook(self)
        return shown


def _door(name: str) -> Any:
    """Open a room of `report/`, so that a report can show itself: the one door upward, by name."""
    return import_module(f"checker.report.{name}")
