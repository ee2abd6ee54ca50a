"""A title for a conflict takes neither side."""

from hypothesis import given
from hypothesis import strategies as st

from checker.lexical.neutral import neutral


def test_the_shorter_of_two_sentences_gets_the_gap():
    a, b = "About 140 people were on the train from Lodra.", "The train held 90 people."

    assert neutral(a, b, ("140", "90")) == "The train held … people."


def test_a_word_that_only_softens_the_value_goes_with_it():
    assert neutral("The ferry carried about 140 people.", "It had few.", ("140", "few")) == (
        "The ferry carried … people."
    )


def test_a_value_inside_a_longer_word_is_not_cut():
    a, b = "In Varsund 1400 seats were sold.", "Of all seats in Varsund few were sold."

    assert "…00" not in neutral(a, b, ("14", "many"))


def test_what_shares_nothing_and_has_no_values_has_no_title():
    assert neutral("Ships sank.", "Nobody came home.", None) is None


def test_a_text_far_longer_than_a_claim_is_not_searched_for_what_both_say():
    long = "ferry " * 30_000

    assert neutral(long, f"{long} sank", None) is None


def test_values_that_neither_sentence_has_stand_behind_a_shared_name():
    a = "In Ilmar City the doctors came to a halt for nine days."
    b = "Doctors of Ilmar City, it is said, never did that."

    assert neutral(a, b, ("halted", "not halted")) == "Ilmar City: halted / not halted"


@given(
    st.text(max_size=80),
    st.text(max_size=80),
    st.none() | st.tuples(st.text(max_size=9), st.text(max_size=9)),
)
def test_any_two_texts_have_a_title_or_none(a, b, differs):
    title = neutral(a, b, differs)

    assert title is None or title.strip()
