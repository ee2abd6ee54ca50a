"""One run at the terminal: progress, interrupts, what is printed, and the exit code."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from checker.cli.progress import Progress
from checker.errors import ExitCode, SettingsError
from checker.estimate import estimate
from checker.load import Loaded, load
from checker.model.request import Tokens
from checker.report import Format, format_of, render, write
from checker.report.paper import Paper
from checker.report.terminal import summary
from checker.report.where import clean
from checker.schema import Label, Report
from checker.session import Session, cache_folder, endpoint, price_of
from checker.settings import BUILTIN, Settings

DEFAULT_FILES = (Path("checker-report/report.html"), Path("checker-report/result.json"))


def live(loaded: Loaded, settings: Settings, outputs: Sequence[Path], shown: Format) -> ExitCode:
    """Check the articles of *loaded*, write *outputs*, print *shown*, and give the exit code."""
    files = outputs or (DEFAULT_FILES if shown == Format.TEXT else ())
    for path in files:
        format_of(path)
        _refuse_input(path, loaded)
    report, interrupted = asyncio.run(_check(loaded, settings))
    # Those of the loading, which come first, were said before the run.
    for remark in report.remarks[len(loaded.remarks) :]:
        say(f"note: {clean(str(remark))}")
    errors = {path: _write_error(report, path) for path in files}
    if shown == Format.TEXT:
        written = [str(path) for path, error in errors.items() if error is None]
        put(summary(report, files=written, paper=_paper()))
    else:
        put(render(report, shown))
    for error in filter(None, errors.values()):
        raise error
    return ExitCode.INTERRUPTED if interrupted else exit_code(report, settings)


def _write_error(report: Report, path: Path) -> SettingsError | None:
    """Write one report, or give the reason why not: it costs the others nothing."""
    try:
        write(report, path)
    except SettingsError as error:
        return error
    return None


def exit_code(report: Report, settings: Settings) -> ExitCode:
    """A gap comes before a finding: a broken run never passes as an understood one."""
    if report.failures:
        return ExitCode.INCOMPLETE
    if settings.fail_on == "conflict" and report.labelled(Label.CONFLICTING):
        return ExitCode.FOUND
    return ExitCode.OK


def dry(loaded: Loaded, settings: Settings) -> None:
    """Print what a run would read, ask, send where, and cost. Opens no connection."""
    lines = [f"Would read {len(loaded.articles)} articles:"]
    lines += [
        f"  {clean(article.path)}  {article.published or 'no date'}  {len(article.text.split()):,} words"
        for article in loaded.articles
    ]
    lines += _plan(loaded, settings)
    put("\n".join([*lines, "Nothing was sent."]) + "\n")


def read(paths: Sequence[Path], settings: Settings) -> Loaded:
    """Load *paths*, and say on stderr what was not read and what was noticed."""
    loaded = load(paths, max_bytes=settings.max_file_size)
    for remark in loaded.skipped:
        say(f"skipped: {clean(str(remark))}")
    for remark in loaded.remarks:
        say(f"note: {clean(str(remark))}")
    return loaded


def say(line: str) -> None:
    """Print *line* on stderr, if there is one."""
    if sys.stderr is not None:
        sys.stderr.write(line + "\n")


def put(text: str) -> None:
    """
    Print *text* on stdout, in UTF-8 whatever the locale says, so that no character is lost.

    A reader that went away (`| head`) is no error of ours.
    """
    if sys.stdout is None:
        raise SettingsError("there is no stdout to print on; use -o FILE")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is left in the buffer would fail once more at the end of the program.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return
        raise SettingsError(f"stdout cannot be written ({error.strerror}); use -o FILE") from error


@contextmanager
def interrupts(session: Session) -> Iterator[list[str]]:
    """
    Ctrl-C or SIGTERM once: ask nothing new, let the paid answers come, report what is known.

    The second one, or the first where nothing is paid for, ends the program at once.
    """
    loop = asyncio.get_running_loop()
    received: list[str] = []

    def handle(name: str) -> None:
        received.append(name)
        if len(received) == 1 and session.is_paid:
            say("\nstopping: waiting for the answers under way; once more to end at once")
            session.stop("interrupted")
        else:
            say(
                "\ninterrupted: nothing was written; answers that had come are kept, the same command goes on from there"
            )
            # Not by an exception: a thread, or a call under way, could hold it up. Kept answers are on disk.
            os._exit(ExitCode.INTERRUPTED)

    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, handle, number.name)
    try:
        yield received
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def _refuse_input(path: Path, loaded: Loaded) -> None:
    """A report must not be written over what was read."""
    named = [*(one.path for one in loaded.articles), *(one.path for one in loaded.skipped)]
    inputs = {Path(name).resolve() for name in named}
    if path.resolve() in inputs:
        raise SettingsError(f"-o {path}: this is one of the files to check; write the report elsewhere")


async def _check(loaded: Loaded, settings: Settings) -> tuple[Report, bool]:
    """Give the report and whether the run was interrupted."""
    async with Session(settings) as session:
        with interrupts(session) as received, Progress(session.usage) as progress:
            report = await session.check(loaded, progress)
        if unused := session.unused():
            say(f"note: {len(unused)} recordings in {clean(str(unused[0].parent))} were not used")
        return report, bool(received)


def _plan(loaded: Loaded, settings: Settings) -> list[str]:
    if settings.replay:
        return [
            f"Answers would be taken from {clean(str(settings.replay))}; no text would leave this machine."
        ]
    if settings.model == BUILTIN:
        return ["The built-in engine would be used: no model, no network, no cost."]
    plan = estimate(loaded.articles)
    price = price_of(settings, os.environ)
    tokens = Tokens(prompt=plan.tokens_in, completion=plan.tokens_out)
    cost = (
        f"about ${price.cost(tokens):.4f}"
        if price
        else "price not known (--price-in and --price-out, or the extra [prices])"
    )
    tokens_shown = f"{plan.tokens_in:,} tokens in, {plan.tokens_out:,} out"
    return [
        f"Would send their text to {endpoint(settings, os.environ).host} (model {clean(settings.model)}).",
        f"  about {plan.claims} claims, {plan.pairs:,} pairs, {plan.calls} calls, {tokens_shown}; {cost}",
        f"  answers already kept in {clean(str(cache_folder(settings)))} are not asked for again",
    ]


def _paper() -> Paper:
    """What is printed on: a terminal of its size, with a line left for the prompt, or plain paper."""
    if sys.stdout is None or not sys.stdout.isatty():
        return Paper()
    size = shutil.get_terminal_size()
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Paper(size.columns, size.lines - 1, colour=colour)
