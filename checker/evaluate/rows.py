"""JSON Lines read strictly: each line becomes one value, and each problem names file, line and record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from checker.errors import InputError
from checker.files import named_bytes
from checker.model.shape import loads
from checker.report.where import clean

MAX_LISTED = 20
LARGEST = 200_000_000  # bytes

Value = TypeVar("Value", bound=BaseModel)


class Row(NamedTuple, Generic[Value]):
    """One line of a file: its number, from 1, and what it holds."""

    line: int
    value: Value


class Problems:
    """Problems as they are found, each as `file:line: record: what is wrong`."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def add(self, path: Path, line: int | None, problem: str, record: str | None = None) -> None:
        """Take down one problem; *record* is the id by which a person finds it."""
        place = str(path) if line is None else f"{path}:{line}"
        named = f"{place}: {record}" if record else place
        self._found.append(clean(f"{named}: {problem}"))

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._found)

    def refuse(self) -> None:
        """Raise an InputError that lists what was found, if anything was."""
        if not self._found:
            return
        more = len(self._found) - MAX_LISTED
        tail = [f"... and {more} more"] if more > 0 else []
        raise InputError("\n".join([*self._found[:MAX_LISTED], *tail]))


def read_rows(path: Path, kind: type[Value], problems: Problems) -> list[Row[Value]]:
    """Give the lines of *path* as values of *kind*; a line that is none goes to *problems*."""
    return list(_rows(path, kind, problems))


def _rows(path: Path, kind: type[Value], problems: Problems) -> Iterator[Row[Value]]:
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = loads(line)
        except ValueError as error:
            problems.add(path, number, f"not a line of JSON ({error})")
            continue
        try:
            yield Row(number, kind.model_validate(value))
        except ValidationError as error:
            for problem in error.errors():
                problems.add(path, number, _words(problem), _record(value))


def _text(path: Path) -> str:
    try:
        return named_bytes(path, LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def _record(value: Any) -> str | None:
    """The id of a record, or the two ids of a pair, where it has them."""
    if not isinstance(value, dict):
        return None
    if "a" in value and "b" in value:
        return f"{value['a']}, {value['b']}"
    return str(value["id"]) if "id" in value else None


def _words(problem: Any) -> str:
    field = ".".join(str(part) for part in problem["loc"])
    return f"{field}: {problem['msg']}" if field else str(problem["msg"])
