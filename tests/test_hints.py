"""What may make a conflict none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import EVERYTHING

from checker.report.hints import Hint, HintKind, each, hints
from checker.report.view import Difference, Spoken
from checker.report.where import clean
from checker.schema import Article, Aspect, Between, Claim, Label, Quote, Verdict


def spoken(text, name="a", speaker=None, **more):
    """A claim whose article and quote are its text."""
    article = Article(**{"id": name, "path": f"ferry/{name}.txt", "format": "text", "text": text, **more})
    quotes = (Quote(text=text, start=0, end=len(text)),)
    return Spoken(1, Claim(id=name, article=name, text=text, speaker=speaker, quotes=quotes), article, None)


def texts(a, b, aspect=Aspect.QUANTITY, between=Between.ARTICLES, differs=None):
    """The hints on two claims of the articles a and b, as their texts."""
    verdict = Verdict(a="a", b="b", label=Label.CONFLICTING, aspect=aspect, between=between)
    return [hint.text for hint in hints(Difference(verdict, a, b, differs))]


def dated(one, other, aspect=Aspect.QUANTITY, claim="The pier is shut", **more):
    a = spoken(claim, published=one)
    return texts(a, spoken(claim, name="b", published=other), aspect, **more)


def amounts(one, other, quote_one="Words.", quote_other="Words."):
    return texts(spoken(quote_one), spoken(quote_other, name="b"), differs=(one, other))


def counted(one, other):
    return texts(spoken(one), spoken(other, name="b"))


@pytest.mark.parametrize(
    ("one", "other", "length"),
    [
        ("2031-05-04", "2031-05-05", "1 day"),
        ("2031-05-04T18:40", "2031-05-06", "2 days"),
        ("2031-05-04T10:00", "2031-05-04T15:30", "5 h"),
        ("2031-05-04T10:00", "2031-05-05T09:00", "23 h"),
        ("2031-05-04T10:00", "2031-05-05T15:30", "1 day"),
        # 10:00 in Lisbon is 11:00 in Paris
        ("2031-05-04T10:00+01:00", "2031-05-04T11:25+02:00", "25 min"),
    ],
)
def test_the_later_of_two_dated_articles_may_be_an_update(one, other, length):
    assert dated(one, other) == [f"possible update: b.txt is {length} later"]
    assert dated(other, one) == [f"possible update: a.txt is {length} later"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2031-05-04", "2031-05-04"),
        ("2031-05-04T10:00", "2031-05-04"),
        ("2031-05-04T10:00", "2031-05-04T15:30Z"),
        ("2031-05-04T10:00", "2031-05-04T10:00:30"),
        ("2031-05-04", None),
        ("--05-04", "2031-05-05"),
        ("2031-02-30", "yesterday"),
    ],
)
def test_dates_without_a_clear_order_tell_nothing(one, other):
    assert dated(one, other) == []


@pytest.mark.parametrize("aspect", [Aspect.ATTRIBUTION, Aspect.CAUSE, None])
def test_who_said_it_and_why_it_happened_are_no_update(aspect):
    assert dated("2031-05-04", "2031-05-05", aspect) == []


@pytest.mark.parametrize(
    ("claim", "number"), [("The pier was shut on Sunday", 0), ("The pier will stay shut", 1)]
)
def test_a_time_is_updated_only_while_it_is_still_to_come(claim, number):
    assert len(dated("2031-05-04", "2031-05-05", Aspect.TIME, claim)) == number


@pytest.mark.parametrize(("aspect", "number"), [(Aspect.QUANTITY, 1), (Aspect.POLARITY, 0)])
def test_of_two_people_who_contradict_each_other_only_a_count_is_updated(aspect, number):
    assert len(dated("2031-05-04", "2031-05-05", aspect, between=Between.SPEAKERS)) == number


def test_two_renderings_of_what_was_said_on_one_day_are_no_update():
    a = spoken("The board said on Tuesday that he won by 87 votes.", published="2031-05-04")
    b = spoken("The board said on Tuesday that he won by 78 votes.", "b", published="2031-05-05")

    assert texts(a, b) == []


def test_files_of_one_name_are_told_apart_by_their_path():
    a = spoken("Shut", path="one/news.txt", published="2031-05-04")
    b = spoken("Shut", "b", path="two/news.txt", published="2031-05-05")

    assert texts(a, b) == ["possible update: two/news.txt is 1 day later"]


def test_an_article_of_a_file_of_many_is_named_by_its_place():
    a, b = (
        spoken("Shut", name, path="news.json", published=f"2031-05-0{number}", record=number)
        for number, name in ((1, "a"), (2, "b"))
    )

    assert texts(a, b) == ["possible update: news.json#2 is 1 day later"]


@pytest.mark.parametrize(
    ("one", "other"), [("1,947", "about 2,000"), ("$3.5 million", "$3.48 million"), ("70.4 %", "70 percent")]
)
def test_an_amount_with_fewer_digits_may_be_rounded(one, other):
    (text,) = amounts(one, other)

    assert text.startswith("possible rounding: ")


def test_both_amounts_are_shown_as_they_stand():
    assert amounts("1,947 homes", "about 2,000") == ["possible rounding: 1,947 / 2,000"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14", "10"),  # small counts are counted, not rounded
        ("1,447", "2,000"),  # it would be 1,000
        ("149", "100"),  # more than a tenth is gone
        ("87", "78"),
        ("1974", "1970"),  # years
        ("from 2,000 to 2,090", "2,000"),  # two amounts
        ("$1,947", "2,000 euros"),
        ("the 118th minute", "the 120th minute"),
        ("14", "nobody"),
    ],
)
def test_other_amounts_are_not_taken_for_rounded(one, other):
    assert not any("rounding" in text for text in amounts(one, other))


def test_without_values_of_the_verdict_the_quotes_are_read():
    assert counted("It cost 1,947 crowns.", "It cost 2,000 crowns.") == ["possible rounding: 1,947 / 2,000"]


def test_only_a_conflict_about_a_quantity_has_hints_on_amounts():
    a, b = spoken("It cost 1,947 crowns."), spoken("It cost 2,000 crowns.", "b")

    assert texts(a, b, Aspect.ENTITY) == []


def speakers(one, other, aspect=Aspect.CAUSE, between=Between.SPEAKERS):
    return texts(spoken("Words.", speaker=one), spoken("Words.", "b", speaker=other), aspect, between)


def test_two_speakers_are_named():
    assert speakers("Nadia Holt", "the coast guard") == ["different speaker: Nadia Holt / the coast guard"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the police", "Police"),
        ("the mayor", "Mayor Ines Holt"),
        ("Ivan Petrov", "Petroff"),
        ("she", "he"),
        ("she", None),
        (None, None),
    ],
)
def test_speakers_who_may_be_one_are_no_hint(one, other):
    assert speakers(one, other) == []


def test_articles_that_contradict_each_other_are_not_explained_by_their_speakers():
    assert speakers("Henrik Aule", "Open Ballot", between=Between.ARTICLES) == []


def test_who_said_it_is_not_explained_by_who_said_it():
    assert speakers("Henrik Aule", "Lena Foss", aspect=Aspect.ATTRIBUTION) == []


def test_a_source_that_only_one_side_names_is_named():
    text = "only one side names a source: the coast guard"

    assert speakers("the coast guard", None) == speakers(None, "the coast guard") == [text]


@pytest.mark.parametrize("aspect", [Aspect.POLARITY, Aspect.MODALITY, Aspect.ATTRIBUTION])
def test_what_one_did_not_do_or_decide_is_no_question_of_the_source(aspect):
    assert speakers("the coast guard", None, aspect) == []


def test_nouns_of_which_one_covers_more_are_another_scope():
    assert counted("40 passengers were hurt", "52 people were hurt") == [
        "different scope: “passengers” / “people”"
    ]


def test_the_noun_is_found_in_the_quote_if_the_value_has_none():
    found = amounts("40", "fifty-two", "Forty passengers were hurt", "Fifty-two people were hurt")

    assert found == ["different scope: “passengers” / “people”"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40 fans were hurt", "52 people were hurt"),  # who is counted may well be the same
        ("40 passengers were hurt", "52 passengers were hurt"),
        ("40 persons were hurt", "52 people were hurt"),
        ("40 passengers were hurt", "52 homes burnt"),
        ("40 people were hurt", "40 passengers were hurt"),  # the amounts do not differ
    ],
)
def test_nouns_that_may_mean_the_same_are_no_hint(one, other):
    assert counted(one, other) == []


@pytest.mark.parametrize(
    "bounded",
    [
        "So far, 40 were hurt",
        "40 hurt across the country",
        "At least 40 were hurt",
        "40 were hurt as of Tuesday",
    ],
)
def test_words_that_bound_one_amount_are_another_scope(bounded):
    (text,) = counted(bounded, "52 were hurt")

    assert text.startswith("different scope: only one side says “")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("So far 40 were hurt", "So far 52 were hurt"),
        ("40 were hurt. The ferry is known worldwide.", "52 were hurt"),  # it is about something else
        ("Officials go so far as to say 40 were hurt", "52 were hurt"),
    ],
)
def test_words_that_bound_both_or_something_else_are_no_hint(one, other):
    assert counted(one, other) == []


def test_a_metric_and_another_unit_are_named():
    assert amounts("140 km/h", "62 mph") == ["different units: km/h / mph"]


def test_amounts_that_fit_once_converted_are_said_to():
    # 62 miles are 99.8 km; 24 months are 2 years
    assert amounts("98 km", "62 miles") == ["different units: km / miles; converted, they nearly fit"]
    assert amounts("24 months", "two years") == [
        "different units: months / years; converted, they nearly fit"
    ]


@pytest.mark.parametrize(("one", "other"), [("7 km", "40 metres"), ("2 days", "5 weeks"), ("2 days", "5 km")])
def test_units_of_one_system_that_do_not_fit_are_no_hint(one, other):
    assert amounts(one, other) == []


def test_two_currencies_are_named():
    assert amounts("$3 million", "5 million euros") == ["different currencies: dollar / euro"]


def test_hints_come_in_the_order_of_their_kinds():
    a = spoken("At least 140 km/h, said Lena Foss", published="2031-05-04", speaker="Lena Foss")
    b = spoken("62 mph", "b", published="2031-05-05")
    verdict = Verdict(a="a", b="b", label=Label.CONFLICTING, aspect=Aspect.QUANTITY)
    found = hints(Difference(verdict, a, b, None))

    assert [hint.kind for hint in found] == [HintKind.UPDATE, HintKind.SPEAKER, HintKind.SCOPE, HintKind.UNIT]
    assert found[-1] == Hint(HintKind.UNIT, "different units: km/h / mph")


def test_names_from_outside_are_made_harmless_and_short():
    a = spoken("Shut", path=EVERYTHING, published="2031-05-05", speaker=EVERYTHING)
    found = texts(a, spoken("Shut", "b", published="2031-05-04"))

    assert len(found) == 2
    assert all(len(text) < 120 and text == clean(text) for text in found)


ANYTHING = st.text(min_size=1, max_size=60) | st.sampled_from(
    [
        "0",
        "1e999",
        f"{'9' * 400} km",
        "0 mph",
        "half of half",
        "9" * 29 + " trillion",
        "$ € £",
        "2 in 0",
        "0.0 %",
    ]
)
PUBLISHED = (
    st.none()
    | ANYTHING
    | st.datetimes(timezones=st.timezones() | st.none()).map(lambda when: when.isoformat())
)


@given(
    sides=st.tuples(ANYTHING, ANYTHING),
    dates=st.tuples(PUBLISHED, PUBLISHED),
    speaker=st.none() | ANYTHING,
    aspect=st.none() | st.sampled_from(Aspect),
    differs=st.none() | st.tuples(ANYTHING, ANYTHING),
)
def test_no_text_and_no_date_breaks_it(sides, dates, speaker, aspect, differs):
    a, b = (
        spoken(text, name, speaker if name == "a" else None, path=text, published=when)
        for name, text, when in zip("ab", sides, dates, strict=True)
    )

    assert all(text == clean(text) for text in texts(a, b, aspect, None, differs))


def of_speakers(*names):
    """The texts of the hints on differences between these pairs of speakers, together."""
    verdict = Verdict(a="a", b="b", label=Label.CONFLICTING, aspect=Aspect.QUANTITY, between=Between.SPEAKERS)
    told = [
        Difference(verdict, spoken("Words.", speaker=one), spoken("Words.", name="b", speaker=other), None)
        for one, other in names
    ]
    return [hint.text for hint in each(told)]


def test_two_speakers_are_told_once_in_whichever_order_and_case():
    assert of_speakers(
        ("Mayor Ilsa Brandt", "Fire chief Tomas Reel"),
        ("Mayor Ilsa Brandt", "fire chief  Tomas Reel"),
        ("fire chief Tomas Reel", "Mayor Ilsa Brandt"),
    ) == ["different speaker: Mayor Ilsa Brandt / Fire chief Tomas Reel"]


def test_other_speakers_are_told_too():
    pairs = [("Ilsa Brandt", "Tomas Reel"), ("Ilsa Brandt", "Oda Lien"), (None, "Tomas Reel")]

    assert of_speakers(*pairs) == [
        "different speaker: Ilsa Brandt / Tomas Reel",
        "different speaker: Ilsa Brandt / Oda Lien",
        "only one side names a source: Tomas Reel",
    ]
