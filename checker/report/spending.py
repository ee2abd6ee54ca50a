"""What was asked and what it cost, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from checker.report.words import count
from checker.schema import Usage


def spent(usage: Usage) -> str:
    """Give the calls of one stage with tokens and cost, and the kept answers with theirs, in one line."""
    reasks = f" ({count(usage.reasks, 're-ask')})" if usage.reasks else ""
    tokens = f"{usage.tokens_in:,} tokens in, {usage.tokens_out:,} out"
    kept_tokens = f"{usage.kept_tokens_in:,} tokens in, {usage.kept_tokens_out:,} out"
    calls = f"{count(usage.calls, 'call')}{reasks}, {tokens}, {_price(usage)}"
    kept = f"{count(usage.kept, 'kept answer')} ({kept_tokens}, not paid again)"
    return "; ".join([*([calls] if usage.calls or not usage.kept else []), *([kept] if usage.kept else [])])


def total(usages: Sequence[Usage]) -> Usage:
    """Give all stages as one; its cost is None if that of any paid call is."""
    costs = [usage.cost for usage in usages if usage.calls or usage.cost is not None]
    known = [cost for cost in costs if cost is not None]
    return Usage(
        stage="all",
        calls=sum(usage.calls for usage in usages),
        kept=sum(usage.kept for usage in usages),
        reasks=sum(usage.reasks for usage in usages),
        tokens_in=sum(usage.tokens_in for usage in usages),
        tokens_out=sum(usage.tokens_out for usage in usages),
        kept_tokens_in=sum(usage.kept_tokens_in for usage in usages),
        kept_tokens_out=sum(usage.kept_tokens_out for usage in usages),
        cost=sum(known) if len(known) == len(costs) else None,
    )


def _price(usage: Usage) -> str:
    """Give the cost of one stage, in dollars, or that it is not known."""
    if not usage.calls:
        return "nothing paid"
    if usage.cost is None:
        return "price unknown"
    if 0 < usage.cost < 0.0001:  # noqa: PLR2004 - the smallest sum that four places can show
        return "under $0.0001"
    return f"${usage.cost:,.4f}"
