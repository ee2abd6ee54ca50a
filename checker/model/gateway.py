"""The way out to an endpoint: so many calls at a time, with retries, pauses and limits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Self

from pydantic import Field, model_validator

from checker.errors import NoAnswer, NotAsked, SettingsError, SetupError, Unreachable
from checker.model.prices import Price
from checker.model.request import Model, Reply, Request, Tokens
from checker.schema import Frozen

LONGEST_WAIT_S = 120.0
_FIRST_WAIT_S = 0.5
_LONGEST_OWN_WAIT_S = 30.0
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

    `max_calls` is never exceeded, failed tries included. `max_cost` is looked at before each call: those under
    way when it is reached, one less than `concurrency` at most, come on top.
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
    over; where the pause is too long, or the set-up is refused, nobody asks any more. Nor
    where as many tries in a row have no answer as the requests asked at a time, or three
    of them, may make.
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
        self._now = now
        self._slots = asyncio.Semaphore(limits.concurrency)
        self._open_at = now()
        self._n_calls = 0
        self._n_unanswered = 0
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
        for n_failed in range(self._limits.retries):
            try:
                return await self._try(request)
            except Transient as failure:
                await self._back_off(failure, request, n_failed)
        try:
            return await self._try(request)
        except Transient as failure:
            raise _given_up(request, self._limits.retries + 1, failure) from failure

    def stop(self, reason: str) -> None:
        """Send nothing from now on, retries included; calls under way come to their end."""
        self._stop_reason = self._stop_reason or reason
        self._stopped.set()

    async def _try(self, request: Request) -> Reply:
        async with self._slots:
            while (pause_s := self._open_at - self._now()) > 0 and not self._stopped.is_set():
                await self._pause(pause_s)
            self._check_limits()
            self._n_calls += 1  # a failed try counts as well: it may have been billed
            try:
                reply = await self._model(request)
            except SetupError as error:
                self.stop(str(error))  # what waits for a slot would be refused as well
                raise
            except Transient as failure:
                self._count_unanswered(failure)
                raise
            self._n_unanswered = 0
            if self._limits.price:
                self._spent += self._limits.price.cost(_tokens(request, reply))
            return reply

    def _check_limits(self) -> None:
        limits = self._limits
        if self._stop_reason is not None:
            raise NotAsked(self._stop_reason)
        if limits.max_calls is not None and self._n_calls >= limits.max_calls:
            raise NotAsked(f"--max-calls {limits.max_calls} reached")
        if limits.max_cost is not None and self._spent >= limits.max_cost:
            raise NotAsked(f"--max-cost {limits.max_cost:g} reached ({self._spent:.4f} dollars spent)")

    async def _back_off(self, failure: Transient, request: Request, n_failed: int) -> None:
        """Wait, alone or with everybody, as the failure asks."""
        wait_s = own_wait_s(request.key, n_failed) if failure.wait_s is None else failure.wait_s
        if wait_s > LONGEST_WAIT_S:
            too_long = f"; it asks to wait {wait_s:.0f} s, more than {LONGEST_WAIT_S:.0f} s: {_LATER}"
            if failure.crowded:
                self.stop(f"{failure}{too_long}")
            raise _given_up(request, n_failed + 1, failure, too_long) from failure
        if failure.crowded:
            self._open_at = max(self._open_at, self._now() + wait_s)
        else:
            await self._pause(wait_s)

    def _count_unanswered(self, failure: Transient) -> None:
        """One more try without an answer; after many in a row nobody asks any more."""
        self._n_unanswered += 1
        limits = self._limits
        if self._n_unanswered >= max(_FEWEST_ASKED, limits.concurrency) * (limits.retries + 1):
            self.stop(f"{failure}; {self._n_unanswered} tries in a row had no answer: {_LATER}")

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


def own_wait_s(key: str, n_failed: int) -> float:
    """
    Seconds to wait where the endpoint names none, after the try that followed *n_failed* others.

    Doubled each time, then cut by up to half, by digits of the request's *key*.

    >>> own_wait_s("0" * 64, 0), own_wait_s("0" * 64, 3), own_wait_s("8000" * 16, 3)
    (0.25, 2.0, 3.0)
    """
    start = 4 * n_failed % 60
    share = int(key[start : start + 4], 16) / 0x10000
    return min(_LONGEST_OWN_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(n_failed, 10)) * (0.5 + share / 2)


def _given_up(request: Request, n_tries: int, failure: Transient, why: str = "") -> Unreachable:
    tries = "1 try" if n_tries == 1 else f"{n_tries} tries"
    return Unreachable(f"{request.stage}: no answer after {tries}: {failure}{why}")
