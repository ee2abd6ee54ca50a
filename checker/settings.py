"""What can be set, and where a setting comes from: option, environment, file, default."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, ValidationError, field_validator, model_validator

from checker.errors import SettingsError
from checker.files import regular_bytes
from checker.schema import Frozen

BUILTIN = "builtin"
NEVER = "never"
FAIL_ON = Literal["conflict", "unsupported", "missing"]

# Only these may be set in a file: a folder of articles from elsewhere must not be able
# to send the text, or the key, to another host, or to write where it likes.
IN_FILES = frozenset(
    (
        "model",
        "concurrency",
        "timeout_s",
        "max_calls",
        "max_cost",
        "price_in",
        "price_out",
        "max_file_size",
        "fail_on",
    )
)
_PREFIX = "CHECKER_"
_LARGEST = 1_000_000  # bytes of a file
_HIGHEST_PRICE = 1_000_000  # dollars per million tokens
_NOT_IN_ENVIRONMENT = frozenset(
    f"{_PREFIX}{name}" for name in ("AGAINST", "BASELINE", "DRY_RUN", "FORMAT", "OUTPUT")
)


class Settings(Frozen):
    """
    All that can be set for a check.

    `model` is `builtin` (no language model) or a name that the endpoint knows.
    `max_cost` is in US dollars, `price_in` and `price_out` in dollars per million tokens,
    `max_file_size` in bytes. `fail_on` are the kinds of findings that make the command exit
    with 1; it is set as a list or as words with commas, and `never` is none of them.
    """

    model: Annotated[str, Field(min_length=1, max_length=200)] = BUILTIN
    concurrency: Annotated[int, Field(ge=1, le=256)] = 8
    timeout_s: Annotated[float, Field(gt=0, le=3600)] = 120.0
    max_calls: Annotated[int, Field(ge=0)] | None = None
    max_cost: Annotated[float, Field(ge=0)] | None = None
    price_in: Annotated[float, Field(ge=0, le=_HIGHEST_PRICE)] | None = None
    price_out: Annotated[float, Field(ge=0, le=_HIGHEST_PRICE)] | None = None
    max_file_size: Annotated[int, Field(ge=1)] = 2_000_000
    fail_on: tuple[FAIL_ON, ...] = ()
    cache: Path | None = None
    record: Path | None = None
    replay: Path | None = None
    record_note: str = ""
    retry_failed: bool = False
    allow_http: bool = False

    @field_validator("model")
    @classmethod
    def _printable(cls, model: str) -> str:
        if not model.isprintable():
            raise ValueError("a model's name has no control characters")
        return model

    @field_validator("fail_on", mode="before")
    @classmethod
    def _kinds(cls, given: object) -> object:
        """Split words at commas; what is no text is left to the type."""
        parts = [given] if isinstance(given, str) else given
        if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
            return given
        names = tuple(dict.fromkeys(name.strip() for part in parts for name in part.split(",")))
        known = (NEVER, *get_args(FAIL_ON))
        for name in names:
            if name not in known:
                raise ValueError(f"{name!r} is none of {', '.join(known)}")
        if NEVER in names and len(names) > 1:
            raise ValueError(f"{NEVER} goes with no other kind")
        return () if names == (NEVER,) else names

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.record is not None and self.replay is not None:
            raise ValueError("--record and --replay exclude each other")
        if (self.price_in is None) != (self.price_out is None):
            raise ValueError("--price-in and --price-out go together")
        return self


ENVIRONMENT = {f"{_PREFIX}{name.upper()}": name for name in Settings.model_fields}


def read_settings(
    given: Mapping[str, Any], environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Settings:
    """
    Put the settings together: *given* first, then the environment, then the nearest file.

    *given* leaves out, or gives None for, what was not given. The file is `checker.toml`,
    or `pyproject.toml` with a `[tool.checker]` table, in *folder* or above it; files are
    not merged. Raises SettingsError for what is unknown or does not fit.
    """
    environment = os.environ if environment is None else environment
    file = find_file(folder or _here())
    values = {
        **(_from_file(file) if file else {}),
        **_from_environment(environment),
        **{name: value for name, value in given.items() if value is not None},
    }
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        problems = "; ".join(_problem(e["loc"], e["type"], e["msg"]) for e in error.errors())
        raise SettingsError(f"{problems} (in the options, {_PREFIX}* or {file or 'a file'})") from error


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise SettingsError("the current folder is gone; change to another one") from error


def find_file(folder: Path) -> Path | None:
    """The nearest settings file in *folder* or above it."""
    for place in (folder.absolute(), *folder.absolute().parents):
        own, project = place / "checker.toml", place / "pyproject.toml"
        if own.is_file():
            return own
        if project.is_file() and _has_table(project):
            return project
    return None


def _has_table(project: Path) -> bool:
    """Whether there is a `[tool.checker]`; a file that cannot be read is another program's business."""
    try:
        tool = _read(project).get("tool")
    except SettingsError:
        return False
    return isinstance(tool, dict) and "checker" in tool


def _from_file(file: Path) -> dict[str, Any]:
    table = _read(file)
    if file.name == "pyproject.toml":
        table = table["tool"]["checker"]
    if not isinstance(table, dict):
        raise SettingsError(f"{file}: tool.checker must be a table")
    for name in table:
        if name not in IN_FILES:
            near = get_close_matches(name, IN_FILES, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(IN_FILES))}"
            raise SettingsError(f"{file}: no setting {name!r} can be made here{hint}")
    return table


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(regular_bytes(file, _LARGEST).decode("utf-8"))
    except (ValueError, OSError, RecursionError) as error:  # RecursionError: lists in lists in lists
        raise SettingsError(f"{file}: cannot be read as TOML ({error})") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings that *environment* names; a name that is nearly one is refused, lest it do nothing unseen."""
    for key in environment:
        if key.startswith(_PREFIX) and key not in ENVIRONMENT:
            near = get_close_matches(key, ENVIRONMENT, n=1, cutoff=0.8)
            if near or key in _NOT_IN_ENVIRONMENT:
                hint = f"did you mean {near[0]}?" if near else "it is an option of the command line only"
                raise SettingsError(f"{key}: no setting can be made so; {hint}")
    return {name: environment[key] for key, name in ENVIRONMENT.items() if environment.get(key)}


def _problem(place: tuple[int | str, ...], kind: str, message: str) -> str:
    said = "it must be a list" if kind == "tuple_type" else message.removeprefix("Value error, ")
    return f"{_dashed(place)}: {said}"


def _dashed(place: tuple[int | str, ...]) -> str:
    return "--" + str(place[0]).replace("_", "-") if place else "settings"
