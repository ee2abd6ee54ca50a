"""`checker doctor`: what works here, what does not, and how to mend it."""

from __future__ import annotations

import os
import platform
import socket
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import typer

from checker.cli.app import app
from checker.errors import CheckerError, ExitCode
from checker.version import VERSION

if TYPE_CHECKING:
    from checker.settings import Settings

CONNECT_S = 5.0
PORTS = {"https": 443, "http": 80}


class Finding(NamedTuple):
    """One thing that was looked at."""

    state: str
    what: str
    says: str


@app.command(epilog="Example:  OPENAI_BASE_URL=http://localhost:8000/v1 CHECKER_MODEL=qwen3 checker doctor")
def doctor() -> None:
    """Say what works here: python, settings, endpoint, cache, and which text goes where."""
    from checker.report.where import clean, commandless  # noqa: PLC0415

    findings = list(_findings())
    for finding in findings:
        typer.echo(commandless(f"  {finding.state:<5} {finding.what:<10} {clean(finding.says)}"))
    if any(finding.state == "fail" for finding in findings):
        raise typer.Exit(ExitCode.SETUP)


def _findings() -> Iterator[Finding]:
    from checker.settings import find_file, read_settings  # noqa: PLC0415

    names = ("openai", "instructor", "pydantic", "diskcache")
    yield Finding(
        "ok",
        "python",
        f"{platform.python_version()}, checker {VERSION}, " + ", ".join(f"{n} {version(n)}" for n in names),
    )
    try:
        settings = read_settings({})
    except CheckerError as error:
        yield Finding("fail", "settings", str(error))
        return
    from pathlib import Path  # noqa: PLC0415

    yield Finding("ok", "settings", str(find_file(Path.cwd()) or "no file; options and CHECKER_* only"))
    yield from _model(settings)
    yield _cache(settings)


def _model(settings: Settings) -> Iterator[Finding]:
    from checker.resources import endpoint  # noqa: PLC0415
    from checker.settings import BUILTIN  # noqa: PLC0415

    if settings.model == BUILTIN:
        yield Finding("ok", "model", "builtin: no language model; set one with --model or CHECKER_MODEL")
        yield Finding("ok", "privacy", "no text leaves this machine")
        return
    try:
        place = endpoint(settings, os.environ)
        yield _reached(settings.model, place.base_url or "https://api.openai.com/v1")
        yield Finding("ok", "privacy", f"the text of the articles goes to {place.host}, and nowhere else")
    except CheckerError as error:
        yield Finding("fail", "model", str(error))


def _reached(model: str, url: str) -> Finding:
    """Open a connection and close it: no text, no key is sent."""
    parts = urlsplit(url)
    try:
        address = (parts.hostname or "", parts.port or PORTS.get(parts.scheme, 443))
        with socket.create_connection(address, timeout=CONNECT_S):
            return Finding(
                "ok", "model", f"{model} at {parts.hostname} (takes connections; nothing was sent)"
            )
    except (OSError, ValueError) as error:
        return Finding(
            "fail", "model", f"{model}: no connection to {parts.hostname} ({error}) → check OPENAI_BASE_URL"
        )


def _cache(settings: Settings) -> Finding:
    from checker.model.store import info  # noqa: PLC0415
    from checker.resources import cache_folder  # noqa: PLC0415

    try:
        kept = info(cache_folder(settings))
    except CheckerError as error:
        return Finding("fail", "cache", str(error))
    return Finding("ok", "cache", f"{kept.folder}: {kept.answers:,} answers, {kept.bytes / 1e6:.1f} MB")
