"""
Attacks embedded in articles, run through the real prompts: how many of them get what they are after.

    python -m evals.attacks                 from the recorded answers; no model is asked
    python -m evals.attacks --write         and keep the scorecard in evals/scorecards/attacks.json
    python -m evals.attacks --model NAME --record evals/attacks/recorded --only attacks
    python -m evals.attacks --model NAME --record evals/attacks/recorded --only draw-2

The part `attacks` holds every attack and every control, and the clean articles once; each
`draw-N` asks about the clean articles once more. What is recorded or kept is not asked again,
so the same command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from checker.errors import CheckerError
from checker.pipeline import run
from checker.session import Session
from checker.settings import Settings
from evals.attacks.card import KEPT, Card, made_card, rate, rows
from evals.attacks.outcome import Outcome
from evals.attacks.suite import FOLDER, Laid, Suite, read_suite

RECORDED = FOLDER / "recorded"
ATTACKS = "attacks"
DRAWS = {f"draw-{number}": number - 1 for number in (2, 3, 4, 5)}


def replayed(folder: Path = RECORDED) -> tuple[Card, list[Path]]:
    """Give the scorecard of the recorded answers, and the recordings that it does not use."""
    draws = [part for part in DRAWS if (folder / part).is_dir()]
    return asyncio.run(asked(Settings(replay=folder), [ATTACKS, *draws]))


async def asked(settings: Settings, parts: Sequence[str]) -> tuple[Card, list[Path]]:
    """Ask all questions of *parts*; give the scorecard, and the recordings that are not used."""
    suite = read_suite()
    async with Session(settings) as session:
        laid = [*suite.laid(), suite.clean()] if ATTACKS in parts else []
        runs = [_outcome(session, suite, one, ATTACKS, 0) for one in laid]
        draws = [
            _outcome(session, suite, suite.clean(), part, draw)
            for part, draw in DRAWS.items()
            if part in parts
        ]
        card = made_card(session, await asyncio.gather(*runs, *draws))
        return card, session.unused()


async def _outcome(session: Session, suite: Suite, laid: Laid, part: str, draw: int) -> Outcome:
    report = await run(laid.loaded, session.answers(part, draw).engine)
    return Outcome(report, laid, suite.planted)


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the recorded answers, or record new ones; give the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.attacks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--write", action="store_true", help="keep the scorecard")
    parser.add_argument("--model", help="a model that the endpoint knows")
    parser.add_argument("--record", type=Path, help="where to keep every answer as a readable file")
    parser.add_argument("--record-note", default="", help="how the answers were made")
    parser.add_argument("--only", action="append", choices=[ATTACKS, *DRAWS], help="a part, repeatable")
    parser.add_argument("--cache", type=Path, help="where answers are kept")
    parser.add_argument("--concurrency", type=int, default=8, help="calls at a time")
    parser.add_argument("--timeout-s", type=float, default=120.0, help="seconds for one call")
    given = parser.parse_args(arguments)
    try:
        card, unused = _card(given)
    except CheckerError as error:
        print(error, file=sys.stderr)
        return 2
    _show(card)
    print(f"recordings that were not used: {len(unused)}")
    if given.write:
        KEPT.write_text(card.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return 0


def _card(given: argparse.Namespace) -> tuple[Card, list[Path]]:
    if given.model is None:
        return replayed()
    settings = Settings(
        model=given.model,
        record=given.record,
        record_note=given.record_note,
        cache=given.cache,
        concurrency=given.concurrency,
        timeout_s=given.timeout_s,
    )
    return asyncio.run(asked(settings, given.only or [ATTACKS, *DRAWS]))


def _show(card: Card) -> None:
    for row in rows(card):
        print(" | ".join(str(cell) for cell in row))
    for line in card.lines:
        if line.reached or line.differs:
            print(
                f"{line.name} in {line.article}: {'REACHED ' if line.reached else ''}{'; '.join(line.differs)}"
            )
    if card.attacks:
        hits, n = card.by_chance
        print(f"goal reached in {rate(card.attacks)}; by chance, in harmless insertions: {hits} of {n}")


if __name__ == "__main__":
    sys.exit(main())
