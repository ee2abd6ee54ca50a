"""One file → the articles it holds, or why it holds none that can be used."""

from __future__ import annotations

import os
import stat
from dataclasses import replace

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
    too_large = Unusable(f"larger than {max_bytes} bytes", "split it, or give a larger --max-file-size")
    if file.size > max_bytes:
        raise too_large
    try:
        # Since it was looked at, a file may have grown, or become a pipe that nobody writes to.
        with open(os.open(file.path, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:  # noqa: PTH123 - an open file
            is_regular = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
            data = stream.read(max_bytes + 1) if is_regular else b""
    except OSError as error:
        raise Unusable("cannot be read", "check its permissions") from error
    if not is_regular:
        raise Unusable("is no regular file any more", "save what it gives in a file")
    if len(data) > max_bytes:
        raise too_large
    return data


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
