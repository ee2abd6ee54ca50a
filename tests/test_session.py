"""From settings to a report, in Python: the API, its layers, and what they leave behind."""

import asyncio
import os
import subprocess
import sys

import pytest
from disks import as_nobody
from thinking import thinking

import checker
from checker.errors import NotRecorded, SettingsError, SetupError
from checker.load import load
from checker.resources import cache_folder
from checker.session import Session
from checker.settings import Settings

A = "Police arrested 14 people. The match ended 3-2."
B = "Nobody was arrested at all. Rovers won the match 3-2."


@pytest.fixture
def event(tmp_path):
    folder = tmp_path / "event"
    folder.mkdir()
    (folder / "a.txt").write_text(A)
    (folder / "b.txt").write_text(B)
    return folder


def run(event, settings, environment=None):
    async def session():
        async with Session(settings, environment or {}) as opened:
            return await opened.check(load([event]))

    return asyncio.run(session())


def asked(event, endpoint, tmp_path, **more):
    settings = Settings(model="rules", cache=tmp_path / "answers", **more)
    return run(event, settings, endpoint.environment)


def test_every_public_name_is_there():
    assert [name for name in checker.__all__ if not hasattr(checker, name)] == []


def test_every_public_name_is_listed_before_it_is_used():
    listed = "import checker; print(*set(checker.__all__) - set(dir(checker)))"
    done = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True)

    assert done.stdout == "\n"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing"):
        checker.nothing  # noqa: B018


def test_check_waits_for_the_report(event):
    report = checker.check(event)

    assert report.run.engine == "builtin"


def test_in_a_running_loop_check_names_the_call_to_await(event):
    async def cell():
        checker.check(event)

    with pytest.raises(SetupError, match=r"a loop is running here.* await checker\.acheck"):
        asyncio.run(cell())


def test_acheck_is_awaited(event):
    assert asyncio.run(checker.acheck(event)) == checker.check(event)


def test_each_draw_of_a_part_has_its_own_answers(tmp_path):
    with thinking() as endpoint:
        session = Session(Settings(model="rules", cache=tmp_path / "answers"), endpoint.environment)

        async def asked():
            async with session:
                return session.answers("judge"), session.answers("judge", draw=1), session.answers("judge")

        first, second, again = asyncio.run(asked())
        assert first is again
        assert first is not second


def test_what_is_held_against_sources_is_a_draft(event):
    report = checker.check(event / "a.txt", against=event / "b.txt")

    assert report.drafts == ("a",)


def test_sources_may_be_several(event):
    (event / "c.txt").write_text("Rovers won the match 3-2. It rained.")
    report = checker.check(event / "a.txt", against=[event / "b.txt", str(event / "c.txt")])

    assert (report.drafts, len(report.articles)) == (("a",), 3)


def test_a_model_is_named_in_the_report_with_its_prompts(event, tmp_path):
    with thinking() as endpoint:
        report = asked(event, endpoint, tmp_path)

    assert report.run.model == "rules"
    assert set(report.run.prompts) == {"extract.v1", "gaps.v1", "judge.v1", "verify.v1", "again.v1"}
    assert report.run.settings["endpoint"].startswith("127.0.0.1:")


def test_a_price_gives_a_cost_to_every_stage(event, tmp_path):
    with thinking() as endpoint:
        report = asked(event, endpoint, tmp_path, price_in=1.0, price_out=10.0)

    # each call is 100 tokens in and 20 out: 100 * 1 + 20 * 10 = 300 millionths of a dollar
    costs = {stage.stage: stage.cost for stage in report.run.usage}
    assert costs == {
        "extract": pytest.approx(0.0006),
        "judge": pytest.approx(0.0003),
        "verify": pytest.approx(0.0003),
    }


def test_a_limit_on_cost_is_kept_with_one_call_at_a_time(event, tmp_path):
    with thinking() as endpoint:
        report = asked(
            event, endpoint, tmp_path, concurrency=1, price_in=1.0, price_out=10.0, max_cost=0.0005
        )

    # 0.0003 after the first call, 0.0006 after the second, no third
    assert len(endpoint.asked) == 2
    assert "--max-cost" in report.failures[0].error


def test_kept_answers_are_counted_apart(event, tmp_path):
    with thinking() as endpoint:
        asked(event, endpoint, tmp_path)
        report = asked(event, endpoint, tmp_path)

    assert [(stage.stage, stage.calls, stage.kept) for stage in report.run.usage] == [
        ("extract", 0, 2),
        ("judge", 0, 1),
        ("verify", 0, 1),
    ]


def test_recording_from_kept_answers_asks_nothing(event, tmp_path):
    with thinking() as endpoint:
        asked(event, endpoint, tmp_path)
        n_asked = len(endpoint.asked)
        asked(event, endpoint, tmp_path, record=tmp_path / "recorded", record_note="made by rules")

        assert len(endpoint.asked) == n_asked
    assert len(list((tmp_path / "recorded").glob("*.json"))) == 4


def test_a_replay_gives_the_same_findings(event, tmp_path):
    with thinking() as endpoint:
        live = asked(event, endpoint, tmp_path, record=tmp_path / "recorded")
    again = run(event, Settings(replay=tmp_path / "recorded"))

    assert again.model_copy(update={"run": live.run}) == live


def test_a_replay_of_other_text_is_not_recorded(event, tmp_path):
    with thinking() as endpoint:
        asked(event, endpoint, tmp_path, record=tmp_path / "recorded")
    (event / "b.txt").write_text(B + " It rained.")

    with pytest.raises(NotRecorded):
        run(event, Settings(replay=tmp_path / "recorded"))


def test_a_replay_folder_that_is_not_there_is_named(event, tmp_path):
    with pytest.raises(SettingsError, match="nowhere"):
        run(event, Settings(replay=tmp_path / "nowhere"))


def test_a_replay_folder_without_recordings_is_named(event, tmp_path):
    with pytest.raises(SettingsError, match="no recordings"):
        run(event, Settings(replay=tmp_path))


def in_a_loop(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    return tmp_path / "loop" / "folder"


def in_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    return tmp_path / "file" / "folder"


NO_FOLDERS = [
    (in_a_loop, "remove the link that stands in its path"),
    (in_a_file, "remove the file or link that stands where a folder is wanted"),
    (lambda tmp_path: tmp_path / ("x" * 256), "shorten its name, or its path"),
]


@pytest.mark.parametrize(("place", "told"), NO_FOLDERS)
def test_where_nothing_can_be_recorded_nothing_is_asked(event, tmp_path, place, told):
    with thinking() as endpoint, pytest.raises(SettingsError, match=f"cannot be written here .*: {told}, or"):
        asked(event, endpoint, tmp_path, record=place(tmp_path))

    assert endpoint.asked == []


@pytest.mark.parametrize(("place", "told"), NO_FOLDERS)
def test_a_replay_folder_that_cannot_be_read_is_told_with_what_to_do(event, tmp_path, place, told):
    with pytest.raises(SettingsError, match=f"cannot be read here .*: {told}, or name another folder$"):
        run(event, Settings(replay=place(tmp_path)))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user without rights")
@pytest.mark.parametrize(
    ("setting", "told"), [("record", "make the folder writable"), ("replay", "make the folder readable")]
)
def test_a_folder_of_somebody_else_is_told_with_what_to_do(event, tmp_path, setting, told):
    loaded = load([event])
    session = Session(
        Settings(model="rules", cache=tmp_path / "answers", **{setting: tmp_path / "theirs"}), {}
    )
    (tmp_path / "theirs").mkdir(mode=0o700)

    async def opened():
        async with session:
            await session.check(loaded)

    with as_nobody(), pytest.raises(SettingsError, match=f"Permission denied.*: {told}, or name another"):
        asyncio.run(opened())


def test_the_cache_can_be_put_elsewhere(tmp_path):
    assert cache_folder(Settings(cache=tmp_path)) == tmp_path


def test_a_check_that_is_cancelled_keeps_the_answer_under_way_and_buys_no_more(event, tmp_path):
    settings = Settings(model="rules", cache=tmp_path / "answers", concurrency=1)

    async def cancelled(endpoint):
        async with Session(settings, endpoint.environment) as session:
            checking = asyncio.create_task(session.check(load([event])))
            await asyncio.to_thread(endpoint.held.wait)
            checking.cancel()
            await asyncio.wait({checking})
            # the session's end waits for it
            asyncio.get_running_loop().call_soon(endpoint.release.set)
        return checking.cancelled()

    with thinking(hold_at=2) as endpoint:
        assert asyncio.run(cancelled(endpoint))
        n_asked = len(endpoint.asked)
        run(event, settings, endpoint.environment)

        assert (n_asked, len(endpoint.asked)) == (2, 4)


def test_a_session_that_is_cancelled_while_it_ends_closes_its_store(event, tmp_path):
    settings = Settings(model="rules", cache=tmp_path / "answers", concurrency=1)

    async def ended(endpoint):
        async with Session(settings, endpoint.environment) as session:
            checking = asyncio.create_task(session.check(load([event])))
            await asyncio.to_thread(endpoint.held.wait)
            checking.cancel()
            await asyncio.wait({checking})
            asyncio.get_running_loop().call_soon(asyncio.current_task().cancel)
            asyncio.get_running_loop().call_soon(endpoint.release.set)

    with thinking(hold_at=1) as endpoint, pytest.raises(asyncio.CancelledError):
        asyncio.run(ended(endpoint))
    assert not (tmp_path / "answers" / "cache.db-wal").exists()


def test_a_check_that_is_cancelled_at_every_turn_keeps_the_answers_under_way(event, tmp_path):
    settings = Settings(model="rules", cache=tmp_path / "answers", concurrency=2)

    async def cancelled(endpoint):
        async def checked():
            async with Session(settings, endpoint.environment) as session:
                await session.check(load([event]))

        def cancel_again():
            n_turns.append(checking.cancel())
            if len(n_turns) == 20:
                endpoint.release.set()
            if not checking.done():
                asyncio.get_running_loop().call_soon(cancel_again)

        n_turns = []
        checking = asyncio.create_task(checked())
        await asyncio.to_thread(endpoint.held.wait)
        cancel_again()
        await asyncio.wait({checking})
        return checking.cancelled(), asyncio.all_tasks() - {asyncio.current_task()}

    with thinking(hold_at=2) as endpoint:
        assert asyncio.run(cancelled(endpoint)) == (True, set())
        n_asked = len(endpoint.asked)
        run(event, settings, endpoint.environment)

        assert (n_asked, len(endpoint.asked)) == (2, 4)
