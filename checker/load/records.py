"""JSON and JSON Lines: one object, a list of them, `{"articles": [...]}`, or one object a line."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn

from checker.load.dates import opening_date, parse_date
from checker.load.reading import Contents, Reading, Unusable, joined, noted, one_line, sound, unclear_date

_TEXT = ("text", "content", "body", "articleBody")
_TITLE = ("title", "headline")
_PUBLISHED = ("published", "publishedAt", "date", "datePublished")
_LANGUAGE = ("language", "lang")
# NewsAPI ends the texts that it cuts in this way.
_PREVIEW = re.compile(r"\[\+\d+ chars\]\s*\Z")


def read_json(path: str, text: str) -> Contents:
    """Give the articles of a JSON file; in a list, the records count from 1."""
    value = _parsed(text)
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if not isinstance(value, list):
        return _article(path, None, value)
    return joined(_each(path, enumerate(value, 1)))


def read_json_lines(path: str, text: str) -> Contents:
    """Give the articles of a JSON Lines file; the records are numbered by their lines."""
    # Only "\n" ends a line: U+2028 and its like may stand inside a JSON string.
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    return joined(_each_line(path, lines))


def _each(path: str, records: Iterable[tuple[int, Any]]) -> Iterator[Contents]:
    for number, value in records:
        try:
            yield _article(path, number, value)
        except Unusable as why:
            yield Contents(skipped=(why.remark(path, number),))


def _each_line(path: str, lines: Iterable[tuple[int, str]]) -> Iterator[Contents]:
    for number, line in lines:
        try:
            yield _article(path, number, _parsed(line, one_line_each=True))
        except Unusable as why:
            yield Contents(skipped=(why.remark(path, number),))


def _parsed(text: str, *, one_line_each: bool = False) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        where = f"column {error.colno}" if one_line_each else f"line {error.lineno}, column {error.colno}"
        named = "" if one_line_each else "; a file with one object a line is named .jsonl"
        mend = f"correct it there{named}"
        raise Unusable(f"not valid JSON: {error.msg} ({where})", mend) from error
    except RecursionError as error:
        raise Unusable("JSON nested too deep", "give each article as a flat object") from error
    except ValueError as error:
        raise Unusable("holds a number with too many digits", "correct the number") from error


def _refuse_constant(name: str) -> NoReturn:
    raise Unusable(f"holds {name}, which is not JSON", "write null instead")


def _without_repeats(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        ((twice, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise Unusable(f"the key {one_line(twice)!r} is given twice", "keep one of the two")
    return fields


def _article(path: str, record: int | None, value: Any) -> Contents:
    if not isinstance(value, dict):
        raise Unusable("not a JSON object", 'give each article as an object, {"text": …}')
    text = next((value[key] for key in _TEXT if isinstance(value.get(key), str) and value[key].strip()), None)
    if text is None:
        raise Unusable("has no text", f"give the article's text as one of the fields {', '.join(_TEXT)}")
    raw = _first(value, _PUBLISHED)
    published = parse_date(raw) if raw else opening_date(text)
    source = value.get("source")
    reading = Reading(
        path=path,
        format="json",
        text=text,
        record=record,
        title=_first(value, _TITLE),
        source=one_line(source.get("name") if isinstance(source, dict) else source),
        url=one_line(value.get("url")),
        published=published,
        language=_first(value, _LANGUAGE),
    )
    unclear = (unclear_date(path, raw, record),) if raw and not published else ()
    preview = noted(
        path, "the text is only a preview, cut by its source", "put the whole article there", record
    )
    cut = (preview,) if _PREVIEW.search(text) else ()
    return Contents((sound(reading),), remarks=(*unclear, *cut))


def _first(value: dict[str, Any], keys: Sequence[str]) -> str | None:
    """The first of the fields *keys* that holds some text, as one line."""
    return next((line for key in keys if (line := one_line(value.get(key)))), None)
