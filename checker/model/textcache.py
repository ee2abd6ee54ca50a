"""
A diskcache that holds text and nothing else, in a folder that may have been tampered with.

As it comes, diskcache 5.6.3 unpickles rows (CVE-2025-69872), reads and removes files
that a row names wherever they are, drops old rows at 1 GiB, and takes all its settings
from the database. Here a row is text in the database or it is not there, nothing is ever
dropped, and tables, triggers and settings are ours at every opening.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

import diskcache

from checker.errors import SettingsError
from checker.model.remedy import remedy
from checker.model.salvage import rows
from checker.model.tables import Foreign, Tables, put_right, tables
from checker.schema import Remark

DATABASE = "cache.db"
_FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")
_BROKEN = f"{DATABASE}.broken"
_DRAFT = f"{DATABASE}.new"
_LONGEST_PATH = 504  # bytes; SQLite opens no database whose path is longer
_MODE_RAW = 1
_LOCK_WAIT_S = 60.0
_SETTINGS = {
    **diskcache.DEFAULT_SETTINGS,
    "statistics": 0,
    "tag_index": 0,
    "eviction_policy": "none",
    "cull_limit": 0,
    "size_limit": 2**62,
    "sqlite_synchronous": 2,  # FULL: an answer that was paid for outlives a power cut
}


class TextDisk(diskcache.Disk):  # type: ignore[misc] # diskcache has no types
    """
    How rows are written and read: str keys to str values, all inside the database.

    No method calls diskcache's own, which would unpickle, or open the file a row names.
    """

    def __init__(self, directory: str, **_: object) -> None:
        super().__init__(directory)

    def put(self, key: object) -> tuple[str, bool]:
        if not isinstance(key, str):
            raise TypeError(f"a key must be text, not {type(key).__name__}")
        return key, True

    def get(self, key: object, raw: object) -> str:
        if not raw or not isinstance(key, str):
            raise ValueError("a key in the database is not text")
        return key

    def store(self, value: object, read: object, key: object = None) -> tuple[int, int, None, str]:
        if read or not isinstance(value, str):
            raise TypeError(f"a value for {key!r} must be text, not {type(value).__name__}")
        return 0, _MODE_RAW, None, value

    def fetch(self, mode: object, filename: object, value: object, read: object) -> str:
        if read or mode != _MODE_RAW or filename is not None or not isinstance(value, str):
            raise ValueError("a value in the database is not text")
        return value

    def remove(self, file_path: object) -> None:
        """Remove nothing: no row of ours has a file, so the path is somebody else's."""


class TextCache(diskcache.Cache):  # type: ignore[misc] # diskcache has no types
    """The opened database; used in one thread."""

    def __init__(self, folder: Path) -> None:
        try:
            super().__init__(str(folder), timeout=_LOCK_WAIT_S, disk=TextDisk, **_SETTINGS)
        except BaseException:
            self.close()
            raise

    def read(self, key: str) -> str | None:
        """The text kept under *key*; None where there is none, or what is there is not ours."""
        try:
            text: str | None = self.get(key)
        except ValueError:
            return None
        return text

    def write(self, key: str, text: str) -> None:
        """Keep *text*. Raises sqlite3.Error: where another program holds the database, after a minute."""
        try:
            self.set(key, text)
        except diskcache.Timeout as error:
            # subtle: diskcache says so of every error at the beginning of a transaction
            if isinstance(error.__context__, sqlite3.Error):
                raise error.__context__ from None
            raise

    def take_over(self, answers: list[tuple[str, str]]) -> None:
        """Keep all of *answers*, or none."""
        with self.transact():
            for key, text in answers:
                self.set(key, text)

    def check_pages(self) -> None:
        """Raise sqlite3.DatabaseError where a page of the database is damaged."""
        ((found,),) = self._sql("PRAGMA quick_check(1)").fetchall()
        if found != "ok":
            raise sqlite3.DatabaseError("database disk image is malformed")


class _Sketch(TextCache):
    """A new database as *opened*, in memory: it needs no place on a disk."""

    def __init__(self, opened: sqlite3.Connection) -> None:
        self._opened = opened
        super().__init__(Path("/"))  # where nothing is written, but diskcache wants a folder

    @property
    def _con(self) -> sqlite3.Connection:
        return self._opened


class Opened(NamedTuple):
    """A cache, and what the user should know of its opening."""

    cache: TextCache
    remark: Remark | None


def open_store(folder: Path) -> Opened:
    """
    Open the answers in *folder*, which is made where it is missing, for its owner only.

    A damaged database is moved aside, not deleted, and what can still be read of it is
    taken over. Raises SettingsError for a folder that cannot be used, or that holds
    something else.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - Path.resolve would follow links
    try:
        _refuse(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(folder):
            return _open(folder)
    except (OSError, sqlite3.Error) as error:
        raise SettingsError(
            f"{folder}: answers cannot be kept here ({error}): {remedy(error)}, or name another folder with --cache"
        ) from error


def clear_store(folder: Path) -> int:
    """Remove all answers in *folder*, from the disk too and with what was moved aside; give how many."""
    opened = open_store(folder)
    try:
        with closing(opened.cache) as cache:
            n_removed: int = cache.clear()
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            database.execute("PRAGMA temp_store = MEMORY")  # there may be no other place to write
            database.execute("VACUUM")
        shutil.rmtree(folder / _DRAFT, ignore_errors=True)
        for path in folder.glob(f"{_BROKEN}*"):
            path.unlink()
    except (OSError, sqlite3.Error, diskcache.Timeout) as error:
        raise SettingsError(
            f"{folder}: not everything could be removed ({error}): end other runs first"
        ) from error
    return n_removed


def _refuse(folder: Path) -> None:
    if os.path.expandvars(folder) != str(folder):
        raise SettingsError(f"{folder}: diskcache would read this name as a variable: use a folder without $")
    if len(os.fsencode(os.path.realpath(folder / _DRAFT / DATABASE))) > _LONGEST_PATH:
        raise OSError(errno.ENAMETOOLONG, "the path is too long for a database")
    if not folder.is_dir() or (folder / DATABASE).exists():
        return
    if any(not path.name.startswith((".", DATABASE)) for path in folder.iterdir()):
        raise SettingsError(
            f"{folder}: holds other files, and is no store of answers: name a new or empty folder with --cache"
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one run at a time open the store, so that no two begin, or move aside, the same database."""
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a file system without such locks: then it is as it was
            fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def _open(folder: Path) -> Opened:
    database = folder / DATABASE
    if not os.path.lexists(database):
        _put_in_place(_draft(folder, []), folder)
    elif database.lstat().st_size == 0:  # ours begin whole, so it was emptied
        return _begun_anew(folder, "the file is empty", [])
    _narrow(folder)
    try:
        put_right(database, _ours())
        return Opened(_sound(folder), None)
    except sqlite3.OperationalError:  # the place, not the database
        raise
    except Foreign as error:
        return _begun_anew(folder, str(error), [])
    except sqlite3.DatabaseError as error:
        return _begun_anew(folder, str(error), list(rows(database)))


@cache
def _ours() -> Tables:
    """The tables and settings of a new database."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        _Sketch(opened)
        return tables(opened)


def _sound(folder: Path) -> TextCache:
    cache = TextCache(folder)
    try:
        cache.check_pages()
    except BaseException:
        cache.close()
        raise
    return cache


def _begun_anew(folder: Path, problem: str, answers: list[tuple[str, str]]) -> Opened:
    """A new store with *answers*, what can still be read of the damaged one, which is moved aside."""
    draft = _draft(folder, answers)
    broken = _move_aside(folder)
    _put_in_place(draft, folder)
    _narrow(folder)
    remark = Remark(
        path=str(folder / DATABASE),
        problem=f"this store of answers is damaged ({problem}); "
        f"a new one was begun, and has the {len(answers)} answers that could still be read",
        mend=f"the old one is {broken} beside it: put a sound copy back, or delete it",
    )
    return Opened(TextCache(folder), remark)


def _draft(folder: Path, answers: list[tuple[str, str]]) -> Path:
    """A whole new database with *answers*, in a folder inside *folder*."""
    draft = folder / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    with closing(TextCache(draft)) as cache:
        cache.take_over(answers)
    return draft


def _put_in_place(draft: Path, folder: Path) -> None:
    for name in _FILES[1:]:  # a log without its database is of one that was removed
        (folder / name).unlink(missing_ok=True)
    (draft / DATABASE).rename(folder / DATABASE)
    shutil.rmtree(draft)


def _narrow(folder: Path) -> None:
    """Give rights to the owner only, whatever the umask; refuse a link in the place of a file of ours."""
    folder.chmod(0o700)
    for name in _FILES[1:]:
        if (folder / name).is_symlink():
            raise OSError(f"{name} is a link")
    os.close(os.open(folder / DATABASE, os.O_RDWR | os.O_NOFOLLOW))
    for name in _FILES:
        if (folder / name).exists():
            (folder / name).chmod(0o600)


def _move_aside(folder: Path) -> str:
    """Rename the database, last, and what belongs to it; give its new name."""
    number = next(n for n in count(1) if not (folder / f"{_BROKEN}-{n}").exists())
    broken = f"{_BROKEN}-{number}"
    for name in reversed(_FILES):
        if (folder / name).exists():
            (folder / name).rename(folder / name.replace(DATABASE, broken))
    return broken
