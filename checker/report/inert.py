"""Text from outside as Markdown that shows it and does nothing, in no more room than it is given."""

from __future__ import annotations

import re

from checker.report.where import clean

LONGEST_QUOTE = 600  # characters
_BYTES_EACH = 3  # as the characters of Chinese take; what needs more escapes is cut shorter
_CUT = "\N{HORIZONTAL ELLIPSIS}"

_SPECIAL = re.compile(r"[\\`*_\[\]{}<>&|~#!$^]")
# These would begin a list, a rule or an underlined heading where they stand first.
_LEADING = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")
# GitHub makes links and mentions of these after it has read the escapes, so only a
# character between them helps: a zero-width space, as an entity that a reader can see.
_LINKING = re.compile(r"(@|\\#|:(?=//)|(?<=www)\.|(?:mailto|xmpp):|(?<=GH)-)", re.IGNORECASE)
_APART = "&#8203;"


def escaped(text: str, limit: int | None = None) -> str:
    r"""
    Give *text* as one line that Markdown shows as it is: no link, image, HTML, mention or heading.

    With a *limit* it shows at most so many characters, and takes at most three bytes for each.

    >>> print(escaped("[x](javascript:alert(1)) <b>"))
    \[x\](javascript:alert(1)) \<b\>
    >>> escaped("twelve people were hurt", 16) == "twelve people" + _CUT
    True
    """
    return _inert(clean(text) if limit is None else _fitting(text, limit))


def quoted(text: str, limit: int = LONGEST_QUOTE) -> str:
    """
    Give a quote in marks: all of it, or its beginning and, outside the marks, that it was cut.

    >>> quoted("twelve people"), quoted("twelve people were hurt", 16) == f"“twelve people”{_CUT} (cut)"
    ('“twelve people”', True)
    """
    line = clean(text)
    shown = _fitting(line, limit)
    if shown == line:
        return f"“{_inert(line)}”"
    return f"“{_inert(shown.removesuffix(_CUT))}”{_CUT} (cut)"


def _fitting(text: str, limit: int) -> str:
    """*text* cleaned and cut, so that its escaped form takes no more than its bytes."""
    line = clean(text, limit)
    if len(_inert(line).encode()) <= limit * _BYTES_EACH:
        return line
    return clean(text, limit // _BYTES_EACH)


def _inert(line: str) -> str:
    inert = _SPECIAL.sub(r"\\\g<0>", line)
    inert = _LEADING.sub(r"\1\\", inert)
    return _LINKING.sub(rf"\g<0>{_APART}", inert)
