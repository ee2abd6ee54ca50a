"""All that the HTML page prints, prepared here so that the template only prints it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.report.findings import Chapter, Kind, Overview
from checker.report.measured import measured
from checker.report.overview import overview
from checker.report.page.grid import Row, grid
from checker.report.page.links import safe_link
from checker.report.page.marks import Stretch, paragraphs
from checker.report.page.names import columns, name_of
from checker.report.page.sections import Section, sections
from checker.report.spending import spent
from checker.report.unanswered import Unanswered, unanswered
from checker.report.where import clean
from checker.report.words import (
    KIND_WORDS,
    engine,
    gaps,
    headline,
    inventory,
    none,
    share,
    subject,
)
from checker.schema import Article, Report

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MOST_PATHS = 8
# How the note of a run begins whose answers came from a folder of recordings.
_REPLAYED = "Answers were replayed"


@dataclass(frozen=True)
class Bar:
    """How many findings of one kind nobody accepted, for the bar under the answer; `section` is where they stand."""

    kind: Kind
    words: str
    number: int
    section: str


@dataclass(frozen=True)
class Text:
    """
    One article as it is printed.

    `link` is an address that may be opened, or None; `copy` says of which article it is
    largely the same text, and is empty for an independent one.
    """

    chapter: Chapter
    paragraphs: tuple[tuple[Stretch, ...], ...]
    link: str | None
    language: str | None
    quoted: str
    copy: str
    n_words: int


@dataclass(frozen=True)
class Failed:
    """One step without an answer, in words."""

    step: str
    about: str
    error: str


@dataclass(frozen=True)
class Command:
    """The command that makes the report again; `n_more` files are too many to stand in it."""

    text: str
    n_more: int


@dataclass(frozen=True)
class Page:
    """
    All that the template prints.

    `brief` leaves out all but the answer, the grid and the conflicts. `names` are the paths of
    the articles and `columns` what their columns are called, both by id. `no_rows` stands where
    the grid is empty. `reviewed` names the
    first section with something to judge; it offers the judgements for download.
    """

    report: Report
    view: Overview
    brief: bool
    headline: str
    inventory: str
    engine: str
    gaps: str
    bars: tuple[Bar, ...]
    rows: tuple[Row, ...]
    no_rows: str
    sections: tuple[Section, ...]
    reviewed: str
    texts: tuple[Text, ...]
    failed: tuple[Failed, ...]
    names: dict[str, str]
    columns: dict[str, str]
    run: tuple[tuple[str, str], ...]
    usage: tuple[tuple[str, str], ...]
    command: Command
    measured: tuple[str, ...]


def contents(report: Report, *, brief: bool = False) -> Page:
    """Lay out *report*; with *brief* without its articles in full."""
    view = overview(report)
    names = {article.id: article.path for article in report.articles}
    made = sections(report, view)
    return Page(
        report=report,
        view=view,
        brief=brief,
        headline=headline(report, view),
        inventory=inventory(report, view),
        engine=engine(report),
        gaps=gaps(report),
        bars=tuple(_bars(made)),
        rows=grid(report, view),
        no_rows=none(report, "No fact is told by more than one article."),
        sections=made,
        reviewed=next((one.name for one in made if any(each.differences for each in one.findings)), ""),
        texts=() if brief else tuple(_texts(report, view)),
        failed=tuple(_failed(one, names) for one in unanswered(report)),
        names=names,
        columns=columns(view.chapters),
        run=tuple(_run(report)),
        usage=tuple((usage.stage, spent(usage)) for usage in report.run.usage),
        command=_command(report),
        measured=found.sentences if (found := measured(report)) else (),
    )


def language(tag: str | None) -> str | None:
    """Give *tag* if it can be one of a language."""
    return tag if tag and _LANGUAGE.fullmatch(tag) else None


def _bars(made: tuple[Section, ...]) -> Iterator[Bar]:
    filled = [section for section in made if section.findings]
    for section in sorted(filled, key=lambda one: one.findings[0].number):
        kind = section.findings[0].kind
        words = "agree" if kind == Kind.AGREEMENT else KIND_WORDS[kind]
        if number := sum(one.accepted is None for one in section.findings):
            yield Bar(kind, words, number, section.name)


def _texts(report: Report, view: Overview) -> Iterator[Text]:
    quoted = {one.article: share(one.quoted, one.total) for one in report.coverage}
    names = {chapter.article.id: name_of(chapter.article) for chapter in view.chapters}
    copies = {
        one.article: f"{share(round(one.share * 1000), 1000)} of its text is also in {clean(names[one.of])}"
        for one in view.texts.copies
    }
    for chapter in view.chapters:
        article = chapter.article
        yield Text(
            chapter=chapter,
            paragraphs=paragraphs(chapter),
            link=safe_link(article.url),
            language=language(article.language),
            quoted=quoted.get(article.id, ""),
            copy=copies.get(article.id, ""),
            n_words=len(article.text.split()),
        )


def _failed(one: Unanswered, names: dict[str, str]) -> Failed:
    return Failed(step=one.step, about=subject(one, names), error=one.error)


def _run(report: Report) -> Iterator[tuple[str, str]]:
    run = report.run
    yield ("Program", f"fact-consistency-checker {run.checker}")
    yield ("Engine", run.engine)
    yield ("Model", "none" if run.model is None else run.model)
    yield from ((f"Prompt {prompt}", seal) for prompt, seal in sorted(run.prompts.items()))
    yield from ((title[:1].upper() + title[1:], value) for title, value in sorted(run.settings.items()))
    yield from (("Note", note) for note in run.notes)


def _command(report: Report) -> Command:
    """Give the command that makes this report again, from the folder it was made in."""
    drafts = _files(article for article in report.articles if article.id in report.drafts)
    others = _files(article for article in report.articles if article.id not in report.drafts)
    words = ["checker check", _listed(drafts), "--against", _listed(others)]
    words = words if drafts else ["checker check", _listed(others)]
    if report.run.model:
        words.append(f"--model {shlex.quote(clean(report.run.model))}")
    if any(note.startswith(_REPLAYED) for note in report.run.notes):
        words.append("--replay FOLDER")
    return Command(" ".join(words), sum(max(len(paths) - _MOST_PATHS, 0) for paths in (drafts, others)))


def _files(articles: Iterable[Article]) -> list[str]:
    """Give the file of each article, once where it holds several; none looks like an option."""
    paths = dict.fromkeys(clean(article.path) for article in articles)
    return [f"./{path}" if path.startswith("-") else path for path in paths]


def _listed(paths: list[str]) -> str:
    more = " …" if len(paths) > _MOST_PATHS else ""
    return " ".join(shlex.quote(path) for path in paths[:_MOST_PATHS]) + more
