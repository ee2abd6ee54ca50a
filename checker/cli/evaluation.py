"""`checker eval`: how good the answers are, against labels made by hand."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.app import app, need
from checker.cli.formats import listed, one_of
from checker.cli.options import (
    AllowHttp,
    Cache,
    Concurrency,
    MaxCalls,
    MaxCost,
    ModelName,
    PriceIn,
    PriceOut,
    Record,
    RecordNote,
    Replay,
    RetryFailed,
    TimeoutS,
)
from checker.errors import SettingsError

eval_app = typer.Typer(
    help="Score the checker against labelled sets, compare scores, hold them. Needs the extra [eval].",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(eval_app, name="eval")

RUN_EXAMPLES = """\b
Examples:
  checker eval run evals/sets --replay evals/recorded
      every stage, from recorded answers: no key, no network
  checker eval run my-sets/ --model NAME --stage judge --swap --repeat 3
      a language model on labelled claims; also with A and B swapped, and three times
  checker eval run evals/sets --model builtin
      the built-in engine
  checker eval run evals/sets --model NAME --record evals/recorded
      record the answers anew, after a prompt has changed

\b
Exit codes:
  0 complete
  2 usage, input or configuration: a label file, a recording that is missing
  3 something was not judged: run the same command again to finish
"""


MOST_DRAWS = 20


class StageName(StrEnum):
    """What is scored."""

    EXTRACT = "extract"
    PAIR = "pair"
    JUDGE = "judge"
    WHOLE = "whole"


Sets = Annotated[
    list[Path],
    typer.Argument(help="Labelled sets, or folders of them; see docs/evaluation.md", show_default=False),
]
Output = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        help="Where to write the scorecard: .json or .html, repeatable.  [default: checker-eval/scorecard.json and .html]",
        show_default=False,
    ),
]


@eval_app.command(epilog=RUN_EXAMPLES)
def run(
    sets: Sets,
    stage: Annotated[
        list[StageName] | None,
        typer.Option(
            "--stage",
            metavar=listed(StageName),
            parser=one_of(StageName),
            help="What to score, repeatable.  [default: all]",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    model: ModelName = None,
    replay: Replay = None,
    record: Record = None,
    record_note: RecordNote = None,
    swap: Annotated[
        bool,
        typer.Option(
            "--swap", help="Judge each pair the other way round too.  [with --replay: where recorded]"
        ),
    ] = False,
    repeat: Annotated[
        int,
        typer.Option(
            "--repeat",
            help="Judge so many times, 1 to 20, and count the labels that flip.",
            show_default=False,
        ),
    ] = 1,
    one_prompt: Annotated[
        bool,
        typer.Option(
            "--one-prompt",
            help="Ask the baseline too: one prompt over both articles.  [with --replay: where recorded]",
        ),
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove the recordings that nothing asked for.")
    ] = False,
    retry_failed: RetryFailed = False,
    concurrency: Concurrency = None,
    max_calls: MaxCalls = None,
    max_cost: MaxCost = None,
    price_in: PriceIn = None,
    price_out: PriceOut = None,
    timeout_s: TimeoutS = None,
    cache: Cache = None,
    allow_http: AllowHttp = False,
) -> None:
    """Score one engine on labelled sets, stage by stage, with baselines in the same table."""
    scoring = need("checker.cli.scoring")
    from checker.evaluate.plan import Plan  # noqa: PLC0415
    from checker.evaluate.scorecard import Stage  # noqa: PLC0415
    from checker.settings import BUILTIN, read_settings  # noqa: PLC0415

    settings = read_settings(
        {
            "model": model,
            "replay": replay,
            "record": record,
            "record_note": record_note,
            "retry_failed": retry_failed or None,
            "concurrency": concurrency,
            "max_calls": max_calls,
            "max_cost": max_cost,
            "price_in": price_in,
            "price_out": price_out,
            "timeout_s": timeout_s,
            "cache": cache,
            "allow_http": allow_http or None,
        }
    )
    stages = frozenset(Stage(name.value) for name in stage) if stage else frozenset(Stage)
    if not 1 <= repeat <= MOST_DRAWS:
        raise SettingsError(f"--repeat {repeat}: from 1 to {MOST_DRAWS} times")
    if (swap or repeat > 1) and Stage.JUDGE not in stages:
        raise SettingsError("--swap and --repeat are looks at the judge stage; add --stage judge")
    if one_prompt and (Stage.WHOLE not in stages or (replay is None and settings.model == BUILTIN)):
        raise SettingsError("--one-prompt is a baseline of the whole stage, and asks a language model")
    plan = Plan(stages=stages, swap=swap, draws=repeat, one_prompt=one_prompt)
    raise typer.Exit(scoring.evaluate(sets, settings, plan, output or [], prune=prune))


PAIRS_EXAMPLES = """\b
Examples:
  checker eval pairs rte3.jsonl vitaminc.jsonl --model builtin
      the built-in engine and the baselines
  checker eval pairs rte3.jsonl --model NAME -o scores.json
      a language model, two calls a pair at most

\b
A line: {"id": "1", "text_a": "...", "text_b": "...", "label": "agreeing", "group": null}
Labels: agreeing, conflicting, unique; or agreeing, not_agreeing in a two-way file.
"""


@eval_app.command(epilog=PAIRS_EXAMPLES)
def pairs(
    files: Annotated[list[Path], typer.Argument(help="Files of labelled pairs, .jsonl", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Where to write the scores, .json; no text goes there.", show_default=False
        ),
    ] = None,
    model: ModelName = None,
    replay: Replay = None,
    record: Record = None,
    record_note: RecordNote = None,
    concurrency: Concurrency = None,
    max_calls: MaxCalls = None,
    max_cost: MaxCost = None,
    price_in: PriceIn = None,
    price_out: PriceOut = None,
    timeout_s: TimeoutS = None,
    cache: Cache = None,
    allow_http: AllowHttp = False,
) -> None:
    """Score one engine, and the baselines, on files of labelled pairs of texts."""
    scoring = need("checker.cli.scoring")
    from checker.settings import read_settings  # noqa: PLC0415

    settings = read_settings(
        {
            "model": model,
            "replay": replay,
            "record": record,
            "record_note": record_note,
            "concurrency": concurrency,
            "max_calls": max_calls,
            "max_cost": max_cost,
            "price_in": price_in,
            "price_out": price_out,
            "timeout_s": timeout_s,
            "cache": cache,
            "allow_http": allow_http or None,
        }
    )
    raise typer.Exit(scoring.evaluate_pairs(files, settings, output))


COMPARE_EXAMPLES = """\b
Example:
  checker eval compare before.json after.json
"""


@eval_app.command(epilog=COMPARE_EXAMPLES)
def compare(
    before: Annotated[Path, typer.Argument(help="The scorecard to compare with", show_default=False)],
    after: Annotated[Path, typer.Argument(help="The scorecard of the same sets, after a change")],
) -> None:
    """Compare two scorecards item by item: what came right, what broke, and what can be told from it."""
    scoring = need("checker.cli.scoring")
    raise typer.Exit(scoring.compare_cards(before, after))


GATE_EXAMPLES = """\b
Example:
  checker eval gate checker-eval/scorecard.json --against evals/scorecards/accepted.json

\b
Exit codes:
  0 no worse than the baseline
  1 worse: each reason is a line on stdout
  2 the two cannot be compared
"""


@eval_app.command(epilog=GATE_EXAMPLES)
def gate(
    card: Annotated[Path, typer.Argument(help="The scorecard to hold", show_default=False)],
    against: Annotated[
        Path, typer.Option("--against", help="The scorecard that was accepted.", show_default=False)
    ],
) -> None:
    """Exit 1, with the reasons, where a scorecard is worse than an accepted one beyond its interval."""
    scoring = need("checker.cli.scoring")
    raise typer.Exit(scoring.hold(card, against))
