"""Another program holds the answers for longer than a run waits: a minute, so not with the other tests."""

import sqlite3
from contextlib import closing

import pytest

from checker.errors import SettingsError
from checker.model.textcache import DATABASE, open_store

pytestmark = pytest.mark.soak


def test_a_store_that_is_held_for_a_minute_is_told_with_what_to_do(tmp_path):
    open_store(tmp_path).cache.close()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            SettingsError, match="end the other program that holds the database, or name another"
        ):
            open_store(tmp_path)
