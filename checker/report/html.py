"""Report → one self-contained HTML page: no script, nothing from elsewhere, printable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from checker.report.findings import Chapter, Overview
from checker.report.marks import Stretch, anchor, paragraphs
from checker.report.overview import overview
from checker.report.template import fill
from checker.report.words import (
    BETWEEN_WORDS,
    LABEL_WORDS,
    engine,
    gaps,
    headline,
    inventory,
    moment,
    share,
    spent,
    subject,
)
from checker.schema import Article, Claim, Failure, Label, Report

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SYMBOLS: dict[Label | None, str] = {
    Label.CONFLICTING: "\N{BLACK UP-POINTING TRIANGLE}",
    Label.AGREEING: "\N{BLACK CIRCLE}",
    Label.UNIQUE: "\N{WHITE CIRCLE}",
    None: "?",
}
_ORDER = (Label.CONFLICTING, Label.AGREEING, Label.UNIQUE, None)


@dataclass(frozen=True)
class _Bar:
    """How many facts carry one label, for the bar under the answer."""

    label: Label | None
    number: int


@dataclass(frozen=True)
class _Text:
    """One article as it is printed; `link` is an address that may be opened, or None."""

    chapter: Chapter
    paragraphs: tuple[tuple[Stretch, ...], ...]
    link: str | None
    language: str | None
    quoted: str


@dataclass(frozen=True)
class _Failed:
    """One step without an answer, in words."""

    step: str
    about: str
    error: str


@dataclass(frozen=True)
class _Page:
    """All that the template prints."""

    report: Report
    view: Overview
    headline: str
    inventory: str
    engine: str
    gaps: str
    bars: tuple[_Bar, ...]
    texts: tuple[_Text, ...]
    failed: tuple[_Failed, ...]
    names: dict[str, str]
    run: tuple[tuple[str, str], ...]
    usage: tuple[tuple[str, str], ...]


def render(report: Report) -> str:
    """Give the whole report, with the articles' texts, as one page."""
    template = files(__package__).joinpath("page.html").read_text("utf-8")
    return fill(template, _filters(), {"anchor": anchor}, page=_page(report))


def safe_link(url: str | None) -> str | None:
    """Give *url* if it may stand in a link: an http or https address of a host, in printable signs."""
    if url is None or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "moment": moment,
        "name": _name,
        "says_more": _says_more,
        "state": lambda label: str(label or "open"),
        "symbol": _SYMBOLS.__getitem__,
        "label_words": LABEL_WORDS.__getitem__,
        "between_words": BETWEEN_WORDS.__getitem__,
        "language": _language,
    }


def _name(article: Article) -> str:
    """Give the title of *article*, else the name of its file."""
    return article.title or PurePosixPath(article.path).name


def _says_more(claim: Claim) -> bool:
    """Whether the claim's words are others than those of its first quote."""
    return claim.text.split() != claim.quotes[0].text.split()


def _page(report: Report) -> _Page:
    view = overview(report)
    names = {article.id: article.path for article in report.articles}
    return _Page(
        report=report,
        view=view,
        headline=headline(report, view),
        inventory=inventory(report, view),
        engine=engine(report),
        gaps=gaps(report),
        bars=tuple(_bars(report)),
        texts=tuple(_texts(report, view)),
        failed=tuple(_failed(failure, names) for failure in report.failures),
        names=names,
        run=tuple(_run(report)),
        usage=tuple((usage.stage, spent(usage)) for usage in report.run.usage),
    )


def _bars(report: Report) -> Iterator[_Bar]:
    facts = report.counts.facts
    numbers = (facts.conflicting, facts.agreeing, facts.unique, facts.not_judged)
    yield from (_Bar(label, number) for label, number in zip(_ORDER, numbers, strict=True) if number)


def _texts(report: Report, view: Overview) -> Iterator[_Text]:
    quoted = {one.article: share(one.quoted, one.total) for one in report.coverage}
    for chapter in view.chapters:
        article = chapter.article
        yield _Text(
            chapter=chapter,
            paragraphs=paragraphs(chapter),
            link=safe_link(article.url),
            language=_language(article.language),
            quoted=quoted.get(article.id, ""),
        )


def _failed(failure: Failure, names: dict[str, str]) -> _Failed:
    return _Failed(step=failure.step, about=subject(failure, names), error=failure.error)


def _run(report: Report) -> Iterator[tuple[str, str]]:
    run = report.run
    yield ("Program", f"fact-consistency-checker {run.checker}")
    yield ("Engine", run.engine)
    yield ("Model", "none" if run.model is None else run.model)
    yield from ((f"Prompt {name}", digest) for name, digest in sorted(run.prompts.items()))
    yield from ((name[:1].upper() + name[1:], value) for name, value in sorted(run.settings.items()))
    yield from (("Note", note) for note in run.notes)


def _language(tag: str | None) -> str | None:
    """Give *tag* if it can be one of a language."""
    return tag if tag and _LANGUAGE.fullmatch(tag) else None
