"""The first room: folders and files → articles, and a line for each file that is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from checker.errors import InputError
from checker.load.dates import completed
from checker.load.names import article_ids
from checker.load.read import read, same_text
from checker.load.reading import Reading, joined, noted
from checker.load.walk import File, walk
from checker.schema import Article, Frozen, Remark

__all__ = ["Loaded", "load"]

_FEWEST = 2
_LISTED = 20
# Articles are compared in pairs, so ten times as many take a hundred times as long.
MOST_ARTICLES = 1_000
MOST_FILES_OF_FULL_SIZE = 50


class Loaded(Frozen):
    """
    The articles, sorted by path; the inputs that were not read; what was noticed about the others.

    `drafts` are the ids of the articles to be held against the others.
    """

    articles: tuple[Article, ...]
    skipped: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    drafts: tuple[str, ...] = ()


def load(paths: Sequence[Path], *, against: Sequence[Path] = (), max_bytes: int = 2_000_000) -> Loaded:
    """
    Give the articles in *paths*: files, and folders with all below them.

    With *against*, the articles in it are sources, and those in *paths* the drafts to be
    held against them; what is in both is a draft. Nothing depends on the order of paths or
    of a directory. Fewer than two articles, no draft or no source, a path that does not
    exist, or more than can be compared, is an `InputError`.
    """
    files, left_out = walk([*paths, *against])
    whole = _read(files, left_out, max_bytes)
    if not against:
        return whole
    own = {file.identity for file in walk(paths)[0]}
    named = {file.shown for file in files if file.identity in own}
    drafts = tuple(article.id for article in whole.articles if article.path in named)
    # A draft that lies among its sources was named twice, and that is no slip.
    skipped = tuple(remark for remark in whole.skipped if remark.path not in named)
    if not drafts or len(drafts) == len(whole.articles):
        missing, place = ("source", against) if drafts else ("draft", paths)
        named_paths = ", ".join(map(str, place))
        raise InputError(f"no {missing} can be read in {named_paths} → name a file or folder that holds one")
    return whole.model_copy(update={"drafts": drafts, "skipped": skipped})


def _read(files: Sequence[File], left_out: Sequence[Remark], max_bytes: int) -> Loaded:
    _refuse_too_much(files, max_bytes)
    contents = joined(read(file, max_bytes) for file in files)
    n_records = len(contents.readings) + len(contents.skipped)
    if n_records > MOST_ARTICLES:
        raise InputError(
            f"{n_records:,} articles, more than {MOST_ARTICLES:,} → name only those about one event"
        )
    skipped = tuple(sorted((*left_out, *contents.skipped), key=lambda remark: remark.path))
    if len(contents.readings) < _FEWEST:
        raise InputError(_too_few(contents.readings, skipped))
    dated = _dated(contents.readings)
    remarks = (*contents.remarks, *same_text(contents.readings), *_undated(contents.readings, dated))
    return Loaded(
        articles=_articles(dated),
        skipped=skipped,
        remarks=tuple(sorted(remarks, key=lambda remark: remark.path)),
    )


def _refuse_too_much(files: Sequence[File], max_bytes: int) -> None:
    most = MOST_FILES_OF_FULL_SIZE * max_bytes
    size = sum(file.size for file in files if file.size <= max_bytes)
    if size > most:
        raise InputError(
            f"files of {size:,} bytes together, more than {most:,} → name only those about one event, "
            "or give a larger --max-file-size"
        )


def _dated(readings: Sequence[Reading]) -> list[Reading]:
    """*readings*, with years where all dated ones of the load tell the same."""
    known = [day for reading in readings if (day := reading.published) and not day.startswith("--")]
    return [replace(reading, published=completed(reading.published, known)) for reading in readings]


def _undated(readings: Sequence[Reading], dated: Sequence[Reading]) -> list[Remark]:
    """A remark for each date that lacks its year and is left out."""
    return [
        noted(
            before.path,
            f"the date {before.published} has no year, and the other articles do not tell one, so it is left out",
            "write it with its year",
            before.record,
        )
        for before, after in zip(readings, dated, strict=True)
        if before.published and not after.published
    ]


def _articles(readings: Sequence[Reading]) -> tuple[Article, ...]:
    return tuple(
        Article(
            id=name,
            path=reading.path,
            format=reading.format,
            record=reading.record,
            title=reading.title,
            source=reading.source,
            url=reading.url,
            published=reading.published,
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
