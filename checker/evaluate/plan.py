"""What an evaluation looks at."""

from __future__ import annotations

from pathlib import Path

from checker.evaluate.scorecard import Stage
from checker.schema import Frozen

MOST_DRAWS = 20
_NUMBERS = frozenset(str(number) for number in range(2, MOST_DRAWS + 1))


class Plan(Frozen):
    """
    What to score, and which costly looks to take besides.

    `swap` judges each pair the other way round too; `draws` asks everything of the judge
    stage that many times; `one_prompt` asks for the baseline of one prompt over both articles.
    """

    stages: frozenset[Stage] = frozenset(Stage)
    swap: bool = False
    draws: int = 1
    one_prompt: bool = False


def recorded_plan(plan: Plan, folder: Path) -> Plan:
    """Give *plan* with the costly looks that *folder* holds answers for."""
    draws = [path.name.partition("-")[2] for path in folder.glob("draw-*") if path.is_dir()]
    return plan.model_copy(
        update={
            "swap": plan.swap or (folder / "swap").is_dir(),
            "draws": max([plan.draws, *(int(number) for number in draws if number in _NUMBERS)]),
            "one_prompt": plan.one_prompt or (folder / "one-prompt").is_dir(),
        }
    )
