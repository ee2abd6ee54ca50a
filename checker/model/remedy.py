"""What the user can do where a folder, a file in it, or its database could not be used."""

from __future__ import annotations

import errno
import sqlite3

_PRIMARY = 0xFF  # the part of an error code of SQLite that names its kind
_ROOM = "make room on the disk, or check it"
_NO_FOLDER = "remove the file or link that stands where a folder is wanted"
_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: "end the other program that holds the database",
    sqlite3.SQLITE_LOCKED: "end the other program that holds the database",
    sqlite3.SQLITE_CORRUPT: (
        "run the same command again, which begins a new database with all that can still be read"
    ),
    sqlite3.SQLITE_FULL: _ROOM,
    sqlite3.SQLITE_IOERR: _ROOM,
}
_OF_THE_SYSTEM = {
    errno.ENOSPC: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EIO: _ROOM,
    errno.ENAMETOOLONG: "shorten its name, or its path",
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.ELOOP: "remove the link that stands in its path",
}


def remedy(error: Exception, otherwise: str = "make the folder writable") -> str:
    """What helps against *error*, of the system or of SQLite; *otherwise* where nothing is known of it."""
    if isinstance(error, OSError):
        return _OF_THE_SYSTEM.get(error.errno or 0, otherwise)
    return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY, otherwise)
