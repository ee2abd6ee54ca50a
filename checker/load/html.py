"""A saved web page → its article, without what the page hides from its readers."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from checker.load.about import shortened
from checker.load.dates import opening_date, parse_date
from checker.load.hidden import remove, remove_hidden
from checker.load.reading import Contents, Reading, Unusable, noted, one_line, sound

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped] # lxml ships no types

# What trafilatura and lxml read in seconds; a long live page has some 20,000 elements.
MOST_ELEMENTS = 30_000
MOST_ATTRIBUTES = 1_000
# Among those side by side, the library's time grows with their square.
MOST_CHILDREN = 5_000
# Deeper down, lxml stops reading and says nothing.
MOST_LEVELS = 250
# The library's own bound is the day of the run; only what the page declares is searched.
_LATEST = "2200-01-01"
_HOST = re.compile(r"https?://(?:www\.)?([^/]+)")


def read_html(path: str, text: str) -> Contents:
    """Give the article of the page *text*, and say how many hidden pieces were left out."""
    # The library takes long to import, and most runs need no page read.
    from trafilatura import extract, load_html  # noqa: PLC0415 - see above

    _measure(text)
    tree = load_html(text)
    if tree is None or tree.tag != "html":
        tree = load_html(f"<html><body>{text}</body></html>")
    if tree is None:
        raise Unusable("not a web page that can be read", "save the article as plain text")
    hidden = remove_hidden(tree)
    # All of them are judged by now; the library would drop what holds the word, as in `overflow: hidden`.
    for element in tree.iter():
        element.attrib.pop("style", None)
    about = _about(tree)
    # Scripts go last: the page's own data on its title and date (JSON-LD) is in one.
    remove(tree, tree.iter("script"))
    words = extract(tree, favor_precision=True, include_comments=False, include_tables=False)
    if not words or not words.strip():
        why = f" (hidden pieces left out: {hidden})" if hidden.pieces else ""
        raise Unusable(f"no article found in the page{why}", "save the article as plain text")
    reading = Reading(
        path=path,
        format="html",
        text=_paragraphs(words),
        title=one_line(about.title),
        source=one_line(about.sitename),
        url=one_line(about.url),
        published=parse_date(about.date or "") or opening_date(words),
        language=one_line(tree.get("lang")),
    )
    problem = f"hidden pieces of the page left out: {hidden}"
    left_out = noted(path, problem, "look at the page if the article seems short")
    return Contents((sound(reading),), remarks=(left_out,) if hidden.pieces else ())


def _about(tree: HtmlElement) -> Any:
    """
    What the page says about itself: `title`, `sitename`, `url` and `date`.

    The library finds them, part by part: its function for all of them also looks for authors
    and a licence, which takes minutes in a page of nested footers.
    """
    from htmldate import find_date  # noqa: PLC0415 - slow to import
    from trafilatura import metadata  # noqa: PLC0415 - slow to import

    short = shortened(tree)
    said = metadata.examine_meta(short)
    # The library fails on data that is not of the shape it knows, and keeps what it has by then.
    with contextlib.suppress(Exception):
        said = metadata.extract_meta_json(short, said)
    said.title = said.title or metadata.extract_title(short)
    said.url = said.url or metadata.extract_url(short)
    said.date = find_date(short, url=said.url, original_date=True, extensive_search=False, max_date=_LATEST)
    said.sitename = _site(said.sitename or metadata.extract_sitename(short), said.url)
    said.clean_and_trim()
    return said


def _site(name: str | None, url: str | None) -> str | None:
    """The name of the site as a name, `@vellin_post` as `Vellin_Post`; without one, the host of *url*."""
    plain = (name or "").lstrip("@")
    if not name:
        host = _HOST.match(url or "")
        return host[1] if host else None
    return plain if "." in plain or plain[:1].isupper() else plain.title()


def _paragraphs(words: str) -> str:
    """The blocks of the page, a blank line between them: a heading is no part of what follows it."""
    return "\n\n".join(line for line in words.split("\n") if line.strip())


class _Measure:
    """What the parser tells of a page while it builds nothing."""

    def __init__(self) -> None:
        self.elements = self.attributes = self.levels = self.children = 0
        self.open = [0]

    def start(self, _: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.attributes = max(self.attributes, len(attributes))
        self.open[-1] += 1
        self.children = max(self.children, self.open[-1])
        self.open.append(0)
        self.levels = max(self.levels, len(self.open) - 1)

    def end(self, _: str) -> None:
        if len(self.open) > 1:
            self.open.pop()

    def data(self, _: str) -> None:
        """Words cost nothing."""

    def close(self) -> None:
        """Nothing is built."""


def _measure(text: str) -> None:
    """Refuse a page that would take minutes to read, or could not be read to its end."""
    from lxml.etree import HTMLParser, ParserError, XMLSyntaxError  # type: ignore[import-untyped] # noqa: PLC0415

    page: Any = _Measure()
    try:
        parser = HTMLParser(target=page, encoding="utf-8")
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except (ParserError, XMLSyntaxError) as error:
        raise Unusable("not a web page that can be read", "save the article as plain text") from error
    for most, found, what in (
        (MOST_ELEMENTS, page.elements, "elements"),
        (MOST_ATTRIBUTES, page.attributes, "attributes in one element"),
        (MOST_CHILDREN, page.children, "elements side by side in one"),
        (MOST_LEVELS, page.levels, "elements one within another"),
    ):
        if found > most:
            raise Unusable(f"a web page with more than {most:,} {what}", "save the article as plain text")
