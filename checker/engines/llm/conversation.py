"""One question to the model, with its re-asks: the reply that fits, or the reason there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Generic, TypeVar

from pydantic import BaseModel

from checker.errors import BadReply, NoAnswer, NotAsked, Unreachable
from checker.model.gateway import NotKept
from checker.model.openai import Misfit, ask
from checker.model.request import Message, Model, Reply, Request
from checker.model.shape import reply_schema
from checker.prompt import Prompt, load_prompt

MAX_REASKS = 2

Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True)
class Question(Generic[Answer]):
    """
    What is asked: a prompt with the values for its places, and what the reply must be.

    `check` says in words what is wrong with the content of a reply of the right shape.
    """

    stage: str
    prompt: Prompt
    values: Mapping[str, str]
    answer: type[Answer]
    check: Callable[[Answer], tuple[str, ...]]


@dataclass(frozen=True)
class Answered(Generic[Answer]):
    """
    The best reply of the right shape, and what the re-asks left wrong with its content.

    `missing` says why a re-ask had no answer; None where all that were needed had one.
    """

    answer: Answer
    problems: tuple[str, ...] = ()
    missing: NoAnswer | None = None

    @property
    def ending(self) -> str:
        """How the asking came to its end, for a sentence on what is wrong."""
        return f"a re-ask had no answer: {self.missing}" if self.missing else "after the re-asks"


class Conversation:
    """
    Asks a model, and asks again, at most twice, where a reply does not fit.

    A question whose kept replies failed is asked anew, under the next sample number,
    only with *retry_failed*; where that was done before, the newer replies are used. A
    question that a limit or an outage cut off has not failed: the next run goes on with it.
    """

    def __init__(self, model: Model, name: str, *, retry_failed: bool = False) -> None:
        self._model = model
        self._name = name
        self._retry_failed = retry_failed
        self.again = load_prompt("again.v1")

    async def hold(self, question: Question[Answer]) -> Answered[Answer]:
        """Give the answer to *question*; raise a NoAnswer where no reply had the right shape."""
        outcome: Answered[Answer] | NoAnswer = BadReply(f"{question.prompt.label}: no reply")
        fresh = True
        for sample in count():
            origins: list[str] = []
            try:
                now: Answered[Answer] | NoAnswer = await self._try(question, sample, origins, fresh=fresh)
            except NotKept:
                break
            except NoAnswer as error:
                now = error
            outcome = _better(outcome, now)
            fresh = fresh and self._retry_failed and not _is_cut_off(now)
            settled = isinstance(outcome, Answered) and not outcome.problems
            if settled or "live" in origins or not origins:
                break
        if isinstance(outcome, NoAnswer):
            raise outcome
        return outcome

    async def _try(
        self, question: Question[Answer], sample: int, origins: list[str], *, fresh: bool
    ) -> Answered[Answer]:
        """Ask once and re-ask; *origins* takes down where each reply came from."""

        async def noted(request: Request) -> Reply:
            reply = await self._model(request)
            origins.append(reply.origin)
            return reply

        request = self._opening(question, sample, fresh=fresh)
        last: Answered[Answer] | NoAnswer | None = None
        problems: tuple[str, ...] = ()
        for _ in range(MAX_REASKS + 1):
            try:
                answer, reply = await ask(noted, request, question.answer)
                # A reply of any size may be looked at: in a thread, so that an interrupt is heard.
                text, problems = reply.text, await asyncio.to_thread(question.check, answer)
                last = _better(last, Answered(answer, problems))
            except Misfit as misfit:
                text, problems = misfit.text, misfit.problems
            except NoAnswer as error:
                if not isinstance(last, Answered):
                    raise
                return replace(last, missing=error)
            if not problems:
                break
            request = self._reask(request, text, problems)
        if not isinstance(last, Answered):
            raise BadReply(
                f"{question.prompt.name}: no reply fits, after {MAX_REASKS} re-asks ({problems[0]})"
            )
        return last

    def _opening(self, question: Question[Answer], sample: int, *, fresh: bool) -> Request:
        system, user = question.prompt.fill(question.values)
        return Request(
            model=self._name,
            messages=(Message(role="system", content=system), Message(role="user", content=user)),
            reply_schema=reply_schema(question.answer),
            sample=sample,
            stage=question.stage,
            prompt=question.prompt.label,
            fresh=fresh,
        )

    def _reask(self, request: Request, text: str, problems: tuple[str, ...]) -> Request:
        """
        The next request: all that was said so far, and what was wrong with it.

        All, so that a reply that came twice is not answered from what is kept of the first time.
        """
        wrong = "\n".join(f"- {problem}" for problem in problems)
        head, tail = self.again.fill({"problems": wrong})
        turns = (Message(role="assistant", content=text), Message(role="user", content=f"{head}\n\n{tail}"))
        return request.model_copy(update={"messages": (*request.messages, *turns)})


def _is_cut_off(attempt: Answered[Answer] | NoAnswer) -> bool:
    """Whether a question was not asked to its end, so that another run can go on with it."""
    missing = attempt.missing if isinstance(attempt, Answered) else attempt
    return isinstance(missing, NotAsked | Unreachable)


def _better(
    before: Answered[Answer] | NoAnswer | None, now: Answered[Answer] | NoAnswer
) -> Answered[Answer] | NoAnswer:
    """The outcome to keep: an answer before none, and of two answers the one with fewer problems."""
    if isinstance(before, Answered):
        worse = not isinstance(now, Answered) or len(now.problems) > len(before.problems)
        return before if worse else now
    return now
