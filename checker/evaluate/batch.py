"""Many sets as one batch: every answer asked for, all at once, then one scorecard."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import chain
from typing import TypeVar

from checker.engines import Engine, Extraction, Judgement
from checker.engines.builtin import Builtin
from checker.errors import SettingsError, SetupError
from checker.evaluate.asking import Judged, judge, judge_by_rule
from checker.evaluate.assembly import Assembly
from checker.evaluate.baselines import ALWAYS_UNIQUE, BUILTIN_NAME, ONE_PROMPT, RULE, OnePrompt
from checker.evaluate.found import find, findings_of
from checker.evaluate.plan import Plan
from checker.evaluate.scorecard import Scorecard, Stage
from checker.evaluate.sets import LabelledSet
from checker.facts import Findings
from checker.pipeline import Watch, first_error, run
from checker.schema import Article, Group, Report
from checker.session import Session
from checker.settings import BUILTIN

_T = TypeVar("_T")
_READING = frozenset((Stage.EXTRACT, Stage.WHOLE))


class Batch:
    """
    One evaluation of *sets* with the answers of *session*.

    The answers of each part (`whole`, `judge`, `swap`, `draw-2`, `one-prompt`) are recorded
    in a folder of its name. *watch* is told of the progress, *clock* gives the time in
    seconds; neither touches the scores.
    """

    def __init__(
        self,
        sets: Sequence[LabelledSet],
        session: Session,
        plan: Plan,
        watch: Watch = lambda *_: None,
        clock: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._sets = sets
        self._session = session
        self._plan = plan
        self._watch = watch
        self._clock = clock
        self._seconds: dict[str, float] = {}
        self._prompts: dict[str, str] = {}
        self._is_builtin = session.settings.replay is None and session.settings.model == BUILTIN
        self._system = BUILTIN_NAME if self._is_builtin else session.model_name
        self._made = Assembly(sets, self._system)

    async def score(self) -> Scorecard:
        """Ask, score, and give the scorecard; raises SetupError where no answers can be had."""
        stages = self._plan.stages
        if stages & _READING:
            await self._timed(self._system, self._articles())
        if Stage.PAIR in stages:
            self._made.add_candidates()
        if Stage.JUDGE in stages:
            await self._timed(self._system, self._claims())
            self._made.add_judged(ALWAYS_UNIQUE, [Judged() for _ in self._sets])
            self._made.add_judged(RULE, [judge_by_rule(one) for one in self._sets])
        if not self._is_builtin:
            await self._timed(BUILTIN_NAME, self._builtin())
            if Stage.WHOLE in stages and self._plan.one_prompt:
                await self._timed(ONE_PROMPT, self._one_prompt())
        prompts = {**self._session.prompts(), **self._prompts}
        return self._made.card(prompts, self._session.notes(), self._seconds)

    async def _articles(self) -> None:
        """The extraction, or all of the check, from the articles."""
        whole = Stage.WHOLE in self._plan.stages
        reports = await self._each("whole", self._check if whole else self._extract)
        self._made_of(self._system, reports)

    async def _claims(self) -> None:
        """The judge stage: the labelled claims are given."""
        judged = await self._judgements("judge", self._judge)
        self._made.add_judged(self._system, judged)
        if self._plan.swap:
            swapped = await self._judgements("swap", self._judge_swapped)
            self._made.add_same("same label with A and B swapped", zip(judged, swapped, strict=True))
        if self._plan.draws > 1:
            draws = [await self._draw(number) for number in range(2, self._plan.draws + 1)]
            what = f"same label in all of {self._plan.draws} draws"
            self._made.add_same(what, zip(judged, *draws, strict=True))

    async def _builtin(self) -> None:
        engine = Builtin()
        if Stage.JUDGE in self._plan.stages:
            self._made.add_judged(BUILTIN_NAME, [await judge(one, engine) for one in self._sets])
        if self._plan.stages & _READING:
            self._made_of(BUILTIN_NAME, [await run(one.loaded, engine) for one in self._sets])

    async def _one_prompt(self) -> None:
        findings = await self._each("one-prompt", self._ask_once)
        found = [find(one, own) for one, own in zip(self._sets, findings, strict=True)]
        self._made.add_whole(ONE_PROMPT, found, with_status=False)

    def _made_of(self, system: str, reports: Sequence[Report]) -> None:
        found = [find(one, findings_of(report)) for one, report in zip(self._sets, reports, strict=True)]
        failures = [failure for report in reports for failure in report.failures]
        self._made.add_gap("extract", sum(failure.step == "extract" for failure in failures))
        if Stage.EXTRACT in self._plan.stages:
            self._made.add_claims(system, found, reports)
        if Stage.WHOLE in self._plan.stages:
            self._made.add_whole(system, found)

    async def _check(self, one: LabelledSet, part: str) -> Report:
        return await self._session.check(one.loaded, part=part)

    async def _extract(self, one: LabelledSet, part: str) -> Report:
        return await run(one.loaded, _Silent(self._session.answers(part).engine))

    async def _judge(self, one: LabelledSet, part: str) -> Judged:
        return await judge(one, self._session.answers(part).engine)

    async def _judge_swapped(self, one: LabelledSet, part: str) -> Judged:
        return await judge(one, self._session.answers(part).engine, swapped=True)

    async def _draw(self, number: int) -> list[Judged]:
        async def again(one: LabelledSet, part: str) -> Judged:
            return await judge(one, self._session.answers(part, draw=number - 1).engine)

        return await self._judgements(f"draw-{number}", again)

    async def _judgements(
        self, part: str, work: Callable[[LabelledSet, str], Awaitable[Judged]]
    ) -> list[Judged]:
        judged = await self._each(part, work)
        self._made.add_gap(part, sum(len(one.lost) for one in judged))
        return judged

    async def _ask_once(self, one: LabelledSet, part: str) -> Findings:
        answers = self._session.answers(part)
        if answers.model is None or answers.name is None:
            raise SettingsError("the baseline of one prompt needs a language model")
        baseline = OnePrompt(answers.model, answers.name)
        self._prompts.update(baseline.prompts)
        return await baseline.check(one.loaded.articles)

    async def _each(self, part: str, work: Callable[[LabelledSet, str], Awaitable[_T]]) -> list[_T]:
        """Do *work* for every set at once; the results are in the order of the sets."""
        n_done = 0
        self._watch(part, 0, len(self._sets))

        async def watched(one: LabelledSet) -> _T:
            nonlocal n_done
            result = await work(one, f"{part}/{one.name}")
            n_done += 1
            self._watch(part, n_done, len(self._sets))
            return result

        try:
            async with asyncio.TaskGroup() as tasks:
                running = [tasks.create_task(watched(one)) for one in self._sets]
        except* SetupError as errors:
            raise first_error(errors) from None
        usage = (self._session.usage(f"{part}/{one.name}") for one in self._sets)
        self._made.add_cost(part, chain.from_iterable(usage))
        return [task.result() for task in running]

    async def _timed(self, system: str, work: Awaitable[None]) -> None:
        start = self._clock()
        await work
        self._seconds[system] = round(self._seconds.get(system, 0.0) + self._clock() - start, 1)


class _Silent:
    """An engine that extracts like *engine* and compares nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.name

    async def extract(self, article: Article, /) -> Extraction:
        return await self._engine.extract(article)

    async def judge(self, _: Group, /) -> Judgement:
        return Judgement(verdicts=())
