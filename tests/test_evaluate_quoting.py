"""Pairs by the passages that they quote: split and merged claims meet, other passages do not."""

import pytest

from checker.evaluate.quoting import passage_shares
from checker.evaluate.records import LabelRow
from checker.evaluate.sets import LabelledSet
from checker.facts import Findings
from checker.load import Loaded
from checker.schema import Article, Claim, Label, Quote, Verdict

TEXTS = {"a": "Nine died and the bridge fell. It rained.", "b": "Twelve died there and it fell. It snowed."}
NINE, FELL, RAIN = (0, 9), (14, 29), (31, 41)
TWELVE, THERE_FELL, SNOW = (0, 17), (22, 29), (31, 41)


def claim(name, article, *spans):
    quotes = tuple(Quote(text=TEXTS[article][start:end], start=start, end=end) for start, end in spans)
    return Claim(id=name, article=article, text=name, speaker=None, quotes=quotes)


LABELLED = LabelledSet(
    name="bridge",
    digest="x",
    loaded=Loaded(
        articles=tuple(Article(id=n, path=f"{n}.txt", format="text", text=t) for n, t in TEXTS.items()),
        skipped=(),
        remarks=(),
    ),
    claims=(
        claim("a1", "a", NINE),
        claim("a2", "a", FELL),
        claim("b1", "b", TWELVE),
        claim("b2", "b", THERE_FELL),
    ),
    labels={
        ("a1", "b1"): LabelRow(a="a1", b="b1", label="conflicting"),
        ("a2", "b2"): LabelRow(a="a2", b="b2", label="agreeing"),
    },
    kinds={},
)


def shares(claims, *verdicts):
    findings = Findings(claims=tuple(claims), verdicts=verdicts, failures=())
    return {what: hits for (what, _), hits in passage_shares(LABELLED, findings)}


def conflict(a, b):
    return Verdict(a=a, b=b, label=Label.CONFLICTING)


def test_the_same_passages_meet_whichever_side_comes_first():
    found = shares([claim("p", "a", NINE), claim("q", "b", TWELVE)], conflict("q", "p"))

    assert found["labelled conflicts reported, by passage"] == (1, 1)
    assert found["reported conflicts labelled, by passage"] == (1, 1)


def test_a_claim_that_two_labelled_ones_are_merged_into_meets_both():
    whole = [claim("p", "a", (0, 29)), claim("q", "b", (0, 29))]
    found = shares(whole, Verdict(a="p", b="q", label=Label.AGREEING))

    assert found["labelled agreements reported, by passage"] == (1, 1)


def test_two_claims_that_a_labelled_one_is_split_into_meet_it():
    parts = [claim("p", "a", (0, 4)), claim("q", "b", (0, 6)), claim("r", "b", (7, 17))]
    found = shares(parts, conflict("p", "q"), conflict("p", "r"))

    # both reported pairs lie inside the one that is labelled
    assert found["labelled conflicts reported, by passage"] == (1, 1)
    assert found["reported conflicts labelled, by passage"] == (2, 2)


def test_both_sides_must_meet():
    found = shares([claim("p", "a", NINE), claim("q", "b", SNOW)], conflict("p", "q"))

    assert found["labelled conflicts reported, by passage"] == (0, 1)
    assert found["reported conflicts labelled, by passage"] == (0, 1)


def test_the_label_must_be_the_same():
    found = shares(
        [claim("p", "a", NINE), claim("q", "b", TWELVE)], Verdict(a="p", b="q", label=Label.AGREEING)
    )

    assert found["labelled conflicts reported, by passage"] == (0, 1)
    assert found["reported agreements labelled, by passage"] == (0, 1)


@pytest.mark.parametrize(("start", "hits"), [(4, 1), (5, 0)])
def test_half_of_the_shorter_passage_is_enough(start, hits):
    # "Nine died" is characters 0 to 9; of a claim on start to start + 10, 5 or 4 of 9 are in it
    found = shares([claim("p", "a", (start, start + 10)), claim("q", "b", TWELVE)], conflict("p", "q"))

    assert found["labelled conflicts reported, by passage"] == (hits, 1)


def test_nothing_reported_is_nothing_of_nothing():
    assert shares([])["reported conflicts labelled, by passage"] == (0, 0)
