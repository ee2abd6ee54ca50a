"""Report → the summary at the end of a run: at most 24 lines, plain text."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath

from checker.report.blocks import block
from checker.report.findings import Kind, Overview
from checker.report.measured import measured
from checker.report.overview import overview
from checker.report.paper import Paper, printed
from checker.report.spending import spent, total
from checker.report.unanswered import unanswered
from checker.report.where import clean
from checker.report.words import (
    count,
    engine,
    gaps,
    headline,
    inventory,
    is_complete,
    share,
    subject,
)
from checker.schema import Report

_MOST_FAILURES = 3
_LONGEST_NAME = 30
_LONGEST_ENGINE = 100
_MOST_ON_FILES = 3  # lines
_READABLE = (".html", ".htm", ".md", ".txt")
_WORSE = (Kind.CONFLICT, Kind.UNSUPPORTED, Kind.MISSING)


class _Rank(IntEnum):
    """What goes last where the lines are used up; the last ones go first."""

    ANSWER = 0
    GAPS = 1
    ENGINE = 2
    NEXT = 3
    WRITTEN = 4
    FINDINGS = 5
    MEASURED = 6
    FAILURES = 7
    NOT_READ = 8
    USAGE = 9
    INVENTORY = 10
    NOTES = 11
    GROUNDS = 12
    BLANK = 13
    STAGES = 14


# What may not go to make room for so many findings: for a first and a second one more goes than for a third.
_KEPT_BESIDE = {1: _Rank.FINDINGS, 2: _Rank.USAGE}


@dataclass(frozen=True)
class _Part:
    """Lines that are shown together or not at all."""

    rank: _Rank
    lines: Sequence[str]


def render(report: Report) -> str:
    """Give the summary for a text file."""
    return summary(report)


def summary(report: Report, *, files: Sequence[str] = (), paper: Paper | None = None) -> str:
    """
    Give what a person wants to know first, as lines that fit *paper*, each with its line break.

    *files* are the reports that were written. As many findings are shown as fit.
    """
    paper = paper or Paper()
    view = overview(report)
    worse = [one for one in view.of(*_WORSE) if one.accepted is None]
    blocks = [block(one, report, paper) for one in worse[: paper.rows]]
    for n in range(len(blocks), -1, -1):
        found = _findings(blocks[:n], len(worse) - n, files, paper)
        parts = [*_answer(report, view, paper), *found, *_foot(report, files, len(worse) - n, paper)]
        kept = _kept(parts, paper.rows)
        needed = _KEPT_BESIDE.get(n, _Rank.NOTES)
        if n == 0 or all(part in kept for part in parts if part.rank <= needed):
            break
    return printed(line for part in kept for line in part.lines)


def _kept(parts: Sequence[_Part], room: int) -> list[_Part]:
    """The parts that fit in *room* lines, those that matter most, in their order."""
    kept: set[int] = set()
    left = room
    for place in sorted(range(len(parts)), key=lambda place: parts[place].rank):
        size = len(parts[place].lines)
        if size <= left:
            kept.add(place)
            left -= size
    return [part for place, part in enumerate(parts) if place in kept]


def _answer(report: Report, view: Overview, paper: Paper) -> Iterator[_Part]:
    yield _Part(_Rank.ANSWER, [paper.strong(line) for line in paper.lines(f"{headline(report, view)}.")])
    yield _Part(_Rank.INVENTORY, paper.lines(f"{inventory(report, view)}."))
    if not is_complete(report):
        first, *rest = paper.lines(f"NOT COMPLETE: {gaps(report)}.")
        yield _Part(_Rank.GAPS, [first.replace("NOT COMPLETE", paper.alarm("NOT COMPLETE"), 1), *rest])
    if report.skipped:
        named = "; ".join(f"{one.path}: {one.problem}" for one in report.skipped)
        yield _Part(_Rank.NOT_READ, [paper.line(f"Not read: {count(len(report.skipped), 'input')}: {named}")])
    yield _Part(_Rank.ENGINE, paper.lines(f"Read by {clean(engine(report), _LONGEST_ENGINE)}."))
    if report.run.model is not None and report.run.notes:
        yield _Part(_Rank.NOTES, [paper.line(" ".join(report.run.notes))])
    if report.failures:
        yield _Part(_Rank.FAILURES, list(_failures(report, paper)))


def _failures(report: Report, paper: Paper) -> Iterator[str]:
    names = {one.id: clean(PurePosixPath(one.path).name, _LONGEST_NAME) for one in report.articles}
    steps = unanswered(report)
    for step in steps[:_MOST_FAILURES]:
        yield paper.line(f"  {step.step}: {subject(step, names)}: {step.error}")
    more = len(steps) - _MOST_FAILURES
    if more > 0:
        yield paper.line(f"  and {count(more, 'more failure')}")


def _findings(blocks: Sequence[Sequence[str]], left: int, files: Sequence[str], paper: Paper) -> list[_Part]:
    """Give *blocks*, and a line for those that are *left*."""
    lines = [line for one in blocks for line in one]
    if lines and lines[0]:
        lines.insert(0, "")
    if left:
        more = f"{left:,} more" if blocks else count(left, "finding")
        lines.append(paper.line(f"  … {more} {_place(files)}"))
    return [_Part(_Rank.FINDINGS, lines)] if lines else []


def _foot(report: Report, files: Sequence[str], left: int, paper: Paper) -> Iterator[_Part]:
    yield _Part(_Rank.BLANK, [""])
    yield from _usage(report, paper)
    if grounds := _grounds(report):
        yield _Part(_Rank.GROUNDS, [paper.line(f"{' · '.join(grounds)}.")])
    if figures := measured(report):
        yield _Part(_Rank.MEASURED, paper.lines(figures.line))
    yield _Part(_Rank.NEXT, paper.lines(f"Next: {_next_step(report, files, left)}", most=_MOST_ON_FILES))
    if files:
        yield _Part(_Rank.WRITTEN, paper.lines(f"Written: {', '.join(files)}", most=_MOST_ON_FILES))


def _usage(report: Report, paper: Paper) -> Iterator[_Part]:
    usages = [usage for usage in report.run.usage if usage.calls or usage.kept]
    if usages:
        yield _Part(_Rank.USAGE, [paper.line(f"Asked: {spent(total(usages))}")])
    if len(usages) > 1:
        yield _Part(_Rank.STAGES, [paper.line(f"  {usage.stage}: {spent(usage)}") for usage in usages])


def _grounds(report: Report) -> list[str]:
    quoted, whole = sum(one.quoted for one in report.coverage), sum(one.total for one in report.coverage)
    grounds = [f"Quoted: {share(quoted, whole)} of the text"] if report.coverage else []
    if report.counts.ungrounded:
        grounds.append(
            f"{count(report.counts.ungrounded, 'claim')} not kept: the article does not hold the quote"
        )
    return grounds


def _next_step(report: Report, files: Sequence[str], left: int) -> str:
    """Give one thing to do; *left* findings were not shown."""
    if report.failures:
        return "run the same command again to finish, with --retry-failed what was refused, cut or unusable."
    show, readable = _show(files), _first(files, *_READABLE)
    if left and show:
        return show
    if report.run.model is None:
        return "name a language model for a real judgement: --model NAME."
    if readable:
        return f"open {clean(readable)}."
    return show or "see every claim with its quotes: the same command with -o report.html."


def _place(files: Sequence[str]) -> str:
    """Where the findings are that were not shown."""
    if readable := _first(files, *_READABLE):
        return f"in {clean(readable)}"
    return f"with {show}" if (show := _show(files)) else "in the whole report: -o report.html"


def _show(files: Sequence[str]) -> str | None:
    result = _first(files, ".json")
    return f"checker show {shlex.quote(clean(result))}" if result else None


def _first(files: Sequence[str], *endings: str) -> str | None:
    """The first file with the first of *endings* that any has."""
    return next((file for ending in endings for file in files if file.lower().endswith(ending)), None)
