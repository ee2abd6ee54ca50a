"""Values → strict JSON that is safe to print and to send."""

from __future__ import annotations

import json
import re
from typing import Any

from checker.report.where import commandless

# What JSON lets stand raw, but a terminal, a reader of lines or UTF-8 does not: DEL and C1,
# what steers the direction of writing, line separators, tag characters, lone surrogates.
_RISKY = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)


def json_text(value: Any, indent: int | None = None) -> str:
    r"""
    Give *value* as JSON without NaN, its keys in their order; any reader gets back the same text.

    No build server finds a command in it.

    >>> print(json_text({"né": "\x9b31m\u202e"}))
    {"né": "\u009b31m\u202e"}
    """
    text = json.dumps(value, indent=indent, ensure_ascii=False, allow_nan=False)
    # json.dumps of one character alone is its escape, in two halves above U+FFFF.
    plain = _RISKY.sub(lambda found: json.dumps(found[0])[1:-1], text)
    return commandless(plain, lambda sign: f"\\u{ord(sign):04x}")
