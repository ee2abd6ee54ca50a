"""The nouns hold what they promise."""

import pytest
from pydantic import ValidationError
from sample_report import sample

from checker.schema import Aspect, Between, Claim, Label, Pair, Quote, Tally, Verdict


def claim(article):
    return Claim(
        id=f"{article}.0-1",
        article=article,
        text="t",
        speaker=None,
        quotes=(Quote(text="t", start=0, end=1),),
    )


@pytest.mark.parametrize("label", [Label.AGREEING, Label.UNIQUE])
@pytest.mark.parametrize(
    "notes",
    [{"aspect": Aspect.QUANTITY}, {"between": Between.ARTICLES}, {"differs": ("1", "2")}],
)
def test_what_differs_is_told_of_conflicts_only(label, notes):
    Verdict(a="a", b="b", label=Label.CONFLICTING, **notes)

    with pytest.raises(ValidationError, match=f"belong to a conflict, not to {label}"):
        Verdict(a="a", b="b", label=label, **notes)


def test_a_quote_is_as_long_as_its_span():
    with pytest.raises(ValidationError, match="0:3 is not the span of 1 characters"):
        Quote(text="t", start=0, end=3)


def test_a_claim_has_a_quote():
    with pytest.raises(ValidationError):
        Claim(id="a", article="a", text="t", speaker=None, quotes=())


def test_a_pair_is_of_two_articles():
    with pytest.raises(ValidationError, match="of one article"):
        Pair(a=claim("a"), b=claim("a"), why="words")


def test_a_value_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        claim("a").text = "u"


def test_a_tally_counts_the_not_judged_in():
    assert Tally(agreeing=1, conflicting=2, unique=3, not_judged=4).total == 10


@pytest.mark.parametrize("label", [Label.CONFLICTING, "conflicting"])
def test_the_verdicts_of_a_label_are_given_by_its_name_too(label):
    assert {verdict.label for verdict in sample().labelled(label)} == {Label.CONFLICTING}


@pytest.mark.parametrize("label", ["conflict", "foo", None])
def test_what_is_no_label_is_refused_with_the_labels(label):
    with pytest.raises(ValueError, match=f"{label!r} is no label; labels are agreeing, conflicting, unique"):
        sample().labelled(label)
