import os
import pickle
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from checker.errors import SettingsError
from checker.model.remedy import remedy
from checker.model.salvage import rows
from checker.model.textcache import DATABASE, TextCache, clear_store, open_store

STRANGE = "a value with U+2028 \u2028, NUL \0 and a letter beyond 16 bits \U0001f5de"


class Trap:
    """A pickle of this makes a file when it is loaded."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def change(folder, statement, *values):
    """Change the database behind diskcache's back."""
    with closing(sqlite3.connect(folder / DATABASE)) as database, database:
        database.execute(statement, values)


def filled(folder, **rows):
    with closing(open_store(folder).cache) as cache:
        for key, text in rows.items():
            cache.write(key, text)
    return folder


def read(folder, key):
    with closing(open_store(folder).cache) as cache:
        return cache.read(key)


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_text_comes_back_as_it_was(tmp_path):
    assert read(filled(tmp_path, a=STRANGE, b="x" * 100_000), "a") == STRANGE
    assert read(tmp_path, "b") == "x" * 100_000


def test_long_text_is_inside_the_database_too(tmp_path):
    filled(tmp_path, b="x" * 100_000)

    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


def test_a_key_that_is_not_there_is_none(tmp_path):
    assert read(tmp_path, "a") is None


def test_only_text_can_be_kept(tmp_path):
    with (
        closing(open_store(tmp_path).cache) as cache,
        pytest.raises(TypeError, match="must be text, not dict"),
    ):
        cache.write("a", {"not": "text"})


def test_only_text_can_be_a_key(tmp_path):
    with (
        closing(open_store(tmp_path).cache) as cache,
        pytest.raises(TypeError, match="must be text, not tuple"),
    ):
        cache.write(("a", 1), "{}")


def test_the_keys_can_be_listed(tmp_path):
    with closing(open_store(filled(tmp_path, a="{}", b="{}")).cache) as cache:
        assert sorted(cache) == ["a", "b"]


def test_what_cannot_be_cleared_is_an_error_of_the_settings(tmp_path):
    store = filled(tmp_path, a="{}")
    (store / f"{DATABASE}.broken-1").mkdir()

    with pytest.raises(SettingsError, match="not everything could be removed"):
        clear_store(store)


def test_a_pickled_value_is_not_loaded(tmp_path):
    trap = tmp_path / "sprung"
    store = filled(tmp_path / "store", a="{}")
    change(store, "UPDATE Cache SET mode = 4, value = ?", pickle.dumps(Trap(trap)))

    assert read(store, "a") is None
    assert not trap.exists()


def test_a_pickled_key_is_not_loaded(tmp_path):
    trap = tmp_path / "sprung"
    store = filled(tmp_path / "store", a="{}")
    change(store, "UPDATE Cache SET raw = 0, key = ?", pickle.dumps(Trap(trap)))

    with closing(open_store(store).cache) as cache, pytest.raises(ValueError, match="not text"):
        list(cache)
    assert not trap.exists()


@pytest.mark.parametrize("mode", [1, 2, 3, 4])
def test_a_file_that_a_row_names_is_not_read(tmp_path, mode):
    (tmp_path / "secret").write_text("a secret")
    store = filled(tmp_path / "store", a="{}")
    change(store, "UPDATE Cache SET mode = ?, value = NULL, filename = '../secret'", mode)

    assert read(store, "a") is None


def test_the_host_name_is_not_read(tmp_path):
    store = filled(tmp_path, a="{}")
    change(
        store, "UPDATE Cache SET mode = 3, value = NULL, filename = '../../../../../../../../etc/hostname'"
    )

    assert read(store, "a") is None


@pytest.mark.parametrize("remove", ["overwrite", "clear"])
def test_a_file_that_a_row_names_is_not_removed(tmp_path, remove):
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    store = filled(tmp_path / "store", a="{}")
    change(store, "UPDATE Cache SET filename = '../secret'")

    if remove == "overwrite":
        filled(store, a="new")
    else:
        clear_store(store)

    assert secret.exists()


def test_our_settings_are_asserted_at_every_opening(tmp_path):
    store = filled(tmp_path, a="{}")
    for name, value in [
        ("eviction_policy", "least-recently-stored"),
        ("cull_limit", 10),
        ("size_limit", 1),
        ("sqlite_synchronous", 0),
    ]:
        change(store, "UPDATE Settings SET value = ? WHERE key = ?", value, name)

    with closing(open_store(store).cache) as cache:
        kept = dict(cache._sql("SELECT key, value FROM Settings").fetchall())
        ((synchronous,),) = cache._sql("PRAGMA synchronous").fetchall()

    assert (kept["eviction_policy"], kept["cull_limit"], kept["size_limit"]) == ("none", 0, 2**62)
    assert synchronous == 2


def test_nothing_is_dropped_beyond_the_limit_that_somebody_set(tmp_path):
    store = filled(tmp_path, a="x" * 10_000)
    change(store, "UPDATE Settings SET value = 1 WHERE key = 'size_limit'")
    filled(store, **{f"k{n}": "x" * 10_000 for n in range(20)})

    with closing(open_store(store).cache) as cache:
        assert len(cache) == 21


def test_only_the_owner_may_read_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        store = tmp_path / "deep" / "store"
        with closing(open_store(store).cache) as cache:
            cache.write("a", "{}")
            modes = {path.name: mode_of(path) for path in store.iterdir()}
    finally:
        os.umask(before)

    assert mode_of(store) == 0o700
    assert modes == dict.fromkeys((DATABASE, f"{DATABASE}-shm", f"{DATABASE}-wal"), 0o600)


def test_rights_that_were_too_wide_are_narrowed(tmp_path):
    store = filled(tmp_path / "store", a="{}")
    store.chmod(0o755)
    (store / DATABASE).chmod(0o644)
    open_store(store).cache.close()

    assert (mode_of(store), mode_of(store / DATABASE)) == (0o700, 0o600)


def test_a_damaged_database_is_moved_aside_and_a_new_one_begun(tmp_path):
    damaged = b"not a database, but a very long text" * 100
    filled(tmp_path, a="{}")
    (tmp_path / DATABASE).write_bytes(damaged)

    opened = open_store(tmp_path)
    with closing(opened.cache) as cache:
        cache.write("a", "new")

    assert (tmp_path / f"{DATABASE}.broken-1").read_bytes() == damaged
    assert opened.remark is not None
    assert opened.remark.problem == (
        "this store of answers is damaged (file is not a database); "
        "a new one was begun, and has the 0 answers that could still be read"
    )
    assert read(tmp_path, "a") == "new"


def test_a_second_damaged_database_does_not_replace_the_first(tmp_path):
    for text in (b"first" * 500, b"second" * 500):
        (tmp_path / DATABASE).write_bytes(text)
        open_store(tmp_path).cache.close()

    assert [(tmp_path / f"{DATABASE}.broken-{n}").read_bytes()[:3] for n in (1, 2)] == [b"fir", b"sec"]


def test_half_a_database_is_moved_aside(tmp_path):
    filled(tmp_path, a="x" * 100_000)
    whole = (tmp_path / DATABASE).read_bytes()
    (tmp_path / DATABASE).write_bytes(whole[: len(whole) // 2])

    opened = open_store(tmp_path)
    opened.cache.close()

    assert opened.remark is not None


def test_a_folder_that_cannot_be_made_is_an_error_of_the_settings(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match=r"file/store: answers cannot be kept here .*--cache"):
        open_store(tmp_path / "file" / "store")


def a_file(tmp_path):
    (tmp_path / "file").write_text("")
    return tmp_path / "file"


def a_loop(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    return tmp_path / "loop"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (a_file, "remove the file or link that stands where a folder is wanted"),
        (lambda tmp_path: a_file(tmp_path) / "store", "remove the file or link"),
        (a_loop, "remove the file or link"),
        (lambda tmp_path: a_loop(tmp_path) / "store", "remove the link that stands in its path"),
        (lambda tmp_path: tmp_path / ("x" * 256), "shorten its name, or its path"),
        (lambda tmp_path: tmp_path.joinpath(*["x" * 200] * 3), "shorten its name, or its path"),
    ],
)
def test_a_place_where_no_folder_can_be_is_told_with_what_to_do(tmp_path, place, told):
    with pytest.raises(SettingsError, match=rf"cannot be kept here \(.*\): {told}.*, or name another"):
        open_store(place(tmp_path))


def test_the_longest_path_that_is_not_refused_can_be_used(tmp_path):
    # a draft is made in the folder `cache.db.new` there, so its database has 22 bytes more
    room = 504 - 22 - len(os.fsencode(tmp_path))
    folder = tmp_path.joinpath("x" * 200, "x" * (room - 202))
    open_store(folder).cache.close()

    with pytest.raises(SettingsError, match="shorten its name"):
        open_store(folder.with_name("x" * (room - 201)))


def test_a_store_needs_no_other_place_on_the_disk(tmp_path):
    code = (
        "import sys, tempfile; tempfile.tempdir = '/nowhere'; from pathlib import Path; "
        "from checker.model.textcache import open_store as o; o(Path(sys.argv[1])).cache.close()"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path / "store")], check=False)

    assert run.returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours_to_write_is_an_error_of_the_settings(tmp_path):
    (tmp_path / "parent").mkdir(mode=0o500)

    with pytest.raises(SettingsError, match="answers cannot be kept here"):
        open_store(tmp_path / "parent" / "store")


def test_a_database_that_is_a_link_is_not_followed(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / DATABASE).symlink_to(tmp_path / "elsewhere")

    with pytest.raises(SettingsError, match="answers cannot be kept here"):
        open_store(tmp_path / "store")
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_of_other_files_is_not_taken_for_a_store(tmp_path):
    (tmp_path / "thesis.txt").write_text("all of it")
    tmp_path.chmod(0o755)

    with pytest.raises(SettingsError, match="holds other files"):
        open_store(tmp_path)
    assert mode_of(tmp_path) == 0o755


def test_a_folder_name_that_diskcache_would_expand_is_refused(tmp_path):
    with pytest.raises(SettingsError, match=r"without \$"):
        open_store(tmp_path / "$HOME")


def test_a_database_that_another_program_holds_says_so(tmp_path):
    with (
        closing(TextCache(filled(tmp_path, a="{}"))) as cache,
        closing(sqlite3.connect(tmp_path / DATABASE)) as other,
    ):
        cache._sql("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(sqlite3.OperationalError, match="locked") as raised:
            cache.write("a", "new")
    assert remedy(raised.value) == "end the other program that holds the database"


def test_clearing_leaves_no_text_on_the_disk(tmp_path):
    (tmp_path / DATABASE).write_bytes(b"MARKER" * 500)
    filled(tmp_path, a="MARKER" * 100, b="MARKER" * 5000)

    assert clear_store(tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir() if b"MARKER" in path.read_bytes()] == []


STRANGE_TABLES = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON Cache BEGIN UPDATE Cache SET value = 'evil'; END",
    "trigger under one of our names": (
        "DROP TRIGGER Settings_count_insert; CREATE TRIGGER Settings_count_insert AFTER INSERT ON Cache "
        "BEGIN UPDATE Cache SET value = 'evil'; END"
    ),
    "view": "ALTER TABLE Cache RENAME TO Old; CREATE VIEW Cache AS SELECT * FROM Old",
    "check": (
        "DROP TABLE Cache; CREATE TABLE Cache (key BLOB, raw INTEGER, value BLOB CHECK (load_extension('x')))"
    ),
    "other columns": "DROP TABLE Cache; CREATE TABLE Cache (x)",
    "more": "CREATE TABLE More (x)",
    "broken": "PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = 'CREATE (' WHERE name = 'Cache'",
}


@pytest.mark.parametrize("script", STRANGE_TABLES.values(), ids=STRANGE_TABLES)
def test_a_database_with_strange_tables_is_moved_aside_before_any_of_it_runs(tmp_path, script):
    store = filled(tmp_path, a="{}")
    with closing(sqlite3.connect(store / DATABASE)) as database:
        database.executescript(script)

    opened = open_store(store)
    with closing(opened.cache) as cache:
        cache.write("b", "new")
        assert (cache.read("a"), cache.read("b")) == (None, "new")
    assert opened.remark is not None
    assert (store / f"{DATABASE}.broken-1").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("close", "x"),
        ("_disk", "x"),
        ("disk_pickle_protocol", 99),
        ("sqlite_writable_schema", 1),
        ("sqlite_cache_size", "1; DROP TABLE Cache"),
        ("sqlite_temp_store_directory", "/nowhere"),
        ("count", "many"),
        (b"bytes", 1),
    ],
)
def test_a_setting_that_is_not_ours_is_removed_before_it_is_read(tmp_path, name, value):
    store = filled(tmp_path, a="{}")
    change(store, "DELETE FROM Settings WHERE key = ?", name)
    change(store, "INSERT INTO Settings VALUES (?, ?)", name, value)

    opened = open_store(store)
    with closing(opened.cache) as cache:
        kept = dict(cache._sql("SELECT key, value FROM Settings").fetchall())
        assert cache.read("a") == "{}"
    assert opened.remark is None
    assert kept.get(name) != value


@pytest.mark.parametrize("name", [f"{DATABASE}-wal", f"{DATABASE}-shm"])
def test_a_link_beside_the_database_is_not_followed(tmp_path, name):
    outside = tmp_path / "outside"
    outside.write_text("precious")
    outside.chmod(0o644)
    store = filled(tmp_path / "store", a="{}")
    (store / name).symlink_to(outside)

    with pytest.raises(SettingsError, match=f"{name} is a link"):
        open_store(store)
    assert (outside.read_text(), mode_of(outside)) == ("precious", 0o644)


def test_a_value_that_is_not_text_in_any_column_is_no_answer(tmp_path):
    for column in ("mode", "filename", "value"):
        for strange in (b"\x80\x04.", 2**63 - 1, 0.5, None if column != "filename" else "x"):
            store = filled(tmp_path, a="{}")
            change(store, f"UPDATE Cache SET {column} = ?", strange)  # noqa: S608 - our own words

            assert read(store, "a") is None


def test_a_row_of_an_impossible_number_is_not_looked_for(tmp_path):
    store = filled(tmp_path, a="{}", b="{}")
    change(store, f"UPDATE Cache SET rowid = {2**62} WHERE key = 'b'")  # noqa: S608 - our own words

    assert list(rows(store / DATABASE)) == [("a", "{}")]


def test_nothing_is_taken_over_from_a_database_with_strange_tables(tmp_path):
    store = filled(tmp_path, a="{}")
    change(store, "CREATE TABLE More (x)")

    assert read(store, "a") is None
