"""A readable id for each article, which does not depend on the order of the files."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from checker.load.reading import Reading

_LONGEST = 40
# The second number is for names made to collide in the first.
_DIGITS = (6, 64)


def article_ids(readings: Sequence[Reading]) -> tuple[str, ...]:
    """
    Give the ids of *readings*, in their order, all different.

    The id is a slug of the file's name, with the record's number; articles that would
    share it get the first hex digits of SHA-256 of their path as well.
    """
    slugs = [_slug(reading) for reading in readings]
    ids = slugs
    for n_digits in _DIGITS:
        times = Counter(ids)
        ids = [
            name if times[name] == 1 else f"{slug}-{_digest(reading)[:n_digits]}"
            for name, slug, reading in zip(ids, slugs, readings, strict=True)
        ]
    return tuple(ids)


def _slug(reading: Reading) -> str:
    number = "" if reading.record is None else f"-{reading.record}"
    plain = unicodedata.normalize("NFKD", PurePosixPath(reading.path).stem).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "article"
    return stem[: _LONGEST - len(number)].rstrip("-") + number


def _digest(reading: Reading) -> str:
    return hashlib.sha256(reading.path.encode()).hexdigest()
