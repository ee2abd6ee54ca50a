"""Report → CSV, for Excel, Sheets and LibreOffice: one row for each claim of a finding."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import astuple, fields

from checker.report.rows import Row, rows
from checker.report.where import harmless
from checker.schema import Report

# Excel takes a file without it for one of the machine's old code page.
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*", re.ASCII)
# The minus sign is no variant of the hyphen to Unicode, but may be one to a spreadsheet.
_FORMULA = frozenset("=+-@\N{MINUS SIGN}")
_BREAKS = ("\t", "\r", "\n")


def render(report: Report) -> str:
    """Give the rows under a header: RFC 4180, with CR LF and a byte order mark."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(field.name for field in fields(Row))
    writer.writerows([_cell(value) for value in astuple(row)] for row in rows(report))
    return _BYTE_ORDER_MARK + file.getvalue()


def guarded(text: str) -> str:
    """
    Give *text* so that no spreadsheet takes it for a formula: with an apostrophe before it, if it could.

    A formula begins with one of = + - @, also in full width and after white space or what is
    not seen. A plain number stays; one more apostrophe before those of a text that looks
    guarded lets a reader take exactly one away. Source: OWASP, "CSV Injection".

    >>> guarded("=1+1"), guarded("-5"), guarded("12 people")
    ("'=1+1", '-5', '12 people')
    """
    if _NUMBER.fullmatch(text):
        return text
    bare = text.lstrip("'")
    seen = next((one for one in bare if not _is_blank(one)), "")
    could = bare.startswith(_BREAKS) or unicodedata.normalize("NFKC", seen) in _FORMULA
    return f"'{text}" if could else text


def _cell(value: str | int | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return guarded(harmless(value)) if isinstance(value, str) else str(value)


def _is_blank(character: str) -> bool:
    """White space, control and format characters, combining marks."""
    return character.isspace() or unicodedata.category(character)[0] in "CM"
