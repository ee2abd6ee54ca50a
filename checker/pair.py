"""
Which claims to put side by side: claims in, groups of claims of two articles out.

Every pair of claims of different articles is in exactly one group, so nothing is lost here;
`Group.alike` says where to look first. Later, for many articles, groups may instead be packed
from the claims of several articles along the pairs that are alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from checker.lexical.likeness import Reading, Table, by_hints, by_letters, by_words, read_claims, relative
from checker.schema import Article, Claim, Group, Pair

PARTNERS = 2
_CUT = 0.5
_FLOOR = 0.05


def groups(articles: Sequence[Article], claims: Sequence[Claim]) -> tuple[Group, ...]:
    """
    One group for each two articles that both have claims, in the order of *articles*.

    Rows are the claims of the earlier article, columns those of the later, in the order of
    *claims*.
    """
    of_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        of_article[claim.article].append(claim)
    readings = _read(claims)
    return tuple(
        Group(
            articles=(earlier, later),
            rows=tuple(of_article[earlier.id]),
            columns=tuple(of_article[later.id]),
            alike=_alike(of_article[earlier.id], of_article[later.id], readings),
        )
        for earlier, later in combinations(articles, 2)
        if of_article[earlier.id] and of_article[later.id]
    )


def _read(claims: Sequence[Claim]) -> dict[str, Reading]:
    """The readings by claim id, whatever the order of *claims*."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    found = read_claims([(claim.text, claim.speaker) for claim in ordered])
    return {claim.id: reading for claim, reading in zip(ordered, found, strict=True)}


def _alike(rows: Sequence[Claim], columns: Sequence[Claim], readings: dict[str, Reading]) -> tuple[Pair, ...]:
    """The pairs kept by any method, best first by the mean of all; `why` names the first that kept it."""
    tables = _tables([readings[row.id] for row in rows], [readings[column.id] for column in columns])
    why: dict[tuple[int, int], str] = {}
    for method, scores in tables.items():
        for place in _kept(scores):
            why.setdefault(place, method)
    best = relative(tables["numbers"])
    ordered = sorted(why, key=lambda at: (-round(best[at[0]][at[1]], 9), rows[at[0]].id, columns[at[1]].id))
    return tuple(Pair(a=rows[i], b=columns[j], why=why[i, j]) for i, j in ordered)


def _tables(rows: Sequence[Reading], columns: Sequence[Reading]) -> dict[str, Table]:
    words, letters, hints = by_words(rows, columns), by_letters(rows, columns), by_hints(rows, columns)
    mixed = [
        [w + c + h if w + c >= _FLOOR else 0.0 for w, c, h in zip(*lines, strict=True)]
        for lines in zip(words, letters, hints, strict=True)
    ]
    return {"words": words, "letters": letters, "numbers": mixed}


def _kept(scores: Table) -> Iterator[tuple[int, int]]:
    """The places of a table that are good for their row and column, at most `PARTNERS` for each of them."""
    against = relative(scores)
    lines = [[(i, j) for j in range(len(row))] for i, row in enumerate(scores)]
    for line in (*lines, *(list(column) for column in zip(*lines, strict=True))):
        fit = [(i, j) for i, j in line if against[i][j] >= _CUT and scores[i][j] >= _FLOOR]
        cut = sorted((against[i][j] for i, j in fit), reverse=True)[:PARTNERS]
        yield from ((i, j) for i, j in fit if against[i][j] >= cut[-1])
