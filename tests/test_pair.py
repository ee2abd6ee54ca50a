"""Claims in, groups of two articles out."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from checker.pair import PARTNERS, groups
from checker.schema import Article, Claim, Quote

FIRE = "A fire destroyed the old cinema in Ostwick on Monday."
BLAZE = "The old cinema of Ostwick was destroyed by fire."
PRICES = "Bread prices rose by eight per cent."
BREAD = "The price of bread is up 8%."


def article(name):
    return Article(id=name, path=f"{name}.txt", format="text", text="x")


def claim(name, text, speaker=None):
    return Claim(
        id=name, article=name[0], text=text, speaker=speaker, quotes=(Quote(text="x", start=0, end=1),)
    )


def alike(group):
    return {frozenset((pair.a.id, pair.b.id)) for pair in group.alike}


def test_there_is_a_group_for_each_two_articles_in_their_order():
    found = groups([article("b"), article("a"), article("c")], [claim(f"{name}1", FIRE) for name in "abc"])

    assert [tuple(one.id for one in group.articles) for group in found] == [
        ("b", "a"),
        ("b", "c"),
        ("a", "c"),
    ]


def test_rows_are_of_the_earlier_article_and_all_in_the_order_of_the_claims():
    claims = [claim("a2", PRICES), claim("b1", BLAZE), claim("a1", FIRE)]

    [group] = groups([article("a"), article("b")], claims)

    assert [one.id for one in group.rows] == ["a2", "a1"]
    assert [one.id for one in group.columns] == ["b1"]


def test_an_article_without_claims_is_in_no_group():
    assert groups([article("a"), article("b")], [claim("a1", FIRE)]) == ()


def test_pairs_that_share_words_are_alike():
    claims = [claim("a1", FIRE), claim("a2", PRICES), claim("b1", BREAD), claim("b2", BLAZE)]

    [group] = groups([article("a"), article("b")], claims)

    assert alike(group) == {frozenset(("a1", "b2")), frozenset(("a2", "b1"))}


def test_misspelt_words_are_alike_by_their_letters():
    claims = [
        claim("a1", "Harbourmaster resigned yesterday."),
        claim("b1", "Resignation of the harbormasters."),
    ]

    [group] = groups([article("a"), article("b")], claims)

    assert len(group.alike) == 1


def test_unrelated_claims_are_not_alike():
    claims = [claim("a1", "Frogs sing."), claim("b1", "Tax went up.")]

    [group] = groups([article("a"), article("b")], claims)

    assert group.alike == ()


def test_a_claim_alone_with_its_like_comes_before_weaker_pairs():
    claims = [claim("a1", FIRE), claim("b1", "A cinema in Ostwick showed a film."), claim("b2", FIRE)]

    [group] = groups([article("a"), article("b")], claims)

    assert group.alike[0].b.id == "b2"


def test_why_is_a_short_word():
    [group] = groups([article("a"), article("b")], [claim("a1", FIRE), claim("b1", BLAZE)])

    assert {pair.why for pair in group.alike} <= {"words", "letters", "numbers"}


def test_which_article_comes_first_does_not_change_what_is_alike():
    texts = [FIRE, BLAZE, PRICES, BREAD, "A cinema in Ostwick showed a film.", "Eight men left Ostwick."]
    claims = [claim(f"{name}{n}", text) for (n, text), name in product(enumerate(texts), "ab")]

    [one] = groups([article("a"), article("b")], claims)
    [other] = groups([article("b"), article("a")], claims)

    assert alike(one) == alike(other)


@given(st.permutations([("a1", FIRE), ("a2", PRICES), ("b1", BREAD), ("b2", BLAZE), ("b3", FIRE)]))
def test_the_order_of_the_claims_does_not_change_what_is_alike(given_claims):
    [group] = groups([article("a"), article("b")], [claim(name, text) for name, text in given_claims])
    [again] = groups([article("a"), article("b")], [claim(name, text) for name, text in sorted(given_claims)])

    assert group.alike == again.alike


def test_a_claim_has_few_partners_among_many():
    claims = [claim("a1", FIRE), *(claim(f"b{n}", f"Fire number {n + 2} in Ostwick.") for n in range(30))]

    [group] = groups([article("a"), article("b")], claims)

    # every column keeps its best row, and that row is a1; a row alone keeps PARTNERS by each of three methods
    assert len(group.alike) <= 30
    assert PARTNERS == 2


@given(st.lists(st.text(min_size=1, max_size=40), min_size=2, max_size=6))
def test_any_text_can_be_grouped(texts):
    claims = [claim(f"{'ab'[n % 2]}{n}", text) for n, text in enumerate(texts)]

    [group] = groups([article("a"), article("b")], claims)

    assert len(group.rows) + len(group.columns) == len(texts)
