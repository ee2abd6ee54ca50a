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


@pytest.mark.parametrize("wanted", ["\u2026 Rovers won", "Rovers won [...]", "... Rovers won ..."])
def test_an_ellipsis_at_an_end_says_only_that_the_text_goes_on(wanted):
    assert found(wanted) == ["Rovers won"]


def test_an_ellipsis_of_the_article_is_quoted_with_the_rest():
    assert found("well ... yes", "He said: well \u2026 yes, of course") == ["well \u2026 yes"]


def test_an_ellipsis_alone_is_not_found():
    assert found("[\u2026]") == []


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
        ("ab", "b"),
        ("cafe\u0301s here", "caf\u00e9"),  # the accent, a mark of its own, parts nothing
        ("\u00bd million dollars", "2 million dollars"),
        ("2\u00bd million dollars", "2 million dollars"),
        ("10\u00b2 metres", "102 metres"),
        ("at \u20135 degrees", "5 degrees"),  # an en dash for a minus
        ("\u670915\u4eba\u6b7b\u4ea1", "\u4eba\u6b7b\u4ea1"),  # 15 persons died
        ("\u67095\u4eba5\u4eba\u6b7b", "\u4eba\u6b7b"),
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


@pytest.mark.parametrize(
    ("wanted", "printed"),
    [
        ("3 - 2 to Rovers", "3--2 to Rovers"),
        ("3-2 to Rovers", "3 \u2013 2 to Rovers"),
        ("It's late", "It\u00b4s late"),  # an acute for an apostrophe
        ("the final score", "the \ufb01nal score"),  # one character for two letters
        ("un\u200clike them", "unlike them"),  # a joiner that nobody sees
        ("\u00e9t\u00e9 chaud", "e\u0301te\u0301 chaud"),
        ("a b c", "a\u2003b\u00a0c"),
        ("\u00bd a million", "\u00bd a million"),
        ("a soft word", "a so\u00adft word"),
    ],
)
def test_what_looks_alike_is_found(wanted, printed):
    assert found(wanted, f"{printed}, they say") == [printed]


def test_other_words_are_not_found():
    assert found("Rovers lost") == []


def test_an_empty_quote_is_not_found():
    assert found("  \u201c ") == []


def test_a_quote_outside_the_borders_is_not_found():
    assert Folded(TEXT).find("Rovers won", start=5) == ()


def test_a_quote_beyond_the_end_is_not_found():
    assert Folded(TEXT).find("Rovers won", end=9) == ()
    assert Folded(TEXT).find("Rovers won", end=10)


def test_marks_outside_the_borders_are_left_outside():
    text = Folded('"no" he said')

    assert text.find('"no"', start=1)[0].text == 'no"'
    assert text.find('"no"', end=3)[0].text == '"no'


def test_marks_that_the_article_does_not_have_are_not_made_up():
    assert found('"Rovers won"') == ["Rovers won"]


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


def test_a_claim_keeps_its_speaker():
    (claim,) = number_claims(article(), [Draft(text="It won.", speaker="Ana", quotes=(quote(0, 10),))])

    assert (claim.speaker, claim.article) == ("Ana", "a")


def test_equal_words_are_numbered_by_their_speakers_and_first_comes_nobody():
    speakers = ("Ben", None, "Ana")
    drafts = [Draft(text="It won.", speaker=speaker, quotes=(quote(0, 10),)) for speaker in speakers]

    assert [(c.id, c.speaker) for c in number_claims(article(), drafts)] == [
        ("a.0-10", None),
        ("a.0-10b", "Ana"),
        ("a.0-10c", "Ben"),
    ]


def test_after_z_the_letters_are_numbers():
    drafts = [Draft(text=f"{n:02}", speaker=None, quotes=(quote(0, 10),)) for n in range(28)]

    assert [claim.id for claim in number_claims(article(), drafts)][24:] == [
        "a.0-10y",
        "a.0-10z",
        "a.0-10z27",
        "a.0-10z28",
    ]
