"""What differs is marked in the quote's own words, and nothing of the quote is changed."""

from hypothesis import given
from hypothesis import strategies as st

from checker.report.page.differing import pieces


def marked(quote, value):
    return [piece.text for piece in pieces(quote, value) if piece.differs]


def test_the_value_is_marked_where_it_stands():
    assert marked("They were insured for 6.4 million guilders.", "6.4 million guilders") == [
        "6.4 million guilders"
    ]


def test_case_and_punctuation_do_not_matter():
    assert marked("Twelve people were hurt", "twelve, people") == ["Twelve people"]


def test_part_of_a_value_is_better_than_nothing():
    assert marked("saw it at about 9:15 on Monday", "shortly before 9:15") == ["9:15"]


def test_a_mere_stop_word_is_nothing():
    assert marked("the end of the war", "of the board") == []


def test_no_value_marks_nothing():
    assert marked("the end of the war", None) == []


@given(st.text(max_size=60), st.none() | st.text(max_size=20))
def test_the_pieces_are_the_quote_to_the_letter(quote, value):
    assert "".join(piece.text for piece in pieces(quote, value)) == quote
