"""What the articles are called on the page, so that no two columns read the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from checker.report.findings import Chapter
from checker.report.where import clean
from checker.schema import Article

_LONGEST = 40


def name_of(article: Article) -> str:
    """Give the title of *article*, else the name of its file."""
    return article.title or _file(article)


def columns(chapters: Sequence[Chapter]) -> dict[str, str]:
    """
    Give a short name for each column, by the id of its article: its source, else its title or file.

    Where several would read the same, the name of the file is added; where they still do, the
    number of the column.
    """
    articles = [chapter.article for chapter in chapters]
    first = [clean(one.source or name_of(one), _LONGEST) for one in articles]
    files = [clean(_file(one), _LONGEST) for one in articles]
    added = [name if name == file else f"{name} · {file}" for name, file in zip(first, files, strict=True)]
    numbered = [f"{name} · {chapter.number}" for name, chapter in zip(added, chapters, strict=True)]
    names = _apart(_apart(first, added), numbered)
    return {one.id: name for one, name in zip(articles, names, strict=True)}


def _apart(names: Sequence[str], longer: Sequence[str]) -> list[str]:
    """Give each name that is there once, and the longer one of each that is not."""
    times = Counter(names)
    return [name if times[name] == 1 else more for name, more in zip(names, longer, strict=True)]


def _file(article: Article) -> str:
    name = PurePosixPath(article.path).name
    return name if article.record is None else f"{name}#{article.record}"
