"""The order of the rooms: articles in, report out. The only loop over everything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from checker.engines import Engine, Extraction, Judgement
from checker.errors import CheckerError, InputError
from checker.facts import Findings, group, statuses, tally, tally_pairs
from checker.load import Loaded
from checker.pair import groups
from checker.schema import Article, Counts, Coverage, Failure, Remark, Report, Run
from checker.version import VERSION

MIN_ARTICLES = 2
MOST_CLAIMS = 1000
"""Of one article: a million pairs of two such articles take half a minute and 300 MB."""

Watch = Callable[[str, int, int], None]
"""Told the stage, how many of its steps are done, and how many there are."""

_T = TypeVar("_T")


async def run(loaded: Loaded, engine: Engine, watch: Watch = lambda *_: None) -> Report:
    """
    Check the articles of *loaded* with *engine*.

    The report depends on the articles and the answers alone, not on the order in which
    answers come. Raises SetupError; everything else that goes wrong is in the report.
    """
    articles = sorted(loaded.articles, key=lambda article: (article.path, article.record or 0))
    if len(articles) < MIN_ARTICLES:
        raise InputError(f"{len(articles)} usable article; two or more are needed to compare")
    found = await _all("extract", [engine.extract(article) for article in articles], watch)
    extracted = [_limited(article, one) for article, one in zip(articles, found, strict=True)]
    claims = [claim for one in extracted for claim in one.claims]
    _refuse_silence(articles, extracted)
    # Long work without a pause goes into a thread, so that an interrupt is heard.
    compared = await asyncio.to_thread(groups, articles, claims)
    judged = await _all("judge", [engine.judge(one) for one in compared], watch)
    return _report(loaded, articles, extracted, judged, engine.name)


def _limited(article: Article, found: Extraction) -> Extraction:
    """The first claims of an article that has too many to compare; that there are more is a failure."""
    if len(found.claims) <= MOST_CLAIMS:
        return found
    error = (
        f"{len(found.claims):,} claims, of which the first {MOST_CLAIMS:,} are compared: split the article"
    )
    failure = Failure(step="extract", articles=(article.id,), error=error)
    return found.model_copy(
        update={"claims": found.claims[:MOST_CLAIMS], "failures": (*found.failures, failure)}
    )


def first_error(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first error of a group that may hold groups."""
    one = errors.exceptions[0]
    return first_error(one) if isinstance(one, BaseExceptionGroup) else one


async def _all(stage: str, steps: Sequence[Coroutine[Any, Any, _T]], watch: Watch) -> list[_T]:
    """Run *steps* at once and give their results in order; the first error ends all."""
    n_done = 0
    watch(stage, 0, len(steps))

    async def watched(step: Coroutine[Any, Any, _T]) -> _T:
        nonlocal n_done
        result = await step
        n_done += 1
        watch(stage, n_done, len(steps))
        return result

    try:
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(watched(step)) for step in steps]
    except* CheckerError as errors:
        raise first_error(errors) from None
    return [task.result() for task in running]


def _report(
    loaded: Loaded,
    articles: Sequence[Article],
    extracted: Sequence[Extraction],
    judged: Sequence[Judgement],
    engine: str,
) -> Report:
    found = Findings(
        claims=tuple(claim for one in extracted for claim in one.claims),
        verdicts=tuple(verdict for one in judged for verdict in one.verdicts),
        failures=(*_failures(extracted), *_failures(judged)),
    )
    status = statuses(found)
    facts = group(found, status)
    ungrounded = tuple(claim for one in extracted for claim in one.ungrounded)
    return Report(
        run=Run(checker=VERSION, engine=engine),
        articles=tuple(articles),
        claims=found.claims,
        statuses=status,
        verdicts=found.verdicts,
        facts=facts,
        counts=Counts(
            articles=len(articles),
            claims=tally(status.values()),
            pairs=tally_pairs(found),
            facts=tally(fact.label for fact in facts),
            ungrounded=len(ungrounded),
            failures=len(found.failures),
            skipped=len(loaded.skipped),
        ),
        ungrounded=ungrounded,
        coverage=tuple(_coverage(article, one) for article, one in zip(articles, extracted, strict=True)),
        failures=found.failures,
        skipped=loaded.skipped,
        drafts=loaded.drafts,
        remarks=(*loaded.remarks, *_remarks(articles, extracted)),
    )


def _failures(results: Sequence[Extraction] | Sequence[Judgement]) -> tuple[Failure, ...]:
    return tuple(failure for one in results for failure in one.failures)


def _refuse_silence(articles: Sequence[Article], extracted: Sequence[Extraction]) -> None:
    """Raise where fewer than two articles hold claims, and none of them may yet: nothing can be compared."""
    silent = [article.path for article, one in _silent(articles, extracted)]
    if len(articles) - len(silent) < MIN_ARTICLES:
        raise InputError(
            f"no claim was found in {', '.join(silent)}; two articles with claims are needed to compare"
        )


def _remarks(articles: Sequence[Article], extracted: Sequence[Extraction]) -> tuple[Remark, ...]:
    """What the engine noticed, and which articles gave it nothing to compare."""
    noticed = [remark for one in extracted for remark in one.remarks]
    silent = [
        Remark(
            path=article.path,
            problem="no claim was found in it: it was compared with nothing",
            mend="look at its text",
        )
        for article, _ in _silent(articles, extracted)
    ]
    return (*noticed, *silent)


def _silent(articles: Sequence[Article], extracted: Sequence[Extraction]) -> list[tuple[Article, Extraction]]:
    return [
        pair for pair in zip(articles, extracted, strict=True) if not pair[1].claims and not pair[1].failures
    ]


def _coverage(article: Article, extraction: Extraction) -> Coverage:
    """Count the characters that are quoted, white space left out."""
    quoted = {
        i for claim in extraction.claims for quote in claim.quotes for i in range(quote.start, quote.end)
    }
    inked = [i for i, character in enumerate(article.text) if not character.isspace()]
    return Coverage(article=article.id, quoted=sum(i in quoted for i in inked), total=len(inked))
