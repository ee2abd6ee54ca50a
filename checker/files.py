"""The bytes of a file that somebody else may have made: never more than a bound, and nobody is waited for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


class Unread(OSError):
    """A file was not read for what it is; `strerror` says why, as for any other `OSError`."""

    def __str__(self) -> str:
        return str(self.strerror)


class NotRegular(Unread):
    """It is a pipe, a socket or a device."""


class TooLarge(Unread):
    """It has more bytes than were allowed."""


def regular_bytes(path: Path, most: int) -> bytes:
    """
    Give the bytes of the regular file at *path*, which was found, not named: at most *most*.

    Raises NotRegular, TooLarge, or any other OSError.
    """
    with _opened(path) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise NotRegular(errno.EINVAL, "not a regular file")
        return _read(stream, most)


def named_bytes(path: Path, most: int) -> bytes:
    """
    Give the bytes of what the user named, which may be a pipe, `<(command)`: at most *most*.

    A pipe that nobody writes to is empty. Raises TooLarge, or any other OSError.
    """
    with _opened(path) as stream:
        os.set_blocking(stream.fileno(), True)
        return _read(stream, most)


def _opened(path: Path) -> BinaryIO:
    return open(path, "rb", opener=_without_waiting)


def _without_waiting(path: str, flags: int) -> int:
    """Open a pipe though nobody writes to it."""
    return os.open(path, flags | os.O_NONBLOCK)


def _read(stream: BinaryIO, most: int) -> bytes:
    too_large = TooLarge(errno.EFBIG, f"larger than {most:,} bytes")
    # What is too large is not read at all; a device has no size, and a file may be growing.
    if os.fstat(stream.fileno()).st_size > most:
        raise too_large
    data = stream.read(most + 1)
    if len(data) > most:
        raise too_large
    return data
