"""What is measured today, from the scorecards that were accepted: for the README and for docs/scores.md."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from attacks import attacks_line, attacks_section

from checker.evaluate.baselines import ALWAYS_UNIQUE, BUILTIN_NAME, MAJORITY, ONE_PROMPT, RULE
from checker.evaluate.pairfile import FileScore, PairScores
from checker.evaluate.pairs import FALSE_CONFLICTS
from checker.evaluate.quoting import WORDS
from checker.evaluate.scorecard import Cost, Score, Scorecard, Share, Stage, read_scorecard
from checker.evaluate.scoring import scores_of
from checker.evaluate.words import figure, ratio

ACCEPTED = ROOT / "evals" / "scorecards" / "accepted.json"
BENCHMARKS = ROOT / "evals" / "scorecards"
MODEL = "language model"
SYSTEMS = (MODEL, ONE_PROMPT, BUILTIN_NAME, RULE, ALWAYS_UNIQUE)
CARE = """\
Read these with care.
The labels were made by language models that read the guide, not by people.
The answers were given by a language model that stood in for a hosted one; it was given the questions and nothing else. Other models will do otherwise.
Ten of the eleven sets are made-up events whose conflicts were planted: they are clearer and far more frequent than in real news.
The prompts were settled on some of these sets, and the thresholds of the built-in engine on ten of them: nothing here is a held-out test.
With eleven sets the intervals are rough.
"""
README = Template("""\
On $sets sets, $articles articles and $pairs pairs of claims, of which $conflicting are labelled conflicting and $agreeing agreeing; recorded answers, replayed with `make eval`.
*extract* scores the claims found in the articles, *judge* the labels of pairs when the labelled claims are given, *whole* the way from the articles to the labels, which is what a user sees.
In brackets are 95 % intervals, by drawing whole sets.

$table

*one prompt* is the same model with both articles in one prompt, the *lexical rule* six lines about words and numbers, the *built-in engine* what runs without a model.

The score of *whole* is strict: a pair is right only if both claims are cut as in the set.
By the passages that they quote, however the claims are cut, more is found; of conflicts, one prompt finds about as many:

$passages

Of $unrelated pairs that the labels call unrelated, the language model called $false conflicting when the claims were given: $per_thousand per 1,000.
With A and B exchanged, $swapped pairs that it calls more than unrelated keep their label; asked twice, $drawn.
On public pairs of texts that nothing here was tuned on, which the language model may have seen in its training:

$public

One check costs about $calls calls, $tokens_in tokens in and $tokens_out out for each pair of articles.
$attacks
$care
[All scores](docs/scores.md), by stage, aspect and kind of article, and on twelve public files of pairs; [how they are made](docs/evaluation.md).
""")
PAGE = Template("""\
# Scores

Written by `python docs/generate.py` from the scorecards in `evals/scorecards`; a test holds it true, and `make eval` replays the answers behind it.
What the figures mean stands in [evaluation.md](evaluation.md).

$care
Prompts: $prompts.

## The sets

$sets

## Stage by stage

$table

*one prompt* is the same model with both articles in one prompt; the other baselines are told in [evaluation.md](evaluation.md#baselines).

## The ten made-up events alone

`newswire`, 30 articles; the rest of the table above is the two real articles of `seeds`, which hold no conflict.

$newswire

## Shares

$shares

## Candidates

How much is kept if the best *k* pairs of each two articles are looked at again.

$curve

## Parts of the labelled pairs

Those with ten items or more; $few more slices have too few to say.

$slices

## Calls and tokens

The endpoint that stood in counted four characters as one token.

$costs

## Attacks embedded in articles

$attacks

## Public files of pairs

The built-in engine beside two baselines, and on some of them the language model, on $files files that this project does not hold; `python evals/benchmarks.py` names their sources and measures the built-in engine and the baselines again.
A model's answers hold the texts and so are not kept here: its rows cannot be replayed.
Balanced files say nothing about false alarms, and some of them share texts: they are not to be averaged.

$benchmarks
""")


def readme_scores() -> str:
    """The block of the README that tells how good it is."""
    card = read_scorecard(ACCEPTED)
    own = [share for share in card.shares if share.system == card.system and share.stage == Stage.JUDGE]
    shares = {share.what: share for share in own if not share.slice}
    false = shares[FALSE_CONFLICTS]
    whole = next(cost for cost in card.costs if cost.part == "whole")
    return README.substitute(
        **_totals(card),
        table=_table(_score_rows(card, _headline(card))),
        passages=_table(_passage_rows(card)),
        unrelated=f"{false.n:,}",
        false=false.hits,
        per_thousand=ratio(false.ratio, 1000),
        swapped=_of(next(s for what, s in shares.items() if "swapped" in what)),
        drawn=_of(next(s for what, s in shares.items() if "draws" in what)),
        public=_table(_benchmark_rows(_with_model(_benchmarks()))),
        care=CARE,
        attacks=attacks_line(),
        **_each(whole),
    )


def page() -> str:
    """The page docs/scores.md."""
    card = read_scorecard(ACCEPTED)
    slices = [share for share in card.shares if share.slice and share.system == card.system]
    return PAGE.substitute(
        care=CARE,
        attacks=attacks_section(),
        prompts=", ".join(f"`{name}` {digest}" for name, digest in card.prompts.items()),
        sets=_table(_set_rows(card)),
        table=_table(_score_rows(card, card.scores)),
        newswire=_table(_score_rows(card, _scores_below(card, "newswire/"))),
        shares=_table(_share_rows(card)),
        curve=_table(_curve_rows(card)),
        few=sum(share.ratio is None for share in slices),
        slices=_table(_slice_rows([share for share in slices if share.ratio])),
        costs=_table(_cost_rows(card.costs)),
        files=len({score.file for score in _benchmarks()}),
        benchmarks=_table(_benchmark_rows(_benchmarks())),
    )


def _passage_rows(card: Scorecard) -> Iterator[Sequence[object]]:
    """What was reported of what is labelled, and the other way round, by the system and by one prompt."""
    yield ("by passage", "system", "labelled ones reported", "reported ones labelled")
    by_system = {(one.system, one.what): one for one in card.shares if one.stage == Stage.WHOLE}
    for words in WORDS.values():
        for system in (card.system, ONE_PROMPT, BUILTIN_NAME):
            labelled = by_system[system, f"labelled {words} reported, by passage"]
            reported = by_system[system, f"reported {words} labelled, by passage"]
            yield (words, _system(card, system), _told(labelled), _told(reported))


def _told(share: Share) -> str:
    return f"{_of(share)}, {ratio(share.ratio)}"


def _headline(card: Scorecard) -> list[Score]:
    """The scores for the README: of claims, conflicts and agreements."""
    shown = {card.system, BUILTIN_NAME, ONE_PROMPT, RULE}
    labels = {("claims", "claim"), ("pairs", "conflicting"), ("pairs", "agreeing")}
    return [score for score in card.scores if (score.what, score.label) in labels and score.system in shown]


def _scores_below(card: Scorecard, place: str) -> list[Score]:
    """The scores over the sets whose names begin with *place*, from the counts of each."""
    parts = [
        table.model_copy(
            update={"by_event": {n: row for n, row in table.by_event.items() if n.startswith(place)}}
        )
        for table in card.tables
        if table.what != "status"
    ]
    return [score for part in parts for score in scores_of(part) if score.label != "unique"]


def _score_rows(card: Scorecard, scores: Iterable[Score]) -> Iterator[Sequence[object]]:
    yield ("stage", "label", "system", "right / given / labelled", "precision", "recall", "F1")
    listed = list(scores)
    for stage, what, label in dict.fromkeys((score.stage, score.what, score.label) for score in listed):
        own = [score for score in listed if (score.stage, score.what, score.label) == (stage, what, label)]
        for score in sorted(own, key=lambda score: SYSTEMS.index(_system(card, score.system))):
            yield _score_row(card, score)


def _score_row(card: Scorecard, score: Score) -> Sequence[object]:
    name = f"claim status {score.label}" if score.what == "status" else score.label
    counts = f"{score.right:,} / {score.given:,} / {score.wanted:,}"
    ratios = (ratio(score.precision), ratio(score.recall), ratio(score.f1))
    return (score.stage, name, _system(card, score.system), counts, *ratios)


def _system(card: Scorecard, system: str) -> str:
    return MODEL if system == card.system else system


def _share_rows(card: Scorecard) -> Iterator[Sequence[object]]:
    yield ("stage", "share", "system", "number", "of", "ratio")
    for share in sorted(card.shares, key=lambda share: list(Stage).index(share.stage)):
        if not share.slice:
            figures = (f"{share.hits:,}", f"{share.n:,}", ratio(share.ratio, share.per))
            yield (share.stage, share.what, _system(card, share.system), *figures)


def _curve_rows(card: Scorecard) -> Iterator[Sequence[object]]:
    yield ("k", "pairs kept", "of all", "conflicting among them", "agreeing among them")
    conflicting = sum(one.conflicting for one in card.sets.values())
    agreeing = sum(one.agreeing for one in card.sets.values())
    for point in card.curve:
        kept = f"{point.kept / point.pairs:.3f}"
        found = (f"{point.conflicting} of {conflicting}", f"{point.agreeing} of {agreeing}")
        yield ("all" if point.k is None else point.k, f"{point.kept:,}", kept, *found)


def _slice_rows(slices: Iterable[Share]) -> Iterator[Sequence[object]]:
    yield ("stage", "slice", "", "found", "of", "ratio")
    for share in sorted(slices, key=_slice_order):
        kind, part = share.slice or ("", "")
        yield (share.stage, kind, part, share.hits, share.n, ratio(share.ratio))


def _slice_order(share: Share) -> tuple[int, str, int]:
    """By stage and kind of slice, the largest first."""
    return list(Stage).index(share.stage), (share.slice or ("", ""))[0], -share.n


def _set_rows(card: Scorecard) -> Iterator[Sequence[object]]:
    yield ("set", "articles", "claims", "pairs", "conflicting", "agreeing")
    for name, one in card.sets.items():
        yield (name, one.articles, one.claims, f"{one.pairs:,}", one.conflicting, one.agreeing)
    totals = _totals(card)
    claims = sum(one.claims for one in card.sets.values())
    yield ("all", totals["articles"], claims, totals["pairs"], totals["conflicting"], totals["agreeing"])


def _totals(card: Scorecard) -> dict[str, object]:
    sets = card.sets.values()
    return {
        "sets": len(sets),
        "articles": sum(one.articles for one in sets),
        "pairs": f"{sum(one.pairs for one in sets):,}",
        "conflicting": sum(one.conflicting for one in sets),
        "agreeing": sum(one.agreeing for one in sets),
    }


def _cost_rows(costs: Iterable[Cost]) -> Iterator[Sequence[object]]:
    yield ("part", "stage", "calls", "tokens in", "tokens out", "calls a pair", "in a pair", "out a pair")
    for cost in costs:
        for usage in cost.usage:
            n = cost.article_pairs
            calls, tokens_in, tokens_out = usage.all_calls, usage.all_tokens_in, usage.all_tokens_out
            whole = (calls, f"{tokens_in:,}", f"{tokens_out:,}")
            yield (
                cost.part,
                usage.stage,
                *whole,
                f"{calls / n:.2f}",
                f"{tokens_in / n:,.0f}",
                f"{tokens_out / n:,.0f}",
            )


def _each(cost: Cost) -> dict[str, str]:
    """Calls and tokens of all stages for each pair of articles."""
    n = cost.article_pairs
    tokens_in = sum(usage.all_tokens_in for usage in cost.usage)
    tokens_out = sum(usage.all_tokens_out for usage in cost.usage)
    calls = sum(usage.all_calls for usage in cost.usage)
    return {
        "calls": f"{calls / n:.1f}",
        "tokens_in": f"{tokens_in / n:,.0f}",
        "tokens_out": f"{tokens_out / n:,.0f}",
    }


def _benchmarks() -> Sequence[FileScore]:
    """The scores on public files, by file; those of a model besides those of the built-in engine."""
    parts = [
        PairScores.model_validate(json.loads(path.read_text(encoding="utf-8"))).files
        for path in sorted(BENCHMARKS.glob("benchmarks*.json"))
    ]
    unique = {(score.file, score.system): score for part in parts for score in part}
    return [unique[key] for key in sorted(unique, key=lambda key: (key[0], _own_first(key[1])))]


def _own_first(system: str) -> int:
    baselines = (BUILTIN_NAME, RULE, MAJORITY)
    return baselines.index(system) + 1 if system in baselines else 0


def _with_model(scores: Iterable[FileScore]) -> list[FileScore]:
    """The scores of the files that a language model was measured on."""
    listed = list(scores)
    files = {score.file for score in listed if not _own_first(score.system)}
    return [score for score in listed if score.file in files]


def _benchmark_rows(scores: Iterable[FileScore]) -> Iterator[Sequence[object]]:
    yield ("file", "system", "n", "accuracy", "macro-F1", "F1 of each label")
    for score in scores:
        system = score.system if _own_first(score.system) else MODEL
        labels = ", ".join(f"{one.label} {figure(one.f1.value if one.f1 else 0.0)}" for one in score.scores)
        yield (score.file, system, score.n, ratio(score.accuracy), ratio(score.macro_f1), labels)


def _of(share: Share) -> str:
    return f"{share.hits:,} of {share.n:,}"


def _table(rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first row is its head."""
    head, *body = [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join([head, f"|{' --- |' * (head.count(' | ') + 1)}", *body])
