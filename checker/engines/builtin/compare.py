"""Rows and columns of claims in, verdicts out; what is not in them is unique."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from checker.engines.builtin.clash import Clash, find_clash, other_occasion
from checker.lexical.features import cosine
from checker.lexical.likeness import Reading, Table, by_hints, by_letters, by_words, read_claims, relative
from checker.lexical.words import STOP, stem, tokens
from checker.schema import Between, Claim, Label, Verdict

# Chosen on all of evals/sets/newswire; chosen on either half of its events, they come out close by.
_RELATIVE = 0.7
_AGREEING = 0.75
_CONFLICTING = 0.6
_SAME_CONTENT = 0.15
_TOPIC_WORDS = 2
_SAME = "Both say it in the same words."


class _Meeting(NamedTuple):
    """A row and a column that may belong together: how much, and whether they clash."""

    row: int
    column: int
    kinship: float
    clash: Clash | None


def compare(rows: Sequence[Claim], columns: Sequence[Claim]) -> tuple[Verdict, ...]:
    """
    The verdicts on *rows* and *columns* that are not `unique`, in the order of the rows.

    A claim has at most one verdict here, with the partner that fits it best; claims with
    the same words always agree. The labels do not change when rows and columns are swapped.
    """
    claims = (*rows, *columns)
    readings = read_claims([(claim.text, claim.speaker) for claim in claims])
    ours, theirs = readings[: len(rows)], readings[len(rows) :]
    plain = [_plain(column) for column in columns]
    same = [(i, j) for i, row in enumerate(map(_plain, rows)) for j, text in enumerate(plain) if row == text]
    met = sorted(_meetings(ours, theirs), key=lambda m: _order(m, rows, columns))
    found = {
        (i, j): Verdict(a=rows[i].id, b=columns[j].id, label=Label.AGREEING, reason=_SAME) for i, j in same
    }
    taken_rows, taken_columns = {i for i, _ in same}, {j for _, j in same}
    for meeting in met:
        if meeting.row not in taken_rows and meeting.column not in taken_columns:
            taken_rows.add(meeting.row)
            taken_columns.add(meeting.column)
            found[meeting.row, meeting.column] = _verdict(meeting, rows, columns, (ours, theirs))
    return tuple(found[place] for place in sorted(found))


def _plain(claim: Claim) -> str:
    return " ".join(claim.text.casefold().split())


def _order(meeting: _Meeting, rows: Sequence[Claim], columns: Sequence[Claim]) -> tuple[float, list[str]]:
    return -round(meeting.kinship, 9), sorted((rows[meeting.row].id, columns[meeting.column].id))


def _meetings(rows: Sequence[Reading], columns: Sequence[Reading]) -> Iterator[_Meeting]:
    """The pairs that agree or conflict, if each is looked at alone."""
    if not rows or not columns:
        return
    scores = _scores(rows, columns)
    against = relative(scores)
    for i, j in product(range(len(rows)), range(len(columns))):
        kinship = against[i][j] ** _RELATIVE * scores[i][j] ** (1 - _RELATIVE)
        if kinship < min(_AGREEING, _CONFLICTING) or other_occasion(rows[i], columns[j]):
            continue
        clash = find_clash(rows[i], columns[j])
        if clash and kinship >= _CONFLICTING and cosine(rows[i].content, columns[j].content) >= _SAME_CONTENT:
            yield _Meeting(i, j, kinship, clash)
        elif kinship >= _AGREEING and not (clash and clash.plain):
            yield _Meeting(i, j, kinship, None)


def _scores(rows: Sequence[Reading], columns: Sequence[Reading]) -> Table:
    """Half by the words (of all, and of what is said), half by letters, and a little by hints."""
    words, letters, hints = by_words(rows, columns), by_letters(rows, columns), by_hints(rows, columns)
    said = [[cosine(row.words, column.words) for column in columns] for row in rows]
    return [
        [(w + s + c) / 2 + h if w + c > 0 else 0.0 for w, s, c, h in zip(*lines, strict=True)]
        for lines in zip(words, said, letters, hints, strict=True)
    ]


def _verdict(
    meeting: _Meeting,
    rows: Sequence[Claim],
    columns: Sequence[Claim],
    read: tuple[list[Reading], list[Reading]],
) -> Verdict:
    a, b, clash = rows[meeting.row], columns[meeting.column], meeting.clash
    topic = _topic(read[0][meeting.row], read[1][meeting.column])
    if clash is None:
        return Verdict(a=a.id, b=b.id, label=Label.AGREEING, reason=f"{topic} and say much the same.")
    return Verdict(
        a=a.id,
        b=b.id,
        label=Label.CONFLICTING,
        aspect=clash.aspect,
        between=_between(read[0][meeting.row], read[1][meeting.column], clash),
        differs=clash.differs,
        reason=f"{topic}; {clash.reason}.",
    )


def _between(one: Reading, other: Reading, clash: Clash) -> Between:
    """Two speakers contradict each other; but the articles do, where the question is who said it."""
    two = one.speaker and other.speaker and not one.speaker & other.speaker
    return Between.SPEAKERS if two and not clash.about_speaker else Between.ARTICLES


def _topic(one: Reading, other: Reading) -> str:
    """The words that tell most of what the two share."""
    shared = sorted(
        one.content.keys() & other.content.keys(),
        key=lambda term: (-one.content[term] * other.content[term], term),
    )
    words = {
        stem(token.lower()): token
        for token in reversed(tokens(one.text))
        if token.lower() not in STOP and token.isalpha()
    }
    named = [words[term] for term in shared if term in words][:_TOPIC_WORDS]
    return f"Both speak of {' and '.join(named)}" if named else "Both speak of one thing"
