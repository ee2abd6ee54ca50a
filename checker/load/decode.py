"""Bytes → text: UTF-8, else what the file declares, else what is detected, and never a guess unsaid."""

from __future__ import annotations

import codecs
import re

from checker.load.reading import Unusable, looks_binary

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "cp1252"
# What is tried. Codecs that are no text encodings, or are slow on purpose-made input, stay out.
_KNOWN = (
    *(_WESTERN, "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r"),
    *("iso8859_2", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
# As browsers read these names (WHATWG Encoding Standard).
_READ_AS = {
    "ascii": _WESTERN,
    "iso8859-1": _WESTERN,
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?\b(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE
)
_DECLARED_WITHIN = 4096
_BINARY = ("binary, not text", "save it as plain text, or leave it out")
_SAVE_AS_UTF8 = "save it as UTF-8"


def decode(data: bytes, *, is_html: bool = False) -> tuple[str, str | None]:
    """
    Give the text of *data*, and the encoding that was assumed, None for UTF-8.

    >>> decode("Café".encode())
    ('Café', None)
    """
    text, encoding = _decoded(data, is_html=is_html)
    if looks_binary(text):
        raise Unusable(*_BINARY)
    if not text.strip():
        raise Unusable("empty", "remove it, or put the article's text in it")
    return text, encoding


def _decoded(data: bytes, *, is_html: bool) -> tuple[str, str | None]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :] if encoding == "utf-8" else data, encoding)
    text = _strictly(data, "utf-8")
    if text is not None:
        return text, None
    if b"\0" in data:
        raise Unusable(*_BINARY)
    return (_declared(data) if is_html else None) or _detected(data)


def _marked(data: bytes, encoding: str) -> tuple[str, str | None]:
    text = _strictly(data, encoding)
    if text is None:
        raise Unusable(
            f"begins with the mark of {encoding.upper()} but is not valid {encoding.upper()}", _SAVE_AS_UTF8
        )
    return text, None if encoding == "utf-8" else encoding


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _declared(data: bytes) -> tuple[str, str] | None:
    """What the page's `meta charset` says, if it is known and fits."""
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    encoding = _READ_AS.get(name, name)
    if encoding.replace("-", "_") not in _KNOWN:
        return None
    text = _strictly(data, encoding)
    return None if text is None else (text, encoding)


def _detected(data: bytes) -> tuple[str, str]:
    """The most plausible of the known encodings; of equals, the Western one."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, and seldom needed

    matches = from_bytes(data, cp_isolation=list(_KNOWN), enable_fallback=False)
    ranked = [
        (-match.chaos, match.coherence, _WESTERN in match.could_be_from_charset, match) for match in matches
    ]
    if not ranked:
        raise Unusable("its encoding cannot be told", _SAVE_AS_UTF8)
    *_, best = max(ranked, key=lambda rank: rank[:3])
    encoding = _WESTERN if _WESTERN in best.could_be_from_charset else best.encoding
    text = _strictly(data, encoding)
    if text is None:
        raise Unusable(f"looks like {encoding}, but not all of it is", _SAVE_AS_UTF8)
    return text, encoding
