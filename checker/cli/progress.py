"""A moving line on stderr while a run goes on; nothing where stderr is no terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

from checker.schema import Usage

_WORDS = {"extract": "Reading articles", "judge": "Comparing claims"}


class Progress:
    """Called with a stage, its finished steps and all its steps; shows them with calls and cost."""

    def __init__(self, usage: Callable[[], tuple[Usage, ...]]) -> None:
        self._usage = usage
        self._rows: dict[str, TaskID] = {}
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[spent]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb",
            transient=True,
        )

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def __call__(self, stage: str, n_done: int, n_steps: int) -> None:
        """Show that *n_done* of *n_steps* steps of *stage* are done."""
        if stage not in self._rows:
            self._rows[stage] = self._bar.add_task(_WORDS.get(stage, stage), total=n_steps, spent="")
        self._bar.update(self._rows[stage], completed=n_done, total=n_steps, spent=self._spent())

    def _spent(self) -> str:
        usage = self._usage()
        costs = [stage.cost for stage in usage if stage.cost is not None]
        calls = sum(stage.calls for stage in usage)
        spent = f" ${sum(costs):.4f}" if costs else ""
        return f"{calls} {'call' if calls == 1 else 'calls'}{spent}" if usage else ""
