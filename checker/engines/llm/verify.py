"""The second look: pairs of claims with the sentences around them → verdicts."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from checker.engines import Judgement
from checker.engines.llm.conversation import Answered, Conversation, Question
from checker.errors import NoAnswer
from checker.prompt import Prompt, fence, load_prompt
from checker.schema import Article, Aspect, Between, Claim, Failure, Frozen, Group, Label, Pair, Verdict
from checker.sentences import Span, sentences

MAX_PAIRS = 20
MAX_NAMED = 10
MAX_WORDS_SIZE = 300


class _Row(Frozen):
    pair: int
    reason: str
    label: Label
    aspect: Aspect | None
    between: Between | None
    value_a: str | None
    value_b: str | None


class _Rows(Frozen):
    rows: list[_Row]


class Verifier:
    """Looks at single pairs again, each in the light of both articles."""

    def __init__(self, talk: Conversation) -> None:
        self._talk = talk
        self._prompt = load_prompt("verify.v1")
        self.prompts: tuple[Prompt, ...] = (self._prompt,)

    async def look(self, group: Group, pairs: Sequence[Pair]) -> Judgement:
        """Give a verdict on each of *pairs*, in their order; those without an answer are failures."""
        batches = [pairs[i : i + MAX_PAIRS] for i in range(0, len(pairs), MAX_PAIRS)]
        looked = await asyncio.gather(*(self._look(group, batch) for batch in batches))
        return Judgement(
            verdicts=tuple(verdict for one in looked for verdict in one.verdicts),
            failures=tuple(failure for one in looked for failure in one.failures),
        )

    async def _look(self, group: Group, pairs: Sequence[Pair]) -> Judgement:
        articles = {article.id: article for article in group.articles}
        article_a, article_b = articles[pairs[0].a.article], articles[pairs[0].b.article]
        shown = "\n\n".join(
            f"Pair {number}\n{_side('A', pair.a, article_a)}\n{_side('B', pair.b, article_b)}"
            for number, pair in enumerate(pairs, start=1)
        )
        values = {
            "published_a": article_a.published or "not known",
            "published_b": article_b.published or "not known",
            "pairs": fence("pairs", shown),
        }

        def problems(reply: _Rows) -> tuple[str, ...]:
            return _problems(reply, len(pairs))

        try:
            answered = await self._talk.hold(Question("verify", self._prompt, values, _Rows, problems))
        except NoAnswer as error:
            return Judgement(verdicts=(), failures=_failures(pairs, str(error)))
        return _read(pairs, answered)


def _side(letter: str, claim: Claim, article: Article) -> str:
    return f"Claim {letter}: {claim.text}\nAround it in article {letter}: {_around(claim, article)}"


def _around(claim: Claim, article: Article) -> str:
    """The sentences that the first quote touches, with the one before and the one after."""
    spans = sentences(article.text)
    quote = claim.quotes[0]
    touched = [n for n, span in enumerate(spans) if quote.start < span.end and span.start < quote.end]
    near = spans[max(0, touched[0] - 1) : touched[-1] + 2] if touched else (Span(quote.start, quote.end),)
    return " ".join(" ".join(article.text[span.start : span.end].split()) for span in near)


def _problems(reply: _Rows, n_pairs: int) -> tuple[str, ...]:
    times = Counter(row.pair for row in reply.rows)
    wanted = range(1, n_pairs + 1)
    problems = [f"there is no row for pair {number}" for number in wanted if number not in times]
    problems += [f"there is no pair {number}" for number in sorted(times) if number not in wanted]
    problems += [f"there is more than one row for pair {n}" for n in wanted if times[n] > 1]
    problems += [
        f"pair {row.pair}: a conflict wants aspect, between, value_a and value_b"
        for row in reply.rows
        if not _sound(row)
    ]
    return tuple(problems[:MAX_NAMED])


def _sound(row: _Row) -> bool:
    return row.label != Label.CONFLICTING or all(
        (row.aspect, row.between, _short(row.value_a), _short(row.value_b))
    )


def _read(pairs: Sequence[Pair], answered: Answered[_Rows]) -> Judgement:
    """Take the rows that are sound; the pairs of the others are not judged."""
    found = answered.answer.rows
    times = Counter(row.pair for row in found)
    rows = {row.pair: row for row in found if _sound(row) and times[row.pair] == 1}
    lost = [pair for number, pair in enumerate(pairs, start=1) if number not in rows]
    return Judgement(
        verdicts=tuple(_verdict(pair, rows[n]) for n, pair in enumerate(pairs, start=1) if n in rows),
        failures=_failures(lost, f"the model gave no usable row for this pair, {answered.ending}"),
    )


def _verdict(pair: Pair, row: _Row) -> Verdict:
    conflict = row.label == Label.CONFLICTING
    return Verdict(
        a=pair.a.id,
        b=pair.b.id,
        label=row.label,
        aspect=row.aspect if conflict else None,
        between=row.between if conflict else None,
        differs=(_short(row.value_a), _short(row.value_b)) if conflict else None,
        reason=_short(row.reason) or None,
    )


def _short(text: str | None) -> str:
    return " ".join((text or "").split())[:MAX_WORDS_SIZE]


def _failures(pairs: Sequence[Pair], error: str) -> tuple[Failure, ...]:
    return tuple(
        Failure(
            step="verify",
            articles=(pair.a.article, pair.b.article),
            a=(pair.a.id,),
            b=(pair.b.id,),
            error=error,
        )
        for pair in pairs
    )
