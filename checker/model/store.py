"""Answers kept on disk: whoever asks the same question again pays nothing and waits for nothing."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from checker.errors import SettingsError
from checker.model.gateway import NotKept
from checker.model.remedy import remedy
from checker.model.request import Model, Reply, Request
from checker.model.textcache import DATABASE, clear_store, open_store
from checker.schema import Frozen, Remark

Result = TypeVar("Result")


class StoreInfo(Frozen):
    """What a store holds."""

    folder: Path
    answers: int
    bytes: int


class Store:
    """
    A model that asks *model* only what no answer in *folder* is kept for; nothing if None.

    Every reply is kept, refused and cut ones too: they were paid for. Identical requests
    under way at the same time are one call, and a call goes on, and is kept, where those
    who wait for it are cancelled. What went wrong with the store itself is in `remarks`.

    *way* puts limits around the calls: a call has not ended for it before its reply is
    kept, so no more paid replies can be lost to a crash than may be under way at once.
    """

    def __init__(
        self, folder: Path, model: Model | None, way: Callable[[Model], Model] = lambda model: model
    ) -> None:
        self._folder = folder
        self._vendor = model
        self._way = way(self._buy) if model else None
        self._flights: dict[str, asyncio.Task[Reply]] = {}
        self._remarks: list[Remark] = []
        # One thread, so one connection, which can be closed; SQLite would let no two write anyway.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        try:
            self._cache, remark = self._thread.submit(open_store, folder).result()
        except SettingsError:
            self._thread.shutdown()
            raise
        self._remarks += [remark] if remark else []

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the user should know of the store: that it was damaged, or could not keep an answer."""
        return tuple(self._remarks)

    @property
    def n_under_way(self) -> int:
        """How many questions are on their way to an answer."""
        return len(self._flights)

    async def __call__(self, request: Request) -> Reply:
        """Give the kept reply, else the model's; NotKept where it may not be bought."""
        flight = self._flights.get(request.key)
        if flight is not None:
            return _kept(await asyncio.shield(flight))
        if self._way is None or not request.fresh:
            return await self._kept_or_nothing(request)
        return await asyncio.shield(self._take_off(request, self._way))

    async def drain(self, wait_s: float) -> int:
        """Wait for the calls under way, *wait_s* seconds at most; give how many are left."""
        if not self._flights:
            return 0
        _, left = await asyncio.wait(self._flights.values(), timeout=wait_s)
        return len(left)

    def close(self) -> None:
        """Close the database, after what is still being written to it."""
        self._thread.submit(self._cache.close).result()
        self._thread.shutdown()

    async def _kept_or_nothing(self, request: Request) -> Reply:
        reply = await self._read(request.key)
        if reply is None:
            raise NotKept(f"{request.stage}: no answer is kept, and none may be bought for it")
        return reply

    def _take_off(self, request: Request, way: Model) -> asyncio.Task[Reply]:
        """Begin a call that nobody who waits for it can cancel."""
        flight = asyncio.create_task(self._fetch(request, way))
        self._flights[request.key] = flight
        flight.add_done_callback(lambda done: self._land(request.key, done))
        return flight

    def _land(self, key: str, flight: asyncio.Task[Reply]) -> None:
        del self._flights[key]
        if not flight.cancelled():
            flight.exception()  # looked at, lest asyncio complains where nobody waits any more

    async def _fetch(self, request: Request, way: Model) -> Reply:
        """The kept reply, or one that is bought and kept."""
        kept = await self._read(request.key)
        return await way(request) if kept is None else kept

    async def _buy(self, request: Request, /) -> Reply:
        """A reply of the vendor, kept before anybody has it."""
        if self._vendor is None:
            raise NotKept(f"{request.stage}: there is no model to ask")
        reply = await self._vendor(request)
        await self._write(request, reply)
        return reply

    async def _read(self, key: str) -> Reply | None:
        try:
            row = await self._aside(lambda: self._cache.read(key))
        except sqlite3.Error as error:
            self._remark(f"a kept answer could not be read ({error})", error)
            return None
        return None if row is None else _reply(row, key)

    async def _write(self, request: Request, reply: Reply) -> None:
        """Keep the reply; where that fails it is still given, because it was paid for."""
        row = json.dumps({"key": request.key, "request": request.model_dump(), "reply": reply.model_dump()})
        try:
            await self._aside(lambda: self._cache.write(request.key, row))
        except sqlite3.Error as error:
            self._remark(f"an answer could not be kept ({error})", error)

    async def _aside(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _remark(self, problem: str, error: sqlite3.Error) -> None:
        remark = Remark(path=str(self._folder), problem=problem, mend=remedy(error))
        if remark not in self._remarks:
            self._remarks.append(remark)


def info(folder: Path) -> StoreInfo:
    """
    What is kept in *folder*; nothing where there is no such folder, which is not made.

    Raises SettingsError where the store was damaged, and a new one was begun.
    """
    if not _may_exist(folder):
        return StoreInfo(folder=folder, answers=0, bytes=0)
    opened = open_store(folder)
    with closing(opened.cache) as cache:
        answers = len(cache)
    if opened.remark:
        raise SettingsError(str(opened.remark))
    size = sum(path.stat().st_size for path in folder.glob(f"{DATABASE}*"))
    return StoreInfo(folder=folder, answers=answers, bytes=size)


def clear(folder: Path) -> int:
    """Remove every answer kept in *folder*; give how many there were."""
    return clear_store(folder) if _may_exist(folder) else 0


def _may_exist(folder: Path) -> bool:
    """Whether there is a store, or what can be none (a file, a folder of somebody else): its opening says so."""
    try:
        return (folder / DATABASE).exists() or (folder.exists() and not folder.is_dir())
    except OSError:
        return True


def _reply(row: str, key: str) -> Reply | None:
    """The reply of a row; None where the row is not what was written under *key*."""
    try:
        kept = json.loads(row)
        request, reply = Request.model_validate(kept["request"]), Reply.model_validate(kept["reply"])
        return _kept(reply) if request.key == key else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _kept(reply: Reply) -> Reply:
    return reply.model_copy(update={"origin": "kept"})
