"""Files that others made are read within bounds, and a pipe holds nobody up."""

import os
import threading
from pathlib import Path

import pytest

from checker.files import NotRegular, TooLarge, named_bytes, regular_bytes

BOTH = pytest.mark.parametrize("read", [regular_bytes, named_bytes])


@BOTH
def test_a_file_of_the_most_bytes_is_read(tmp_path, read):
    (tmp_path / "a").write_bytes(b"12345")

    assert read(tmp_path / "a", 5) == b"12345"


@BOTH
def test_a_byte_more_is_too_large(tmp_path, read):
    (tmp_path / "a").write_bytes(b"123456")

    with pytest.raises(TooLarge, match=r"^larger than 5 bytes$"):
        read(tmp_path / "a", 5)


@BOTH
def test_a_file_of_holes_is_refused_by_its_size(tmp_path, read):
    (tmp_path / "a").touch()
    os.truncate(tmp_path / "a", 2**40)

    with pytest.raises(TooLarge, match=r"^larger than 1,000,000 bytes$"):
        read(tmp_path / "a", 1_000_000)


@BOTH
def test_what_is_no_file_is_an_error_of_the_system(tmp_path, read):
    for path, error in ((tmp_path / "gone", FileNotFoundError), (tmp_path, IsADirectoryError)):
        with pytest.raises(error):
            read(path, 5)


def test_what_was_found_is_no_pipe_and_no_device(tmp_path):
    os.mkfifo(tmp_path / "a")
    (tmp_path / "b").symlink_to("/dev/zero")

    for name in "ab":
        with pytest.raises(NotRegular, match=r"^not a regular file$"):
            regular_bytes(tmp_path / name, 5)


def test_a_device_that_was_named_is_read_up_to_the_bound():
    with pytest.raises(TooLarge):
        named_bytes(Path("/dev/zero"), 5)


def test_a_pipe_that_nobody_writes_to_is_empty(tmp_path):
    os.mkfifo(tmp_path / "a")

    assert named_bytes(tmp_path / "a", 5) == b""


def test_a_pipe_that_a_command_writes_to_is_waited_for():
    out, into = os.pipe()

    def write():
        with os.fdopen(into, "wb") as stream:
            stream.write(b"12345")

    writer = threading.Thread(target=write)
    writer.start()

    assert named_bytes(Path(f"/dev/fd/{out}"), 5) == b"12345"
    writer.join()
    os.close(out)
