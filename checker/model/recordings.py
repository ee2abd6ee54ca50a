"""
Answers kept in git: one readable file for each call, replayed without a model or a key.

    judge-1f2e3d4c5b6a7988.json
      key      the request's content address, which must still be its hash
      stage, prompt, meta      for readers: what asked, with which words, and who answered
      request  as it was hashed; a message of several lines is a list of lines
      reply    its text as "json" where that says the same to the byte ("json_compact":
               without spaces), else as "text", a list of lines

Nothing of the endpoint, the key, the clock or the machine is in a file.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checker.errors import NotRecorded, SettingsError
from checker.files import regular_bytes
from checker.model.gateway import NotKept
from checker.model.remedy import remedy
from checker.model.request import Model, Reply, Request
from checker.model.shape import loads

_KEY_DIGITS = 16
_LARGEST = 50_000_000  # bytes; a reply has at most a tenth of them
_NAME = re.compile(r"(?P<stage>[a-z]+)-[0-9a-f]{16}\.json")
_SPACING = {"json": (", ", ": "), "json_compact": (",", ":")}


class Recordings:
    """
    A model that answers from *folder*, and asks *model*, and records, what is not there.

    Without a model it replays, from *folder* and all folders below it: what is not there
    raises NotRecorded. *note* goes into every file that is written, to say what it was
    recorded for.
    """

    def __init__(self, folder: Path, model: Model | None, note: str = "") -> None:
        self._folder = folder
        self._model = model
        self._note = note
        # A recording is found by its name alone; of two with one name, the first by path is read.
        self._places = {path.name: path for path in reversed(_files(folder))} if model is None else {}
        self._used: set[str] = set()

    async def __call__(self, request: Request) -> Reply:
        """Give the recorded reply, else the model's, which is then recorded."""
        name = f"{request.stage or 'request'}-{request.key[:_KEY_DIGITS]}.json"
        path = self._places.get(name, self._folder / name)
        self._used.add(name)
        if _is_there(path):
            return _recorded(path, request.key)
        if self._model is None:
            raise self._missing(request)
        reply = await self._model(request)
        _write(path, _record(request, reply, self._note))
        return reply

    def unused(self) -> list[Path]:
        """The recordings of questions that nothing in this run asked, by path."""
        return [path for path in _files(self._folder) if path.name not in self._used]

    def _missing(self, request: Request) -> NotKept | NotRecorded:
        asks = f"{request.stage} asks with the prompt {request.prompt}"
        if not request.fresh:
            return NotKept(f"{asks}: no answer is recorded in {self._folder}, and none may be bought for it")
        name = request.prompt.partition(" ")[0]
        others = {str(_read(path).get("prompt")) for path in _files(self._folder, request.stage)}
        changed = sorted(other for other in others - {request.prompt} if other.partition(" ")[0] == name)
        why = f"the prompt changed: what is there was recorded with {', '.join(changed)}; " if changed else ""
        return NotRecorded(
            f"{self._folder}: no recording of a call: {asks}; {why}"
            f"record it with a model and --record {self._folder}, or use the articles, model and "
            "settings it was recorded with"
        )


def make_folder(folder: Path) -> None:
    """Make *folder* for recordings, and try that a file can be written there. Raises SettingsError where not."""
    draft = _draft(folder)
    with _written_to(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _write_through(draft, "\n")
        finally:
            draft.unlink(missing_ok=True)


def find_folder(folder: Path) -> None:
    """Raise SettingsError where there is no *folder* of recordings that can be read."""
    try:
        os.scandir(folder).close()
    except FileNotFoundError as error:
        raise SettingsError(
            f"--replay {folder}: no such folder; make recordings with --record {folder}"
        ) from error
    except OSError as error:
        raise _unreadable(folder, error) from error


def model_name(folder: Path) -> str | None:
    """The one model that all recordings in *folder* asked; None where there are none, or several."""
    names = {_request(_read(path), path).model for path in _files(folder)}
    return names.pop() if len(names) == 1 else None


def notes(folder: Path) -> set[str]:
    """What the recordings in *folder* say of how they were made."""
    kept = (_read(path).get("meta") for path in _files(folder))
    return {str(meta["note"]) for meta in kept if isinstance(meta, dict) and meta.get("note")}


def _files(folder: Path, stage: str = "") -> list[Path]:
    """The recordings in *folder* and below, of one *stage* or of all, by path; other files are none of ours."""
    found = ((path, _NAME.fullmatch(path.name)) for path in folder.rglob("*-*.json"))
    return sorted(path for path, name in found if name and stage in ("", name["stage"]))


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> SettingsError:
    help_ = remedy(error, "make the folder readable")
    return SettingsError(f"{path}: recordings cannot be read here ({error}): {help_}, or name another folder")


def _recorded(path: Path, key: str) -> Reply:
    record = _read(path)
    if record.get("key") != key or _key(record, path) != key:
        raise SettingsError(
            f"{path}: this recording was edited: its request is not the one it is named for; "
            "restore the file, or delete it and record it again"
        )
    return _reply(record, path)


def _read(path: Path) -> dict[str, Any]:
    try:
        record = loads(regular_bytes(path, _LARGEST).decode("utf-8"))
    except (OSError, ValueError) as error:
        raise _odd(path, str(error)) from error
    if not isinstance(record, dict):
        raise _odd(path, "not an object")
    return record


def _key(record: Mapping[str, Any], path: Path) -> str:
    request = _request(record, path)
    try:
        return request.key
    except (ValueError, RecursionError) as error:  # nested so deep that it cannot be written
        raise _odd(path, "its request is not one") from error


def _request(record: Mapping[str, Any], path: Path) -> Request:
    try:
        messages = [{**turn, "content": _joined(turn["content"])} for turn in record["request"]["messages"]]
        return Request.model_validate({**record["request"], "messages": messages})
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise _odd(path, "its request is not one") from error


def _reply(record: Mapping[str, Any], path: Path) -> Reply:
    try:
        reply = dict(record["reply"])
        style = next(style for style in ("text", *_SPACING) if style in reply)
        body = reply.pop(style)
        text = _joined(body) if style == "text" else _dumped(body, style)
        who = record["meta"]["answered_by"]
        return Reply(text=text, answered_by=who, origin="kept", **reply)
    except (KeyError, StopIteration, TypeError, ValueError, RecursionError) as error:
        raise _odd(path, "its reply is not one") from error


def _odd(path: Path, problem: str) -> SettingsError:
    return SettingsError(
        f"{path}: not a recording ({problem}): restore the file, or delete it and record it again"
    )


def _record(request: Request, reply: Reply, note: str) -> dict[str, Any]:
    """A recording, its keys in order; only the reply's own JSON stays in the model's order."""
    asked = request.model_dump(mode="json")
    asked["messages"] = [{**turn, "content": _lines(turn["content"])} for turn in asked["messages"]]
    answered = reply.model_dump(mode="json", exclude={"text", "answered_by"})
    return {
        "key": request.key,
        "meta": {"answered_by": reply.answered_by, "note": note},
        "prompt": request.prompt,
        "reply": dict(sorted({**answered, **_body(reply.text)}.items())),
        "request": json.loads(json.dumps(asked, sort_keys=True)),
        "stage": request.stage,
    }


def _body(text: str) -> dict[str, Any]:
    """The text of a reply, as JSON where that gives it back to the byte, else as lines."""
    try:
        body = loads(text)
    except ValueError:
        body = None
    for style in _SPACING:
        if isinstance(body, dict | list) and _dumped(body, style) == text:
            return {style: body}
    return {"text": _lines(text)}


def _dumped(body: object, style: str) -> str:
    return json.dumps(body, ensure_ascii=False, separators=_SPACING[style])


def _lines(text: str) -> str | list[str]:
    return text.split("\n") if "\n" in text else text


def _joined(lines: str | list[str]) -> str:
    return lines if isinstance(lines, str) else "\n".join(lines)


def _write(path: Path, record: Mapping[str, Any]) -> None:
    """Put the whole file, for its owner only, in its place at once: nobody ever reads half of one."""
    draft = _draft(path.parent)
    with _written_to(path.parent):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _write_through(draft, json.dumps(record, indent=1, ensure_ascii=False) + "\n")
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def _draft(folder: Path) -> Path:
    return folder / f".{secrets.token_hex(8)}.tmp"  # others may record the same at this moment


@contextmanager
def _written_to(folder: Path) -> Iterator[None]:
    """Say of an error of the system that no recording can be written to *folder*."""
    try:
        yield
    except OSError as error:
        raise SettingsError(
            f"{folder}: recordings cannot be written here ({error}): {remedy(error)}, "
            "or name another folder with --record"
        ) from error


def _write_through(path: Path, text: str) -> None:
    """Write *text* to a new file, and wait until it is on the disk."""
    with open(path, "x", encoding="utf-8", newline="\n", opener=_own) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _own(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
