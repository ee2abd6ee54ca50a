"""Report → the summary at the end of a run: at most 25 lines, plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from textwrap import wrap

from checker.report.findings import Finding, Kind
from checker.report.overview import leading_sides, overview
from checker.report.view import Spoken
from checker.report.where import clean
from checker.report.words import (
    BETWEEN_WORDS,
    count,
    engine,
    gaps,
    headline,
    inventory,
    is_complete,
    moment,
    price,
    share,
    spent,
    total,
)
from checker.schema import Report, Usage

MOST_LINES = 25
_MOST_SIDES = 2
_MOST_FAILURES = 3
_MOST_USAGE = 6
_NARROWEST = 60
_QUOTE_INDENT = 6
_LONGEST_NAME = 32
_LONGEST_VALUE = 48
_LONGEST_SUBJECT = 60
_LONGEST_ENGINE = 100
_LABEL = "CONFLICT"
_READABLE = (".html", ".htm", ".md")
_TITLE_COLUMN = len("CONFLICT  attribution  ")


@dataclass(frozen=True)
class _Paper:
    """How wide the lines are, and whether our own words may be coloured."""

    width: int
    colour: bool

    def line(self, text: str) -> str:
        """Give a line that fits, whatever is in it."""
        indent = text[: len(text) - len(text.lstrip(" "))]
        return indent + clean(text, max(self.width - len(indent), 1))

    def lines(self, text: str) -> list[str]:
        """Give as many lines as *text* needs; for our own words, which are never cut."""
        return wrap(clean(text), self.width)

    def strong(self, word: str) -> str:
        """Give one of our own words in bold."""
        return f"\x1b[1m{word}\x1b[0m" if self.colour else word

    def alarm(self, word: str) -> str:
        """Give one of our own words in bold red."""
        return f"\x1b[1;31m{word}\x1b[0m" if self.colour else word


def render(report: Report) -> str:
    """Give the summary for a text file."""
    return summary(report)


def summary(
    report: Report, *, files: Sequence[str] = (), width: int = 100, colour: bool = False, conflicts: int = 4
) -> str:
    """
    Give what a person wants to know first: at most 25 lines, each with its line break.

    *files* are the reports that were written. At most *conflicts* facts are shown, fewer
    where the lines are used up. Lines fit *width* (60 or more), but a quote always gets 40
    characters, however long its place and speaker are.
    """
    paper = _Paper(max(width, _NARROWEST), colour)
    head = [*_answer(report, paper), *_failures(report, paper)]
    foot = _foot(report, files, paper)
    room = MOST_LINES - len(head) - len(foot) - 1
    # Two lines are kept for what the run used.
    shown = _conflicts(report, paper, files, _Room(room - 2, conflicts))
    usage = _usage(report, paper, room - len(shown))
    return "".join(f"{line}\n" for line in [*head, *shown, "", *usage, *foot])


@dataclass(frozen=True)
class _Room:
    """How many lines and how many conflicts may be shown."""

    lines: int
    conflicts: int


def _answer(report: Report, paper: _Paper) -> list[str]:
    lines = [paper.strong(line) for line in paper.lines(f"{headline(report, overview(report))}.")]
    lines += paper.lines(f"{inventory(report, overview(report))}.")
    if not is_complete(report):
        first, *rest = paper.lines(f"NOT COMPLETE: {gaps(report)}.")
        lines += [first.replace("NOT COMPLETE", paper.alarm("NOT COMPLETE"), 1), *rest]
    if report.skipped:
        named = "; ".join(f"{one.path}: {one.problem}" for one in report.skipped)
        lines.append(paper.line(f"Not read: {count(len(report.skipped), 'input')}: {named}"))
    lines += paper.lines(f"Read by {clean(engine(report), _LONGEST_ENGINE)}.")
    if report.run.model is not None and report.run.notes:
        lines.append(paper.line(" ".join(report.run.notes)))
    return lines


def _failures(report: Report, paper: _Paper) -> list[str]:
    names = {article.id: PurePosixPath(article.path).name for article in report.articles}
    lines = []
    for failure in report.failures[:_MOST_FAILURES]:
        about = ", ".join(names.get(article, article) for article in failure.articles)
        lines.append(paper.line(f"  {failure.step}: {clean(about, _LONGEST_SUBJECT)}: {failure.error}"))
    more = len(report.failures) - _MOST_FAILURES
    if more > 0:
        lines.append(paper.line(f"  and {count(more, 'more failure')}"))
    return lines


def _conflicts(report: Report, paper: _Paper, files: Sequence[str], room: _Room) -> list[str]:
    """Give as many conflicts as fit, a blank line before each, and how many are left."""
    found = overview(report).of(Kind.CONFLICT)
    lines: list[str] = []
    n_shown = 0
    for shown in found[: room.conflicts]:
        block = ["", *_conflict(shown, paper)]
        is_last = n_shown + 1 == len(found)
        if len(lines) + len(block) + (0 if is_last else 1) > room.lines:
            break
        lines += block
        n_shown += 1
    left = len(found) - n_shown
    if left:
        more = f"{left} more" if n_shown else count(left, "conflict")
        place = f"in {clean(_most_readable(files))}" if files else "in the whole report: -o report.html"
        lines.append(paper.line(f"  … {more} {place}"))
    return lines


def _conflict(shown: Finding, paper: _Paper) -> list[str]:
    first = shown.differences[0] if shown.differences else None
    aspect = str(first.verdict.aspect or "other") if first else "other"
    title = clean(shown.fact.title, paper.width - _TITLE_COLUMN)
    sides = leading_sides(shown)
    lines = [f"{paper.alarm(_LABEL)}  {aspect:<11}  {title}", *_sides(sides[:_MOST_SIDES], paper)]
    if first and first.differs:
        apart = " / ".join(clean(value, _LONGEST_VALUE) for value in first.differs)
        lines.append(paper.line(f"  differs: {apart}{_more_on(shown, len(sides))}"))
    elif first and first.verdict.reason:
        lines.append(paper.line(f"  why: {first.verdict.reason}{_more_on(shown, len(sides))}"))
    return lines


def _more_on(shown: Finding, n_sides: int) -> str:
    """Give who contradicts whom, and what of this conflict is not on the lines above."""
    between = shown.differences[0].verdict.between
    notes = [BETWEEN_WORDS[between]] if between else []
    if n_sides > _MOST_SIDES:
        notes.append(f"and {count(n_sides - _MOST_SIDES, 'more article')}")
    if len(shown.differences) > 1:
        notes.append(f"{count(len(shown.differences), 'conflicting pair')} in all")
    return "".join(f" · {note}" for note in notes)


def _sides(sides: Sequence[Spoken], paper: _Paper) -> list[str]:
    """Give two lines a side: where it stands, when and who; then the quote."""
    lines = []
    for side in sides:
        date = moment(side.article.published) if side.article.published else "no date"
        speaker = f"  {clean(side.claim.speaker, _LONGEST_NAME)}" if side.claim.speaker else ""
        quote = clean(side.claim.quotes[0].text, paper.width - _QUOTE_INDENT - 2)
        lines += [f"  {side.place}  {date}{speaker}", f"{' ' * _QUOTE_INDENT}“{quote}”"]
    return lines


def _usage(report: Report, paper: _Paper, room: int) -> list[str]:
    """Give one line for each stage if they fit, else all of them one after another."""
    usages = [usage for usage in report.run.usage if usage.calls or usage.kept]
    if not usages:
        return []
    if len(usages) <= min(_MOST_USAGE, room):
        return [paper.line(f"Asked, {usage.stage}: {spent(usage)}") for usage in usages]
    if len(usages) > _MOST_USAGE:
        return [paper.line(f"Asked: {spent(total(usages))}")]
    stages = "; ".join(f"{usage.stage} {_short_usage(usage)}" for usage in usages)
    return paper.lines(f"Asked (tokens in/out): {stages}; {price(total(usages))}")


def _short_usage(usage: Usage) -> str:
    calls = f"{count(usage.calls, 'call')} {usage.tokens_in:,}/{usage.tokens_out:,}"
    kept = f"{usage.kept:,} kept {usage.kept_tokens_in:,}/{usage.kept_tokens_out:,}"
    return " and ".join([*([calls] if usage.calls else []), *([kept] if usage.kept else [])])


def _foot(report: Report, files: Sequence[str], paper: _Paper) -> list[str]:
    quoted, whole = sum(one.quoted for one in report.coverage), sum(one.total for one in report.coverage)
    grounds = [f"Quoted: {share(quoted, whole)} of the text"] if report.coverage else []
    if report.counts.ungrounded:
        grounds.append(
            f"{count(report.counts.ungrounded, 'claim')} not kept: the article does not hold the quote"
        )
    lines = [*([paper.line(f"{' · '.join(grounds)}.")] if grounds else [])]
    lines.append(paper.line(f"Next: {_next_step(report, files)}"))
    return [*lines, f"Written: {', '.join(clean(file) for file in files)}"] if files else lines


def _next_step(report: Report, files: Sequence[str]) -> str:
    if report.failures:
        return "run the same command again to finish; what was answered is not asked again."
    if report.run.model is None:
        return "name a language model for a real judgement: --model NAME."
    if not files:
        return "see every claim with its quotes: the same command with -o report.html."
    return f"open {_most_readable(files)}."


def _most_readable(files: Sequence[str]) -> str:
    return next((file for ending in _READABLE for file in files if file.lower().endswith(ending)), files[0])
