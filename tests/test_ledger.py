import asyncio

import pytest

from checker.errors import Unreachable
from checker.model.ledger import Ledger
from checker.model.prices import Price
from checker.model.request import Message, Reply, Request, Tokens
from checker.schema import Usage

QUESTION = Message(role="user", content="?")
ANSWER = Message(role="assistant", content="!")


def request(stage, *, reask=False):
    return Request(
        model="m",
        messages=(QUESTION, ANSWER, QUESTION) if reask else (QUESTION,),
        reply_schema={},
        stage=stage,
    )


def used(replies, requests, price=None):
    """The usage after *requests* got *replies*, in turn."""
    turn = iter(replies)

    async def model(_):
        return next(turn)

    ledger = Ledger(model, price)

    async def run():
        for each in requests:
            await ledger(each)

    asyncio.run(run())
    return ledger.usage()


LIVE = Reply(text="{}", tokens=Tokens(prompt=100, completion=10))
KEPT = LIVE.model_copy(update={"origin": "kept"})


def test_paid_and_kept_replies_are_counted_apart():
    assert used([LIVE, KEPT, KEPT], [request("judge")] * 3) == (
        Usage(
            stage="judge",
            calls=1,
            kept=2,
            tokens_in=100,
            tokens_out=10,
            kept_tokens_in=200,
            kept_tokens_out=20,
        ),
    )


def test_a_request_that_holds_an_earlier_reply_is_a_reask():
    assert used([LIVE, LIVE], [request("judge"), request("judge", reask=True)])[0].reasks == 1


def test_a_refused_reply_is_counted_like_any_other():
    refused = LIVE.model_copy(update={"finish": "refusal"})

    assert used([refused], [request("judge")])[0].calls == 1


def test_stages_stand_in_the_order_of_a_check_then_by_name():
    stages = ["zeta", "verify", "alpha", "judge", "gaps", "extract"]

    usage = used([LIVE] * 6, [request(stage) for stage in stages])

    assert [one.stage for one in usage] == ["extract", "gaps", "judge", "verify", "alpha", "zeta"]


def test_only_paid_replies_cost():
    # 100 x 1 + 10 x 5 = 150 millionths of a dollar, once
    assert used([LIVE, KEPT], [request("judge")] * 2, Price(prompt=1.0, completion=5.0))[
        0
    ].cost == pytest.approx(150e-6)


def test_kept_replies_alone_cost_nothing_where_the_price_is_known():
    assert used([KEPT], [request("judge")], Price(prompt=1.0, completion=5.0))[0].cost == 0.0


def test_without_a_price_the_cost_is_not_known():
    assert used([LIVE], [request("judge")])[0].cost is None


def test_a_call_without_a_reply_is_not_counted():
    async def down(_):
        raise Unreachable("down")

    ledger = Ledger(down, None)
    with pytest.raises(Unreachable):
        asyncio.run(ledger(request("judge")))

    assert ledger.usage() == ()
