"""What the terminal shows of a scorecard: counts first, gaps always, lines that fit."""

from pathlib import Path

import pytest

from checker.evaluate.scorecard import Ratio, Score, Stage, read_scorecard
from checker.evaluate.summary import WIDTH, table
from checker.evaluate.words import ratio

ACCEPTED = read_scorecard(Path(__file__).parents[1] / "evals" / "scorecards" / "accepted.json")
LINES = table(ACCEPTED).split("\n")


def test_every_line_fits():
    assert [line for line in LINES if len(line) > WIDTH] == []


def test_a_score_has_its_counts_before_its_ratios():
    score = ACCEPTED.score(Stage.JUDGE, "conflicting")
    [line] = [line for line in LINES if f"{score.right}/{score.given}/{score.wanted}" in line]

    assert line.index("/") < line.index(ratio(score.precision))


def test_what_was_not_judged_is_told_even_if_it_is_nothing():
    assert sum("not judged by" in line for line in LINES) == 2  # judge and whole


def test_an_answer_that_a_baseline_did_not_give_is_told():
    event = {"conflicting": {"not judged": 3}}
    tables = [
        one.model_copy(update={"by_event": {"x": event}}) if one.system == "one prompt" else one
        for one in ACCEPTED.tables
    ]
    shown = table(ACCEPTED.model_copy(update={"tables": tuple(tables)}))

    assert "not judged by one prompt: 3 of 3 pairs" in shown


def test_baselines_stand_under_the_system_label_by_label():
    systems = [line.split()[1] for line in LINES if line.startswith("  conflicting  ")]

    assert systems[:2] == [ACCEPTED.system, "always"]


def test_hostile_names_are_made_harmless():
    shown = table(ACCEPTED.model_copy(update={"system": "\x1b[31mred"}))

    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0.00"), (0.004, "<0.01"), (0.996, ">0.99"), (1.0, "1.00"), (0.5, "0.50")]
)
def test_a_ratio_is_0_or_1_only_if_it_is(value, shown):
    assert ratio(Ratio(value=value)) == shown


def test_a_ratio_over_nothing_is_not_known():
    score = Score(
        stage=Stage.JUDGE,
        system=ACCEPTED.system,
        what="pairs",
        label="conflicting",
        right=0,
        given=0,
        wanted=0,
        precision=None,
        recall=None,
        f1=None,
    )
    shown = table(ACCEPTED.model_copy(update={"scores": (score,)}))

    assert "n/a              n/a              n/a" in shown


@pytest.mark.parametrize(
    ("n_sets", "words"),
    [(1, "independent"), (5, "too narrow"), (6, "by drawing whole sets"), (11, "by drawing whole sets")],
)
def test_the_intervals_say_how_they_were_made(n_sets, words):
    sets = dict(list(ACCEPTED.sets.items())[:n_sets])
    [line] = [
        one for one in table(ACCEPTED.model_copy(update={"sets": sets})).split("\n") if "in brackets" in one
    ]

    assert words in line
    assert ("too narrow" in line) == (1 < n_sets < 6)


def test_what_has_no_answer_is_told_even_where_no_table_holds_it():
    shown = table(ACCEPTED.model_copy(update={"gaps": {"swap": 1120}}))

    assert "without an answer: 1,120 in swap; run the same command again" in shown


def test_a_complete_scorecard_tells_of_no_gap():
    assert not any("without an answer" in line for line in LINES)
