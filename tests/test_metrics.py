"""Scores are what their formulas say, worked out by hand or by another program."""

import random
from collections import Counter

import pytest
from sklearn.metrics import precision_recall_fscore_support

from checker.evaluate.metrics import (
    RESAMPLES,
    Counts,
    Interval,
    added,
    cohen_kappa,
    counts_of,
    exact_interval,
    f1,
    interval,
    krippendorff_alpha,
    mcnemar,
    precision,
    recall,
)

NOTHING = Counts(right=0, given=0, wanted=0)
LABELS = ("agreeing", "conflicting", "unique")


def of_two(sums):
    return sums[0] / sums[1]


def drawn_labels():
    """400 labels by hand and as given, right about half of the time; always the same."""
    draw = random.Random(7)  # noqa: S311 - no secret
    gold = draw.choices(LABELS, weights=(3, 1, 6), k=400)
    return gold, [label if draw.random() < 0.5 else draw.choice(LABELS) for label in gold]


def test_precision_is_right_of_given():
    assert precision(Counts(right=3, given=4, wanted=6)) == 3 / 4


def test_recall_is_right_of_wanted():
    assert recall(Counts(right=3, given=4, wanted=6)) == 3 / 6


def test_f1_is_the_harmonic_mean():
    # 2 * (3/4) * (3/6) / (3/4 + 3/6) = 0.75 / 1.25
    assert f1(Counts(right=3, given=4, wanted=6)) == 0.6


@pytest.mark.parametrize("figure", [precision, recall, f1])
def test_a_figure_over_nothing_is_not_known(figure):
    assert figure(NOTHING) is None


def test_f1_is_0_where_all_that_is_given_is_false():
    assert f1(Counts(right=0, given=2, wanted=0)) == 0


def test_counts_are_added_place_by_place():
    assert added([Counts(1, 2, 3), Counts(10, 20, 30)]) == Counts(11, 22, 33)


def test_no_counts_add_up_to_none():
    assert added([]) == NOTHING


def test_counts_of_a_label_are_its_diagonal_its_column_and_its_row():
    confusion = {("a", "a"): 5, ("a", "b"): 2, ("b", "a"): 1, ("c", "a"): 3, ("c", "c"): 9}

    # right 5; given a: 5 + 1 + 3; a by hand: 5 + 2
    assert counts_of(confusion, "a") == Counts(right=5, given=9, wanted=7)


def test_a_label_that_nobody_gave_counts_nothing():
    assert counts_of({("b", "b"): 2}, "a") == NOTHING


@pytest.mark.parametrize("label", LABELS)
def test_figures_are_those_of_scikit_learn(label):
    gold, given = drawn_labels()
    counts = counts_of(Counter(zip(gold, given, strict=True)), label)
    theirs = precision_recall_fscore_support(gold, given, labels=[label])

    assert [precision(counts), recall(counts), f1(counts)] == pytest.approx([x[0] for x in theirs[:3]])
    assert counts.wanted == theirs[3][0]


def test_one_event_has_no_interval():
    assert interval([(3, 4)], of_two) is None


def test_an_event_that_counts_nothing_is_no_second_event():
    assert interval([(3, 4), (0, 0)], of_two) is None


def test_events_that_are_all_alike_have_an_interval_of_one_point():
    assert interval([(3, 4), (3, 4), (3, 4)], of_two) == Interval(0.75, 0.75)


def test_two_events_span_from_one_to_the_other():
    # The draws are (0, 0), (0, 1), (1, 0), (1, 1), each a quarter of the time: more than 2.5 % at both ends.
    assert interval([(0, 1), (1, 1)], of_two) == Interval(0.0, 1.0)


def test_what_comes_up_in_less_than_1_draw_of_40_is_outside_the_interval():
    # One event is 1, the others 0. Of three, it is drawn three times in 1 / 3**3 = 3.7 %: the end
    # is 1. Of four, it is drawn four times in 1 / 4**4 = 0.4 %, three times in 12 / 4**4 = 4.7 %:
    # the end is 3 / 4.
    assert interval([(1, 1), (0, 1), (0, 1)], of_two) == Interval(0.0, 1.0)
    assert interval([(1, 1), (0, 1), (0, 1), (0, 1)], of_two) == Interval(0.0, 0.75)


def test_counts_are_summed_before_the_figure_is_made():
    # (1 + 0) / (1 + 9) = 0.1, not the mean of 1 and 0; so the ends are 0 and 1 and no draw gives 0.5.
    seen = []

    def figure(sums):
        seen.extend((sums[0] / sums[1]).ravel().round(6).tolist())
        return sums[0] / sums[1]

    interval([(1, 1), (0, 9)], figure)

    assert set(seen) == {0.0, 0.1, 1.0}
    assert len(seen) == RESAMPLES


def test_an_interval_is_the_same_every_time():
    rows = [(n, 10 + n * n) for n in range(40)]  # so many figures that no two drawings would end alike

    assert interval(rows, of_two) == interval(rows, of_two)


def test_an_interval_holds_the_figure():
    found = interval([(n, 10) for n in range(10)], of_two)

    assert found.low < 0.45 < found.high


def test_where_some_draws_have_no_figure_there_is_no_interval():
    # Nothing is given in the first event: drawn twice, it has no precision.
    assert interval([(0, 0, 3), (1, 1, 1)], of_two) is None


def test_all_of_ten_is_no_proof_of_all():
    # The lower end p solves p**10 = 0.025.
    assert exact_interval(10, 10) == pytest.approx((0.025 ** (1 / 10), 1.0))


def test_none_of_ten_is_no_proof_of_none():
    assert exact_interval(0, 10) == pytest.approx((0.0, 1 - 0.025 ** (1 / 10)))


def test_mcnemar_of_one_and_nine():
    # Both tails of Binomial(10, 1/2) up to 1: 2 * (1 + 10) / 1024
    assert mcnemar(fixed=1, broke=9) == pytest.approx(22 / 1024)


def test_mcnemar_is_the_same_both_ways():
    assert mcnemar(fixed=9, broke=1) == mcnemar(fixed=1, broke=9)


def test_mcnemar_of_as_many_fixed_as_broken_is_1():
    assert mcnemar(fixed=4, broke=4) == 1


def test_mcnemar_over_nothing_is_1():
    assert mcnemar(fixed=0, broke=0) == 1


def test_kappa_takes_chance_off():
    # Both yes 20, both no 15, 5 and 10 apart, of 50: observed 0.7; a says yes 25, b 30:
    # expected 0.5 * 0.6 + 0.5 * 0.4 = 0.5; (0.7 - 0.5) / (1 - 0.5)
    a = ["yes"] * 20 + ["yes"] * 5 + ["no"] * 10 + ["no"] * 15
    b = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15

    assert cohen_kappa(a, b) == pytest.approx(0.4)


def test_kappa_is_0_where_one_annotator_does_not_choose():
    assert cohen_kappa(["yes", "yes"], ["yes", "no"]) == 0


@pytest.mark.parametrize("labels", [[], ["no"], ["no", "no"]])
def test_kappa_of_one_label_is_not_known(labels):
    assert cohen_kappa(labels, labels) is None


def test_alpha_of_krippendorffs_own_example():
    # Krippendorff 2011, example C: four observers, twelve units, some not seen ("."). By hand:
    # observed 2 + 4 + 2 = 8 (units 2, 6, 8); 9, 13, 10, 5 and 3 of the 40 labels:
    # 40**2 - (81 + 169 + 100 + 25 + 9) = 1216; 1 - 39 * 8 / 1216 = 0.743
    observers = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [[label for label in unit if label != "."] for unit in zip(*observers, strict=True)]

    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_alpha_leaves_out_what_one_annotator_alone_has_seen():
    assert krippendorff_alpha([["a", "a"], ["b", "b"], ["b"]]) == krippendorff_alpha([["a", "a"], ["b", "b"]])


def test_alpha_of_full_agreement_is_1():
    assert krippendorff_alpha([["a", "a"], ["b", "b"]]) == 1


def test_alpha_is_below_0_where_annotators_agree_less_than_by_chance():
    # Observed 2 + 2 = 4; two of each of 4 labels: 2 * 2 * 2 = 8; 1 - 3 * 4 / 8
    assert krippendorff_alpha([["a", "b"], ["b", "a"]]) == -0.5


@pytest.mark.parametrize("units", [[], [["a"]], [["a", "a"], ["a", "a"]]])
def test_alpha_of_one_label_is_not_known(units):
    assert krippendorff_alpha(units) is None
