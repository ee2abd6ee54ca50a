"""What is read off words: tokens, stems, names, numbers, dates, likeness."""

import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexical.features import Weights, cosine, features, proper_names
from checker.lexical.likeness import by_letters, by_words, read_claims, relative
from checker.lexical.numbers import quantities
from checker.lexical.speech import split_report
from checker.lexical.times import moments
from checker.lexical.words import is_negation, name_key, stem, tokens, without_idle_negations


def only(text):
    [quantity] = quantities(text)
    return quantity


def moment(text):
    [found] = moments(text)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("800.000 people", 800_000),
        ("1,200,000 people", 1_200_000),
        ("1,200.50 crowns", 1200.5),
        ("5,5 litres", 5.5),
        ("0.125 litres", 0.125),
        ("fourteen people", 14),
        ("twenty-three people", 23),
        ("two hundred and six people", 206),
        ("two dozen people", 24),
        ("a dozen people", 12),
        ("3.4bn crowns", 3.4e9),
        ("six million crowns", 6e6),
    ],
)
def test_a_number_has_one_value_however_it_is_written(text, value):
    quantity = only(text)

    assert (quantity.low, quantity.high) == (value, value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("more than 40,000 fans", 40_000, math.inf),
        ("over 40,000 fans", 40_000, math.inf),
        ("no fewer than 40 fans", 40, math.inf),
        ("fewer than 100 votes", 0, 100),
        ("up to 100 votes", 0, 100),
        ("about 100 votes", 90, 110),  # a tenth either way
        ("nearly 100 votes", 80, 100),  # two tenths below
        ("just over 100 votes", 100, 110),
    ],
)
def test_bounds_and_roundings_are_ranges(text, low, high):
    quantity = only(text)

    assert (quantity.low, quantity.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("70 per cent", 70),
        ("70%", 70),
        ("seven-tenths of cases", 70),
        ("four in five homes", 80),
        ("half of them", 50),
    ],
)
def test_shares_are_percentages(text, percent):
    quantity = only(text)

    assert (quantity.kind, quantity.low) == ("percent", percent)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12km", "length"),
        ("60 mph", "speed"),
        ("seven miles an hour", "speed"),
        ("half an hour", "duration"),
        ("a nine-year-old boy", "age"),
        ("the 118th minute", "ordinal"),
        ("they won 3-2", "score"),
        ("$520", "dollar"),
        ("14 people", "count"),
    ],
)
def test_a_quantity_has_a_kind(text, kind):
    assert only(text).kind == kind


def test_a_score_is_the_same_from_either_side():
    assert only("They won 3-2.").low == only("They lost 2:3.").low


@pytest.mark.parametrize("text", ["Dozens fled to site A", "Thousands were seen at gate A."])
def test_the_last_word_is_not_the_one_before_the_first(text):
    # "a dozen" is twelve; here the a is the name of a site
    assert quantities(text) == ()


def test_figures_in_names_are_no_quantities():
    assert quantities("Probe-2 landed.") == ()


def test_one_alone_is_no_quantity():
    assert quantities("One of them left.") == ()


def test_a_length_in_miles_allows_its_rounding_in_kilometres():
    # 25 miles are 40.2 km
    assert only("25 miles away").allows(only("40 kilometres away"))


def test_a_length_in_one_unit_allows_no_other_length_in_it():
    assert not only("41 kilometres away").allows(only("40 kilometres away"))


def test_a_bound_allows_what_is_inside_it():
    assert only("more than 600 drones").allows(only("629 drones"))


def test_a_bound_allows_nothing_outside_it():
    assert not only("more than 600 drones").allows(only("580 drones"))


@pytest.mark.parametrize("text", ["24 May 2025", "May 24, 2025", "Saturday, 24 May 2025", "2025-05-24"])
def test_a_date_is_one_date_however_it_is_written(text):
    found = moment(f"It was on {text}.")

    # 24 May 2025 was a Saturday
    assert (found.year, found.months, found.day, found.weekday) == (2025, {5}, 24, 5)


def test_a_weekday_allows_the_date_that_falls_on_it():
    assert moment("on Saturday").allows(moment("on 24 May 2025"))


def test_a_weekday_allows_no_date_that_falls_on_another():
    assert not moment("on Friday").allows(moment("on 24 May 2025"))


def test_a_quarter_allows_its_months():
    assert moment("in the fourth quarter").allows(moment("in October"))


def test_may_the_verb_is_no_month():
    assert moments("May I say that it may rain?") == ()


def test_no_such_day_has_no_weekday():
    assert moment("on 31 June 2025").weekday is None


@pytest.mark.parametrize(
    ("text", "minute"), [("at 9pm", 1260), ("at 4:12 a.m.", 252), ("at noon", 720), ("at 21:00", 1260)]
)
def test_clock_times_are_minutes_of_the_day(text, minute):
    assert moment(text).minute == minute


def test_clock_times_with_a_time_zone_are_not_compared():
    assert not moment("at 18.12 GMT").comparable(moment("at 7 p.m."))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Petrov", "Petroff"),
        ("Chekhov", "Tschechow"),
        ("Ilyan", "Iljan"),
        ("Wool", "Vool"),
        ("Katarina", "Catarina"),
    ],
)
def test_spellings_of_a_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


def test_other_names_have_other_keys():
    assert len({name_key(name) for name in ("Martin", "Petrov", "Lindgren", "Okafor")}) == 4


def test_possessives_and_negations_are_tokens():
    assert tokens("The mayor's men didn't go") == ["The", "mayor", "men", "didn't", "go"]


def test_stems_join_inflections():
    assert stem("Voted".lower()) == stem("voting")


@pytest.mark.parametrize(
    "word", ["not", "nobody", "never", "didn't", "isn\N{RIGHT SINGLE QUOTATION MARK}t", "denied"]
)
def test_words_that_deny(word):
    assert is_negation(word)


def test_no_fewer_than_denies_nothing():
    assert not any(is_negation(word) for word in tokens(without_idle_negations("no fewer than six")))


def test_a_word_at_the_start_of_a_sentence_is_no_name_for_that():
    assert proper_names(["Rain fell.", "It fell on Ostwick."]) == {"ostwick"}


def test_names_numbers_and_dates_are_kept_apart_from_the_terms():
    read = features("On Monday 14 men left Ostwick.", frozenset(("ostwick",)))

    assert read.terms == {"men", "left", f"={name_key('ostwick')}"}
    assert read.marks == {"#14", "@w0"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The mayor said on Monday that the bridge is closed.", "the bridge is closed."),
        ("According to the mayor, the bridge is closed.", "the bridge is closed."),
        ("The bridge is closed, the mayor said.", "The bridge is closed"),
        ("The bridge is closed.", "The bridge is closed."),
    ],
)
def test_what_is_said_is_told_from_who_says_it(text, said):
    assert split_report(text).said.rstrip(",") == said


def test_a_rare_word_weighs_more_than_a_common_one():
    weights = Weights([frozenset(("a", "b")), frozenset(("a",)), frozenset(("a", "c"))])

    assert weights.weight("b") > weights.weight("a") > 0


def test_a_vector_has_length_one():
    vector = Weights([frozenset("abc"), frozenset("ab")]).vector("abc")

    assert cosine(vector, vector) == pytest.approx(1)


def test_the_vector_of_nothing_is_like_nothing():
    assert cosine(Weights([]).vector(()), {"a": 1.0}) == 0


def test_relative_scores_are_one_where_best_of_row_and_column():
    # 0.2 is best of its row, but 0.8 is best of its column: sqrt(0.2 * 0.8) = 0.4, and 0.2 / 0.4 = 0.5
    assert relative([[0.8, 0.0], [0.2, 0.0]]) == [[1.0, 0.0], [0.5, 0.0]]


@given(st.lists(st.tuples(st.text(max_size=60), st.none() | st.text(max_size=10)), min_size=2, max_size=6))
def test_likeness_is_the_same_either_way_round(claims):
    readings = read_claims(claims)
    ours, theirs = readings[:1], readings[1:]

    for by in (by_words, by_letters):
        assert by(ours, theirs) == [[row[0] for row in by(theirs, ours)]]


@given(st.text())
def test_any_text_can_be_read(text):
    features(text)
    split_report(text)


def test_threads_can_stem_at_the_same_time():
    found = [f"{prefix}ization{n}ness" for n in range(200) for prefix in ("real", "organ", "hesit")]
    alone = [stem.__wrapped__(word) for word in found]

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda _: [stem.__wrapped__(word) for word in found], range(8)))

    assert together == [alone] * 8
