"""The gate: why a scorecard must not pass beside the baseline that the project keeps."""

from __future__ import annotations

from collections.abc import Iterator

from checker.errors import InputError
from checker.evaluate.comparison import Change, Comparison, Line, Paired, compare, refuse_other_sets
from checker.evaluate.scorecard import CLAIM, Scorecard, Share, Stage, Table
from checker.evaluate.words import places
from checker.report.where import clean

LEAST_CHANCE = 0.05
SMALLEST_P = 0.001
_NEW_BASELINE = (
    "the baseline is of other sets; score these sets with the version that was good, "
    "and keep that as the new baseline: checker eval run SETS -o BASELINE.json"
)


def regressions(card: Scorecard, baseline: Scorecard) -> tuple[str, ...]:
    """
    Say what is worse in *card* than in *baseline*; empty where it may pass.

    A headline figure (F1 of conflicting and of agreeing, precision and recall of claims) is
    worse if the whole 95 % interval of the paired difference is below 0; where no interval
    can be given, any drop counts. A loss in a few sets, which draws of whole sets may miss,
    is told by McNemar's test of what broke against what was fixed, at 5 %. So counts one more pair or claim not judged, a stage that
    is gone, and a prompt that changed under its name. Raises InputError if the sets differ.
    """
    refuse_other_sets(baseline, card, ("the baseline", "the scorecard"), _NEW_BASELINE)
    wanted, there = stages_of(baseline), stages_of(card)
    if not wanted:
        raise InputError(f"the baseline holds no stage, so nothing can be held against it; {_NEW_BASELINE}")
    gone = [f"{stage}: in the baseline, not in the scorecard" for stage in Stage if stage in wanted - there]
    comparable = (wanted & there) - {Stage.PAIR}
    worse = list(_worse(compare(baseline, card))) if comparable else []
    return (*gone, *worse, *_edited(card, baseline))


def stages_of(card: Scorecard) -> frozenset[Stage]:
    """The stages that *card* tells of its own system; of the candidates there are only shares."""
    told: list[Table | Share] = [*card.tables, *(one for one in card.shares if one.stage == Stage.PAIR)]
    return frozenset(one.stage for one in told if one.system == card.system)


def _worse(found: Comparison) -> Iterator[str]:
    for line in found.lines:
        fell = [change for change in line.changes if _is_headline(line, change) and _fell(change)]
        yield from (_words(line, change) for change in fell)
        if not fell and line.paired and _broke(line.paired):
            yield _broken(line, line.paired)
    for one in found.not_judged:
        if one.after > one.before:
            yield f"{one.stage}: {one.after} not judged, {one.before} in the baseline"


def _broke(paired: Paired) -> bool:
    """Whether more broke than chance would: what is lost in a few sets alone no interval over sets shows."""
    return paired.broke > paired.fixed and paired.p < LEAST_CHANCE


def _broken(line: Line, paired: Paired) -> str:
    return (
        f"{line.stage}: of {paired.n} pairs {line.label}, {paired.broke} broke and {paired.fixed} were fixed "
        f"(McNemar p {'under 0.001' if paired.p < SMALLEST_P else f'{paired.p:.3f}'})"
    )


def _is_headline(line: Line, change: Change) -> bool:
    return line.label != CLAIM or change.figure != "F1"


def _fell(change: Change) -> bool:
    if change.low is not None:
        return change.verdict == "worse"
    if change.before is None or change.after is None:
        # No F1: nothing wanted and nothing given, so all that is given now is false. No
        # precision: nothing given, which the recall tells.
        return change.figure == "F1" and change.before is None
    return change.after < change.before


def _words(line: Line, change: Change) -> str:
    what = f"{line.stage}: {change.figure} of {line.label}"
    fell = f"{what} fell from {places(change.before)} to {places(change.after)}"
    if change.low is None or change.high is None:
        return f"{fell}; no interval can be given, so any drop counts"
    return (
        f"{fell}; the difference is {change.difference:+.3f} (95 % {change.low:+.3f} to {change.high:+.3f})"
    )


def _edited(card: Scorecard, baseline: Scorecard) -> Iterator[str]:
    for name in sorted(card.prompts.keys() & baseline.prompts.keys()):
        old, new = baseline.prompts[name], card.prompts[name]
        if old != new:
            yield clean(
                f"prompt {name} was edited: {old} in the baseline, {new} now; give a new text a new name"
            )
