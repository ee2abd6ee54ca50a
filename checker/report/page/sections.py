"""The sections of the page between the grid and the articles: which findings stand in which, and how."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from checker.report.findings import Chapter, Finding, Kind, Overview
from checker.report.words import is_complete, none
from checker.schema import Report


class Form(StrEnum):
    """How the findings of a section are shown: whole, as a list, or folded, by article where one alone has them."""

    CARDS = "cards"
    LIST = "list"
    FOLDED = "folded"
    CHAPTERS = "chapters"


@dataclass(frozen=True)
class Section:
    """One section; `chapters` has those findings by article where the form asks for it."""

    name: str
    heading: str
    about: str
    form: Form
    findings: tuple[Finding, ...]
    chapters: tuple[Chapter, ...] = ()
    nothing: str = "None."


def sections(report: Report, view: Overview) -> tuple[Section, ...]:
    """Give the sections in their order; one about what is not judged only where there is a gap."""
    made = _for_drafts(view) if report.drafts else _for_peers(view)
    first = [one if one.findings else replace(one, nothing=none(report)) for one in made]
    return tuple(one for one in first if one.name != "not-judged" or not is_complete(report))


def _for_peers(view: Overview) -> list[Section]:
    return [
        Section(
            "conflicts",
            "Conflicts",
            "Passages that cannot both be true. Which one is right is not for this report to say.",
            Form.CARDS,
            view.of(Kind.CONFLICT),
        ),
        _not_judged(view),
        Section(
            "alone",
            "Only in one article",
            "What the others do not mention. Silence is no conflict.",
            Form.CHAPTERS,
            view.of(Kind.SINGLE),
            tuple(chapter for chapter in view.chapters if chapter.alone),
        ),
        Section(
            "agreements",
            "Agreements",
            "Articles that carry largely the same text count as one.",
            Form.FOLDED,
            view.of(Kind.AGREEMENT),
        ),
    ]


def _for_drafts(view: Overview) -> list[Section]:
    return [
        Section(
            "conflicts",
            "Contradicted by the sources",
            "The draft and a source cannot both be right. Which one is, is not for this report to say.",
            Form.CARDS,
            view.of(Kind.CONFLICT),
        ),
        Section(
            "unsupported",
            "In no source",
            "What the draft says and no source does.",
            Form.LIST,
            view.of(Kind.UNSUPPORTED),
        ),
        Section(
            "missing",
            "Missing from the draft",
            "What every source says and the draft does not.",
            Form.LIST,
            view.of(Kind.MISSING),
        ),
        _not_judged(view),
        Section(
            "supported",
            "Supported",
            "What at least one source says as well.",
            Form.FOLDED,
            view.of(Kind.SUPPORTED),
        ),
        Section(
            "sources",
            "Of the sources alone",
            "What some sources say, or disagree on, and the draft does not touch.",
            Form.FOLDED,
            view.of(Kind.SOURCES),
        ),
    ]


def _not_judged(view: Overview) -> Section:
    return Section(
        "not-judged",
        "Not judged",
        "A missing answer could still change what these facts are.",
        Form.LIST,
        view.of(Kind.NOT_JUDGED),
    )
