"""One file → the articles it holds, or why it holds none that can be used."""

from __future__ import annotations

from dataclasses import replace

from checker.files import NotRegular, TooLarge, regular_bytes
from checker.load.decode import decode
from checker.load.html import read_html
from checker.load.own import is_own_report
from checker.load.reading import Contents, Reading, Unusable, noted
from checker.load.records import read_json, read_json_lines
from checker.load.text import read_text
from checker.load.walk import File
from checker.schema import Remark

_READERS = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_json_lines,
}


def read(file: File, max_bytes: int) -> Contents:
    """Give the articles of *file*; what cannot be used is among the skipped."""
    suffix = file.path.suffix.lower()
    try:
        _refuse_own_report(file)
        text, encoding = decode(_bytes(file, max_bytes), is_html=suffix in (".html", ".htm"))
        contents = _READERS[suffix](file.shown, text)
    except Unusable as why:
        return Contents(skipped=(why.remark(file.shown),))
    if not encoding:
        return contents
    assumed = noted(file.shown, f"not UTF-8; read as {encoding}", "save it as UTF-8 if letters look wrong")
    return replace(contents, remarks=(assumed, *contents.remarks))


def _refuse_own_report(file: File) -> None:
    if is_own_report(file.path):
        raise Unusable("a report of this program, not an article", "write reports to another folder")


def _bytes(file: File, max_bytes: int) -> bytes:
    try:
        return regular_bytes(file.path, max_bytes)
    except TooLarge as error:
        why = f"larger than {max_bytes} bytes"
        raise Unusable(why, "split it, or give a larger --max-file-size") from error
    except NotRegular as error:  # since it was looked at
        raise Unusable("is no regular file any more", "save what it gives in a file") from error
    except OSError as error:
        raise Unusable("cannot be read", "check its permissions") from error


def same_text(readings: tuple[Reading, ...]) -> tuple[Remark, ...]:
    """A remark for each article that has the text of an earlier one, but for white space."""
    first: dict[str, Reading] = {}
    remarks = []
    for reading in readings:
        earlier = first.setdefault(" ".join(reading.text.split()), reading)
        if earlier is not reading:
            why = f"same text as {earlier.place}: it is no independent source"
            remarks.append(
                Unusable(why, "remove one if that is not meant").remark(reading.path, reading.record)
            )
    return tuple(remarks)
