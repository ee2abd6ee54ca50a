"""A saved web page → its article, without what the page hides from its readers."""

from __future__ import annotations

from typing import Any

from checker.load.dates import opening_date, parse_date
from checker.load.hidden import remove, remove_hidden
from checker.load.reading import Contents, Reading, Unusable, noted, one_line, sound

# What trafilatura and lxml read in seconds; a long live page has some 20,000 elements.
MOST_ELEMENTS = 30_000
MOST_ATTRIBUTES = 1_000
# Deeper down, lxml stops reading and says nothing.
MOST_LEVELS = 250
# The library's own bound is the day of the run; only what the page declares is searched.
_DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}


def read_html(path: str, text: str) -> Contents:
    """Give the article of the page *text*, and say how many hidden pieces were left out."""
    # The library takes long to import, and most runs need no page read.
    from trafilatura import extract, load_html  # noqa: PLC0415 - see above
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415 - see above

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
    about = extract_metadata(tree, date_config=_DATE_SEARCH)
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


def _paragraphs(words: str) -> str:
    """The blocks of the page, a blank line between them: a heading is no part of what follows it."""
    return "\n\n".join(line for line in words.split("\n") if line.strip())


class _Measure:
    """What the parser tells of a page while it builds nothing."""

    def __init__(self) -> None:
        self.elements = self.attributes = self.level = self.levels = 0

    def start(self, _: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.attributes = max(self.attributes, len(attributes))
        self.level += 1
        self.levels = max(self.levels, self.level)

    def end(self, _: str) -> None:
        self.level -= 1

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
        (MOST_LEVELS, page.levels, "elements one within another"),
    ):
        if found > most:
            raise Unusable(f"a web page with more than {most:,} {what}", "save the article as plain text")
