"""A disk that is full, and a user who may not write, as real as a test can make them."""

import os
import resource
import subprocess
import sys
from contextlib import contextmanager, suppress


@contextmanager
def no_file_beyond(n_bytes):
    """No file of this process can grow beyond so many bytes, as on a full disk; Python compiles to none."""
    before, writes_none = resource.getrlimit(resource.RLIMIT_FSIZE), sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = writes_none


@contextmanager
def small_disk(place, n_bytes):
    """Mount a disk of its own at *place*; give False where this machine does not let us."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={n_bytes}", "none", str(place)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], check=True)


def fill(path):
    """Write to *path* until its disk has no room for a byte more."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 1024)


@contextmanager
def as_nobody():
    """Be a user without rights; only root can become one."""
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
