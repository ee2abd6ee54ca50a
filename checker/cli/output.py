"""What goes to stdout, to stderr and into files."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from checker.errors import SettingsError
from checker.load import Loaded
from checker.load.own import is_own_report
from checker.report import Format, format_of, render, write
from checker.report.paper import Paper
from checker.report.stored import read_report
from checker.report.terminal import summary
from checker.report.where import clean, commandless
from checker.report.words import gaps
from checker.schema import Report


def deliver(report: Report, files: Sequence[Path], shown: Format) -> None:
    """Write *report* to *files* and print it as *shown*; one file that fails costs the others nothing."""
    errors = {path: _write_error(report, path) for path in files}
    if shown == Format.TEXT:
        written = [str(path) for path, error in errors.items() if error is None]
        put(summary(report, files=written, paper=terminal()))
    elif shown == Format.GITHUB:
        pass_on(render(report, shown))
    else:
        put(render(report, shown))
    for error in filter(None, errors.values()):
        raise error


def read_result(path: Path) -> Report:
    """Give the report in a result file, or, for `-`, on stdin; say on stderr where it is not complete."""
    report = read_report(Path("/dev/stdin") if str(path) == "-" else path)
    if missing := gaps(report):
        say(f"note: {clean(str(path))} is not complete: {missing}")
    return report


def refuse_outputs(files: Iterable[Path], read: Loaded | Report, others: Iterable[Path] = ()) -> None:
    """
    Raise, before any work is done, for what could not be written.

    That is a file without an extension that is known, one that was *read*, or could not be,
    and one of *others*. A report of this program was not read, so it is written over.
    """
    inputs = _places([*(one.path for one in read.articles), *others])
    skipped = _places(one.path for one in read.skipped)
    for path in files:
        format_of(path)
        place = _place(path)
        if place in inputs or (place in skipped and not is_own_report(path)):
            raise SettingsError(f"-o {path}: this is one of the files to read; write the report elsewhere")


def unlinked(path: Path, option: str = "-o") -> Path:
    """
    Give *path*, which is written where *option* names no file; SettingsError where a link leads to it.

    A folder from elsewhere must not be able to choose what is written over.
    """
    link = next((place for place in (path, *path.parents) if place.is_symlink()), None)
    if link is not None:
        raise SettingsError(
            f"{link} is a link, and is not followed to write {path}; remove it, or name a file with {option}"
        )
    return path


def say(line: str) -> None:
    """
    Print *line* on stderr, if there is one; no build server finds a command in it.

    A stderr that is full or that nobody reads costs the line and nothing else.
    """
    if sys.stderr is not None:
        try:
            sys.stderr.write(commandless(line) + "\n")
        except OSError:
            _give_up(sys.stderr)


def put(text: str) -> None:
    """Print *text* on stdout as `pass_on` does; no build server finds a command in it."""
    pass_on(commandless(text))


def pass_on(text: str) -> None:
    """
    Print *text* on stdout as it is, in UTF-8 whatever the locale says, so that no character is lost.

    A reader that went away (`| head`) is no error of ours.
    """
    if sys.stdout is None:
        raise SettingsError("there is no stdout to print on; use -o FILE")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except OSError as error:
        _give_up(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return
        raise SettingsError(f"stdout cannot be written ({error.strerror}); use -o FILE") from error


def _give_up(stream: TextIO) -> None:
    """Let what is left in the buffer of *stream* go nowhere; it would fail once more at the end of the program."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def terminal() -> Paper | None:
    """What is printed on, with a line left for the prompt; None where stdout is no terminal."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    size = shutil.get_terminal_size()
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Paper(size.columns, size.lines - 1, colour=colour)


def _places(names: Iterable[str | Path]) -> set[Path | None]:
    return {_place(name) for name in names} - {None}


def _place(name: str | Path) -> Path | None:
    """Where a path leads; None where that cannot be said: a result may name any path."""
    try:
        return Path(name).resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle, a NUL in the name
        return None


def _write_error(report: Report, path: Path) -> SettingsError | None:
    """Write one report, or give the reason why not: it costs the others nothing."""
    try:
        write(report, path)
    except SettingsError as error:
        return error
    return None
