"""One finding in Markdown: in full, as an entry of a list, or as a row of the table of facts and articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from checker.report.findings import Chapter, Finding
from checker.report.inert import escaped, quoted
from checker.report.overview import leading_sides
from checker.report.view import Side, Spoken
from checker.report.words import BETWEEN_WORDS, count, moment, spread
from checker.schema import Label

LEGEND = (
    "▲A and ▲B cannot both be true, ● agrees, ○ is only there, ? is not judged, "
    "\N{EN DASH} is not mentioned.\n\n"
)
_MOST_CLAIMS = 6
_MOST_QUOTES = 2
_LONGEST_TITLE = 200
_LONGEST_PLACE = 160
_LONGEST_NAME = 80
_LONGEST_REASON = 300
_LONGEST_CELL = 40
_NOT_MENTIONED = "\N{EN DASH}"
_SYMBOLS = {Label.CONFLICTING: "▲", Label.AGREEING: "●", Label.UNIQUE: "○", None: "?"}


def in_full(finding: Finding) -> str:
    """Give a conflict with its quotes, what differs, and what to consider first."""
    return "".join(f"{line}\n" for line in _in_full(finding))


def entry(finding: Finding) -> str:
    """Give a finding as an entry of a list, with a line for each claim."""
    told = f" ({spread(len(finding.sides), finding.n_texts)})" if len(finding.sides) > 1 else ""
    claims = [f"{_who(spoken)}: {' '.join(_quotes(spoken))}" for spoken in _chosen(finding)]
    below = "".join(f"  - {line}\n" for line in [*claims, *_left_out(finding)])
    return f"- **F{finding.number}** {title(finding)}{told}\n{below}"


def title(finding: Finding) -> str:
    """Give its title, which takes no side."""
    return escaped(finding.fact.title, _LONGEST_TITLE)


def heading(chapters: Sequence[Chapter]) -> str:
    """Give the head of the table of facts and articles."""
    names = [
        f"{one.number} {escaped(PurePosixPath(one.article.path).name, _LONGEST_CELL)}" for one in chapters
    ]
    return f"| Fact | {' | '.join(names)} |\n|{' --- |' * (len(names) + 1)}\n"


def row(finding: Finding, chapters: Sequence[Chapter]) -> str:
    """Give what each article says of a fact, in the shortest words."""
    sides = {side.article.id: side for side in finding.sides}
    cells = [_cell(finding, sides.get(one.article.id)) for one in chapters]
    name = f"**F{finding.number}** {escaped(finding.fact.title, 2 * _LONGEST_CELL)}"
    return f"| {' | '.join([name, *cells])} |\n"


def _in_full(finding: Finding) -> Iterator[str]:
    aspects = dict.fromkeys(one.verdict.aspect for one in finding.differences if one.verdict.aspect)
    yield f"### F{finding.number} {' · '.join([*aspects, title(finding)])}"
    yield ""
    yield f"{spread(len(finding.sides), finding.n_texts)}."
    if finding.hints:
        hints = "; ".join(escaped(hint.text, _LONGEST_PLACE) for hint in finding.hints)
        yield f"To consider first: {hints}."
    yield ""
    for spoken in _chosen(finding):
        yield from (f"{_who(spoken, _camp(finding, spoken))}:", "")
        for quote in _quotes(spoken):
            yield from (f"> {quote}", "")
    yield from _differences(finding)
    yield from (f"- {more}" for more in _left_out(finding))
    yield ""


def _chosen(finding: Finding) -> list[Spoken]:
    """The claims that are shown, in their order: those that contradict each other before others."""
    by_weight = dict.fromkeys([*leading_sides(finding), *finding.spoken])
    chosen = list(by_weight)[:_MOST_CLAIMS]
    return [spoken for spoken in finding.spoken if spoken in chosen]


def _left_out(finding: Finding) -> list[str]:
    left = len(finding.spoken) - _MOST_CLAIMS
    return [f"and {count(left, 'more claim')}, in the whole report"] if left > 0 else []


def _camp(finding: Finding, spoken: Spoken) -> str:
    return f" {_side_of(finding, spoken)}" if len(finding.camps) > 1 else ""


def _side_of(finding: Finding, spoken: Spoken) -> str:
    """Give the side of a claim; one that is on neither keeps the symbol of its own status."""
    letter = finding.camp_of(spoken).letter
    return f"{_SYMBOLS[Label.CONFLICTING]}{letter}" if letter else _SYMBOLS[spoken.status]


def _who(spoken: Spoken, camp: str = "") -> str:
    """Give claim number, camp, place, date and speaker of a claim."""
    article, speaker = spoken.article, spoken.claim.speaker
    places = dict.fromkeys(spoken.place_of(quote) for quote in spoken.claim.quotes)
    known = [escaped(", ".join(places), _LONGEST_PLACE)]
    known += [escaped(moment(article.published))] if article.published else []
    known += [f"speaker {escaped(speaker, _LONGEST_NAME)}"] if speaker else []
    return f"**{spoken.number}**{camp} · {', '.join(known)}"


def _quotes(spoken: Spoken) -> list[str]:
    quotes = [quoted(quote.text) for quote in spoken.claim.quotes[:_MOST_QUOTES]]
    left = len(spoken.claim.quotes) - _MOST_QUOTES
    return [*quotes, f"and {count(left, 'more passage')}"] if left > 0 else quotes


def _differences(finding: Finding) -> Iterator[str]:
    chosen = _chosen(finding)
    told = [one for one in finding.differences if one.a in chosen and one.b in chosen][:_MOST_CLAIMS]
    for one in told:
        verdict = one.verdict
        kinds = [str(verdict.aspect)] if verdict.aspect else []
        kinds += [BETWEEN_WORDS[verdict.between]] if verdict.between else []
        kind = f" ({', '.join(kinds)})" if kinds else ""
        values = [escaped(value, _LONGEST_NAME) for value in one.differs or ()]
        apart = f": {' / '.join(values)}" if values else ""
        yield f"- **{one.a.number}** and **{one.b.number}** cannot both be true{kind}{apart}."
        if verdict.reason:
            yield f"  {escaped(verdict.reason, _LONGEST_REASON)}"
    left = len(finding.differences) - len(told)
    if left:
        yield f"- and {count(left, 'more pair')} of claims that cannot both be true"


def _cell(finding: Finding, side: Side | None) -> str:
    if side is None:
        return _NOT_MENTIONED
    symbol = _SYMBOLS[finding.fact.label]
    if len(finding.camps) > 1:
        symbol = " ".join(dict.fromkeys(_side_of(finding, spoken) for spoken in side.spoken))
    value = finding.value(side)
    if value is not None:
        return f"{symbol} {escaped(value, _LONGEST_CELL)}"
    return f"{symbol} {quoted(side.spoken[0].claim.quotes[0].text, _LONGEST_CELL)}"
