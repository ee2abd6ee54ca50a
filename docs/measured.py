"""The accuracy that reports tell beside their findings, from the accepted scorecard."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scores import ACCEPTED, CARE

from checker.evaluate.baselines import BUILTIN_NAME
from checker.evaluate.quoting import WORDS
from checker.evaluate.scorecard import Ratio, Scorecard, Stage, read_scorecard
from checker.report.measured import Figure, Scores, Share, Strict, System
from checker.schema import Label

PLACES = 4


def measured() -> str:
    """The text of `checker/report/measured.json`."""
    card = read_scorecard(ACCEPTED)
    sets = card.sets.values()
    labellers = dict.fromkeys(one.labelled_by or "nobody knows whom" for one in sets)
    scores = Scores(
        sets=len(sets),
        articles=sum(one.articles for one in sets),
        pairs=sum(one.pairs for one in sets),
        accepted=ACCEPTED.with_suffix(".date").read_text("utf-8").strip(),
        labelled_by="; ".join(labellers),
        care=tuple(CARE.splitlines()),
        prompts={name: digest for name, digest in card.prompts.items() if not name.startswith("baseline")},
        systems=(_system(card, card.system), _system(card, BUILTIN_NAME)),
    )
    return json.dumps(scores.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def _system(card: Scorecard, name: str) -> System:
    words = WORDS[Label.CONFLICTING]
    return System(
        model=None if name == BUILTIN_NAME else name,
        conflicting=_strict(card, name, Label.CONFLICTING),
        agreeing=_strict(card, name, Label.AGREEING),
        found=_share(card, name, f"labelled {words} reported, by passage"),
        confirmed=_share(card, name, f"reported {words} labelled, by passage"),
    )


def _strict(card: Scorecard, system: str, label: Label) -> Strict:
    score = card.score(Stage.WHOLE, label, system=system)
    return Strict(
        right=score.right,
        given=score.given,
        labelled=score.wanted,
        precision=_figure(score.precision),
        recall=_figure(score.recall),
    )


def _share(card: Scorecard, system: str, what: str) -> Share:
    wanted = (Stage.WHOLE, system, what)
    share = next(one for one in card.shares if (one.stage, one.system, one.what) == wanted)
    return Share(hits=share.hits, n=share.n, share=_figure(share.ratio))


def _figure(ratio: Ratio) -> Figure:
    low, high = (None if end is None else round(end, PLACES) for end in (ratio.low, ratio.high))
    return Figure(value=round(ratio.value, PLACES), low=low, high=high)
