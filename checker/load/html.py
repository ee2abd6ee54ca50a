"""
A saved web page → its article, without what the page hides from its readers.

Hidden by its own attributes, that is; rules in style sheets are not followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checker.load.dates import opening_date, parse_date
from checker.load.reading import Contents, Reading, Unusable, noted, one_line, sound

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped] # lxml ships no types

_UNSEEN_TAGS = ("style", "template", "noscript")
_UNSEEN_STYLE = re.compile(
    r"(?:^|[;{])\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE
)
# No page can hold this tag: the parser gives none a namespace.
_GONE = "{checker}gone"
_STYLE_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# The library's own bound is the day of the run; only what the page declares is searched.
_DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}


def read_html(path: str, text: str) -> Contents:
    """Give the article of the page *text*, and say how many hidden pieces were left out."""
    # The library takes long to import, and most runs need no page read.
    from trafilatura import extract, load_html  # noqa: PLC0415 - see above
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415 - see above

    tree = load_html(text)
    if tree is None or tree.tag != "html":
        tree = load_html(f"<html><body>{text}</body></html>")
    if tree is None:
        raise Unusable("not a web page that can be read", "save the article as plain text")
    n_hidden = _remove_hidden(tree)
    about = extract_metadata(tree, date_config=_DATE_SEARCH)
    # Scripts go last: the page's own data on its title and date (JSON-LD) is in one.
    _remove(tree, list(tree.iter("script")))
    words = extract(tree, favor_precision=True, include_comments=False, include_tables=False)
    if not words or not words.strip():
        hidden = f" (hidden pieces left out: {n_hidden})" if n_hidden else ""
        raise Unusable(f"no article found in the page{hidden}", "save the article as plain text")
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
    problem = f"hidden pieces of the page left out: {n_hidden}"
    left_out = noted(path, problem, "look at the page if the article seems short")
    return Contents((sound(reading),), remarks=(left_out,) if n_hidden else ())


def _paragraphs(words: str) -> str:
    """The blocks of the page, a blank line between them: a heading is no part of what follows it."""
    return "\n\n".join(line for line in words.split("\n") if line.strip())


def _remove_hidden(tree: HtmlElement) -> int:
    """Take out of *tree* what no reader of the page sees, and count the pieces that held words."""
    _remove(tree, list(tree.iter(*_UNSEEN_TAGS)))
    return _remove(tree, [element for element in tree.iter() if _is_hidden(element)])


def _remove(tree: HtmlElement, elements: list[HtmlElement]) -> int:
    """Take *elements* out of *tree*, not the text after them; count the outermost ones that held words."""
    from lxml.etree import strip_elements  # type: ignore[import-untyped] # noqa: PLC0415 - as above

    inner = set(elements)
    outermost = [element for element in elements if inner.isdisjoint(element.iterancestors())]
    n_with_words = sum(any(words.strip() for words in element.itertext()) for element in outermost)
    for element in outermost:
        element.clear(keep_tail=True)
        element.tag = _GONE
    # All in one go: one by one would copy the text between them over and over.
    strip_elements(tree, _GONE, with_tail=False)
    return n_with_words


def _is_hidden(element: HtmlElement) -> bool:
    style = _STYLE_COMMENT.sub("", element.get("style", ""))
    by_name = "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true"
    return by_name or bool(_UNSEEN_STYLE.search(style))
