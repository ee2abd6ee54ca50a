"""What a run would cost is said before it, near enough."""

import json

import pytest

from checker.data import shelf
from checker.estimate import estimate
from checker.load import load
from checker.schema import Article


def article(name, text):
    return Article(id=name, path=name, format="text", text=text)


def test_two_short_articles_need_six_calls_at_most():
    # each is read, and its gaps offered; their claims are compared, and some pairs looked at again
    plan = estimate([article("a", "It rained. It snowed."), article("b", "It rained all day.")])

    assert plan.calls == 6


def test_claims_and_pairs_follow_from_the_sentences():
    # 5 sentences at 1.4 claims each: 7 claims, against 7
    text = "One is here. Two is here. Three is here. Four is here. Five is here."
    plan = estimate([article("a", text), article("b", text)])

    assert (plan.claims, plan.pairs) == (14, 49)


def test_every_pair_of_articles_is_counted():
    text = "One is here. Two is here. Three is here. Four is here. Five is here."
    plan = estimate([article(name, text) for name in "abcd"])

    # 4 articles, 2 calls each; 6 pairs of articles, 2 calls each
    assert plan.calls == 20


@pytest.mark.parametrize(("side", "field"), [("prompt", "tokens_in"), ("completion", "tokens_out")])
def test_the_estimate_for_the_seeds_is_within_a_third_of_what_was_used(side, field):
    folder = shelf("recorded/seeds")
    used = sum(json.loads(path.read_text())["reply"]["tokens"][side] for path in folder.glob("*.json"))

    assert getattr(estimate(load([shelf("seeds")]).articles), field) == pytest.approx(used, rel=1 / 3)
