"""Plain text and Markdown: the article is the whole file; the lines at its top may say more about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from checker.load.dates import is_dateline, opening_date, parse_date
from checker.load.reading import Contents, Reading, Unusable, one_line, sound, unclear_date

_FIELDS = {
    "title": "title",
    "headline": "title",
    "source": "source",
    "publisher": "source",
    "url": "url",
    "link": "url",
    "date": "published",
    "published": "published",
    "language": "language",
    "lang": "language",
    # Headers that are passed over, so that those after them are still seen.
    "author": "",
    "byline": "",
    "section": "",
    "tags": "",
}
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_FENCE = "---"
_FENCE_WITHIN = 100
_LONGEST_HEADER = 500
_LONGEST_TITLE = 120
_HEADING_WITHIN = 3
_OPENING_CHARS = 4000
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”\u2019»)\]]*$")


def read_text(path: str, text: str) -> Contents:
    """Give the article that *text* is; its offsets are those of the file."""
    fields, start = _header(text)
    body = text[start:]
    if not body.strip():
        raise Unusable("only header lines, no text", "put the article's text under them")
    raw = fields.get("published")
    published = parse_date(raw) if raw else opening_date(body)
    reading = Reading(
        path=path,
        format="text",
        text=text,
        title=one_line(fields.get("title")) or _title(body),
        source=one_line(fields.get("source")),
        url=one_line(fields.get("url")),
        published=published,
        language=one_line(fields.get("language")),
    )
    return Contents((sound(reading),), remarks=(unclear_date(path, raw),) if raw and not published else ())


def _header(text: str) -> tuple[Mapping[str, str], int]:
    """The fields at the top of *text*, and where the article itself begins."""
    return _front_matter(text) or _header_lines(text, 0)


def _front_matter(text: str) -> tuple[Mapping[str, str], int] | None:
    """The `key: value` lines between two lines `---`; lists and nested values are passed over."""
    lines = _lines(text, 0)
    if next((line for line, _ in lines if line.strip()), "").rstrip() != _FENCE:
        return None
    fields: dict[str, str] = {}
    for _, (line, end) in zip(range(_FENCE_WITHIN), lines, strict=False):
        if line.rstrip() == _FENCE:
            return fields, end
        name, value = _field(line) or ("", "")
        if not line.startswith((" ", "\t")):
            fields.setdefault(name, value)
    return None


def _header_lines(text: str, start: int) -> tuple[Mapping[str, str], int]:
    fields: dict[str, str] = {}
    for line, end in _lines(text, start):
        field = _field(line)
        if field is None and line.strip():
            break
        if field:
            fields.setdefault(*field)
            start = end
    return fields, start


def _lines(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Each line without its end, and where the next one begins."""
    while start < len(text):
        match = _LINE.match(text, start)
        end = match.end() if match else len(text)
        yield text[start:end].rstrip("\r\n"), end
        start = end


def _field(line: str) -> tuple[str, str] | None:
    """The name and the value of a header line; `date 2025-09-01` needs no colon."""
    if len(line) > _LONGEST_HEADER:
        return None
    word, _, rest = line.strip().partition(" ")
    if word.lower() == "date" and parse_date(rest):
        return "published", rest.strip()
    name, colon, value = line.strip().partition(":")
    field = _FIELDS.get(name.strip().lower()) if colon else None
    return None if field is None else (field, value.strip().strip("\"'"))


def _title(body: str) -> str | None:
    """A Markdown heading, or a short first line that stands alone; never a dateline."""
    lines = [line.strip() for line, _ in _lines(body.strip()[:_OPENING_CHARS], 0)]
    filled = [line for line in lines if line]
    for line in filled[:_HEADING_WITHIN]:
        if line.startswith("# "):
            return one_line(line.lstrip("#").rstrip("#"))
    alone = len(filled) > 1 and not lines[1]
    short = len(filled[0]) <= _LONGEST_TITLE and not _SENTENCE_END.search(filled[0])
    return one_line(filled[0]) if alone and short and not is_dateline(filled[0]) else None
