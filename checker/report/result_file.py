"""
The result file, version 1, part by part.

These values mirror the nouns of `checker.schema` but are the file's own: the file keeps
its shape while the nouns change. Every key is always written; null means not known.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from checker.schema import Aspect, Between, Frozen, Label

# The largest whole number that every reader of JSON has exactly.
_MOST = 2**53 - 1
_Count = Annotated[int, Field(ge=0, le=_MOST)]
_Dollars = Annotated[float, Field(ge=0, le=_MOST)]
# A JSON file knows no tuples and no enums: these two are made from arrays and strings.
_Names = Annotated[tuple[str, ...], Field(strict=False)]
_Label = Annotated[Label, Field(strict=False)]


class Part(Frozen):
    """A closed object of the file: no value is converted, no key is unknown."""

    model_config = ConfigDict(strict=True)


class QuotePart(Part):
    """A verbatim stretch of an article."""

    text: str = Field(min_length=1, description="The words as published: article text from start to end.")
    start: _Count = Field(
        description="Where it begins: characters (Unicode code points) of the article's text, from 0."
    )
    end: _Count = Field(description="Where it ends: the character after its last.")


class ArticlePart(Part):
    """One article as it was read."""

    id: str = Field(description="Names the article within this file.")
    path: str = Field(description="Where it was read, as given on the command line.")
    format: Literal["text", "html", "json"] = Field(description="What kind of file it was read from.")
    record: Annotated[int, Field(ge=1, le=_MOST)] | None = Field(
        description="Line or position, from 1, in a file that holds several articles."
    )
    title: str | None = Field(description="Its title, null if not known.")
    source: str | None = Field(description="Who published it, null if not known.")
    url: str | None = Field(
        description="Where it was published, null if not known; not checked, so do not open it blindly."
    )
    published: str | None = Field(
        description="ISO 8601 date, or date with time, of publication; null if not known."
    )
    language: str | None = Field(description="BCP 47 tag of its language, null if not known.")
    text: str = Field(description="The text as published; every offset of this file counts its characters.")


class ClaimPart(Part):
    """The smallest statement of an article that could be true or false."""

    id: str = Field(
        description="Names the claim within this file; the same article and span give the same id."
    )
    article: str = Field(description="Id of the article that makes the claim.")
    text: str = Field(min_length=1, description="The claim in words that stand alone.")
    speaker: str | None = Field(
        description="In whose mouth the article puts it; null for the article's own voice."
    )
    quotes: Annotated[tuple[QuotePart, ...], Field(strict=False)] = Field(
        min_length=1, description="Where the article says it, in the order of the text."
    )
    status: _Label | None = Field(
        description="Over all articles: conflicting, agreeing or unique; null where a missing answer could change it."
    )


class VerdictPart(Part):
    """What was decided of two claims of different articles."""

    a: str = Field(description="Id of one claim.")
    b: str = Field(description="Id of the other claim, of another article.")
    label: _Label = Field(description="agreeing, conflicting or unique (not the same fact).")
    aspect: Annotated[Aspect, Field(strict=False)] | None = Field(
        description="What differs in a conflict; else null."
    )
    between: Annotated[Between, Field(strict=False)] | None = Field(
        description="Who contradicts whom in a conflict: the articles, or the people they quote; else null."
    )
    differs: Annotated[tuple[str, str], Field(strict=False)] | None = Field(
        description="What a says and what b says, shortest form; null outside a conflict or if not known."
    )
    reason: str | None = Field(description="Why, in words; null where none was given.")


class ValuePart(Part):
    """What one article says of one fact."""

    article: str = Field(description="Id of the article.")
    text: str = Field(description="What it says, in words.")
    claims: _Names = Field(min_length=1, description="Ids of its claims about the fact.")


class FactPart(Part):
    """Claims that speak of one fact; every claim is in exactly one."""

    id: str = Field(description="Names the fact; the same claims give the same id.")
    label: _Label | None = Field(
        description="conflicting if any two of its claims are, else agreeing if any are, unique for a claim alone; "
        "null where a missing answer could change it."
    )
    title: str = Field(
        description="The fact in words, as its first claim has it; of a conflict, what both sides say, or both values."
    )
    values: Annotated[tuple[ValuePart, ...], Field(strict=False)] = Field(
        min_length=1, description="What each article says of it."
    )


class UngroundedPart(Part):
    """A claim that was offered with a quote the article does not hold; it is not among the claims."""

    article: str = Field(description="Id of the article.")
    text: str = Field(description="The claim as it was offered.")
    quotes: _Names = Field(description="The words offered as quotes; they are not in the article.")


class CoveragePart(Part):
    """How much of an article its claims quote."""

    article: str = Field(description="Id of the article.")
    quoted: _Count = Field(description="Characters that a quote covers, white space left out.")
    total: _Count = Field(description="Characters of the text, white space left out.")


class FailurePart(Part):
    """What a step left without an answer, and so is not judged; one reply that cannot be used may leave many."""

    step: Literal["extract", "judge", "verify"] = Field(description="Which step failed.")
    articles: _Names = Field(description="Ids of the articles it was about.")
    a: _Names = Field(description="Ids of claims: each pair of one of a with one of b has no verdict.")
    b: _Names = Field(description="Ids of claims on the other side.")
    error: str = Field(description="What went wrong.")


class RemarkPart(Part):
    """Something about one input that the user should know."""

    path: str = Field(description="Which input.")
    problem: str = Field(description="What is the matter.")
    mend: str = Field(description="How to mend it.")


class UsagePart(Part):
    """Calls and tokens of one stage."""

    stage: str = Field(description="Which stage.")
    calls: _Count = Field(description="Calls paid in this run.")
    kept: _Count = Field(description="Answers kept from before, not paid again.")
    reasks: _Count = Field(description="Calls that asked again because a reply did not fit; part of calls.")
    tokens_in: _Count = Field(description="Tokens sent in this run.")
    tokens_out: _Count = Field(description="Tokens received in this run.")
    kept_tokens_in: _Count = Field(description="Tokens sent for the kept answers, when they were paid.")
    kept_tokens_out: _Count = Field(description="Tokens received for the kept answers, when they were paid.")
    cost: _Dollars | None = Field(description="US dollars paid in this run; null if the price is not known.")


class RunPart(Part):
    """How the report came about; nothing here is compared between runs."""

    checker: str = Field(description="Version of the program.")
    engine: str = Field(description="What extracted and compared: builtin asks no language model.")
    model: str | None = Field(description="Name of the language model; null where none was used.")
    prompts: dict[str, str] = Field(description="Each prompt's name and the start of the hash of its words.")
    settings: dict[str, str] = Field(description="What was set for the run; no keys, no secrets.")
    usage: Annotated[tuple[UsagePart, ...], Field(strict=False)] = Field(
        description="Calls and tokens by stage."
    )
    notes: _Names = Field(description="What a reader of the report should know about the run.")


class TallyPart(Part):
    """How many of a kind carry each label."""

    agreeing: _Count = Field(description="How many agree.")
    conflicting: _Count = Field(description="How many conflict.")
    unique: _Count = Field(description="How many are neither.")
    not_judged: _Count = Field(description="How many a missing answer leaves open.")


class CountsPart(Part):
    """The report in numbers."""

    articles: _Count = Field(description="Articles that were compared.")
    claims: TallyPart = Field(description="Claims by status.")
    pairs: TallyPart = Field(
        description="All pairs of claims of different articles; those without a verdict are unique."
    )
    facts: TallyPart = Field(description="Facts by label.")
    ungrounded: _Count = Field(description="Claims not kept because their quotes are not in the article.")
    failures: _Count = Field(description="Entries of failures, of which one reply may have left many.")
    skipped: _Count = Field(description="Inputs that were not read.")


class ResultFile(Part):
    """What one check found, and what it could not find out."""

    model_config = ConfigDict(title="Result of a fact consistency check")

    version: Literal[1] = Field(description="Version of this format.")
    run: RunPart = Field(description="How the report came about.")
    articles: Annotated[tuple[ArticlePart, ...], Field(strict=False)] = Field(
        description="The articles, with their text."
    )
    claims: Annotated[tuple[ClaimPart, ...], Field(strict=False)] = Field(
        description="The claims, by article."
    )
    verdicts: Annotated[tuple[VerdictPart, ...], Field(strict=False)] = Field(
        description="The pairs that were decided. A pair of claims of different articles that is neither here nor "
        "in a failure is unique."
    )
    facts: Annotated[tuple[FactPart, ...], Field(strict=False)] = Field(
        description="The claims, grouped by fact."
    )
    ungrounded: Annotated[tuple[UngroundedPart, ...], Field(strict=False)] = Field(
        description="Claims not kept."
    )
    coverage: Annotated[tuple[CoveragePart, ...], Field(strict=False)] = Field(
        description="How much of each article is quoted."
    )
    failures: Annotated[tuple[FailurePart, ...], Field(strict=False)] = Field(
        description="What has no answer: for extract one entry for each article or part of it, for judge one for "
        "some claims of two articles, for verify one for each pair of claims, however many one reply was to judge. "
        "Reports count as one step those that have step, articles and error in common."
    )
    skipped: Annotated[tuple[RemarkPart, ...], Field(strict=False)] = Field(
        description="Inputs that were not read, and why."
    )
    remarks: Annotated[tuple[RemarkPart, ...], Field(strict=False)] = Field(
        description="What was noticed about inputs that were read."
    )
    drafts: _Names = Field(
        description="Ids of the articles held against the others; empty where all are equals."
    )
    accepted: dict[str, str] = Field(
        description="Findings that somebody accepted: the reason, by the finding's id."
    )
    counts: CountsPart = Field(description="All of it in numbers.")
