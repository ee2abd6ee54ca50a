import asyncio

import pytest

from checker.errors import EndpointError, NotAsked, SettingsError, Unreachable
from checker.model.gateway import Gateway, Limits, NotKept, Transient
from checker.model.pause import own_wait_s
from checker.model.prices import Price
from checker.model.request import Message, Reply, Request, Tokens

OK = Reply(text="{}", tokens=Tokens(prompt=1000))


def ask_for(text="?", **more):
    return Request(
        model="m", messages=(Message(role="user", content=text),), reply_schema={}, stage="judge", **more
    )


class Clock:
    """Time that passes only where somebody sleeps; `naps` are the seconds slept, in order."""

    def __init__(self):
        self.time = 0.0
        self.naps = []

    def now(self):
        return self.time

    async def sleep(self, seconds):
        self.naps.append(seconds)
        end = self.time + seconds
        await asyncio.sleep(0)
        self.time = max(self.time, end)


class Turns:
    """A model that answers, or raises, what *turns* say, in turn; the last one for ever."""

    def __init__(self, *turns, clock=None):
        self.turns = turns
        self.clock = clock or Clock()
        self.calls = []

    async def __call__(self, request):
        turn = self.turns[min(len(self.calls), len(self.turns) - 1)]
        self.calls.append((self.clock.now(), request.messages[0].content))
        await asyncio.sleep(0)
        if isinstance(turn, Exception):
            raise turn
        return turn


def gateway(model, **limits):
    return Gateway(model, Limits(**limits), sleep=model.clock.sleep, now=model.clock.now)


async def all_of(gate, n, text=""):
    return await asyncio.gather(*(gate(ask_for(f"{text}{i}")) for i in range(n)), return_exceptions=True)


def test_a_reply_comes_through():
    assert asyncio.run(gateway(Turns(OK))(ask_for())) == OK


def test_a_failed_try_is_tried_again_after_a_wait():
    model = Turns(Transient("reset"), OK)

    assert asyncio.run(gateway(model)(ask_for())) == OK
    assert model.clock.naps == [own_wait_s(ask_for().key, 0)]


def test_own_waits_double_and_are_the_same_in_every_run():
    # 0.5, 1, 2 ... 16, then never more than 30, each cut by up to half
    key = ask_for().key
    tops = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]

    assert all(top / 2 <= own_wait_s(key, n) <= top for n, top in enumerate(tops))
    assert own_wait_s(key, 2) == own_wait_s(key, 2)


@pytest.mark.parametrize(
    ("n_failed", "wait_s"),
    [
        # 0.5 * 2**n, or 30, times 1/2 + share / 2; the share is four digits of the key, from 4 n on
        (0, 0.5 * (0.5 + 0x0123 / 0x10000 / 2)),
        (1, 1.0 * (0.5 + 0x4567 / 0x10000 / 2)),
        (2, 2.0 * (0.5 + 0x89AB / 0x10000 / 2)),
        (14, 30 * (0.5 + 0x89AB / 0x10000 / 2)),
        (15, 30 * (0.5 + 0x0123 / 0x10000 / 2)),  # at the 60th digit it begins again
        (16, 30 * (0.5 + 0x4567 / 0x10000 / 2)),
    ],
)
def test_an_own_wait_follows_from_the_key(n_failed, wait_s):
    assert own_wait_s("0123456789abcdef" * 4, n_failed) == wait_s


def test_requests_do_not_wait_alike():
    assert own_wait_s(ask_for("a").key, 0) != own_wait_s(ask_for("b").key, 0)


def test_after_the_last_retry_it_is_unreachable_and_says_why():
    model = Turns(Transient("example.org answered 500"))

    with pytest.raises(Unreachable, match=r"judge: no answer after 3 tries: example\.org answered 500"):
        asyncio.run(gateway(model, retries=2)(ask_for()))
    assert len(model.calls) == 3


def test_a_wait_that_the_endpoint_asks_for_is_kept():
    model = Turns(Transient("x", wait_s=7.0), OK)
    asyncio.run(gateway(model)(ask_for()))

    assert model.clock.naps == [7.0]


def test_a_pause_of_less_than_a_second_is_kept():
    model = Turns(Transient("429", wait_s=0.5, crowded=True), OK)
    asyncio.run(gateway(model)(ask_for()))

    assert [time for time, _ in model.calls] == [0.0, 0.5]


def test_a_wait_of_two_minutes_is_kept():
    model = Turns(Transient("x", wait_s=120.0, crowded=True), OK)
    asyncio.run(gateway(model)(ask_for()))

    assert [time for time, _ in model.calls] == [0.0, 120.0]


def test_a_longer_wait_is_given_up_at_once():
    model = Turns(Transient("x answered 429", wait_s=121.0, crowded=True))

    with pytest.raises(
        Unreachable,
        match=r"after 1 try: x answered 429; it asks to wait 121 s, more than 120 s: "
        r"run again later, what is answered is kept$",
    ):
        asyncio.run(gateway(model)(ask_for()))
    assert model.clock.naps == []


def test_an_error_of_the_set_up_is_not_tried_again():
    model = Turns(EndpointError("refused"))

    with pytest.raises(EndpointError):
        asyncio.run(gateway(model)(ask_for()))
    assert len(model.calls) == 1


def test_after_an_error_of_the_set_up_nothing_that_waits_is_sent():
    model = Turns(EndpointError("refused"))
    replies = asyncio.run(all_of(gateway(model, concurrency=1), 4))

    assert len(model.calls) == 1
    assert [str(reply) for reply in replies] == ["refused"] * 4


def test_a_pause_too_long_for_one_is_asked_of_nobody_else():
    model = Turns(Transient("x answered 429", wait_s=121.0, crowded=True))
    replies = asyncio.run(all_of(gateway(model, concurrency=1), 3))

    assert len(model.calls) == 1
    assert str(replies[2]).startswith("x answered 429; it asks to wait 121 s")


def test_a_long_pause_of_one_request_stops_nobody_else():
    model = Turns(Transient("x answered 500", wait_s=121.0), OK)
    replies = asyncio.run(all_of(gateway(model, concurrency=1), 3))

    assert replies[1:] == [OK] * 2


def test_where_nobody_is_answered_nobody_asks_any_more():
    # Four at a time, two tries each: after 8 tries without any answer nothing is sent.
    model = Turns(Transient("x cannot be reached"))
    replies = asyncio.run(all_of(gateway(model, concurrency=4, retries=1), 10))

    assert len(model.calls) == 8
    assert {str(reply) for reply in replies} == {
        "x cannot be reached; 8 tries in a row had no answer: run again later, what is answered is kept"
    }


def test_a_stage_without_an_answer_keeps_no_other_from_asking():
    # Three texts that the endpoint chokes on are all that is left of one stage; the next one is sound.
    lost = Transient("reset")
    gate = gateway(Turns(lost, lost, lost, OK), concurrency=1, retries=0)

    async def both():
        return await all_of(gate, 4), await gate(ask_for().model_copy(update={"stage": "verify"}))

    choked, sound = asyncio.run(both())
    assert [type(reply) for reply in choked] == [Unreachable] * 3 + [NotAsked]
    assert sound == OK


def test_one_at_a_time_it_takes_the_tries_of_three():
    model = Turns(Transient("reset"))
    replies = asyncio.run(all_of(gateway(model, concurrency=1, retries=0), 5))

    assert [type(reply) for reply in replies] == [Unreachable] * 3 + [NotAsked] * 2


def test_one_answer_shows_that_others_may_be_answered():
    lost = Transient("reset")
    model = Turns(lost, lost, OK, lost, lost, OK)
    replies = asyncio.run(all_of(gateway(model, concurrency=1, retries=0), 6))

    assert [type(reply) for reply in replies] == [Unreachable, Unreachable, Reply] * 2


def test_the_first_reason_to_stop_is_the_one_that_is_told():
    gate = gateway(Turns(OK))
    gate.stop("interrupted")
    gate.stop("refused")

    with pytest.raises(NotAsked, match=r"^interrupted$"):
        asyncio.run(gate(ask_for()))


def test_everybody_waits_out_one_pause():
    # "0" is sent at 0 and told to wait 9 s; "1" to "3" wait too, though nobody told them.
    model = Turns(Transient("429", wait_s=9.0, crowded=True), OK)
    replies = asyncio.run(all_of(gateway(model, concurrency=1), 4))

    assert replies == [OK] * 4
    assert [time for time, _ in model.calls] == [0.0, 9.0, 9.0, 9.0, 9.0]


def test_a_pause_of_everybody_uses_up_no_try():
    model = Turns(*[Transient("429", wait_s=9.0, crowded=True)] * 4, OK)

    assert asyncio.run(gateway(model, retries=1)(ask_for())) == OK
    assert [time for time, _ in model.calls] == [0.0, 9.0, 18.0, 27.0, 36.0]


def test_pauses_that_name_no_time_double_until_somebody_is_answered():
    crowd = Transient("429", crowded=True)
    model = Turns(crowd, crowd, crowd, OK, crowd, OK)
    gate = gateway(model, concurrency=1)

    async def both():
        return await gate(ask_for("a")), await gate(ask_for("b"))

    asyncio.run(both())
    a, b = ask_for("a").key, ask_for("b").key
    assert model.clock.naps == pytest.approx([*(own_wait_s(a, n) for n in range(3)), own_wait_s(b, 0)])


def test_calls_that_are_told_of_one_pause_make_one_pause():
    # Eight are sent at once, and all are told: they wait once, not 8 times as long.
    crowd = Transient("429", crowded=True)
    model = Turns(*[crowd] * 8, OK)
    asyncio.run(all_of(gateway(model, concurrency=8), 8))

    assert {time for time, _ in model.calls[8:]} == {model.calls[8][0]}
    assert model.calls[8][0] <= 0.5


def test_an_endpoint_that_is_slow_but_sound_answers_everything():
    # It answers one question each 20 s, and says nothing of when: every other call is a 429.
    clock = Clock()
    last = -20.0

    async def model(_):
        nonlocal last
        await asyncio.sleep(0)
        if clock.time - last < 20:
            raise Transient("429", crowded=True)
        last = clock.time
        return OK

    gate = Gateway(model, Limits(), sleep=clock.sleep, now=clock.now)
    assert asyncio.run(all_of(gate, 30)) == [OK] * 30


def test_after_two_minutes_of_pauses_without_an_answer_nobody_asks_any_more():
    model = Turns(Transient("x answered 429", wait_s=50.0, crowded=True))
    replies = asyncio.run(all_of(gateway(model, concurrency=1), 3))

    # at 0, 50 and 100; the third pause would end after 150
    assert [time for time, _ in model.calls] == [0.0, 50.0, 100.0]
    assert {str(reply) for reply in replies} == {
        "x answered 429; no answer in 150 s of pauses: run again later, what is answered is kept"
    }


def test_who_wants_no_retries_waits_for_no_pause():
    model = Turns(Transient("x answered 429", wait_s=5.0, crowded=True))

    with pytest.raises(Unreachable, match="after 1 try: x answered 429"):
        asyncio.run(gateway(model, retries=0)(ask_for()))


def test_a_failure_of_one_does_not_hold_up_others():
    model = Turns(Transient("reset", wait_s=9.0), OK)
    asyncio.run(all_of(gateway(model, concurrency=1), 3))

    assert [name for _, name in model.calls] == ["0", "1", "2", "0"]


def test_no_more_are_asked_at_a_time_than_allowed():
    busy, most = 0, 0

    async def model(_):
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0)
        busy -= 1
        return OK

    asyncio.run(all_of(Gateway(model, Limits(concurrency=3)), 20))

    assert most == 3


def test_never_more_replies_are_bought_than_allowed():
    model = Turns(OK)
    replies = asyncio.run(all_of(gateway(model, concurrency=8, max_calls=3), 10))

    assert len(model.calls) == 3
    assert [str(reply) for reply in replies[3:]] == ["--max-calls 3 reached"] * 7


def test_a_failed_try_counts_for_it_may_have_been_billed():
    with pytest.raises(NotAsked, match="--max-calls 1 reached"):
        asyncio.run(gateway(Turns(Transient("reset"), OK), max_calls=1)(ask_for()))


def test_a_limit_on_cost_holds_where_the_endpoint_counts_no_tokens():
    # 4,000 characters are taken for 1,000 tokens: 0.002 dollars at 2 per million
    model = Turns(Reply(text=""))
    price = Price(prompt=2.0, completion=0.0)
    gate = gateway(model, concurrency=1, max_cost=0.003, price=price)
    replies = asyncio.run(all_of(gate, 4, text="x" * 4000))

    assert len(model.calls) == 2
    assert isinstance(replies[2], NotAsked)


def test_where_no_tokens_are_counted_the_question_and_the_answer_are_measured():
    # 4,000 and 8,000 characters: 1,000 tokens at 2 and 2,000 at 3 dollars per million, 0.008 together
    model = Turns(Reply(text="y" * 8000))
    gate = gateway(model, concurrency=1, max_cost=0.001, price=Price(prompt=2.0, completion=3.0))
    replies = asyncio.run(all_of(gate, 2, text="x" * 3999))

    assert str(replies[1]) == "--max-cost 0.001 reached (0.0080 dollars spent)"


def test_a_cost_that_is_just_reached_is_reached():
    gate = gateway(model := Turns(OK), concurrency=1, max_cost=0.002, price=Price(prompt=2.0, completion=0.0))
    asyncio.run(all_of(gate, 2))

    assert len(model.calls) == 1


def test_no_call_at_all_may_be_allowed():
    with pytest.raises(NotAsked, match="--max-calls 0 reached"):
        asyncio.run(gateway(Turns(OK), max_calls=0)(ask_for()))


def test_nothing_is_asked_once_the_cost_is_reached():
    # each reply reads 1000 tokens at 2 dollars per million: 0.002; two of them reach 0.003
    model = Turns(OK)
    price = Price(prompt=2.0, completion=0.0)
    replies = asyncio.run(all_of(gateway(model, concurrency=1, max_cost=0.003, price=price), 4))

    assert len(model.calls) == 2
    assert isinstance(replies[2], NotAsked)
    assert str(replies[2]) == "--max-cost 0.003 reached (0.0040 dollars spent)"


def test_a_limit_on_cost_needs_a_price():
    with pytest.raises(SettingsError, match=r"--max-cost 1: the price of the model is not known"):
        Limits(max_cost=1.0)


def test_an_answer_that_may_not_be_bought_is_not_bought():
    model = Turns(OK)

    with pytest.raises(NotKept, match=r"^judge: no answer is kept, and none may be bought for it$"):
        asyncio.run(gateway(model)(ask_for(fresh=False)))
    assert model.calls == []


def test_after_a_stop_nothing_new_is_asked():
    gate = gateway(model := Turns(OK))
    gate.stop("interrupted")

    with pytest.raises(NotAsked, match=r"^interrupted$"):
        asyncio.run(gate(ask_for()))
    assert model.calls == []


def test_a_call_under_way_finishes_after_a_stop():
    async def model(_):
        gate.stop("interrupted")
        await asyncio.sleep(0)
        return OK

    gate = Gateway(model, Limits(concurrency=1))
    first, second = asyncio.run(all_of(gate, 2))

    assert first == OK
    assert isinstance(second, NotAsked)


def test_a_stop_ends_a_wait_at_once():
    naps = []

    async def sleep(seconds):
        naps.append(seconds)
        gate.stop("interrupted")
        await asyncio.Event().wait()  # for ever

    gate = Gateway(Turns(Transient("reset")), Limits(), sleep=sleep)

    with pytest.raises(NotAsked, match="interrupted"):
        asyncio.run(gate(ask_for()))
    assert len(naps) == 1


def test_a_cancelled_call_leaves_the_way_free():
    async def run():
        started = asyncio.Event()

        async def model(request):
            if request.messages[0].content == "slow":
                started.set()
                await asyncio.Event().wait()
            return OK

        gate = Gateway(model, Limits(concurrency=1))
        slow = asyncio.create_task(gate(ask_for("slow")))
        await started.wait()
        slow.cancel()
        await asyncio.wait({slow})
        return await gate(ask_for("quick"))

    assert asyncio.run(run()) == OK
