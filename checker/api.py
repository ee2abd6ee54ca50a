"""The door for Python: paths in, report out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from checker.errors import SetupError
from checker.load import load
from checker.schema import Report
from checker.session import Session
from checker.settings import Settings

Paths = str | Path | Sequence[str | Path]


def check(*paths: str | Path, against: Paths = (), settings: Settings | None = None) -> Report:
    """
    Check the articles in *paths* (files or folders) and give the report.

    With *against*, one path or several, they are drafts, held against the articles there.
    Without *settings* the built-in engine is used, which asks no model. Raises SetupError
    where nothing can be checked, or in a running loop, as a notebook has one; what could
    not be judged is in `report.failures`.
    """
    if _loop_runs():
        raise SetupError(
            "a loop is running here, as in a notebook, and check would stop it → await checker.acheck(...)"
        )
    return asyncio.run(acheck(*paths, against=against, settings=settings))


async def acheck(*paths: str | Path, against: Paths = (), settings: Settings | None = None) -> Report:
    """
    Do what `check` does, in a running event loop.

    Where it is cancelled, once or often, it ends when the calls under way have: they are paid
    for, and kept.
    """
    settings = settings or Settings()
    sources = [against] if isinstance(against, str | Path) else against
    loaded = load(
        [Path(path) for path in paths],
        against=[Path(path) for path in sources],
        max_bytes=settings.max_file_size,
    )
    async with Session(settings) as session:
        return await session.check(loaded)


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
