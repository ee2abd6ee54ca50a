"""Paths → the files to read, and a remark for each that is not read. Nothing is opened here."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from checker.errors import InputError
from checker.schema import Remark

SUFFIXES = (".txt", ".md", ".html", ".htm", ".json", ".jsonl")
MOST_ENTRIES = 10_000
_SAVED_PAGE = "_files"
_NAMED = 3
_KINDS = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))


@dataclass(frozen=True)
class File:
    """A regular file of a type that can be read; `shown` is its path as the user gave it."""

    shown: str
    path: Path
    linked: bool
    size: int
    identity: tuple[int, int] | str


@dataclass(frozen=True)
class _Folder:
    """A folder on the way; `root` is the folder given, beyond which no link is followed."""

    path: Path
    root: Path
    linked: bool
    identity: tuple[int, int] | str


def walk(paths: Sequence[Path], most: int = MOST_ENTRIES) -> tuple[tuple[File, ...], tuple[Remark, ...]]:
    """
    Give the files under *paths*, each once and sorted, and a remark for each that is left out.

    In a folder, hidden entries and the `*_files` folders of saved pages are passed over
    silently. Of several ways to one file the one without a link counts, then the first by name.
    More than *most* entries are an `InputError`; hidden ones and folders count.
    """
    if not paths:
        raise InputError("no articles were given → name a folder, or two or more files")
    found = list(islice((item for path in paths for item in _given(path, most)), most + 1))
    if len(found) > most:
        named = ", ".join(map(shown, paths[:_NAMED])) + ("" if len(paths) <= _NAMED else ", …")
        raise InputError(
            f"more than {most:,} files and folders in {named} → name the folder of one event, "
            "or the files themselves"
        )
    files, twice = _once(item for item in found if isinstance(item, File))
    skipped = {*twice, *(item for item in found if isinstance(item, Remark))}
    return files, tuple(sorted(skipped, key=lambda remark: (remark.path, remark.problem)))


def shown(path: Path) -> str:
    """
    *path* with `/`, and what is no UTF-8 in it as an escape, so that it can always be printed.

    >>> shown(Path("seeds") / "a.txt")
    'seeds/a.txt'
    """
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def _given(path: Path, most: int) -> Iterator[File | Remark | None]:
    """What a path that the user named leads to."""
    try:
        status = path.stat()
        root = path.resolve()
    except PermissionError:
        yield _unreadable(path)
        return
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(f"{shown(path)}: no such file or folder → check how it is spelled") from error
    if stat.S_ISDIR(status.st_mode):
        yield from _below(_Folder(path, root, path.is_symlink(), _identity(path, status)), most)
    else:
        yield _file(path, status, linked=path.is_symlink())


def _below(top: _Folder, most: int) -> Iterator[File | Remark | None]:
    """All under *top*, None for a folder; links to folders come last, so that the way without a link counts."""
    seen: dict[tuple[int, int] | str, str] = {}
    plain, links = [top], list[_Folder]()
    while plain or links:
        folder = plain.pop() if plain else links.pop(0)
        first = seen.setdefault(folder.identity, shown(folder.path))
        if first != shown(folder.path):
            yield _remark(
                folder.path,
                f"the same folder as {first}",
                "nothing is lost; leave it out to be rid of this line",
            )
            continue
        for item in _entries(folder, most):
            if isinstance(item, _Folder):
                (links if item.path.is_symlink() else plain).append(item)
            yield None if isinstance(item, _Folder) else item


def _entries(folder: _Folder, most: int) -> Iterator[File | Remark | _Folder | None]:
    """Something for each entry of *folder*, None for what is passed over; of too many, one too many."""
    try:
        with os.scandir(folder.path) as entries:
            names = sorted(entry.name for entry in islice(entries, most + 1))
    except OSError:
        yield _unreadable(folder.path)
        return
    for name in names:
        if name.startswith("."):
            yield None
        else:
            yield from _entry(folder.path / name, folder)


def _entry(path: Path, folder: _Folder) -> Iterator[File | Remark | _Folder | None]:
    try:
        linked = folder.linked or path.is_symlink()
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(folder.root):
            yield _remark(
                path, "a link to a place outside the folder given", "name its target, or copy it here"
            )
            return
        status = path.stat()
    except (OSError, RuntimeError):
        yield _remark(path, "cannot be reached, or is a link that leads nowhere", "remove or mend it")
        return
    if not stat.S_ISDIR(status.st_mode):
        yield _file(path, status, linked=linked)
    elif path.name.endswith(_SAVED_PAGE):
        yield None
    else:
        yield _Folder(path, folder.root, linked, _identity(path, status))


def _file(path: Path, status: os.stat_result, *, linked: bool) -> File | Remark:
    if not stat.S_ISREG(status.st_mode):
        kind = next((words for is_kind, words in _KINDS if is_kind(status.st_mode)), "a device")
        return _remark(path, f"{kind}, not a regular file", "save what it gives in a file")
    if path.suffix.lower() not in SUFFIXES:
        return _remark(path, "this type of file is not supported", f"save it as one of {', '.join(SUFFIXES)}")
    if shown(path) != path.as_posix():
        return _remark(path, "its name is not UTF-8", "rename it")
    return File(shown(path), path, linked, status.st_size, _identity(path, status))


def _identity(path: Path, status: os.stat_result) -> tuple[int, int] | str:
    """Device and inode, which hard links share; the resolved path on a file system without inodes."""
    return (status.st_dev, status.st_ino) if status.st_ino else shown(path.resolve())


def _once(files: Iterable[File]) -> tuple[tuple[File, ...], list[Remark]]:
    first: dict[tuple[int, int] | str, File] = {}
    twice = []
    for file in sorted(files, key=lambda file: (file.linked, file.shown)):
        kept = first.setdefault(file.identity, file)
        if kept is not file:
            same = "named more than once" if kept.shown == file.shown else f"the same file as {kept.shown}"
            twice.append(_remark(file.path, same, "nothing is lost; leave it out to be rid of this line"))
    return tuple(sorted(first.values(), key=lambda file: file.shown)), twice


def _unreadable(path: Path) -> Remark:
    return _remark(path, "cannot be read", "check its permissions")


def _remark(path: Path, problem: str, mend: str) -> Remark:
    return Remark(path=shown(path), problem=problem, mend=mend)
