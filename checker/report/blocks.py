"""One finding on a few lines of a terminal: where it stands, what is said, and what differs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from checker.report.findings import Finding, Kind
from checker.report.hints import HintKind
from checker.report.overview import leading_sides
from checker.report.paper import Paper, columns, cut, cut_front, padded
from checker.report.view import Difference, Spoken
from checker.report.where import clean
from checker.report.words import BETWEEN_WORDS, count, moment, spread
from checker.schema import Between, Report

_MOST_SIDES = 2
_MOST_SOURCES = 2
_MOST_ON_DIFFERS = 2  # lines
_LONGEST_NAME = 32
_LONGEST_VALUE = 48
_LABEL = "CONFLICT"
_INDENT = " " * 6
_DASH = "\N{EN DASH}"
_KIND_COLUMN = len(Kind.UNSUPPORTED)


def block(finding: Finding, report: Report, paper: Paper) -> list[str]:
    """Give *finding* as lines: a block among equals, a line or two with a draft."""
    return _of_draft(finding, report, paper) if report.drafts else ["", *_conflict(finding, paper)]


def _conflict(finding: Finding, paper: Paper) -> list[str]:
    first = next(iter(finding.differences), None)
    head = f"  F{finding.number} {first.verdict.aspect if first and first.verdict.aspect else 'other'}  "
    title = cut(clean(finding.fact.title), paper.columns - len(_LABEL + head))
    sides = leading_sides(finding)
    notes = []
    if len(sides) > _MOST_SIDES:
        notes.append(f"and {count(len(sides) - _MOST_SIDES, 'more article')}")
    if len(finding.differences) > 1:
        notes.append(f"{count(len(finding.differences), 'conflicting pair')} in all")
    lines = [paper.alarm(_LABEL) + head + title, *_sides(sides[:_MOST_SIDES], paper)]
    return lines + _differs(finding, first, notes, paper) if first else lines


def _sides(sides: Sequence[Spoken], paper: Paper) -> list[str]:
    """Give a line a side where all of it fits, in columns; else the quote has a line of its own."""
    heads = [_head(side) for side in sides]
    widths = [max(map(columns, column)) for column in zip(*heads, strict=True)]
    lines = []
    for side, head in zip(sides, heads, strict=True):
        told = "  ".join(padded(cell, width) for cell, width in zip(head, widths, strict=True) if width)
        lines.append(f"  {told}  “{_quote(side)}”")
    if all(columns(line) <= paper.columns for line in lines):
        return lines
    return [line for side, head in zip(sides, heads, strict=True) for line in _two_lines(side, head, paper)]


def _head(side: Spoken) -> tuple[str, str, str]:
    """Give where, when and who."""
    date = moment(side.article.published) if side.article.published else "no date"
    return side.place, date, clean(side.claim.speaker or "", _LONGEST_NAME)


def _two_lines(side: Spoken, head: tuple[str, str, str], paper: Paper) -> list[str]:
    place, *rest = filter(None, head)
    told = "".join(f"  {cell}" for cell in rest)
    room = paper.columns - len(_INDENT) - 2
    quote = cut(_quote(side), room)
    return [f"  {cut_front(place, paper.columns - 2 - columns(told))}{told}", f"{_INDENT}“{quote}”"]


def _differs(finding: Finding, one: Difference, notes: Sequence[str], paper: Paper) -> list[str]:
    """Give the two values or the reason, then what to consider before the conflict is believed."""
    told = []
    if one.differs:
        told.append("differs: " + " / ".join(clean(value, _LONGEST_VALUE) for value in one.differs))
    elif one.verdict.reason:
        told.append(f"why: {one.verdict.reason}")
    if finding.n_texts < len(finding.sides):
        told.append(spread(len(finding.sides), finding.n_texts))
    is_told = any(hint.kind == HintKind.SPEAKER for hint in finding.hints)
    if one.verdict.between == Between.SPEAKERS and not is_told:
        told.append(BETWEEN_WORDS[Between.SPEAKERS])
    told += [*(hint.text for hint in finding.hints), *notes]
    return paper.lines(" · ".join(told), "  ", _MOST_ON_DIFFERS) if told else []


def _of_draft(finding: Finding, report: Report, paper: Paper) -> list[str]:
    sources = len(report.articles) - len(report.drafts)
    if finding.kind == Kind.UNSUPPORTED:
        return [_line(finding, finding.spoken[0], f" {_DASH} {_in_none(sources)}", paper)]
    if finding.kind == Kind.MISSING:
        drafts = "the draft" if len(report.drafts) == 1 else "the drafts"
        tail = f" {_DASH} in every source ({sources:,}), not in {drafts}"
        return [_line(finding, finding.spoken[0], tail, paper)]
    first, others = _against(finding, report.drafts)
    named = "another draft" if first.b.article.id in report.drafts else "sources"
    return [*_contrasted(finding, first.a, named, others, paper), *_differs(finding, first, (), paper)]


def _in_none(sources: int) -> str:
    return "not in the source" if sources == 1 else f"in none of {sources:,} sources"


def _contrasted(
    finding: Finding, spoken: Spoken, named: str, others: Sequence[Spoken], paper: Paper
) -> list[str]:
    """Give the quote of the draft and those of the sources on one line if they fit, else on two."""
    shown = ", ".join(f"“{_quote(one)}” ({one.place})" for one in others[:_MOST_SOURCES])
    more = len(others) - _MOST_SOURCES
    tail = f" {_DASH} {named}: {shown}" + (f" and {more} more" if more > 0 else "")
    if columns(_start(finding, spoken, paper) + _quote(spoken) + tail) + 2 <= paper.columns:
        return [_line(finding, spoken, tail, paper)]
    end = f" ({cut_front(others[0].place, paper.columns // 2)})"
    end += f" and {len(others) - 1} more" if len(others) > 1 else ""
    head = f"  {named}: "
    quote = cut(_quote(others[0]), paper.columns - columns(head + end) - 2)
    return [_line(finding, spoken, "", paper), f"{head}“{quote}”{end}"]


def _line(finding: Finding, spoken: Spoken, tail: str, paper: Paper) -> str:
    """Give the place, the kind, the number, as much of the quote as fits, and *tail*."""
    start = _start(finding, spoken, paper)
    return f"{start}“{cut(_quote(spoken), paper.columns - columns(start + tail) - 2)}”{tail}"


def _start(finding: Finding, spoken: Spoken, paper: Paper) -> str:
    # A third of the line, so that a long path leaves room for the quote.
    place = cut_front(spoken.place, paper.columns // 3)
    return f"{place}  {finding.kind.value:<{_KIND_COLUMN}}  F{finding.number}  "


def _quote(spoken: Spoken) -> str:
    return clean(spoken.claim.quotes[0].text)


def _against(finding: Finding, drafts: Collection[str]) -> tuple[Difference, list[Spoken]]:
    """The first difference of a draft, of one with a source if there is one, and all that the claim conflicts with."""
    own = [one for one in finding.differences if one.a.article.id in drafts]
    first = min(own, key=lambda one: one.b.article.id in drafts)
    return first, list(dict.fromkeys([first.b, *(one.b for one in own if one.a == first.a)]))
