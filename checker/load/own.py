"""Which files are reports of this program: never read as articles, and free to be written over."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

# What a report begins with; read as an article, it would agree with its sources.
# Those for the terminal (.txt) and Parquet have no such mark.
_MARKS = re.compile(
    r"""
      <!--\ fact-consistency-checker\ report
    | <meta\ name="generator"\ content="fact-consistency-checker
    | \A\{\s*"version":\ \d+,\s*"run":\ \{\s*"checker"
    | \A\{"id":\ "[0-9a-f]{12}(?:-\d+)?",\ "number":\ \d+,\ "kind":\ "[a-z_]+",\ "label":
    | \A\ufeffnumber,finding,kind,label,title,camp,
    | <testsuites\ name="fact\ consistency"
    | "driver":\ \{\s*"name":\ "fact-consistency-checker"
    """,
    re.VERBOSE,
)
_OPENING = 1000


def is_own_report(path: Path) -> bool:
    """Whether a report of this program lies at *path* now; False where nothing can be read there."""
    try:
        # A path may lead to a pipe that nobody writes to.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:  # noqa: PTH123 - an open file
            is_regular = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
            opening = stream.read(_OPENING) if is_regular else b""
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False
    return bool(_MARKS.search(opening.decode("utf-8", "replace")))
