"""The count of calls and tokens, by stage: what this run paid, and what was kept from before."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.prices import Price
from checker.model.request import Model, Reply, Request
from checker.schema import Usage

_ORDER = ("extract", "gaps", "judge", "verify")


class Ledger:
    """
    A model that writes down every reply of *model* once, whatever becomes of it after.

    Without a *price*, costs are not known, rather than nothing.
    """

    def __init__(self, model: Model, price: Price | None) -> None:
        self._model = model
        self._price = price
        self._stages: dict[str, Usage] = {}

    async def __call__(self, request: Request) -> Reply:
        """Give the model's reply, counted."""
        reply = await self._model(request)
        before = self._stages.get(request.stage) or Usage(
            stage=request.stage, cost=0.0 if self._price else None
        )
        self._stages[request.stage] = _added(before, request, reply, self._price)
        return reply

    def usage(self) -> tuple[Usage, ...]:
        """The stages so far: those of a check in their order, then others by name."""
        return tuple(sorted(self._stages.values(), key=lambda usage: _place(usage.stage)))


def added(usages: Iterable[Usage]) -> tuple[Usage, ...]:
    """The sum of *usages* by stage, in the order of the stages; a cost that is not known makes its sum so."""
    sums: dict[str, Usage] = {}
    for usage in usages:
        before = sums.get(usage.stage)
        sums[usage.stage] = _sum(before, usage) if before else usage
    return tuple(sums[stage] for stage in sorted(sums, key=_place))


def _sum(one: Usage, other: Usage) -> Usage:
    counts = {
        name: getattr(one, name) + getattr(other, name)
        for name in Usage.model_fields
        if name not in {"stage", "cost"}
    }
    known = one.cost is not None and other.cost is not None
    return Usage(stage=one.stage, cost=(one.cost or 0.0) + (other.cost or 0.0) if known else None, **counts)


def _added(before: Usage, request: Request, reply: Reply, price: Price | None) -> Usage:
    """
    *before*, and one reply more.

    A re-ask is a request that holds an earlier reply; kept ones count too.
    """
    spent, tokens = before.model_dump(), reply.tokens
    spent["reasks"] += any(message.role == "assistant" for message in request.messages)
    if reply.origin == "kept":
        spent["kept"] += 1
        spent["kept_tokens_in"] += tokens.prompt
        spent["kept_tokens_out"] += tokens.completion
        return Usage(**spent)
    spent["calls"] += 1
    spent["tokens_in"] += tokens.prompt
    spent["tokens_out"] += tokens.completion
    if price:
        spent["cost"] += price.cost(tokens)
    return Usage(**spent)


def _place(stage: str) -> tuple[int, str]:
    return (_ORDER.index(stage) if stage in _ORDER else len(_ORDER)), stage
