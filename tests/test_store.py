import asyncio
import json
import sqlite3
from contextlib import closing

import pytest

from checker.errors import SettingsError, Unreachable
from checker.model.gateway import NotKept
from checker.model.request import Message, Reply, Request, Tokens
from checker.model.store import Store, clear, info
from checker.model.textcache import DATABASE


def ask_for(text="?", **more):
    return Request(
        model="m", messages=(Message(role="user", content=text),), reply_schema={}, stage="judge", **more
    )


class Answers:
    """A model that answers with *replies*, in turn, the last one for ever, when *gate* is open."""

    def __init__(self, *replies):
        self.replies = replies or (Reply(text='{"a": 1}', tokens=Tokens(prompt=3), answered_by="m-1"),)
        self.requests = []
        self.asked = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, request):
        reply = self.replies[min(len(self.requests), len(self.replies) - 1)]
        self.requests.append(request)
        self.asked.set()
        await self.gate.wait()
        if isinstance(reply, Exception):
            raise reply
        return reply


def through(folder, model, work):
    """What *work*, an async function of a store, gives."""

    async def run():
        store = Store(folder, model)
        try:
            return await work(store)
        finally:
            store.close()

    return asyncio.run(run())


def asked(folder, model, *requests):
    async def work(store):
        return [await store(request) for request in requests]

    return through(folder, model, work)


def change(folder, statement, *values):
    with closing(sqlite3.connect(folder / DATABASE)) as database, database:
        database.execute(statement, values)


def test_the_second_time_nothing_is_asked(tmp_path):
    model = Answers()
    first, second = asked(tmp_path, model, ask_for(), ask_for())

    assert (first.origin, second.origin) == ("live", "kept")
    assert second == first.model_copy(update={"origin": "kept"})
    assert len(model.requests) == 1


def test_another_run_finds_the_answer(tmp_path):
    asked(tmp_path, Answers(), ask_for())

    assert asked(tmp_path, None, ask_for())[0].answered_by == "m-1"


def test_another_question_is_asked(tmp_path):
    model = Answers()
    asked(tmp_path, model, ask_for("a"), ask_for("b"), ask_for("a", sample=1))

    assert len(model.requests) == 3


@pytest.mark.parametrize("finish", ["length", "refusal", "content_filter"])
def test_a_reply_without_an_answer_was_paid_for_and_is_kept(tmp_path, finish):
    model = Answers(Reply(text="", finish=finish))

    assert [reply.finish for reply in asked(tmp_path, model, ask_for(), ask_for())] == [finish, finish]
    assert len(model.requests) == 1


def test_a_failure_of_the_way_there_is_not_kept(tmp_path):
    model = Answers(Unreachable("down"), Reply(text="up"))

    with pytest.raises(Unreachable):
        asked(tmp_path, model, ask_for())
    assert asked(tmp_path, model, ask_for())[0].text == "up"


def test_ten_at_once_are_one_call(tmp_path):
    model = Answers()

    async def ten(store):
        return await asyncio.gather(*(store(ask_for()) for _ in range(10)))

    replies = through(tmp_path, model, ten)

    assert len(model.requests) == 1
    assert sorted(reply.origin for reply in replies) == ["kept"] * 9 + ["live"]


def test_those_who_joined_a_call_share_its_failure(tmp_path):
    model = Answers(Unreachable("down"))

    async def two(store):
        return await asyncio.gather(store(ask_for()), store(ask_for()), return_exceptions=True)

    assert [str(error) for error in through(tmp_path, model, two)] == ["down", "down"]
    assert len(model.requests) == 1


def test_a_cancelled_waiter_loses_no_answer(tmp_path):
    model = Answers()
    model.gate.clear()

    async def cancelled(store):
        waiter = asyncio.create_task(store(ask_for()))
        await model.asked.wait()
        waiter.cancel()
        await asyncio.wait({waiter})
        model.gate.set()
        return waiter.cancelled(), await store.drain(10)

    assert through(tmp_path, model, cancelled) == (True, 0)
    assert asked(tmp_path, None, ask_for())[0].text == '{"a": 1}'


def test_draining_gives_up_at_its_time(tmp_path):
    model = Answers()
    model.gate.clear()

    async def stuck(store):
        waiter = asyncio.create_task(store(ask_for()))
        await model.asked.wait()
        left = await store.drain(0)
        model.gate.set()
        await waiter
        return left

    assert through(tmp_path, model, stuck) == 1


def test_draining_an_idle_store_is_done_at_once(tmp_path):
    async def idle(store):
        return await store.drain(10)

    assert through(tmp_path, Answers(), idle) == 0


def test_what_may_not_be_bought_is_not_asked(tmp_path):
    model = Answers()

    with pytest.raises(NotKept, match="judge: no answer is kept"):
        asked(tmp_path, model, ask_for(fresh=False))
    assert model.requests == []


def test_what_may_not_be_bought_is_found_where_it_is_kept(tmp_path):
    assert asked(tmp_path, Answers(), ask_for(), ask_for(fresh=False))[1].origin == "kept"


def test_without_a_model_nothing_can_be_bought(tmp_path):
    with pytest.raises(NotKept):
        asked(tmp_path, None, ask_for())


@pytest.mark.parametrize(
    "row",
    [
        "not JSON",
        "[]",
        "{}",
        '{"request": {}, "reply": {}}',
        "[" * 100_000,
    ],
)
def test_a_row_that_is_no_answer_is_bought_again(tmp_path, row):
    asked(tmp_path, Answers(), ask_for())
    change(tmp_path, "UPDATE Cache SET value = ?", row)
    model = Answers(Reply(text="new"))

    assert [reply.text for reply in asked(tmp_path, model, ask_for(), ask_for())] == ["new", "new"]
    assert len(model.requests) == 1


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.reply.tokens.prompt", "-5"),
        ("$.reply.tokens.prompt", "1e30"),
        ("$.reply.text", r'"\ud800"'),
        ("$.reply.answered_by", r'"\ud800"'),
        ("$.request.reply_schema", '{"x": ' + "[" * 900 + "]" * 900 + "}"),
    ],
)
def test_a_row_that_was_edited_into_no_answer_is_bought_again(tmp_path, path, value):
    asked(tmp_path, Answers(), ask_for())
    change(tmp_path, "UPDATE Cache SET value = json_set(value, ?, json(?))", path, value)

    assert asked(tmp_path, Answers(Reply(text="new")), ask_for())[0].text == "new"


def test_an_answer_to_another_question_is_not_given(tmp_path):
    asked(tmp_path, Answers(), ask_for("a"))
    change(tmp_path, "UPDATE Cache SET key = ?", ask_for("b").key)

    assert asked(tmp_path, Answers(Reply(text="new")), ask_for("b"))[0].text == "new"


def test_a_pickled_row_is_bought_again(tmp_path):
    asked(tmp_path, Answers(), ask_for())
    change(tmp_path, "UPDATE Cache SET mode = 4, value = ?", b"cos\nabort\n(tR.")

    assert asked(tmp_path, Answers(Reply(text="new")), ask_for())[0].text == "new"


def test_a_reply_that_cannot_be_kept_is_given_all_the_same(tmp_path):
    async def work(store):
        change(
            tmp_path, "CREATE TRIGGER full BEFORE INSERT ON Cache BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
        return (await store(ask_for())).text, [remark.problem for remark in store.remarks]

    assert through(tmp_path, Answers(), work) == ('{"a": 1}', ["an answer could not be kept (no room)"])


def test_a_store_that_breaks_under_way_costs_no_answer(tmp_path):
    async def work(store):
        change(tmp_path, "DROP TABLE Cache")
        return (await store(ask_for())).text, [remark.problem for remark in store.remarks]

    assert through(tmp_path, Answers(), work) == (
        '{"a": 1}',
        [
            "a kept answer could not be read (no such table: Cache)",
            "an answer could not be kept (no such table: Cache)",
        ],
    )


def test_a_damaged_store_is_told(tmp_path):
    (tmp_path / DATABASE).write_bytes(b"no database" * 100)

    async def remarks(store):
        return [remark.path for remark in store.remarks]

    assert through(tmp_path, None, remarks) == [str(tmp_path / DATABASE)]


def test_a_folder_that_cannot_be_used_is_an_error_of_the_settings(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="--cache"):
        Store(tmp_path / "file" / "store", None)


def test_a_row_says_what_was_asked_and_answered_and_nothing_else(tmp_path):
    asked(tmp_path, Answers(), ask_for("Who?"))
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database:
        ((key, row),) = database.execute("SELECT key, value FROM Cache").fetchall()
    kept = json.loads(row)

    assert set(kept) == {"key", "request", "reply"}
    assert key == kept["key"] == ask_for("Who?").key
    assert set(kept["request"]) == {"model", "messages", "reply_schema", "temperature", "sample"}
    assert set(kept["reply"]) == {"text", "finish", "tokens", "answered_by"}


def test_info_counts_answers(tmp_path):
    asked(tmp_path, Answers(), ask_for("a"), ask_for("b"))
    kept = info(tmp_path)

    assert (kept.folder, kept.answers) == (tmp_path, 2)
    assert kept.bytes > 0


def test_info_of_no_folder_makes_none(tmp_path):
    assert info(tmp_path / "none").answers == 0
    assert not (tmp_path / "none").exists()


def test_clear_removes_every_answer_and_says_how_many(tmp_path):
    asked(tmp_path, Answers(), ask_for("a"), ask_for("b"))

    assert clear(tmp_path) == 2
    assert info(tmp_path).answers == 0


def test_clear_of_no_folder_makes_none(tmp_path):
    assert clear(tmp_path / "none") == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("use", [info, clear])
def test_a_name_that_is_too_long_for_a_folder_is_told(tmp_path, use):
    with pytest.raises(SettingsError, match="shorten its name"):
        use(tmp_path / ("x" * 256))
