"""The store of answers on disks and in folders that fail: what was paid for stays, and it says what to do."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from disks import as_nobody, fill, no_file_beyond, small_disk
from test_store import Answers, ask_for, asked, through

from checker.errors import SettingsError
from checker.model.request import Reply
from checker.model.store import clear, info
from checker.model.textcache import DATABASE, clear_store, open_store

N = 60
PAGE = 4096
LATER = 10_000_000_000


@pytest.fixture
def store(tmp_path):
    """A folder with 60 answers of 3,000 characters: about one to a page."""
    with closing(open_store(tmp_path / "store").cache) as cache:
        for number in range(N):
            cache.write(f"k{number}", f"{number} " * 1000)
    return tmp_path / "store"


def found(folder):
    """How many of the answers are found as they were, and what is said at the opening."""
    opened = open_store(folder)
    with closing(opened.cache) as cache:
        n_found = sum(cache.read(f"k{number}") == f"{number} " * 1000 for number in range(N))
    return n_found, str(opened.remark)


def overwrite(path, page):
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(b"\xa5" * PAGE)


def wal_size(folder):
    return (folder / f"{DATABASE}-wal").stat().st_size


@pytest.mark.parametrize("page", range(1, 61, 6))
def test_a_damaged_page_costs_the_answers_on_it_and_no_others(store, page):
    overwrite(store / DATABASE, page)
    n_found, said = found(store)

    assert n_found >= N - 2
    assert "database disk image is malformed" in said
    assert f"has the {n_found} answers that could still be read" in said


def test_a_store_that_was_mended_is_sound_the_next_time(store):
    overwrite(store / DATABASE, 20)
    n_found, _ = found(store)

    assert found(store) == (n_found, "None")


def test_a_damaged_page_is_kept_beside_the_new_store(store):
    overwrite(store / DATABASE, 20)
    found(store)

    assert (store / f"{DATABASE}.broken-1").read_bytes()[20 * PAGE :][:PAGE] == b"\xa5" * PAGE


def test_a_damaged_header_is_told_with_what_to_do(store):
    with (store / DATABASE).open("r+b") as file:
        file.write(b"\xa5" * 100)
    _, said = found(store)

    assert "damaged (file is not a database)" in said
    assert "put a sound copy back, or delete it" in said


def test_an_emptied_file_is_told_and_not_taken_for_a_new_store(store):
    os.truncate(store / DATABASE, 0)
    _, said = found(store)

    assert "damaged (the file is empty)" in said
    assert (store / f"{DATABASE}.broken-1").exists()


def test_a_new_store_says_nothing(tmp_path):
    assert open_store(tmp_path / "new").remark is None


def test_garbage_for_a_log_costs_nothing(store):
    (store / f"{DATABASE}-wal").write_bytes(b"\xa5" * 50_000)

    assert found(store) == (N, "None")


def test_a_log_whose_database_was_removed_is_not_read(store):
    with closing(open_store(store).cache) as cache:
        cache.write("new", "new")
        shutil.copytree(store, store.parent / "copy")
    (store.parent / "copy" / DATABASE).unlink()

    assert found(store.parent / "copy") == (0, "None")


@pytest.mark.parametrize("left", ["nothing", "half a database"])
def test_what_a_crash_left_of_a_new_store_is_begun_again(tmp_path, left):
    (tmp_path / f"{DATABASE}.new").mkdir()
    if left != "nothing":
        (tmp_path / f"{DATABASE}.new" / DATABASE).write_bytes(b"half")

    assert found(tmp_path) == (0, "None")
    assert sorted(path.name for path in tmp_path.iterdir()) == [DATABASE]


def test_the_size_of_a_damaged_store_is_no_quiet_nought(store):
    overwrite(store / DATABASE, 20)

    with pytest.raises(SettingsError, match="answers that could still be read"):
        info(store)
    assert info(store).answers >= N - 2


def test_clearing_leaves_no_draft(store):
    (store / f"{DATABASE}.new").mkdir()
    clear_store(store)

    assert not (store / f"{DATABASE}.new").exists()


def test_of_runs_that_open_a_damaged_store_at_once_one_moves_it_aside(store):
    overwrite(store / DATABASE, 20)
    code = "import sys; from pathlib import Path; from checker.model.textcache import open_store as o; o(Path(sys.argv[1])).cache.close()"
    runs = [subprocess.Popen([sys.executable, "-c", code, str(store)]) for _ in range(3)]

    assert [run.wait() for run in runs] == [0, 0, 0]
    assert [path.name for path in store.glob(f"{DATABASE}.broken-?")] == [f"{DATABASE}.broken-1"]
    assert found(store)[0] >= N - 2


def test_one_run_at_a_time_opens_a_store(store):
    place = os.open(store, os.O_RDONLY)
    fcntl.flock(place, fcntl.LOCK_EX)
    code = "import sys; from pathlib import Path; from checker.model.textcache import open_store as o; o(Path(sys.argv[1])).cache.close()"
    run = subprocess.Popen([sys.executable, "-c", code, str(store)])
    waits = run.poll() is None
    os.close(place)

    assert (waits, run.wait()) == (True, 0)


def test_on_a_full_disk_the_answer_is_given_and_it_says_what_to_do(tmp_path):
    async def work(store):
        with no_file_beyond(wal_size(tmp_path)):
            reply = await store(ask_for())
        return reply.text, str(store.remarks[0])

    text, said = through(tmp_path, Answers(), work)

    assert text == '{"a": 1}'
    assert "an answer could not be kept" in said
    assert "make room on the disk" in said


def test_once_there_is_room_again_answers_are_kept(tmp_path):
    async def work(store):
        await store(ask_for("a"))
        with no_file_beyond(wal_size(tmp_path)):
            await store(ask_for("b"))
        await store(ask_for("c"))

    through(tmp_path, Answers(), work)
    model = Answers()
    asked(tmp_path, model, ask_for("a"), ask_for("b"), ask_for("c"))

    assert [request.messages[0].content for request in model.requests] == ["b"]


def test_without_room_for_a_store_nothing_is_asked(tmp_path):
    with no_file_beyond(2 * PAGE), pytest.raises(SettingsError, match="make room on the disk"):
        open_store(tmp_path / "store")
    assert open_store(tmp_path / "store").remark is None


def test_a_damaged_store_is_left_as_it_is_where_there_is_no_room_for_a_new_one(store):
    overwrite(store / DATABASE, 20)
    with no_file_beyond(2 * PAGE), pytest.raises(SettingsError, match="make room on the disk"):
        open_store(store)

    assert found(store)[0] >= N - 2


def test_a_disk_that_is_really_full(tmp_path):
    with small_disk(tmp_path / "disk", 1_500_000) as is_mounted:
        if not is_mounted:
            pytest.skip("a disk of its own cannot be mounted here")
        folder, filler = tmp_path / "disk" / "store", tmp_path / "disk" / "filler"

        async def work(store):
            fill(filler)
            reply = await store(ask_for("b" * 20_000))
            return reply.text, str(store.remarks[0])

        asked(folder, Answers(), ask_for("a"))
        text, said = through(folder, Answers(), work)
        filler.unlink()

        assert text == '{"a": 1}'
        assert "database or disk is full" in said
        assert "make room on the disk" in said
        assert asked(folder, None, ask_for("a"))[0].origin == "kept"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
@pytest.mark.parametrize("use", [open_store, info, clear])
@pytest.mark.parametrize("mode", [0o700, 0o755])
def test_a_folder_of_somebody_else_is_told_with_what_to_do(use, mode):
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "store"
        asked(folder, Answers(), ask_for())
        folder.chmod(mode)
        with as_nobody(), pytest.raises(SettingsError, match="make the folder writable, or name another"):
            use(folder)


def test_an_answer_that_another_program_kept_waiting_is_given_and_it_says_what_to_do(tmp_path):
    async def work(store):
        store._thread.submit(lambda: store._cache._sql("PRAGMA busy_timeout = 0")).result()
        with closing(sqlite3.connect(tmp_path / DATABASE)) as other:
            other.execute("BEGIN IMMEDIATE")
            reply = await store(ask_for())
        return reply.text, str(store.remarks[0])

    text, said = through(tmp_path, Answers(), work)

    assert text == '{"a": 1}'
    assert "an answer could not be kept (database is locked)" in said
    assert "end the other program that holds the database" in said


@pytest.mark.parametrize("time", [0, LATER])
def test_no_answer_ages_whatever_the_clock_says(tmp_path, time):
    asked(tmp_path, Answers(), ask_for())
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database, database:
        database.execute("UPDATE Cache SET store_time = ?, access_time = ?", (time, time))

    assert asked(tmp_path, Answers(Reply(text="new")), ask_for())[0].origin == "kept"
