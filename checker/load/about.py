"""
What a page says about itself, cut to the size that titles, names and dates have.

The library that reads it searches with patterns that take the square of a text's length, and
more where there are many authors: 100 kB could take a minute.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped] # lxml ships no types

LONGEST = 1_000
# What all meta elements say together, all data of the page, and all its words.
MOST_META = MOST_DATA = 20_000
MOST_WORDS = 100_000
_DATA = ".//script[@type='application/ld+json' or @type='application/settings+json']"
_NAMED = ("name", "property", "itemprop")
# Nobody asks for the authors here, and the library compares each with all the others.
_AUTHOR = re.compile("author|creator|byl$|person", re.IGNORECASE)
# What would make the library take text for markup, or valid data for data to be guessed at.
_MARKUP = re.compile(r"<[^<>]*>|[<>\\]")


def shortened(tree: HtmlElement) -> HtmlElement:
    """
    Give a copy of *tree* without what is too long for a title, a name, a date or an address.

    Text is cut at `LONGEST`; an attribute over it goes, for half an address is a wrong one. So do
    the authors, data (JSON-LD) that is not valid JSON, and what passes the most of its kind.
    """
    copy = deepcopy(tree)
    for element in copy.iter():
        for name, value in element.items():
            if len(value) > LONGEST:
                del element.attrib[name]
    _cut_words(copy)
    _cut_meta(copy)
    _cut_data(copy)
    return copy


def _cut_words(tree: HtmlElement) -> None:
    left = MOST_WORDS
    for element in tree.iter():
        if element.tag != "script":
            element.text = (element.text or "")[: min(left, LONGEST)]
            left -= len(element.text)
        element.tail = (element.tail or "")[: min(left, LONGEST)]
        left -= len(element.tail)


def _cut_meta(tree: HtmlElement) -> None:
    left = MOST_META
    for meta in tree.iter("meta"):
        said = len(meta.get("content", ""))
        if said > left or any(_AUTHOR.search(meta.get(name, "")) for name in _NAMED):
            meta.attrib.clear()
        else:
            left -= said


def _cut_data(tree: HtmlElement) -> None:
    left = MOST_DATA
    for script in tree.xpath(_DATA):
        brief = _brief(script.text or "")
        script.text = brief if len(brief) <= left else ""
        left -= len(script.text)


def _brief(data: str) -> str:
    """*data* as JSON without its authors and long texts; nothing if it is no JSON."""
    try:
        return json.dumps(_kept(json.loads(data, strict=False)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = ((_plain(name), part) for name, part in value.items() if not _AUTHOR.search(name))
        return {name: _kept(part) for name, part in pairs if not _is_person(part)}
    if isinstance(value, list):
        return [_kept(part) for part in value if not _is_person(part)]
    return _plain(value) if isinstance(value, str) else value


def _is_person(value: Any) -> bool:
    types = value.get("@type") if isinstance(value, dict) else None
    return any(isinstance(name, str) and _AUTHOR.search(name) for name in _listed(types))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(text: str) -> str:
    """*text* in characters that can be printed, without markup; nothing of one that is too long."""
    if len(text) > LONGEST:
        return ""
    plain = _MARKUP.sub("", unescape(text)).replace("&", "&amp;")
    return "".join(character for character in " ".join(plain.split()) if character.isprintable())
