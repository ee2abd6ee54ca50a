"""What can still be read of a damaged database of answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_SMALLEST_ROW = 100  # bytes; a key alone has 64
_ROW = "SELECT key, value FROM Cache WHERE rowid = ? AND typeof(key) = 'text' AND typeof(value) = 'text'"


def rows(database: Path) -> Iterator[tuple[str, str]]:
    """
    The key and the text of every row that can still be read; nothing is written.

    Each row is looked for by its number, so that a damaged page costs the rows on it only.
    Who uses a row must hold its text against its key.
    """
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as damaged:
        for number in range(1, _last(damaged, database) + 1):
            if row := _row(damaged, number):
                yield row


def _last(damaged: sqlite3.Connection, database: Path) -> int:
    """The highest number of a row, however high it is said to be one that rows of this size can have."""
    n_bytes = sum(path.stat().st_size for path in database.parent.glob(f"{database.name}*"))
    try:
        said = damaged.execute("SELECT max(rowid) FROM Cache").fetchone()[0] or 0
    except sqlite3.Error:
        said = n_bytes
    return min(int(said), n_bytes // _SMALLEST_ROW)


def _row(damaged: sqlite3.Connection, number: int) -> tuple[str, str] | None:
    try:
        row: tuple[str, str] | None = damaged.execute(_ROW, (number,)).fetchone()
    except sqlite3.Error:
        return None
    return row
