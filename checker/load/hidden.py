"""
What a page hides from its readers, as far as its own attributes tell.

Rules in style sheets are not followed. `aria-hidden` counts: what it marks is decoration, or
said elsewhere. A colour counts where the background is told too, by an element around it or
because the page has no style sheet and so is white.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from checker.load.styles import Style, colour, declarations, is_faint, is_hidden, sizes

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped] # lxml ships no types

_UNSEEN_TAGS = ("style", "template", "noscript")
# No page can hold this tag: the parser gives none a namespace.
_GONE = "{checker}gone"
_INVISIBLE = ("hidden", "collapse")
_STYLE_SHEETS = ".//style | .//link[contains(@rel, 'stylesheet')]"
_WHITE = "#ffffff"
_CLEAR = "clear"
_UNCLEAR = "unclear"
_HANDED_ON = ("", "inherit", "currentcolor", "none")


class LeftOut(NamedTuple):
    """Hidden pieces, one within another counted once, and the characters of their words."""

    pieces: int
    characters: int

    def __str__(self) -> str:
        return f"{self.pieces}, with {self.characters:,} characters"


class _Look(NamedTuple):
    """What an element hands on to those within it: its colours, whether it is invisible, and whether tiny."""

    fronts: tuple[str, ...]
    backs: tuple[str, ...]
    invisible: bool
    tiny: bool

    @property
    def is_unseen(self) -> bool:
        same = any(front in (*self.backs, _CLEAR) for front in self.fronts)
        return same or self.invisible or self.tiny


def remove_hidden(tree: HtmlElement) -> LeftOut:
    """Take out of *tree* what no reader of the page sees, and count the pieces that held words."""
    white = not tree.xpath(_STYLE_SHEETS)
    remove(tree, tree.iter(*_UNSEEN_TAGS))
    whole, partly = _hidden(tree, _Look((), (_WHITE,) if white else (), invisible=False, tiny=False))
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
    styles = {element: declarations(element.get("style", "")) for element in tree.iter()}
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


def _is_out(element: HtmlElement, style: Style) -> bool:
    """Whether nothing within *element* can be seen, whatever it says itself."""
    by_name = "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true"
    return by_name or is_hidden(style)


def _look(element: HtmlElement, style: Style, around: _Look) -> _Look:
    visibility = [value for value in style.get("visibility", ()) if value]
    small = sizes(style)
    return _Look(
        _fronts(element, style) or around.fronts,
        _backs(element, style) or around.backs,
        any(value in _INVISIBLE for value in visibility) if visibility else around.invisible,
        any(small) if small else around.tiny,
    )


def _fronts(element: HtmlElement, style: Style) -> tuple[str, ...]:
    """The colours of the words, none where they are those around them."""
    found = []
    for one in style.get("color") or [element.get("color") or element.get("text") or ""]:
        known = colour(one)
        if known:
            found.append(_CLEAR if is_faint(known[1]) else known[0])
        elif one not in _HANDED_ON:
            found.append(one.strip().lower())
    return tuple(found)


def _backs(element: HtmlElement, style: Style) -> tuple[str, ...]:
    """The colours behind the words, none where they are those around; `unclear` is the colour of no words."""
    if "background-image" in style:
        return (_UNCLEAR,)
    written = [*style.get("background-color", ()), *style.get("background", ())]
    found = []
    for one in written or [element.get("bgcolor") or ""]:
        known = colour(one)
        if known is None and one not in _HANDED_ON:
            found.append(one.strip().lower() if one.isalpha() else _UNCLEAR)
        elif known and not is_faint(known[1]):
            found.append(known[0] if known[1] == 1 else _UNCLEAR)
    return tuple(found)
