"""One evaluation at the terminal: what is asked, written, printed, and the exit code."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path

from checker.cli.progress import Progress
from checker.cli.running import interrupts, put, say
from checker.errors import ExitCode, SettingsError
from checker.evaluate import page, scorecard
from checker.evaluate.baselines import BUILTIN_NAME
from checker.evaluate.batch import Batch
from checker.evaluate.pairfile import PairScores, score_files
from checker.evaluate.plan import Plan, recorded_plan
from checker.evaluate.scorecard import Scorecard, Stage
from checker.evaluate.sets import read_sets
from checker.evaluate.summary import pair_table, table
from checker.report import save
from checker.report.where import clean
from checker.session import Session
from checker.settings import Settings
from checker.version import VERSION

DEFAULT_FILES = (Path("checker-eval/scorecard.json"), Path("checker-eval/scorecard.html"))
MOST_NAMED = 10
RENDERS = {".json": scorecard.render, ".html": page.render, ".htm": page.render}


def evaluate(
    paths: Sequence[Path], settings: Settings, plan: Plan, outputs: Sequence[Path], *, prune: bool
) -> ExitCode:
    """Score the sets in *paths*, write *outputs*, print the table, and give the exit code."""
    files = outputs or DEFAULT_FILES
    for path in files:
        if path.suffix.lower() not in RENDERS:
            raise SettingsError(f"-o {path}: a scorecard is written as .json or .html")
    if settings.replay is not None:
        plan = recorded_plan(plan, settings.replay)
    if prune and (settings.replay is None or plan.stages != frozenset(Stage)):
        raise SettingsError("--prune: only a replay of all stages tells which recordings are not used")
    card, unused, interrupted = asyncio.run(_score(paths, settings, plan))
    for path in files:
        save(RENDERS[path.suffix.lower()](card), path)
    put(table(card) + "\n" + "".join(f"{clean(str(path))}\n" for path in files))
    if plan.stages == frozenset(Stage):
        _mention(unused, prune=prune)
    if interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.INCOMPLETE if n_not_judged(card) else ExitCode.OK


def evaluate_pairs(paths: Sequence[Path], settings: Settings, output: Path | None) -> ExitCode:
    """Score files of pairs, write *output* if there is one, print the table, and give the exit code."""
    scores = asyncio.run(_score_pairs(paths, settings))
    if output is not None:
        save(json.dumps(scores.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n", output)
    put(pair_table(scores.files))
    return ExitCode.INCOMPLETE if any(score.not_judged for score in scores.files) else ExitCode.OK


async def _score_pairs(paths: Sequence[Path], settings: Settings) -> PairScores:
    async with Session(settings) as session:
        with interrupts(session):
            answers = session.answers("pairs")
            system = answers.name or BUILTIN_NAME
            files = await score_files(paths, answers.engine, system)
        return PairScores(checker=VERSION, notes=session.notes(), files=files)


def n_not_judged(card: Scorecard) -> int:
    """How many items of the system have no answer."""
    rows = [row for one in card.tables if one.system == card.system for row in one.by_event.values()]
    return sum(outcomes.get("not judged", 0) for row in rows for outcomes in row.values())


async def _score(paths: Sequence[Path], settings: Settings, plan: Plan) -> tuple[Scorecard, list[Path], bool]:
    sets = read_sets(paths)
    async with Session(settings) as session:
        with interrupts(session) as received, Progress(session.usage) as progress:
            card = await Batch(sets, session, plan, progress, time.monotonic).score()
        return card, session.unused(), bool(received)


def _mention(unused: Sequence[Path], *, prune: bool) -> None:
    """Name the recordings that nothing asked for, and remove them where that was wanted."""
    for path in unused if prune else unused[:MOST_NAMED]:
        if prune:
            path.unlink()
        say(f"{'removed' if prune else 'not used'}: {clean(str(path))}")
    if unused and not prune:
        say(f"note: {len(unused)} recordings were not used by this run; --prune removes them")
