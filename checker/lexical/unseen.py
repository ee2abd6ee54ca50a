"""Characters that nobody sees: a text without them, for whoever reads it by machine."""

from __future__ import annotations

import re

_RANGES = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\u00ad\u034f\u061c\u180b-\u180f"  # soft hyphen, grapheme joiner, Arabic and Mongolian marks
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # fillers
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero-width spaces, marks of direction
    "\ufe00-\ufe0f\ufff9-\ufffb\U000e0000-\U000e0fff"  # variation selectors, annotations, tags
)
_UNSEEN = re.compile(f"[{_RANGES}]")
# Some scripts and emoji need one joiner between two of their characters; nobody needs it elsewhere.
_JOINER = re.compile("(?<![^\x00-\x7f\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])")


def seen(text: str) -> str:
    r"""
    Give *text* without the characters that nobody sees, which can carry words to a machine alone.

    >>> seen("cl\u200baim\U000e0069\U000e0067"), seen("a\u200db")
    ('claim', 'ab')
    """
    return _JOINER.sub("", _UNSEEN.sub("", text))


def is_unseen(character: str) -> bool:
    """Whether *character* is never seen; a joiner, which shapes its neighbours, is none of these."""
    return _UNSEEN.match(character) is not None
