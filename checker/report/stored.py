"""Files on disk → their text or the report in them, never more than a bound."""

from __future__ import annotations

import re
from pathlib import Path

from checker.errors import InputError
from checker.files import TooLarge, named_bytes
from checker.report.result import parse
from checker.schema import Report

# Of a result; the texts of a hundred articles of the largest size that is read without being asked.
LARGEST = 200_000_000
_VERSION = re.compile(r'"version"\s*:\s*\d')


def read_report(path: Path) -> Report:
    """Give the report in the result file at *path*; InputError says what is wrong with any other file."""
    text = text_of(path, LARGEST)
    try:
        return parse(text)
    except InputError as error:
        if not _VERSION.search(text):
            raise InputError(
                f"{path}: not a result file of checker → name what checker check -o result.json wrote"
            ) from error
        raise InputError(f"{path}: {error}") from error


def text_of(path: Path, most_bytes: int) -> str:
    """Give the text of the UTF-8 file at *path*, which may have at most *most_bytes*."""
    try:
        data = named_bytes(path, most_bytes)
    except TooLarge as error:
        raise InputError(f"{path}: {error} → name a file that checker wrote") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}) → check the name") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 → name a file that checker wrote") from error
