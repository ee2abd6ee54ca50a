"""
A diskcache that holds text and nothing else, in a folder that may have been tampered with.

As it comes, diskcache 5.6.3 unpickles rows (CVE-2025-69872), reads and removes files
that a row names wherever they are, drops old rows at 1 GiB, and takes all its settings
from the database. Here a row is text in the database or it is not there, nothing is ever
dropped, and the settings are ours at every opening.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import NamedTuple

import diskcache

from checker.errors import SettingsError
from checker.schema import Remark

DATABASE = "cache.db"
_FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")
_BROKEN = f"{DATABASE}.broken"
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
        """Keep *text*. Raises TimeoutError where another program holds the database for a minute."""
        try:
            self.set(key, text)
        except diskcache.Timeout as error:
            raise TimeoutError("another program holds the database") from error


class Opened(NamedTuple):
    """A cache, and what the user should know of its opening."""

    cache: TextCache
    remark: Remark | None


def open_store(folder: Path) -> Opened:
    """
    Open the answers in *folder*, which is made where it is missing, for its owner only.

    A damaged database is moved aside, not deleted. Raises SettingsError for a folder that
    cannot be used, or that holds something else.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - Path.resolve would follow links
    _refuse(folder)
    remark = None
    try:
        _make(folder)
        try:
            return Opened(TextCache(folder), None)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            remark = _move_aside(folder, str(error))
        _make(folder)
        return Opened(TextCache(folder), remark)
    except (OSError, sqlite3.Error) as error:
        raise SettingsError(
            f"{folder}: answers cannot be kept here ({error}): make the folder writable, or name another with --cache"
        ) from error


def clear_store(folder: Path) -> int:
    """Remove all answers in *folder*, from the disk too and with what was moved aside; give how many."""
    opened = open_store(folder)
    try:
        with closing(opened.cache) as cache:
            n_removed: int = cache.clear()
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            database.execute("VACUUM")
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
    if not folder.is_dir() or (folder / DATABASE).exists():
        return
    if any(not path.name.startswith((".", DATABASE)) for path in folder.iterdir()):
        raise SettingsError(
            f"{folder}: holds other files, and is no store of answers: name a new or empty folder with --cache"
        )


def _make(folder: Path) -> None:
    """Make the folder and the database, with rights that no umask widens."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    os.close(os.open(folder / DATABASE, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600))
    for name in _FILES:
        if (folder / name).exists():
            (folder / name).chmod(0o600)


def _move_aside(folder: Path, problem: str) -> Remark:
    number = next(n for n in count(1) if not (folder / f"{_BROKEN}-{n}").exists())
    for name in _FILES:
        if (folder / name).exists():
            (folder / name).rename(folder / name.replace(DATABASE, f"{_BROKEN}-{number}"))
    return Remark(
        path=str(folder / DATABASE),
        problem=f"the answers kept here cannot be read ({problem}); a new store was begun",
        mend=f"the old one is {_BROKEN}-{number} beside it: put a sound copy back, or delete it",
    )
