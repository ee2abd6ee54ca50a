"""What is measured today, for the README: the built-in engine, and the recorded run of the seeds."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "evals")]

from score_builtin import SETS, Tally, score_event
from score_result import compare

from checker import Label, Settings, check
from checker.report import Format, render

TEXT = Template("""\
The built-in engine on ten made-up events (`evals/sets/newswire`, 30 articles, $n_pairs pairs of claims, claims given; `python evals/score_builtin.py`): macro-F1 $macro_f1.

| label | right | given | labelled | F1 |
| --- | --- | --- | --- | --- |
$rows

A language model, from the articles to the labels, on the two seed articles (recorded answers; `python evals/score_result.py`):

| | found | labelled | right |
| --- | --- | --- | --- |
| claims | $n_claims | $n_claims_gold | $n_matched matched |
| agreeing pairs | $n_agreeing | $n_agreeing_gold | $n_agreeing_right |
| conflicting pairs | $n_conflicting | $n_conflicting_gold | $n_conflicting_right |

Read these with care.
The labels were made by language models that read the guide, not by people.
The conflicts of the ten events were planted, so they are clearer and far more frequent than in real news.
The thresholds of the built-in engine were chosen on these ten events.
One pair of articles says little about a language model, and yours is another one.
""")


def scores() -> str:
    """The block of the README that tells how good it is."""
    return TEXT.substitute(_builtin(), **_model())


def _builtin() -> dict[str, str]:
    tally = sum((score_event(folder) for folder in sorted((SETS / "newswire").iterdir())), Tally())
    rows = [
        f"| {label} | {tally.confusion[label, label]} | {tally.by_engine(label)} | {tally.by_hand(label)} "
        f"| {tally.f1(label):.2f} |"
        for label in (Label.CONFLICTING, Label.AGREEING)
    ]
    n_pairs = sum(tally.confusion.values())
    return {"n_pairs": f"{n_pairs:,}", "macro_f1": f"{tally.macro_f1():.2f}", "rows": "\n".join(rows)}


def _model() -> dict[str, int]:
    report = check(ROOT / "seeds", settings=Settings(replay=ROOT / "evals/recorded/seeds"))
    found = compare(json.loads(render(report, Format.JSON)), SETS / "seeds")
    n_gold = Counter(found.gold.values())
    claims = {"n_claims": found.n_found, "n_claims_gold": found.n_labelled, "n_matched": found.n_matched}
    pairs = {
        f"n_{label}{kind}": number
        for label in ("agreeing", "conflicting")
        for kind, number in (
            ("", found.found[label]),
            ("_gold", n_gold[label]),
            ("_right", found.n_right(label)),
        )
    }
    return claims | pairs
