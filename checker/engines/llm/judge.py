"""Claims → proposals by asking: one short row for every claim of the first article."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.engines import Judgement
from checker.engines.llm.conversation import Answered, Conversation, Question
from checker.engines.llm.verify import Verifier
from checker.errors import NoAnswer
from checker.prompt import Prompt, fence, load_prompt
from checker.schema import Article, Claim, Failure, Frozen, Group, Label, Pair, Verdict

MAX_ROWS = 30
MAX_SECOND_LOOKS = 10
MAX_NAMED = 10


class _Row(Frozen):
    a: int
    agrees: list[int]
    conflicts: list[int]


class _Rows(Frozen):
    rows: list[_Row]


@dataclass(frozen=True)
class _Proposed:
    """Pairs that a first look found to agree or conflict, and the rows that got no answer."""

    agreeing: tuple[tuple[Claim, Claim], ...] = ()
    conflicting: tuple[tuple[Claim, Claim], ...] = ()
    failures: tuple[Failure, ...] = ()


class Judge:
    """Compares the claims of a group: propose from the claims alone, then look again."""

    def __init__(self, talk: Conversation, verifier: Verifier) -> None:
        self._talk = talk
        self._verifier = verifier
        self._prompt = load_prompt("judge.v1")
        self.prompts: tuple[Prompt, ...] = (self._prompt, *verifier.prompts)

    async def judge(self, group: Group) -> Judgement:
        """
        Give the verdicts of *group*, in the order of its rows and columns.

        A proposed agreement stands. A proposed conflict, and a pair that looks alike but
        was not proposed, gets the label of the second look.
        """
        chunks = _chunks(group.rows)
        proposed = _join(await asyncio.gather(*(self._propose(group, rows) for rows in chunks)))
        looked = await self._verifier.look(group, _second_looks(group, proposed))
        first = [Verdict(a=a.id, b=b.id, label=Label.AGREEING) for a, b in proposed.agreeing]
        return Judgement(
            verdicts=_in_order(group, [*first, *looked.verdicts]),
            failures=(*proposed.failures, *looked.failures),
        )

    async def _propose(self, group: Group, rows: Sequence[Claim]) -> _Proposed:
        article_a, article_b = _articles(group)
        values = {
            "published_a": article_a.published or "not known",
            "published_b": article_b.published or "not known",
            "claims_a": fence("claims-a", numbered(rows)),
            "claims_b": fence("claims-b", numbered(group.columns)),
        }

        def problems(reply: _Rows) -> tuple[str, ...]:
            return _problems(reply, len(rows), len(group.columns))

        try:
            answered = await self._talk.hold(Question("judge", self._prompt, values, _Rows, problems))
        except NoAnswer as error:
            return _Proposed(failures=(_failure(group, rows, str(error)),))
        return _read(group, rows, answered)


def numbered(claims: Sequence[Claim]) -> str:
    """The claims as the model reads them: one a line, numbered from 1."""
    return "\n".join(f"{number}. {claim.text}" for number, claim in enumerate(claims, start=1))


def _chunks(rows: Sequence[Claim]) -> list[Sequence[Claim]]:
    """Cut *rows* into as few chunks of at most MAX_ROWS as do, all about as long."""
    n_chunks = -(-len(rows) // MAX_ROWS)
    borders = [len(rows) * i // n_chunks for i in range(n_chunks + 1)]
    return [rows[start:end] for start, end in pairwise(borders)]


def _problems(reply: _Rows, n_rows: int, n_columns: int) -> tuple[str, ...]:
    times = Counter(row.a for row in reply.rows)
    problems = [f"there is no row for claim {n} of article A" for n in range(1, n_rows + 1) if n not in times]
    problems += [
        f"there is more than one row for claim {number} of article A"
        for number, n_times in sorted(times.items())
        if n_times > 1
    ]
    problems += [
        f"row {row.a}: {problem}" for row in reply.rows for problem in _row_problems(row, n_rows, n_columns)
    ]
    return tuple(problems[:MAX_NAMED])


def _row_problems(row: _Row, n_rows: int, n_columns: int) -> list[str]:
    problems = []
    if not 1 <= row.a <= n_rows:
        problems.append(f"article A has only the claims 1 to {n_rows}")
    unknown = sorted({b for b in (*row.agrees, *row.conflicts) if not 1 <= b <= n_columns})
    if unknown:
        problems.append(f"article B has only the claims 1 to {n_columns}, not {unknown[:MAX_NAMED]}")
    both = sorted({*row.agrees} & {*row.conflicts})
    if both:
        problems.append(f"{both[:MAX_NAMED]} cannot both agree and conflict")
    return problems


def _read(group: Group, rows: Sequence[Claim], answered: Answered[_Rows]) -> _Proposed:
    """Take the rows that are sound; the claims of the others are not judged."""
    found = answered.answer.rows
    times = Counter(row.a for row in found)
    sound = {
        row.a: row
        for row in found
        if times[row.a] == 1 and not _row_problems(row, len(rows), len(group.columns))
    }
    lost = [claim for number, claim in enumerate(rows, start=1) if number not in sound]
    failure = _failure(group, lost, f"the model gave no usable row for these claims, {answered.ending}")
    return _Proposed(
        agreeing=tuple(
            (rows[n - 1], group.columns[b - 1]) for n, row in sound.items() for b in sorted({*row.agrees})
        ),
        conflicting=tuple(
            (rows[n - 1], group.columns[b - 1]) for n, row in sound.items() for b in sorted({*row.conflicts})
        ),
        failures=(failure,) if lost else (),
    )


def _second_looks(group: Group, proposed: _Proposed) -> list[Pair]:
    """The proposed conflicts, and the best pairs that look alike where a claim has no partner yet."""
    conflicts = [Pair(a=a, b=b, why="proposed as a conflict") for a, b in proposed.conflicting]
    decided = {(a.id, b.id) for a, b in (*proposed.agreeing, *proposed.conflicting)}
    partnered = {name for names in decided for name in names}
    lost = {claim for failure in proposed.failures for claim in failure.a}
    alike = [
        pair
        for pair in group.alike
        if pair.a.id not in lost
        and not (pair.a.id in partnered and pair.b.id in partnered)
        and (pair.a.id, pair.b.id) not in decided
    ]
    return [*conflicts, *alike[:MAX_SECOND_LOOKS]]


def _in_order(group: Group, verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    place = {claim.id: n for n, claim in enumerate((*group.rows, *group.columns))}
    return tuple(sorted(verdicts, key=lambda verdict: (place[verdict.a], place[verdict.b])))


def _articles(group: Group) -> tuple[Article, Article]:
    by_id = {article.id: article for article in group.articles}
    return by_id[group.rows[0].article], by_id[group.columns[0].article]


def _failure(group: Group, rows: Sequence[Claim], error: str) -> Failure:
    return Failure(
        step="judge",
        articles=tuple(article.id for article in group.articles),
        a=tuple(claim.id for claim in rows),
        b=tuple(claim.id for claim in group.columns),
        error=error,
    )


def _join(proposed: Sequence[_Proposed]) -> _Proposed:
    return _Proposed(
        agreeing=tuple(pair for one in proposed for pair in one.agreeing),
        conflicting=tuple(pair for one in proposed for pair in one.conflicting),
        failures=tuple(failure for one in proposed for failure in one.failures),
    )
