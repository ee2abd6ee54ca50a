"""
What a style attribute says of seeing: whether its words are hidden, how large they are, in which colour.

A browser passes over a value that it does not know, and this cannot tell which these are. So
every value of a name counts, not the last alone: what one of them hides is hidden.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from colorsys import hls_to_rgb

Style = Mapping[str, Sequence[str]]

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE)
_IMPORTANT = re.compile(r"!\s*important")
_LENGTH = re.compile(r"(?<![\w.#+-])([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)([a-z]+|%)?(?![\w.])")
# In pixels, with letters of 16 and a window of 1,000.
_PIXELS = {"pt": 1.33, "pc": 16, "mm": 3.8, "cm": 38, "in": 96, "ex": 8, "ch": 8, "em": 16, "rem": 16}
_PIXELS |= {"%": 0.16, "vw": 10, "vh": 10, "vmin": 10, "vmax": 10}
_TINY = 1  # pixels: no letter or line of this size can be read
_FAR = -900  # pixels
_FAINT = 0.05  # of 1, which is opaque
_PLACES = ("left", "top", "right", "bottom", "inset", "text-indent", "margin-left", "margin-top")
_SIZES = ("height", "max-height", "width", "max-width")
_UNSEEN_WORDS = {"display": "none", "content-visibility": "hidden"}
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_NAMED = {"white": "#ffffff", "black": "#000000", "transparent": "#00000000"}


def declarations(written: str) -> Style:
    """The values of each name in a style attribute, in lower case and without escapes."""
    plain = _ESCAPE.sub(_character, _COMMENT.sub("", written)).lower()
    found: dict[str, list[str]] = {}
    for part in plain.strip("{} ").split(";"):
        name, _, value = part.partition(":")
        found.setdefault(name.strip(), []).append(_IMPORTANT.sub("", value).strip())
    return found


def is_hidden(style: Style) -> bool:
    """Whether nothing of an element of this *style* can be seen, whatever is within it."""
    by_word = any(word in style.get(name, ()) for name, word in _UNSEEN_WORDS.items())
    by_place = any(length <= _FAR for name in _PLACES for length in _lengths(style, name))
    faint = any(_share(value) < _FAINT for value in style.get("opacity", ()))
    return by_word or faint or by_place or _is_far_by_margin(style) or _is_folded(style)


def sizes(style: Style) -> list[bool]:
    """For each size of letters that *style* tells, whether they are too small to be seen."""
    found = [abs(length) <= _TINY for length in _lengths(style, "font-size")]
    for value in style.get("font", ()):
        # A number alone is a weight, but for zero.
        lengths = ((float(number), unit) for number, unit in _LENGTH.findall(value.partition(",")[0]))
        sized = [abs(_pixels(number, unit)) <= _TINY for number, unit in lengths if unit or not number]
        found += sized[:1]
    return found


def colour(written: str) -> tuple[str, float] | None:
    """
    A colour as `#ffffff` with how opaque it is; None if it is written in a way not known here.

    >>> [colour(one) for one in ("white", "#0000", "hsl(0, 0%, 100%)", "navy")]
    [('#ffffff', 1.0), ('#000000', 0.0), ('#ffffff', 1.0), None]
    """
    plain = " ".join(written.lower().split())
    if match := _HEX.fullmatch(_NAMED.get(plain, plain)):
        is_short = len(match[1]) <= len("rgba")
        digits = "".join(2 * digit for digit in match[1]) if is_short else match[1]
        return f"#{digits[:6]}", int(digits[6:] or "ff", 16) / 255
    match = _FUNCTION.fullmatch(plain)
    parts = [part for part in re.split(r"[\s,/]+", match[2]) if part] if match else []
    if match is None or len(parts) not in (3, 4):
        return None
    try:
        channels = _rgb(parts) if match[1] == "rgb" else _from_hsl(parts)
        return "#" + "".join(f"{min(max(round(c), 0), 255):02x}" for c in channels), _opaque(parts)
    except (ValueError, OverflowError):
        return None


def is_faint(opaque: float) -> bool:
    """Whether what is so little *opaque*, from 0 to 1, cannot be seen."""
    return opaque < _FAINT


def _character(match: re.Match[str]) -> str:
    if match[2]:
        return match[2]
    return chr(min(int(match[1], 16), sys.maxunicode))


def _pixels(number: float, unit: str) -> float:
    return number * _PIXELS.get(unit, 1)


def _lengths(style: Style, name: str) -> Iterator[float]:
    """The lengths in the values of *name*, in pixels."""
    for value in style.get(name, ()):
        yield from (_pixels(float(number), unit) for number, unit in _LENGTH.findall(value))


def _is_far_by_margin(style: Style) -> bool:
    """Whether the margin above or to the left takes it away; one below or to the right does not."""
    for value in style.get("margin", ()):
        sides = [_pixels(float(number), unit) for number, unit in _LENGTH.findall(value)]
        left = sides[3:4] or sides[1:2] or sides[:1]
        if any(side <= _FAR for side in (*sides[:1], *left)):
            return True
    return False


def _is_folded(style: Style) -> bool:
    """Whether it has no height or width and shows nothing beyond it; words stand in its padding, if it has one."""
    cut = any(
        "hidden" in value.split() or "clip" in value.split()
        for name in ("overflow", "overflow-x", "overflow-y")
        for value in style.get(name, ())
    )
    small = any(
        abs(_pixels(float(number), unit)) <= _TINY
        for name in _SIZES
        for value in style.get(name, ())
        for number, unit in _LENGTH.findall(value)
        # Of a height that is not told, a part is the whole.
        if unit != "%"
    )
    padded = any(
        length > _TINY for name in style if name.startswith("padding") for length in _lengths(style, name)
    )
    return cut and small and not padded


def _share(written: str) -> float:
    """A share of 1, written as a number or per cent; 1 where it is neither."""
    match = _LENGTH.fullmatch(written)
    if match is None or match[2] not in (None, "%"):
        return 1.0
    return float(match[1]) / (100 if match[2] else 1)


def _opaque(parts: Sequence[str]) -> float:
    return _share(parts[-1]) if len(parts) == len("rgba") else 1.0


def _rgb(parts: Sequence[str]) -> tuple[float, ...]:
    return tuple(float(part.rstrip("%")) * (2.55 if part.endswith("%") else 1) for part in parts[:3])


def _from_hsl(parts: Sequence[str]) -> tuple[float, ...]:
    hue, saturation, lightness = (float(part.removesuffix("deg").rstrip("%")) for part in parts[:3])
    return tuple(255 * c for c in hls_to_rgb(hue / 360, lightness / 100, saturation / 100))
