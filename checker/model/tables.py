"""
What is in a database beside its rows, looked at before diskcache opens it.

Triggers and views would run with our statements, and diskcache makes a statement of every
setting, so those of somebody else must be gone by then. Reading them here runs none of them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

_LOCK_WAIT_S = 60.0
_COUNTERS = ("count", "size", "hits", "misses")


class Foreign(sqlite3.DatabaseError):
    """The database holds tables, views or triggers that this program does not make."""


class Tables(NamedTuple):
    """Tables and triggers as SQL, and the settings by name."""

    schema: frozenset[tuple[str, ...]]
    settings: dict[str, object]


def tables(opened: sqlite3.Connection) -> Tables:
    """What is in the database beside its rows."""
    return Tables(_schema(opened), _settings(opened))


def put_right(database: Path, ours: Tables) -> None:
    """Remove the settings from *database* that are not *ours*. Raises Foreign where its tables are not."""
    with closing(sqlite3.connect(database, timeout=_LOCK_WAIT_S)) as opened:
        if _schema(opened) - ours.schema:
            raise Foreign("its tables are not those that this program makes")
        foreign = [(name,) for name, value in _settings(opened).items() if not _is_ours(name, value, ours)]
        if foreign:
            with opened:
                opened.executemany("DELETE FROM Settings WHERE key IS ?", foreign)


def _schema(opened: sqlite3.Connection) -> frozenset[tuple[str, ...]]:
    return frozenset(opened.execute("SELECT type, name, sql FROM sqlite_master").fetchall())


def _settings(opened: sqlite3.Connection) -> dict[str, object]:
    """The settings, read only where no table but ours can be behind the name; none where it is missing."""
    if not any(name == "Settings" for _, name, _ in _schema(opened)):
        return {}
    return dict(opened.execute("SELECT key, value FROM Settings").fetchall())


def _is_ours(name: str, value: object, ours: Tables) -> bool:
    if name in _COUNTERS:
        return isinstance(value, int)
    return name in ours.settings and value == ours.settings[name]
