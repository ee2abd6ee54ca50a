"""Quotes are found as exact spans of the article, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.ground import Draft, Folded, number_claims
from checker.schema import Article, Quote

TEXT = "Rovers won 3\u20132.\n\u201cWe ran on\nfumes,\u201d said Sharrow \u2014 caf\u00e9 owner. It cost 1.5 million, not 15."


def found(wanted, text=TEXT):
    return [quote.text for quote in Folded(text).find(wanted)]


def article(text=TEXT):
    return Article(id="a", path="a.txt", format="text", text=text)


def test_an_exact_quote_is_found_where_it_stands():
    (quote,) = Folded(TEXT).find("Rovers won")

    assert (quote.start, quote.end) == (0, 10)


def test_other_white_space_is_forgiven():
    assert found("We ran on  fumes") == ["We ran on\nfumes"]


def test_other_dashes_are_forgiven():
    assert found("won 3-2") == ["won 3\u20132"]


def test_other_quotation_marks_are_forgiven_and_kept_as_printed():
    assert found('"We ran on fumes,"') == ["\u201cWe ran on\nfumes,\u201d"]


def test_the_other_unicode_form_is_forgiven():
    # e and a combining accent, against the one character of the text
    assert found("cafe\u0301 owner") == ["caf\u00e9 owner"]


def test_case_is_forgiven():
    assert found("rovers WON") == ["Rovers won"]


def test_a_full_stop_too_many_is_forgiven():
    assert found("Rovers won.") == ["Rovers won"]


def test_an_ellipsis_gives_one_quote_for_each_part():
    assert found("Rovers won ... said Sharrow") == ["Rovers won", "said Sharrow"]


def test_the_parts_of_an_ellipsis_must_stand_in_order():
    assert found("said Sharrow ... Rovers won") == []


def test_a_number_is_not_cut():
    # 1 stands inside "1.5", and 5 at its end; neither is a number of the text
    assert found("cost 1") == []
    assert found("5 million") == []


def test_a_word_is_not_cut():
    assert found("ran on fum") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They can't go", "They can"),
        ("a non-violent march", "violent march"),
        ("It won 3-2", "It won 3"),
        ("un\u00adlawful acts", "lawful acts"),
        ("at -5 degrees", "5 degrees"),
        ("a therapist", "the rapist"),
        ("The moon shines.", "."),
    ],
)
def test_what_would_change_the_sense_is_not_found(text, wanted):
    assert found(wanted, text) == []


def test_a_script_without_spaces_can_be_quoted_anywhere():
    assert found(
        "\u902e\u6355\u4e86\u5341\u56db\u4eba", "\u8b66\u65b9\u902e\u6355\u4e86\u5341\u56db\u4eba\u3002"
    ) == ["\u902e\u6355\u4e86\u5341\u56db\u4eba"]


def test_a_space_about_a_hyphen_is_forgiven():
    assert found("a large-scale invasion", "a large -scale invasion") == ["a large -scale invasion"]


def test_other_words_are_not_found():
    assert found("Rovers lost") == []


def test_an_empty_quote_is_not_found():
    assert found("  \u201c ") == []


def test_a_quote_outside_the_borders_is_not_found():
    assert Folded(TEXT).find("Rovers won", start=5) == ()


def test_the_first_of_two_places_within_the_borders_is_given():
    (quote,) = Folded("no no no").find("no", start=1)

    assert quote.start == 3


@given(st.text(), st.text(min_size=1, max_size=20))
def test_what_is_found_is_always_the_articles_own_text(text, wanted):
    for quote in Folded(text).find(wanted):
        assert text[quote.start : quote.end] == quote.text


@given(st.text(alphabet="ab \u201c\u2013.1", min_size=1), st.data())
def test_a_copied_stretch_between_words_is_found(text, data):
    words = text.split()
    if words:
        wanted = data.draw(st.sampled_from(words))
        if any(character.isalnum() for character in wanted) and wanted.strip(".,") == wanted:
            assert Folded(text).find(wanted)


def quote(start, end):
    return Quote(text=TEXT[start:end], start=start, end=end)


def test_claims_are_numbered_by_their_place():
    drafts = [
        Draft(text="second", speaker=None, quotes=(quote(20, 30),)),
        Draft(text="first", speaker=None, quotes=(quote(0, 10),)),
    ]

    assert [claim.id for claim in number_claims(article(), drafts)] == ["a.0-10", "a.20-30"]


def test_claims_with_one_span_get_letters_whatever_the_order():
    drafts = [Draft(text=text, speaker=None, quotes=(quote(0, 10),)) for text in ("y", "x", "z")]

    assert [(c.id, c.text) for c in number_claims(article(), drafts)] == [
        ("a.0-10", "x"),
        ("a.0-10b", "y"),
        ("a.0-10c", "z"),
    ]


def test_equal_claims_become_one_with_both_quotes():
    drafts = [
        Draft(text="It won.", speaker=None, quotes=(quote(0, 10),)),
        Draft(text="it  won.", speaker=None, quotes=(quote(20, 30),)),
    ]

    (claim,) = number_claims(article(), drafts)
    assert [q.start for q in claim.quotes] == [0, 20]


def test_equal_words_of_two_speakers_stay_two_claims():
    drafts = [Draft(text="It won.", speaker=speaker, quotes=(quote(0, 10),)) for speaker in ("Ana", "Ben")]

    assert len(number_claims(article(), drafts)) == 2
