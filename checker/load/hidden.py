"""
What a page hides from its readers, as far as its own attributes tell.

Rules in style sheets are not followed. `aria-hidden` counts: what it marks is decoration, or
said elsewhere. A colour counts where the background is told too, by an element around it or
because the page has no style sheet and so is white.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped] # lxml ships no types

_UNSEEN_TAGS = ("style", "template", "noscript")
# No page can hold this tag: the parser gives none a namespace.
_GONE = "{checker}gone"
_STYLE_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_IMPORTANT = re.compile(r"!\s*important")
_NOTHING = re.compile(r"[+-]?(?:0+\.?0*|\.0+)(?:[a-z]{1,4}|%)?")
_FAR_OFF = re.compile(r"-\d{4,}(?:\.\d*)?(?:px|pt|em|rem|%)?")
_UNSEEN_WORDS = {"display": ("none",), "content-visibility": ("hidden",)}
_INVISIBLE = ("hidden", "collapse")
_UNSEEN_PLACES = ("left", "top", "text-indent", "margin-left")
_NAMED = {"white": "#ffffff", "black": "#000000"}
_SHORT_HEX = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
_RGB = re.compile(r"rgba?\((\d{1,3})[, ]+(\d{1,3})[, ]+(\d{1,3})(?:[,/ ]+(?:1|1\.0+|100%))?\)")
_STYLE_SHEETS = ".//style | .//link[contains(@rel, 'stylesheet')]"
_WHITE = "#ffffff"


class LeftOut(NamedTuple):
    """Hidden pieces, one within another counted once, and the characters of their words."""

    pieces: int
    characters: int

    def __str__(self) -> str:
        return f"{self.pieces}, with {self.characters:,} characters"


class _Look(NamedTuple):
    """What an element hands on to those within it: its colours, its visibility and the size of its letters."""

    front: str | None
    back: str | None
    visibility: str
    size: str

    @property
    def is_unseen(self) -> bool:
        same = self.front is not None and self.front in (self.back, "transparent")
        return same or self.visibility in _INVISIBLE or bool(_NOTHING.fullmatch(self.size))


def remove_hidden(tree: HtmlElement) -> LeftOut:
    """Take out of *tree* what no reader of the page sees, and count the pieces that held words."""
    white = not tree.xpath(_STYLE_SHEETS)
    remove(tree, tree.iter(*_UNSEEN_TAGS))
    whole, partly = _hidden(tree, _Look(None, _WHITE if white else None, "", ""))
    lengths = [_blank(element) for element in partly]
    gone = remove(tree, whole)
    return LeftOut(gone.pieces + sum(map(bool, lengths)), gone.characters + sum(lengths))


def remove(tree: HtmlElement, elements: Iterable[HtmlElement]) -> LeftOut:
    """Take *elements* out of *tree*, not the text after them; count the outermost ones that held words."""
    from lxml.etree import strip_elements  # type: ignore[import-untyped] # noqa: PLC0415 - slow to import

    inner = dict.fromkeys(elements)
    outermost = [element for element in inner if inner.keys().isdisjoint(element.iterancestors())]
    lengths = [_length(element.itertext()) for element in outermost]
    for element in outermost:
        element.clear(keep_tail=True)
        element.tag = _GONE
    # All in one go: one by one would copy the text between them over and over.
    strip_elements(tree, _GONE, with_tail=False)
    return LeftOut(sum(map(bool, lengths)), sum(lengths))


def _hidden(tree: HtmlElement, page: _Look) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """The elements that are hidden whole, and those that are but hold one that is shown again."""
    styles = {element: _style(element) for element in tree.iter()}
    looks: dict[HtmlElement | None, _Look] = {None: page}
    for element, style in styles.items():
        looks[element] = _look(element, style, looks[element.getparent()])
    whole: dict[HtmlElement, None] = {}
    partly = []
    for element in reversed(styles):
        if _is_out(element, styles[element]):
            whole[element] = None
        elif looks[element].is_unseen:
            if all(child in whole for child in element):
                whole[element] = None
            else:
                partly.append(element)
    return list(whole), partly


def _blank(element: HtmlElement) -> int:
    """Take the words of *element* itself away, not of those within it; give their length."""
    words = [element.text or "", *(child.tail or "" for child in element)]
    element.text = None
    for child in element:
        child.tail = None
    return _length(words)


def _length(words: Iterable[str]) -> int:
    return len(" ".join("".join(words).split()))


def _style(element: HtmlElement) -> dict[str, str]:
    """The declarations of the style attribute; names and values in lower case."""
    written = _STYLE_COMMENT.sub("", element.get("style", "")).lower()
    pairs = (part.partition(":") for part in written.strip("{} ").split(";"))
    return {name.strip(): _IMPORTANT.sub("", value).strip() for name, _, value in pairs}


def _is_out(element: HtmlElement, style: Mapping[str, str]) -> bool:
    """Whether nothing within *element* can be seen, whatever it says itself."""
    by_name = "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true"
    by_word = any(style.get(name) in words for name, words in _UNSEEN_WORDS.items())
    by_place = any(_FAR_OFF.fullmatch(style.get(name, "")) for name in _UNSEEN_PLACES)
    return by_name or by_word or by_place or bool(_NOTHING.fullmatch(style.get("opacity", "")))


def _look(element: HtmlElement, style: Mapping[str, str], around: _Look) -> _Look:
    return _Look(
        _colour(style.get("color") or element.get("color") or element.get("text")) or around.front,
        _background(element, style) or around.back,
        style.get("visibility") or around.visibility,
        style.get("font-size") or around.size,
    )


def _background(element: HtmlElement, style: Mapping[str, str]) -> str | None:
    """The colour behind the words; something that equals no colour where it is an image or unclear."""
    if "background-image" in style:
        return "unclear"
    written = style.get("background-color") or style.get("background") or element.get("bgcolor")
    return (_colour(written) or "unclear") if written else None


def _colour(written: str | None) -> str | None:
    """A colour in one form: `#ffffff` for white; as it stands where it is written in another way."""
    colour = " ".join((written or "").lower().split())
    if short := _SHORT_HEX.fullmatch(colour):
        return "#" + "".join(2 * digit for digit in short.groups())
    if rgb := _RGB.fullmatch(colour):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in rgb.groups())
    return None if colour in ("", "inherit", "currentcolor") else _NAMED.get(colour, colour)
