"""Which found claim is which labelled claim."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.evaluate.matching import LEAST_ALIKE, likeness, match
from checker.schema import Claim, Quote


def claim(name, span, text, article="a"):
    """A claim that quotes the characters of *span*, one (start, end) or several."""
    spans = [span] if isinstance(span[0], int) else span
    quotes = tuple(Quote(text="x" * (end - start), start=start, end=end) for start, end in spans)
    return Claim(id=name, article=article, text=text, speaker=None, quotes=quotes)


def ids(claims):
    return [one.id for one in claims]


def kinds(matched):
    """All that a match says, in whatever order."""
    left = {kind: sorted(ids(getattr(matched, kind))) for kind in ("missed", "merged", "extra", "split")}
    return matched.pairs, left


# How alike two claims are.


@pytest.mark.parametrize(
    ("span", "text", "value"),
    [
        ((0, 10), "anchor boat", 1.0),
        # the same quote, no word in common: (1 + 0) / 2
        ((0, 10), "crane dock", 0.5),
        # no character in common, the same words: (0 + 1) / 2
        ((10, 20), "anchor boat", 0.5),
        # 5 of 10 characters and 1 of 2 words on both sides: 2 * 5 / 20 and 2 * 1 / 4
        ((5, 15), "anchor dock", 0.5),
        # 10 and 30 characters, 10 in common: 2 * 10 / 40; 2 and 3 words, 2 in common: 2 * 2 / 5
        ((0, 30), "anchor boat dock", 0.65),
        # one of two quotes is elsewhere: 2 * 10 / (10 + 30)
        (((0, 10), (50, 70)), "anchor boat", 0.75),
        # characters that two quotes share count once: 2 * 10 / 20
        (((0, 8), (2, 10)), "anchor boat", 1.0),
        ((10, 20), "crane dock", 0.0),
    ],
)
def test_likeness_is_the_mean_of_two_dice_overlaps(span, text, value):
    one = claim("f1", (0, 10), "anchor boat")

    assert likeness(one, claim("g1", span, text)) == pytest.approx(value)
    assert likeness(claim("g1", span, text), one) == pytest.approx(value)


def test_stop_words_case_and_endings_make_no_difference():
    one, other = claim("f1", (0, 10), "The Boats were anchored"), claim("g1", (0, 10), "a boat is anchoring")

    assert likeness(one, other) == 1.0


def test_claims_of_stop_words_alone_are_alike_by_their_quotes_only():
    assert likeness(claim("f1", (0, 10), "It is so."), claim("g1", (0, 10), "It is so.")) == 0.5


# Which are one claim.


def test_the_same_words_and_quotes_match():
    found = [claim("f1", (0, 10), "anchor boat"), claim("f2", (20, 30), "crane dock")]
    labelled = [claim("g2", (20, 30), "crane dock"), claim("g1", (0, 10), "anchor boat")]

    assert match(found, labelled).pairs == {"f1": "g1", "f2": "g2"}


def test_claims_of_different_articles_never_match():
    found = [claim("f1", (0, 10), "anchor boat", article="b")]
    labelled = [claim("g1", (0, 10), "anchor boat", article="a")]

    assert kinds(match(found, labelled)) == (
        {},
        {"missed": ["g1"], "merged": [], "extra": ["f1"], "split": []},
    )


def test_claims_are_matched_within_each_article():
    found = [claim(f"f{name}", (0, 10), "anchor boat", article=name) for name in "ab"]
    labelled = [claim(f"g{name}", (0, 10), "anchor boat", article=name) for name in "ba"]

    assert match(found, labelled).pairs == {"fa": "ga", "fb": "gb"}


def test_two_found_claims_are_never_one_labelled_claim():
    found = [claim(name, (0, 10), "anchor boat") for name in ("f1", "f2")]

    assert list(match(found, [claim("g1", (0, 10), "anchor boat")]).pairs.values()) == ["g1"]


def test_one_found_claim_is_never_two_labelled_claims():
    labelled = [claim(name, (0, 10), "anchor boat") for name in ("g1", "g2")]

    assert len(match([claim("f1", (0, 10), "anchor boat")], labelled).pairs) == 1


def test_the_assignment_is_the_best_of_all_and_not_the_best_first():
    found = [claim("f1", (0, 10), "anchor boat"), claim("f2", (0, 8), "crane dock")]
    labelled = [claim("g1", (0, 8), "anchor boat"), claim("g2", (20, 30), "anchor boat")]

    # f1 g1: (16/18 + 1) / 2 = 0.94, which leaves f2 g2: 0. f1 g2 and f2 g1: 0.5 + 0.5 = 1
    assert match(found, labelled).pairs == {"f1": "g2", "f2": "g1"}


def test_two_pairs_below_the_bar_take_no_claim_from_one_above_it():
    nine = "anchor boat crane dock engine ferry gangway harbor island"
    found = [claim("f1", (100, 200), nine), claim("f2", (78, 178), "pilot")]
    labelled = [
        claim("g1", (100, 200), "wreck"),
        claim("g2", (500, 600), "anchor boat crane dock engine ferry gangway jetty keel"),
    ]

    # f1 g1: (1 + 0) / 2 = 0.5. Below the bar: f1 g2, 7 of 9 words, 7/9 / 2 = 0.389, and f2 g1, 78 of 100
    # characters, 0.78 / 2 = 0.39. Together those are more: 0.779
    assert match(found, labelled).pairs == {"f1": "g1"}


def test_a_pair_as_alike_as_the_bar_matches():
    # 4 of 5 characters, no words: 0.8 / 2 = 0.4
    found, labelled = claim("f1", (0, 5), "anchor"), claim("g1", (1, 6), "boat")

    assert likeness(found, labelled) == LEAST_ALIKE == 0.4
    assert match([found], [labelled]).pairs == {"f1": "g1"}


def test_a_pair_below_the_bar_is_no_match():
    # 79 of 100 characters, no words: 0.395
    assert match([claim("f1", (0, 100), "anchor")], [claim("g1", (21, 121), "boat")]).pairs == {}


# What is left over.

LONG = claim("f1", (0, 20), "anchor boat")
FIRST = claim("g1", (0, 10), "anchor boat")


def left(span):
    """What becomes of a labelled claim at *span*, where LONG matches FIRST."""
    matched = match([LONG], [FIRST, claim("g2", span, "crane dock")])
    assert matched.pairs == {"f1": "g1"}
    return ids(matched.merged), ids(matched.missed)


@pytest.mark.parametrize(
    ("span", "merged"),
    [
        ((10, 20), True),  # all 10 characters are quoted by f1
        ((15, 25), True),  # 5 of 10
        ((16, 26), False),  # 4 of 10
        ((30, 40), False),
        (((12, 20), (30, 36)), True),  # 8 of 14
    ],
)
def test_a_labelled_claim_that_a_matched_claim_quotes_is_merged_and_any_other_missed(span, merged):
    assert left(span) == ((["g2"], []) if merged else ([], ["g2"]))


def test_a_claim_is_not_merged_into_one_that_has_no_partner():
    # f9 quotes all of g2 but matches nothing: 2 * 10 / 110 / 2 = 0.09
    matched = match([claim("f9", (0, 100), "engine")], [claim("g2", (0, 10), "crane")])

    assert kinds(matched) == ({}, {"missed": ["g2"], "merged": [], "extra": ["f9"], "split": []})


def test_a_claim_is_not_merged_into_one_of_another_article():
    elsewhere = claim("g2", (0, 20), "crane dock", article="b")

    assert ids(match([LONG], [FIRST, elsewhere]).missed) == ["g2"]


@pytest.mark.parametrize(
    ("span", "split"),
    [
        ((10, 20), True),
        ((15, 25), True),  # 5 of 10
        ((16, 26), False),  # 4 of 10
        ((30, 40), False),
    ],
)
def test_a_found_claim_that_a_matched_label_quotes_is_split_off_and_any_other_extra(span, split):
    labelled = claim("g1", (0, 20), "anchor boat")
    matched = match([claim("f1", (0, 10), "anchor boat"), claim("f2", span, "crane dock")], [labelled])

    assert matched.pairs == {"f1": "g1"}
    assert (ids(matched.split), ids(matched.extra)) == ((["f2"], []) if split else ([], ["f2"]))


def test_a_claim_is_not_split_off_a_label_that_has_no_partner():
    matched = match([claim("f2", (0, 10), "crane")], [claim("g9", (0, 100), "engine")])

    assert ids(matched.extra) == ["f2"]


def test_with_nothing_found_all_is_missed():
    assert kinds(match([], [FIRST])) == ({}, {"missed": ["g1"], "merged": [], "extra": [], "split": []})


def test_with_nothing_labelled_all_is_extra():
    assert kinds(match([LONG], [])) == ({}, {"missed": [], "merged": [], "extra": ["f1"], "split": []})


# Whatever is given.

FOUND = (
    claim("f1", (0, 10), "anchor boat"),
    claim("f2", (0, 10), "anchor boat"),
    claim("f3", (0, 8), "crane dock"),
    claim("f4", (20, 60), "engine ferry"),
    claim("f5", (90, 95), "gangway"),
)
LABELLED = (
    claim("g1", (0, 10), "anchor boat"),
    claim("g2", (2, 10), "crane dock"),
    claim("g3", (20, 40), "engine ferry"),
    claim("g4", (40, 60), "harbor"),
    claim("g5", (70, 75), "island"),
)


def test_the_claims_of_the_shuffle_leave_something_over_in_each_way():
    _, rest = kinds(match(FOUND, LABELLED))

    # g4 lies in f4, which is g3; of f1 and f2, which are alike, one lies in g1
    assert (rest["merged"], rest["missed"], rest["extra"]) == (["g4"], ["g5"], ["f5"])
    assert len(rest["split"]) == 1


@given(st.permutations(FOUND), st.permutations(LABELLED))
def test_the_order_of_the_claims_does_not_matter(found, labelled):
    assert kinds(match(found, labelled)) == kinds(match(FOUND, LABELLED))


def some_claims(prefix):
    spans = st.tuples(st.integers(0, 20), st.integers(1, 10)).map(lambda at: (at[0], at[0] + at[1]))
    texts = st.lists(st.sampled_from(["anchor", "boat", "crane"]), min_size=1, max_size=3).map(" ".join)
    return st.lists(st.tuples(spans, texts, st.sampled_from("ab")), max_size=4).map(
        lambda drawn: [claim(f"{prefix}{n}", *one) for n, one in enumerate(drawn)]
    )


@given(some_claims("f"), some_claims("g"))
def test_no_other_assignment_is_worth_more(found, labelled):
    def worth(one, other):
        value = likeness(one, other) if one and other and one.article == other.article else 0.0
        return value if value >= LEAST_ALIKE else 0.0

    by_id = {one.id: one for one in (*found, *labelled)}
    best = max(
        sum(worth(one, other) for one, other in zip(found, order, strict=True))
        for order in permutations([*labelled, *[None] * len(found)], len(found))
    )

    total = sum(worth(by_id[a], by_id[b]) for a, b in match(found, labelled).pairs.items())
    assert total == pytest.approx(best)


@given(some_claims("f"), some_claims("g"))
def test_each_claim_is_counted_once(found, labelled):
    matched = match(found, labelled)

    assert sorted([*matched.pairs, *ids(matched.extra), *ids(matched.split)]) == sorted(ids(found))
    assert sorted([*matched.pairs.values(), *ids(matched.missed), *ids(matched.merged)]) == sorted(
        ids(labelled)
    )
