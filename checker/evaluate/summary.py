"""Scorecard → the table that the terminal shows: counts first, an interval beside every ratio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from checker.evaluate.metrics import LEVEL
from checker.evaluate.pairfile import FileScore
from checker.evaluate.scorecard import Cost, Score, Scorecard, Share, Stage
from checker.evaluate.words import STAGE_WORDS, drawn, figure, ratio
from checker.report.where import clean
from checker.report.words import count
from checker.schema import Usage

WIDTH = 100
WEAKEST = 3
_NAMES = {"pairs": "pairs", "claims": "claims", "status": "claims, by status"}
_WHAT = {"pairs": "", "claims": "", "status": "claim "}


def table(card: Scorecard) -> str:
    """Give the lines that say how good it is, each with its line break."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(card))


def pair_table(scores: Sequence[FileScore]) -> str:
    """Give the lines that say how files of pairs were labelled, one for each file and system."""
    head = f"{'file':<26}{'system':<21}{'n':>4}  {'accuracy':<19}{'macro-F1':<19}F1 of each label"
    return "".join(f"{line.rstrip()}\n" for line in (head, *(_pair_line(score) for score in scores)))


def _pair_line(score: FileScore) -> str:
    labels = ", ".join(f"{one.label} {figure(one.f1.value if one.f1 else 0.0)}" for one in score.scores)
    odd = f" · not judged {score.not_judged}" if score.not_judged else ""
    odd += f" · left out {score.left_out}" if score.left_out else ""
    return (
        f"{clean(score.file, 25):<26}{clean(score.system, 20):<21}{score.n:>4}  {ratio(score.accuracy):<19}"
        f"{ratio(score.macro_f1):<19}{labels}{odd}"
    )


def _lines(card: Scorecard) -> Iterator[str]:
    sets = card.sets.values()
    yield clean(
        f"{count(len(card.sets), 'set')}, {count(sum(s.articles for s in sets), 'article')}, "
        f"{count(sum(s.claims for s in sets), 'claim')}, {count(sum(s.pairs for s in sets), 'pair')}: "
        f"{sum(s.conflicting for s in sets)} labelled conflicting, {sum(s.agreeing for s in sets)} agreeing"
    )
    for who in dict.fromkeys(s.labelled_by for s in sets if s.labelled_by):
        yield from wrap(f"labelled by {clean(who)}", WIDTH)
    prompts = ", ".join(name for name in card.prompts)
    yield clean(f"system: {card.system}" + (f", with {prompts}" if prompts else ""), WIDTH)
    yield f"counts: right/given/labelled; in brackets: {LEVEL:.0%} intervals, {drawn(len(card.sets))}"
    for stage in Stage:
        yield from _stage(card, stage)
    if card.gaps:
        lost = ", ".join(f"{n:,} in {part}" for part, n in card.gaps.items())
        yield from ("", *wrap(f"without an answer: {lost}; run the same command again to finish", WIDTH))
    yield from _costs(card.costs)
    spent = ", ".join(f"{clean(system)} {seconds:.1f} s" for system, seconds in card.run.seconds.items())
    if spent:
        yield from ("", *wrap(f"time, without that of a model whose answers are kept: {spent}", WIDTH))


def _stage(card: Scorecard, stage: Stage) -> Iterator[str]:
    """The scores of all systems, and what else is known of the one that is tested; the page has it all."""
    scores = [score for score in card.scores if score.stage == stage and _is_told(card, score)]
    shares = [s for s in card.shares if s.stage == stage and s.system == card.system]
    if not scores and not shares:
        return
    yield ""
    yield f"{stage}: {STAGE_WORDS[stage]}"
    if scores:
        yield _row(("", "", "counts", "precision", "recall", "F1"))
    for label in dict.fromkeys((score.what, score.label) for score in scores):
        yield from (_score(score) for score in scores if (score.what, score.label) == label)
    yield from _not_judged(card, stage)
    yield from (_share(share) for share in shares if share.slice is None)
    if weak := _weakest(shares):
        yield f"  weakest slices: {weak}"


def _is_told(card: Scorecard, score: Score) -> bool:
    """Whether a score stands in the terminal: not what most pairs are, nor a baseline's statuses."""
    if score.what == "pairs" and score.label == "unique":
        return False
    return score.what != "status" or score.system == card.system


def _score(score: Score) -> str:
    counts = f"{score.right}/{score.given}/{score.wanted}"
    ratios = (ratio(score.precision), ratio(score.recall), ratio(score.f1))
    return _row((_WHAT[score.what] + score.label, score.system, counts, *ratios))


def _row(cells: Sequence[str]) -> str:
    label, system, counts, *ratios = cells
    return f"  {label:<18}{clean(system, 15):<16}{counts:<12}" + " ".join(f"{one:<16}" for one in ratios)


def _not_judged(card: Scorecard, stage: Stage) -> Iterator[str]:
    """The items without an answer, for each system: never left out, never right."""
    for one in card.tables:
        rows = [row for event in one.by_event.values() for row in event.values()]
        lost, total = sum(row.get("not judged", 0) for row in rows), sum(sum(row.values()) for row in rows)
        if one.stage == stage and (lost or (one.system == card.system and one.what == "pairs")):
            yield f"  not judged by {clean(one.system)}: {lost:,} of {total:,} {_NAMES[one.what]}"


def _share(share: Share) -> str:
    counts = f"{share.hits:,} of {share.n:,}"
    return f"  {share.what:<50}{counts:<19}{ratio(share.ratio, share.per)}"


def _weakest(shares: Sequence[Share]) -> str:
    slices = [(share.ratio.value, share) for share in shares if share.slice and share.ratio]
    weak = sorted((one for one in slices if one[0] < 1), key=lambda one: (one[0], one[1].slice))[:WEAKEST]
    return " · ".join(f"{clean((share.slice or ('', ''))[1])} {share.hits} of {share.n}" for _, share in weak)


def _costs(costs: Sequence[Cost]) -> Iterator[str]:
    if costs:
        yield ""
        yield "calls and tokens for each pair of articles"
    for cost in costs:
        stages = [f"{usage.stage} {_each(usage, cost.article_pairs)}" for usage in cost.usage]
        yield from wrap(
            f"{cost.part:<11}" + " · ".join(stages), WIDTH, initial_indent="  ", subsequent_indent=" " * 13
        )


def _each(usage: Usage, n: int) -> str:
    price = "" if usage.cost is None else f" ${usage.cost / n:.4f}"
    tokens = f"{usage.all_tokens_in / n:,.0f} in, {usage.all_tokens_out / n:,.0f} out"
    return f"{usage.all_calls / n:.1f} calls, {tokens}{price}"
