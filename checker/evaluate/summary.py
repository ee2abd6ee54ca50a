"""Scorecard → the table that the terminal shows: counts first, an interval beside every ratio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.evaluate.metrics import LEVEL
from checker.evaluate.pairfile import FileScore
from checker.evaluate.scorecard import Cost, Score, Scorecard, Share, Stage
from checker.evaluate.words import STAGE_WORDS, figure, ratio
from checker.report.where import clean

WEAKEST = 4
_SYSTEM_WIDTH = 16
_LABEL_WIDTH = 12
_WHAT = {"pairs": "", "claims": "", "status": "claim status: "}


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
        f"{len(card.sets)} sets, {sum(s.articles for s in sets)} articles, {sum(s.claims for s in sets):,} claims, "
        f"{sum(s.pairs for s in sets):,} pairs: {sum(s.conflicting for s in sets)} conflicting, "
        f"{sum(s.agreeing for s in sets)} agreeing by hand"
    )
    prompts = ", ".join(f"{name} {digest}" for name, digest in card.prompts.items())
    yield clean(f"system: {card.system}" + (f" with {prompts}" if prompts else ""))
    yield f"in brackets: {LEVEL:.0%} intervals by resampling sets, whose pairs are not independent"
    for stage in Stage:
        yield from _stage(card, stage)
    yield from _costs(card.costs)
    spent = ", ".join(f"{clean(system)} {seconds:.1f} s" for system, seconds in card.run.seconds.items())
    if spent:
        yield f"time, where answers are kept without the model's: {spent}"


def _stage(card: Scorecard, stage: Stage) -> Iterator[str]:
    scores = [score for score in card.scores if score.stage == stage]
    shares = [s for s in card.shares if s.stage == stage and s.system == card.system]
    if not scores and not shares:
        return
    yield ""
    yield f"{stage}: {STAGE_WORDS[stage]}"
    if scores:
        yield _row(("", "", "right", "given", "labelled", "precision", "recall", "F1"))
    for label in dict.fromkeys((score.what, score.label) for score in scores):
        if label != ("pairs", "unique") or stage == Stage.JUDGE:
            yield from (_score(score) for score in scores if (score.what, score.label) == label)
    yield from _not_judged(card, stage)
    yield from (_share(share) for share in shares if share.slice is None)
    if weak := _weakest(shares):
        yield f"  weakest slices: {weak}"


def _score(score: Score) -> str:
    label = _WHAT[score.what] + score.label
    ratios = (ratio(score.precision), ratio(score.recall), ratio(score.f1))
    return _row((label, score.system, str(score.right), str(score.given), str(score.wanted), *ratios))


def _row(cells: Sequence[str]) -> str:
    label, system, right, given, wanted, *ratios = cells
    counts = f"{right:>6}{given:>7}{wanted:>9}"
    return f"  {label:<25} {clean(system, _SYSTEM_WIDTH):<{_SYSTEM_WIDTH}}{counts}  " + "".join(
        f"{one:<20}" for one in ratios
    )


def _not_judged(card: Scorecard, stage: Stage) -> Iterator[str]:
    """The items without an answer, for each system: never left out, never right."""
    for one in card.tables:
        if one.stage == stage:
            rows = [row for event in one.by_event.values() for row in event.values()]
            lost = sum(row.get("not judged", 0) for row in rows)
            if lost or (one.system == card.system and one.what != "claims"):
                yield f"  not judged, {_WHAT[one.what] or 'pairs: '}{clean(one.system)}: {lost} of {sum(sum(r.values()) for r in rows):,}"


def _share(share: Share) -> str:
    return f"  {share.what}: {share.hits:,} of {share.n:,}  {ratio(share.ratio, share.per)}"


def _weakest(shares: Sequence[Share]) -> str:
    slices = [(share.ratio.value, share) for share in shares if share.slice and share.ratio]
    weak = sorted((one for one in slices if one[0] < 1), key=lambda one: (one[0], one[1].slice))[:WEAKEST]
    return " · ".join(f"{clean(': '.join(share.slice or ()))} {share.hits} of {share.n}" for _, share in weak)


def _costs(costs: Sequence[Cost]) -> Iterator[str]:
    if costs:
        yield ""
        yield "calls and tokens, in all and for each pair of articles"
    for cost in costs:
        for usage in cost.usage:
            calls = usage.calls + usage.kept
            tokens_in = usage.tokens_in + usage.kept_tokens_in
            tokens_out = usage.tokens_out + usage.kept_tokens_out
            n = cost.article_pairs
            price = "" if usage.cost is None else f"  ${usage.cost:.4f}"
            yield (
                f"  {cost.part:<12}{usage.stage:<10}{calls:>5} calls{tokens_in:>9,} in{tokens_out:>9,} out"
                f"   each: {calls / n:.1f} calls {tokens_in / n:,.0f} in {tokens_out / n:,.0f} out{price}"
            )
