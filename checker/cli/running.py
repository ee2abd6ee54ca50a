"""One run at the terminal: progress, interrupts, what is printed, and the exit code."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from checker.cli.output import deliver, put, refuse_outputs, say, unlinked
from checker.cli.progress import Progress
from checker.errors import CheckerError, ExitCode
from checker.estimate import estimate
from checker.load import Loaded, load
from checker.model.request import Tokens
from checker.report import Format
from checker.report.baseline import Baseline, accept, read_baseline, unfound
from checker.report.gate import failing, told
from checker.report.overview import overview
from checker.report.where import clean
from checker.report.words import count, is_complete
from checker.resources import cache_folder, endpoint, price_of
from checker.schema import Report
from checker.session import Session
from checker.settings import BUILTIN, Settings

DEFAULT_FILES = (Path("checker-report/report.html"), Path("checker-report/result.json"))


def live(
    loaded: Loaded,
    settings: Settings,
    outputs: Sequence[Path],
    shown: Format,
    accepted: Path | None = None,
) -> ExitCode:
    """
    Check the articles of *loaded*, write *outputs*, print *shown*, and give the exit code.

    The findings in the file *accepted* are marked in the report, and turn nothing red.
    """
    files = outputs or (tuple(map(unlinked, DEFAULT_FILES)) if shown == Format.TEXT else ())
    refuse_outputs(files, loaded, [accepted] if accepted else [])
    baseline = read_baseline(accepted) if accepted else Baseline()
    found, interrupted = asyncio.run(_check(loaded, settings))
    # Those of the loading, which come first, were said before the run.
    for remark in found.remarks[len(loaded.remarks) :]:
        say(f"note: {clean(str(remark))}")
    report = accept(found, baseline)
    deliver(report, files, shown)
    if accepted and is_complete(report):
        _mention_unfound(len(unfound(report, baseline)), len(baseline.accepted), accepted, files)
    code = exit_code(report, settings)
    return ExitCode.INTERRUPTED if interrupted else code


def exit_code(report: Report, settings: Settings) -> ExitCode:
    """
    Say on stderr what turns the run red, and give its exit code.

    A gap comes before a finding: a broken run never passes as an understood one.
    """
    found = failing(overview(report), settings.fail_on)
    if found:
        say(told(report, found))
    if report.failures:
        return ExitCode.INCOMPLETE
    return ExitCode.FOUND if found else ExitCode.OK


def dry(loaded: Loaded, settings: Settings) -> None:
    """Print what a run would read, ask, send where, and cost. Opens no connection."""
    put("\n".join([*_reading(loaded), *_plan(loaded, settings), "Nothing was sent."]) + "\n")


def read(paths: Sequence[Path], settings: Settings, against: Sequence[Path] = ()) -> Loaded:
    """Load *paths*, and the sources in *against*; say on stderr what was not read and what was noticed."""
    loaded = load(paths, against=against, max_bytes=settings.max_file_size)
    for remark in loaded.skipped:
        say(f"skipped: {clean(str(remark))}")
    for remark in loaded.remarks:
        say(f"note: {clean(str(remark))}")
    return loaded


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
            session.stop("interrupted")
            say("\nstopping: waiting for the answers under way; once more to end at once")
        else:
            say(
                "\ninterrupted: no report was written; the answers that are kept stay, the same command goes on from there"
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


async def _check(loaded: Loaded, settings: Settings) -> tuple[Report, bool]:
    """Give the report and whether the run was interrupted."""
    session = Session(settings)
    with interrupts(session) as received:
        try:
            async with session:
                with Progress(session.usage) as progress:
                    report = await _report(session, loaded, progress)
        finally:
            for remark in session.remarks:
                say(f"note: {clean(str(remark))}")
        if unused := session.unused():
            say(f"note: {len(unused)} recordings in {clean(str(unused[0].parent))} were not used")
        return report, bool(received)


async def _report(session: Session, loaded: Loaded, progress: Progress) -> Report:
    """Give the report; where the run ends in an error, say that it waits for what is paid for."""
    try:
        return await session.check(loaded, progress)
    except CheckerError:
        session.stop("the run has ended")
        if session.n_under_way:
            say("stopping: waiting for the answers under way; Ctrl-C twice to end at once")
        raise


def _mention_unfound(number: int, of: int, accepted: Path, files: Sequence[Path]) -> None:
    """Say how many of the accepted findings were not found, and how to be rid of them."""
    if number:
        result = next((path for path in files if path.suffix.lower() == ".json"), Path("RESULT.json"))
        names = f"{clean(shlex.quote(str(result)))} --baseline {clean(shlex.quote(str(accepted)))}"
        was = "was" if number == 1 else "were"
        every = " --all" if number == of else ""
        say(
            f"note: {number} of {count(of, 'accepted finding')} {was} not found: checker baseline prune {names}{every}"
        )


def _reading(loaded: Loaded) -> list[str]:
    """What would be read, and what of it is draft and what source."""
    n_sources = len(loaded.articles) - len(loaded.drafts)
    drafts = f"{count(len(loaded.drafts), 'draft')} and {count(n_sources, 'source')}"
    lines = [f"Would read {drafts if loaded.drafts else count(n_sources, 'article')}:"]
    for article in loaded.articles:
        role = ("draft   " if article.id in loaded.drafts else "source  ") if loaded.drafts else ""
        date = clean(article.published or "no date")
        lines.append(f"  {role}{clean(article.path)}  {date}  {len(article.text.split()):,} words")
    return lines


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
