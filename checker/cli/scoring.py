"""Evaluation at the terminal: what is asked, written, printed, and the exit code."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from checker.cli.output import put, say, unlinked
from checker.cli.progress import Progress
from checker.cli.running import interrupts
from checker.errors import ExitCode, SettingsError
from checker.evaluate import agreement, comparison, comparison_lines, gate, page, scorecard
from checker.evaluate.baselines import BUILTIN_NAME
from checker.evaluate.batch import Batch
from checker.evaluate.pairfile import PairScores, score_files
from checker.evaluate.plan import Plan, recorded_plan
from checker.evaluate.scorecard import Scorecard, Stage, read_scorecard
from checker.evaluate.sets import LabelledSet, read_sets
from checker.evaluate.summary import pair_table, table
from checker.report import save
from checker.report.where import clean
from checker.schema import Label
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
    files = outputs or tuple(map(unlinked, DEFAULT_FILES))
    for path in files:
        _refuse_output(path, tuple(RENDERS), paths)
    replayed_whole = settings.replay is not None and plan.stages == frozenset(Stage)
    if settings.replay is not None:
        plan = recorded_plan(plan, settings.replay)
    if prune and not replayed_whole:
        raise SettingsError("--prune: only a replay of all stages tells which recordings are not used")
    sets = read_sets(paths)
    card, unused, interrupted = asyncio.run(_score(sets, settings, plan))
    errors = {path: _save_error(RENDERS[path.suffix.lower()](card), path) for path in files}
    written = [path for path, error in errors.items() if error is None]
    put(table(card) + "\n" + "".join(f"{clean(str(path))}\n" for path in written))
    if replayed_whole:
        _mention(_of_sets(unused, sets), prune=prune)
    for error in filter(None, errors.values()):
        raise error
    if interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.INCOMPLETE if card.gaps else ExitCode.OK


def evaluate_pairs(paths: Sequence[Path], settings: Settings, output: Path | None) -> ExitCode:
    """Score files of pairs, write *output* if there is one, print the table, and give the exit code."""
    if output is not None:
        _refuse_output(output, (".json",), paths)
    scores, interrupted = asyncio.run(_score_pairs(paths, settings))
    if output is not None:
        save(json.dumps(scores.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n", output)
    put(pair_table(scores.files))
    if interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.INCOMPLETE if any(score.not_judged for score in scores.files) else ExitCode.OK


def compare_cards(before: Path, after: Path) -> ExitCode:
    """Print what changed from one scorecard to another."""
    found = comparison.compare(read_scorecard(before), read_scorecard(after))
    _print(comparison_lines.lines(found, (str(before), str(after))))
    return ExitCode.OK


def hold(card: Path, against: Path) -> ExitCode:
    """Print why *card* is worse than *against*, if it is."""
    reasons = gate.regressions(read_scorecard(card), read_scorecard(against))
    _print(reasons or (f"no worse than {clean(str(against))}",))
    return ExitCode.FOUND if reasons else ExitCode.OK


def agree(files: Sequence[Path], claims: Path | None) -> ExitCode:
    """Print how far the annotators of *files* agree, and where they do not."""
    _print(agreement.lines(agreement.agreement(files, claims)))
    return ExitCode.OK


def check_sets(paths: Sequence[Path]) -> ExitCode:
    """Read labelled sets and say what is in them; what is wrong with one is an error."""
    _print(line for one in read_sets(paths) for line in _contents(one))
    return ExitCode.OK


async def _score(
    sets: Sequence[LabelledSet], settings: Settings, plan: Plan
) -> tuple[Scorecard, list[Path], bool]:
    """Give the scorecard, the recordings that were not used, and whether the run was interrupted."""
    async with Session(settings) as session:
        with interrupts(session) as received, Progress(session.usage) as progress:
            card = await Batch(sets, session, plan, progress, time.monotonic).score()
        return card, session.unused(), bool(received)


async def _score_pairs(paths: Sequence[Path], settings: Settings) -> tuple[PairScores, bool]:
    async with Session(settings) as session:
        with interrupts(session) as received:
            answers = session.answers("pairs")
            files = await score_files(paths, answers.engine, answers.name or BUILTIN_NAME)
        return PairScores(checker=VERSION, notes=session.notes(), files=files), bool(received)


def _refuse_output(path: Path, endings: Sequence[str], inputs: Sequence[Path]) -> None:
    """Raise where *path* has not one of *endings*, or is one of *inputs* or lies in one."""
    if path.suffix.lower() not in endings:
        raise SettingsError(f"-o {path}: scores are written as {' or '.join(endings)}")
    place = path.resolve()
    for one in inputs:
        if one.resolve() in (place, *place.parents):
            raise SettingsError(f"-o {path}: {one} is what is to be scored; write the scores elsewhere")


def _save_error(text: str, path: Path) -> SettingsError | None:
    """Write one file, or give the reason why not: it costs the others nothing."""
    try:
        save(text, path)
    except SettingsError as error:
        return error
    return None


def _of_sets(unused: Sequence[Path], sets: Sequence[LabelledSet]) -> list[Path]:
    """Those of *unused* that lie in the folder of a set that was scored; others this run says nothing about."""
    names = tuple(f"/{one.name}" for one in sets)
    return [path for path in unused if path.parent.as_posix().endswith(names)]


def _mention(unused: Sequence[Path], *, prune: bool) -> None:
    """Name the recordings that nothing asked for, and remove them where that was wanted."""
    for path in unused if prune else unused[:MOST_NAMED]:
        if prune:
            _remove(path)
        say(f"{'removed' if prune else 'not used'}: {clean(str(path))}")
    if unused and not prune:
        say(f"note: {len(unused)} recordings were not used by this run; --prune removes them")


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be removed ({error.strerror})") from error


def _contents(one: LabelledSet) -> Iterator[str]:
    """What is in a set, and which of its articles nobody found a claim in, or looked at."""
    labels = [row.label for row in one.labels.values()]
    counts = f"{labels.count(Label.CONFLICTING)} conflicting, {labels.count(Label.AGREEING)} agreeing"
    yield clean(
        f"ok  {one.name}: {len(one.loaded.articles)} articles, {len(one.claims)} claims, "
        f"{one.n_pairs:,} pairs: {counts}"
    )
    labelled = {claim.article for claim in one.claims}
    for article in one.loaded.articles:
        if article.id not in labelled:
            yield clean(f"note {one.name}: {Path(article.path).name} has no claims")


def _print(lines: Iterable[str]) -> None:
    put("".join(f"{line}\n" for line in lines))
