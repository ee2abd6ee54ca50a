"""Report → one self-contained HTML page: nothing from elsewhere, whole without its script, printable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any

from checker.report.findings import Finding, Kind
from checker.report.page.contents import Page, contents, language
from checker.report.page.differing import pieces
from checker.report.page.links import live_link
from checker.report.page.marks import anchor
from checker.report.page.names import name_of
from checker.report.template import digest, fill, shelf
from checker.report.where import clean
from checker.report.words import (
    BETWEEN_WORDS,
    FINISH,
    KIND_WORDS,
    LABEL_WORDS,
    count,
    moment,
)
from checker.schema import Article, Claim, Label, Report

_SYMBOLS: dict[Label | None, str] = {
    Label.CONFLICTING: "\N{BLACK UP-POINTING TRIANGLE}",
    Label.AGREEING: "\N{BLACK CIRCLE}",
    Label.UNIQUE: "\N{WHITE CIRCLE}",
    None: "?",
}
# The colour and the symbol of a kind of finding are those of a label.
_LOOKS: dict[Kind, Label | None] = {
    Kind.CONFLICT: Label.CONFLICTING,
    Kind.UNSUPPORTED: Label.UNIQUE,
    Kind.MISSING: Label.UNIQUE,
    Kind.NOT_JUDGED: None,
    Kind.AGREEMENT: Label.AGREEING,
    Kind.SUPPORTED: Label.AGREEING,
    Kind.SINGLE: Label.UNIQUE,
    Kind.SOURCES: Label.UNIQUE,
}


def render(report: Report) -> str:
    """Give the whole report, with the articles' texts, as one page."""
    return _filled(contents(report))


def notebook(report: Report) -> str:
    """Give the answer, the grid and the conflicts as a frame for a notebook, apart from the notebook's own page."""
    return fill(
        '<iframe title="Fact consistency report" sandbox srcdoc="{{ page }}" '
        'style="width: 100%; height: 40rem; border: 1px solid"></iframe>',
        {},
        {},
        page=_filled(contents(report, brief=True)),
    )


def _filled(page: Page) -> str:
    script = shelf("page.js")
    names = {"anchor": anchor, "pieces": pieces, "page": page}
    return fill(
        shelf("page.html"),
        {**_filters(), "short": _Short(page.report.articles)},
        names,
        styles=(shelf("base.css"), shelf("page.css")),
        script=script,
        finish=FINISH,
        script_hash=digest(script),
    )


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "moment": moment,
        "name": name_of,
        "count": count,
        "says_more": _says_more,
        "state": lambda label: str(label or "open"),
        "look": _LOOKS.__getitem__,
        "symbol": _SYMBOLS.__getitem__,
        "label_words": LABEL_WORDS.__getitem__,
        "kind_words": KIND_WORDS.__getitem__,
        "between_words": BETWEEN_WORDS.__getitem__,
        "language": language,
        "live": live_link,
        "aspects": _aspects,
        "columns": _columns,
    }


class _Short:
    """Makes a place short: without the folder that all articles lie in."""

    def __init__(self, articles: Sequence[Article]) -> None:
        folders = {f"{PurePosixPath(clean(article.path)).parent}/" for article in articles}
        self._folder = folders.pop() if len(folders) == 1 else ""

    def __call__(self, place: str) -> str:
        """Give *place* without that folder."""
        return place.removeprefix(self._folder)


def _says_more(claim: Claim) -> bool:
    """Whether the claim's words are others than those of its first quote."""
    return claim.text.split() != claim.quotes[0].text.split()


def _aspects(finding: Finding) -> str:
    """Give what differs, and between whom, where all agree on that."""
    aspects = dict.fromkeys(str(one.verdict.aspect) for one in finding.differences if one.verdict.aspect)
    between = dict.fromkeys(one.verdict.between for one in finding.differences if one.verdict.between)
    parts = [" and ".join(aspects), BETWEEN_WORDS[next(iter(between))] if len(between) == 1 else ""]
    return ", ".join(filter(None, parts))


def _columns(finding: Finding, page: Page) -> str:
    """Give the numbers of the articles that speak of it, with spaces between."""
    inside = {side.article.id for side in finding.sides}
    return " ".join(str(one.number) for one in page.view.chapters if one.article.id in inside)
