"""Where a quote stands, and text from outside made safe to print."""

from __future__ import annotations

import re
from collections.abc import Callable

from checker.schema import Article, Quote

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_LINE_SEPARATOR = re.compile("[\u2028\u2029]")
# Bidirectional marks, embeddings, overrides and isolates, the byte order mark, annotation
# marks, tag characters and the selectors above them: they steer or hide, and show nothing.
_STEERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
# Soft hyphen, joiners, fillers, zero-width spaces, variation selectors: some scripts and
# emoji need them on a page, one line in a terminal does not.
_WIDTHLESS = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufe00-\ufe0f\uffa0"
)
_UNSAFE = re.compile(f"[{_STEERING}]")
_UNSEEN = re.compile(f"[{_STEERING}{_WIDTHLESS}]")
# C0, DEL, C1 and lone surrogates, without tab, line feed and carriage return.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# What a build server takes for a command: GitHub `::` where a line begins with it, blanks apart,
# and `##[` anywhere in a line; Azure and TeamCity that with a word (`##vso[`).
_FIRST = re.compile(r"([\r\n][^\S\r\n]*):(?=:)")
_ANYWHERE = re.compile(r"#(?=#\w*\[)")
_MARK = "\N{REPLACEMENT CHARACTER}"
_CUT = "\N{HORIZONTAL ELLIPSIS}"


def where(article: Article, quote: Quote) -> str:
    """
    Give the place of *quote*: `path:line`, `path` for HTML, `path#record` for JSON.

    Lines count from 1 in `article.text`. The text of an HTML or JSON article is not the
    file's, so a line of it would point nowhere.
    """
    path = clean(article.path)
    line = line_of(article, quote)
    if line is not None:
        return f"{path}:{line}"
    if article.format == "json" and article.record is not None:
        return f"{path}#{article.record}"
    return path


def line_of(article: Article, quote: Quote) -> int | None:
    """Give the line of the file, from 1, where *quote* begins; None where the text is not the file's."""
    if article.format != "text":
        return None
    return 1 + len(_LINE_BREAK.findall(article.text, 0, quote.start))


def clean(text: str, limit: int | None = None) -> str:
    r"""
    Give *text* as one harmless line of at most *limit* characters.

    What steers or hides is dropped, a control character (the ESC of an escape sequence)
    or a lone surrogate becomes a visible mark, white space is folded, and a long text is
    cut at a word border.

    >>> clean("12 people\n were  hurt")
    '12 people were hurt'
    >>> clean("twelve people were hurt", 16)
    'twelve people…'
    """
    line = _CONTROL.sub(_MARK, " ".join(_UNSEEN.sub("", text).split()))
    if limit is None or len(line) <= limit:
        return line
    return _cut(line, limit)


def harmless(text: str) -> str:
    """
    Give *text* for a page that escapes markup itself: lines and spaces stay as they are.

    Joiners and variation selectors stay too; all else that steers or hides goes.
    """
    return _CONTROL.sub(_MARK, _LINE_SEPARATOR.sub("\n", _UNSAFE.sub("", text)))


def commandless(text: str, instead: Callable[[str], str] = lambda _: _MARK) -> str:
    r"""
    Give *text*, of one line or many, in which no build server finds a command.

    One sign of each command becomes what *instead* makes of it: a visible mark, or the same
    sign as a format escapes it.

    >>> ascii(commandless("::error::x\na::b ##vso[y]"))
    "'\\ufffd:error::x\\na::b \\ufffd#vso[y]'"
    """
    within = _ANYWHERE.sub(lambda _: instead("#"), text)
    return _FIRST.sub(lambda found: found[1] + instead(":"), f"\n{within}")[1:]


def _cut(line: str, limit: int) -> str:
    room = max(limit - 1, 0)
    border = line.rfind(" ", 0, room + 1)
    # A text without spaces (or one very long word) is cut where the room ends.
    return line[: border if border > room // 2 else room].rstrip() + _CUT
