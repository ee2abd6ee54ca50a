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

RECORDED = ROOT / "evals/recorded/whole"
EVENTS = {
    "seeds": ROOT / "seeds",
    **{
        f"newswire/{folder.name}": SETS / "newswire" / folder.name / "articles"
        for folder in sorted((RECORDED / "newswire").iterdir())
    },
}
TEXT = Template("""\
The built-in engine on ten made-up events (`evals/sets/newswire`, 30 articles, $n_pairs pairs of claims, claims given; `python evals/score_builtin.py`): macro-F1 $macro_f1.

| label | right | given | labelled | F1 |
| --- | --- | --- | --- | --- |
$rows

A language model, from the articles to the labels (recorded answers; `python evals/score_result.py`), as found / labelled / right:

| event | articles | claims | agreeing pairs | conflicting pairs |
| --- | --- | --- | --- | --- |
$events

Read these with care.
The labels were made by language models that read the guide, not by people.
The conflicts of the ten events were planted, so they are clearer and far more frequent than in real news.
The thresholds of the built-in engine were chosen on these ten events.
A claim counts as right if it matches a labelled one; a pair that joins an unmatched claim counts as not right.
The prompts were written before the events were recorded, except for the last sentence of the second look; $n_events events and one model say little about yours.
""")


def scores() -> str:
    """The block of the README that tells how good it is."""
    counts = {name: _event(name, articles) for name, articles in EVENTS.items()}
    counts["all"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    events = [_row(name, numbers) for name, numbers in counts.items()]
    return TEXT.substitute(_builtin(), events="\n".join(events), n_events=len(EVENTS))


def _builtin() -> dict[str, str]:
    tally = sum((score_event(folder) for folder in sorted((SETS / "newswire").iterdir())), Tally())
    rows = [
        f"| {label} | {tally.confusion[label, label]} | {tally.by_engine(label)} | {tally.by_hand(label)} "
        f"| {tally.f1(label):.2f} |"
        for label in (Label.CONFLICTING, Label.AGREEING)
    ]
    n_pairs = sum(tally.confusion.values())
    return {"n_pairs": f"{n_pairs:,}", "macro_f1": f"{tally.macro_f1():.2f}", "rows": "\n".join(rows)}


def _event(name: str, articles: Path) -> list[int]:
    """Articles, then found, labelled and right for claims, agreeing pairs and conflicting pairs."""
    report = check(articles, settings=Settings(replay=RECORDED / name))
    found = compare(json.loads(render(report, Format.JSON)), SETS / name)
    n_gold = Counter(found.gold.values())
    pairs = [
        number
        for label in ("agreeing", "conflicting")
        for number in (found.found[label], n_gold[label], found.n_right(label))
    ]
    return [len(report.articles), found.n_found, found.n_labelled, found.n_matched, *pairs]


def _row(name: str, numbers: list[int]) -> str:
    n_articles, *rest = numbers
    triples = [" / ".join(str(number) for number in rest[i : i + 3]) for i in range(0, len(rest), 3)]
    return f"| {name} | {n_articles} | {' | '.join(triples)} |"
