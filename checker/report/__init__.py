"""
Report → a file or a text: one module for each format, each with `render(report) -> str`.

Only Parquet is bytes, and is made by `frame`.

A new format is one module and one line in each of the two tables below. The modules are
imported when they are used: a run that writes JSON loads no templates.
"""

from __future__ import annotations

import os
import secrets
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import SettingsError

if TYPE_CHECKING:
    from checker.schema import Report


class Format(StrEnum):
    """What a report can be written as."""

    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"
    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"
    JUNIT = "junit"
    SARIF = "sarif"
    GITHUB = "github"
    LINE = "line"
    PARQUET = "parquet"


_MODULES = {
    Format.JSON: "checker.report.result",
    Format.MARKDOWN: "checker.report.markdown",
    Format.HTML: "checker.report.html",
    Format.TEXT: "checker.report.terminal",
    Format.JSONL: "checker.report.jsonl",
    Format.CSV: "checker.report.table",
    Format.JUNIT: "checker.report.junit",
    Format.SARIF: "checker.report.sarif",
    Format.GITHUB: "checker.report.github",
    Format.LINE: "checker.report.line",
}
_FRAME = "checker.report.frame"
_EXTENSIONS = {
    ".json": Format.JSON,
    ".md": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".txt": Format.TEXT,
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".xml": Format.JUNIT,
    ".sarif": Format.SARIF,
    ".parquet": Format.PARQUET,
}


def render(report: Report, format: Format) -> str:  # noqa: A002 - the word every caller uses for it
    """
    Give *report* as text in *format*, with exactly one line break at the end.

    `github` and `line` give nothing where there is nothing to tell. Raises SettingsError for
    `parquet`, which is no text.
    """
    if format not in _MODULES:
        raise SettingsError(
            f"{format} is no text that could be printed; write it to a file: -o FILE.{format}"
        )
    text: str = import_module(_MODULES[format]).render(report)
    return text.rstrip("\n") + "\n" if text else ""


def format_of(path: Path) -> Format:
    """
    Give the format that the extension of *path* names.

    Raises SettingsError for an unknown one, and where a library that it needs is not
    installed: before a run has cost anything.
    """
    try:
        wanted = _EXTENSIONS[path.suffix.lower()]
    except KeyError:
        known = " ".join(_EXTENSIONS)
        raise SettingsError(
            f"{str(path)!r}: no report format is known by the extension {path.suffix!r}; known are {known}"
        ) from None
    if wanted == Format.PARQUET:
        import_module(_FRAME)
    return wanted


def printable() -> tuple[Format, ...]:
    """Give the formats that are text, which `render` knows."""
    return tuple(_MODULES)


def extensions() -> tuple[str, ...]:
    """Give the extensions of a file's name that `format_of` knows."""
    return tuple(_EXTENSIONS)


def write(report: Report, path: Path) -> None:
    """
    Write *report* to *path* in the format of its extension: the whole file, or nothing.

    Missing parent folders are made. An old file stays as it is until the new one is whole.
    """
    wanted = format_of(path)
    if wanted == Format.PARQUET:
        save(import_module(_FRAME).parquet(report), path)
    else:
        save(render(report, wanted), path)


def save(content: str | bytes, path: Path) -> None:
    """Write *content* to *path* as `write` does; text in UTF-8."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        # The file behind a link is replaced, not the link.
        target = path.resolve()
        if target.exists() and not target.is_file():
            raise SettingsError(
                f"{str(path)!r} is not a plain file, so no report is written there; name a file"
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        raise SettingsError(f"{str(path)!r} cannot be written: {error}; name another place") from error


def _replace(target: Path, data: bytes) -> None:
    """Put *data* beside *target* first, so that a full disk or a crash leaves the old file."""
    beside = target.with_name(f".{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        # Opened by hand: the umask decides the mode, as for any other file.
        with os.fdopen(os.open(beside, flags, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
