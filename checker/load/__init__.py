"""The first room: folders and files → articles, and a line for each file that is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checker.errors import InputError
from checker.load.dates import completed
from checker.load.names import article_ids
from checker.load.read import read, same_text
from checker.load.reading import Reading, joined
from checker.load.walk import walk
from checker.schema import Article, Frozen, Remark

__all__ = ["Loaded", "load"]

_FEWEST = 2
_LISTED = 20


class Loaded(Frozen):
    """The articles, sorted by path; the inputs that were not read; what was noticed about the others."""

    articles: tuple[Article, ...]
    skipped: tuple[Remark, ...]
    remarks: tuple[Remark, ...]


def load(paths: Sequence[Path], *, max_bytes: int = 2_000_000) -> Loaded:
    """
    Give the articles in *paths*: files, and folders with all below them.

    Nothing depends on the order of *paths* or of a directory. Fewer than two articles,
    or a path that does not exist, is an `InputError`.
    """
    files, left_out = walk(paths)
    contents = joined(read(file, max_bytes) for file in files)
    skipped = tuple(sorted((*left_out, *contents.skipped), key=lambda remark: remark.path))
    if len(contents.readings) < _FEWEST:
        raise InputError(_too_few(contents.readings, skipped))
    remarks = (*contents.remarks, *same_text(contents.readings))
    return Loaded(
        articles=_articles(contents.readings),
        skipped=skipped,
        remarks=tuple(sorted(remarks, key=lambda remark: remark.path)),
    )


def _articles(readings: Sequence[Reading]) -> tuple[Article, ...]:
    """The articles of *readings*, with their ids, and with years where others of the load tell them."""
    known = [day for reading in readings if (day := reading.published) and not day.startswith("--")]
    return tuple(
        Article(
            id=name,
            path=reading.path,
            format=reading.format,
            record=reading.record,
            title=reading.title,
            source=reading.source,
            url=reading.url,
            published=completed(reading.published, known),
            language=reading.language,
            text=reading.text,
        )
        for name, reading in zip(article_ids(readings), readings, strict=True)
    )


def _too_few(readings: Sequence[Reading], skipped: Sequence[Remark]) -> str:
    found = f"only {readings[0].place} can be used" if readings else "no article found"
    lines = [f"  skipped {remark}" for remark in skipped[:_LISTED]]
    more = [f"  … and {len(skipped) - _LISTED} more"] if len(skipped) > _LISTED else []
    return "\n".join(
        (f"two articles are needed, {found} → name more files, or a folder with more", *lines, *more)
    )
