"""The way out to an endpoint: so many calls at a time, with retries, pauses and limits."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Annotated, Self

from pydantic import Field, model_validator

from checker.errors import NoAnswer, NotAsked, SettingsError, SetupError, Unreachable
from checker.model.pause import LONGEST_WAIT_S, Pause, own_wait_s
from checker.model.prices import Price
from checker.model.request import Model, Reply, Request, Tokens
from checker.schema import Frozen

_FEWEST_ASKED = 3  # one text that an endpoint chokes on, or two, says nothing of the others
_LATER = "run again later, what is answered is kept"


class NotKept(NoAnswer):
    """No answer is kept, and the request does not allow to buy one; private to the model's side."""


class Transient(Unreachable):
    """
    One try failed in a way that the next may not; private to this folder.

    `wait_s` is the pause that the endpoint asked for, `crowded` whether it asked it of
    everybody.
    """

    def __init__(self, message: str, *, wait_s: float | None = None, crowded: bool = False) -> None:
        super().__init__(message)
        self.wait_s = wait_s
        self.crowded = crowded


class Limits(Frozen):
    """
    How much may be asked: calls at a time, tries after the first, calls and dollars in all.

    `max_calls` is never exceeded, failed tries included; a request whose form an endpoint
    refuses, and which is sent again in a plainer one, is one call. `max_cost` is looked at
    before each call: those under way when it is reached, one less than `concurrency` at
    most, come on top.
    """

    concurrency: Annotated[int, Field(ge=1)] = 8
    retries: Annotated[int, Field(ge=0)] = 5
    max_calls: Annotated[int, Field(ge=0)] | None = None
    max_cost: Annotated[float, Field(ge=0)] | None = None
    price: Price | None = None

    @model_validator(mode="after")
    def _cost_can_be_known(self) -> Self:
        if self.max_cost is not None and self.price is None:
            raise SettingsError(
                f"--max-cost {self.max_cost:g}: the price of the model is not known; "
                "give its price too, or use --max-calls"
            )
        return self


class Gateway:
    """
    A model that is asked within *limits*, and asked again where a try failed.

    After an endpoint said "too many" or "overloaded", nobody asks until the pause is
    over, and no try is used up by that. Where one pause, or all of them since the last
    answer, are too long, or the set-up is refused, nobody asks any more. A stage is asked
    no more where as many of its tries in a row had no answer as the requests that are
    asked at a time, or three of them, may make.
    Spreading of retries follows from the request's key, so a run has no chance in it.
    """

    def __init__(
        self,
        model: Model,
        limits: Limits,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._limits = limits
        self._sleep = sleep
        self._slots = asyncio.Semaphore(limits.concurrency)
        self._crowd = Pause(now)
        self._n_calls = 0
        self._n_unanswered: Counter[str] = Counter()
        self._given_up: dict[str, str] = {}
        self._spent = 0.0
        self._stop_reason: str | None = None
        self._stopped = asyncio.Event()

    async def __call__(self, request: Request) -> Reply:
        """
        Give the model's reply.

        Raises NotKept for a request that may not be bought, NotAsked where a limit or a
        stop came first, Unreachable when the retries are used up, and what the model raises.
        """
        if not request.fresh:
            raise NotKept(f"{request.stage}: no answer is kept, and none may be bought for it")
        n_failed = 0
        while True:
            try:
                return await self._try(request)
            except Transient as failure:
                self._refuse_long_wait(failure, request, n_failed)
                if failure.crowded and self._limits.retries:
                    self._wait_all(failure, request)
                elif n_failed == self._limits.retries:
                    raise _unreachable(request, n_failed + 1, failure) from failure
                else:
                    await self._pause(failure.wait_s or own_wait_s(request.key, n_failed))
                    n_failed += 1

    def stop(self, reason: str) -> None:
        """Send nothing from now on, retries included; calls under way come to their end."""
        self._stop_reason = self._stop_reason or reason
        self._stopped.set()

    async def _try(self, request: Request) -> Reply:
        async with self._slots:
            while (left_s := self._crowd.left_s) > 0 and not self._stopped.is_set():
                await self._pause(left_s)
            self._check_limits(request.stage)
            self._n_calls += 1  # a failed try counts as well: it may have been billed
            try:
                reply = await self._model(request)
            except SetupError as error:
                self.stop(str(error))  # what waits for a slot would be refused as well
                raise
            except Transient as failure:
                self._count_unanswered(failure, request.stage)
                raise
            self._crowd.answered()
            self._n_unanswered[request.stage] = 0
            if self._limits.price:
                self._spent += self._limits.price.cost(_tokens(request, reply))
            return reply

    def _check_limits(self, stage: str) -> None:
        limits = self._limits
        reason = self._stop_reason or self._given_up.get(stage)
        if reason is not None:
            raise NotAsked(reason)
        if limits.max_calls is not None and self._n_calls >= limits.max_calls:
            raise NotAsked(f"--max-calls {limits.max_calls} reached")
        if limits.max_cost is not None and self._spent >= limits.max_cost:
            raise NotAsked(f"--max-cost {limits.max_cost:g} reached ({self._spent:.4f} dollars spent)")

    def _refuse_long_wait(self, failure: Transient, request: Request, n_failed: int) -> None:
        """Raise where the endpoint asks for a pause that is too long; where it asks it of everybody, stop."""
        if failure.wait_s is None or failure.wait_s <= LONGEST_WAIT_S:
            return
        too_long = f"; it asks to wait {failure.wait_s:.0f} s, more than {LONGEST_WAIT_S:.0f} s: {_LATER}"
        if failure.crowded:
            self.stop(f"{failure}{too_long}")
        raise _unreachable(request, n_failed + 1, failure, too_long) from failure

    def _wait_all(self, failure: Transient, request: Request) -> None:
        """Begin a pause of everybody; after long ones without any answer, stop."""
        self._crowd.begin(failure.wait_s, request.key)
        if self._crowd.waited_s > LONGEST_WAIT_S:
            self.stop(f"{failure}; no answer in {self._crowd.waited_s:.0f} s of pauses: {_LATER}")

    def _count_unanswered(self, failure: Transient, stage: str) -> None:
        """One more try without an answer; after many in a row the stage is asked no more."""
        if failure.crowded:
            return
        n = self._n_unanswered[stage] = self._n_unanswered[stage] + 1
        if n >= max(_FEWEST_ASKED, self._limits.concurrency) * (self._limits.retries + 1):
            self._given_up[stage] = f"{failure}; {n} tries in a row had no answer: {_LATER}"

    async def _pause(self, seconds: float) -> None:
        """Sleep, but wake when stopped."""
        nap = asyncio.ensure_future(self._sleep(seconds))
        bell = asyncio.ensure_future(self._stopped.wait())
        try:
            await asyncio.wait((nap, bell), return_when=asyncio.FIRST_COMPLETED)
        finally:
            nap.cancel()
            bell.cancel()


def _tokens(request: Request, reply: Reply) -> Tokens:
    """The tokens as counted; where the endpoint counts none, four characters each, so that a limit holds."""
    if reply.tokens.prompt or reply.tokens.completion:
        return reply.tokens
    sent = sum(len(message.content) for message in request.messages)
    return Tokens(prompt=sent // 4, completion=len(reply.text) // 4)


def _unreachable(request: Request, n_tries: int, failure: Transient, why: str = "") -> Unreachable:
    tries = "1 try" if n_tries == 1 else f"{n_tries} tries"
    return Unreachable(f"{request.stage}: no answer after {tries}: {failure}{why}")
