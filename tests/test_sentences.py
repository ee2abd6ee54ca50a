"""Sentences and parts cover the text: nothing is lost, nothing is there twice."""

from hypothesis import given
from hypothesis import strategies as st

from checker.sentences import parts, sentences


def texts(text):
    return [text[start:end] for start, end in sentences(text)]


def test_abbreviations_and_decimals_end_no_sentence():
    assert texts("Dr. Smith paid 1.5 million. He left.") == ["Dr. Smith paid 1.5 million.", "He left."]


def test_a_paragraph_ends_a_sentence():
    assert texts("A heading\n\nIt rained.") == ["A heading", "It rained."]


@given(st.text())
def test_every_character_with_ink_is_in_exactly_one_sentence(text):
    covered = [i for start, end in sentences(text) for i in range(start, end)]

    assert len(covered) == len(set(covered))
    assert {i for i, character in enumerate(text) if not character.isspace()} <= set(covered)


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_parts_put_together_are_the_text(text, size):
    assert "".join(text[start:end] for start, end in parts(text, size)) == text


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_no_part_is_larger_than_asked(text, size):
    assert all(end - start <= size for start, end in parts(text, size))


def test_cuts_lie_between_paragraphs_where_they_can():
    text = "One one one.\n\nTwo two two.\n\nThree."

    assert [text[start:end] for start, end in parts(text, 30)] == [
        "One one one.\n\nTwo two two.\n\n",
        "Three.",
    ]
