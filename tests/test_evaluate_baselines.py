"""The rule, the one prompt and the empty answer that the checker is held against."""

import asyncio

import pytest
from scripted import Scripted

from checker.errors import EndpointError, Refused
from checker.evaluate.asking import Judged
from checker.evaluate.assembly import Assembly
from checker.evaluate.baselines import ALWAYS_UNIQUE, OnePrompt, lexical_rule, words
from checker.evaluate.found import find, score_whole
from checker.evaluate.records import LabelRow
from checker.evaluate.scorecard import Stage
from checker.evaluate.sets import LabelledSet
from checker.load import Loaded
from checker.schema import Article, Claim, Label, Quote

AGREEING, CONFLICTING, UNIQUE = Label.AGREEING, Label.CONFLICTING, Label.UNIQUE

# The rule.


@pytest.mark.parametrize(
    ("a", "b", "label"),
    [
        ("Fire destroyed the cinema.", "The cinema was destroyed by fire.", AGREEING),
        # 1 of the shorter one's 2 words: half is enough
        ("Fire destroyed the cinema in Ostwick.", "Cinema reopened.", AGREEING),
        # 1 of the shorter one's 3
        ("Fire destroyed the cinema in Ostwick.", "Cinema tickets sold.", UNIQUE),
        # 2 of 3, of a much longer text
        ("Fire destroyed the old cinema in Ostwick late on Monday.", "Fire destroyed barns.", AGREEING),
        ("Frogs sing.", "Tax went up.", UNIQUE),
        # stop words alone share nothing
        ("It is so.", "It is so.", UNIQUE),
        ("", "Fire destroyed the cinema.", UNIQUE),
        # figures
        ("Fire killed 14 people.", "Fire killed 12 people.", CONFLICTING),
        ("Fire killed 14 people.", "Fire killed 14 people.", AGREEING),
        ("Fire killed 14 people.", "Fire killed people.", AGREEING),
        ("Fire killed 14 people on May 3.", "Fire killed 14 people.", AGREEING),
        ("Fire killed 14 people on May 3.", "Fire killed 12 people.", CONFLICTING),
        ("Fire killed 14 people on May 3.", "Fire killed 14 people on May 4.", CONFLICTING),
        ("Fire cost 1.5 million.", "Fire cost 1.6 million.", CONFLICTING),
        # denials
        ("Fire killed people.", "Fire killed no people.", CONFLICTING),
        ("The mayor confirmed the fire.", "The mayor denied the fire.", CONFLICTING),
        ("The mayor didn't see the fire.", "The mayor did not see the fire.", AGREEING),
        ("Fire killed 14 people.", "Fire killed no fewer than 14 people.", AGREEING),
        # too far apart for a figure or a denial to matter
        ("Fire killed 14 people.", "Nobody bought 12 frogs.", UNIQUE),
    ],
)
def test_the_rule_looks_at_words_then_figures_then_denials(a, b, label):
    assert lexical_rule(words(a), words(b)) is label
    assert lexical_rule(words(b), words(a)) is label


def test_the_rule_reads_stems_figures_and_whether_a_text_denies():
    read = words("The 2 ferries did not sink on 3.5 May, 2025.")

    assert (read.figures, read.denies) == ({"2", "3.5", "2025"}, True)
    assert "ferri" in read.content
    assert "the" not in read.content


# One prompt over both articles.

TEXTS = {
    "a": "The ferry sank on Monday.\nNine people died.\nThe captain was arrested.\n",
    "b": "A ferry went down.\nTwelve people died.\nFog hid the pier.\n",
    "c": "Divers found the wreck.\nNine people are dead.\n",
}
SANK, NINE, CAPTAIN = TEXTS["a"].splitlines()
DOWN, TWELVE, FOG = TEXTS["b"].splitlines()
WRECK, DEAD = TEXTS["c"].splitlines()


def articles(names="ab", **more):
    return tuple(
        Article(id=name, path=f"{name}.txt", format="text", text=TEXTS[name], **more) for name in names
    )


def fact(a, b, label):
    return {"quote_a": a, "quote_b": b, "label": label}


def check(*replies, names="ab"):
    """What one prompt finds, and the model that was asked."""
    model = Scripted(baseline=list(replies))
    return asyncio.run(OnePrompt(model, "m").check(articles(names))), model


def facts(*found):
    return {"facts": list(found)}


def texts(findings):
    return {claim.id: claim.text for claim in findings.claims}


def labels(findings):
    """The labels by the words of both claims."""
    text = texts(findings)
    return {(text[one.a], text[one.b]): one.label for one in findings.verdicts}


def test_quotes_are_claims_where_they_stand():
    found, _ = check(facts(fact(NINE, TWELVE, "conflicting")))

    # "Nine people died." is from 26 to 43 in a, "Twelve people died." from 19 to 38 in b
    assert [(one.id, one.article, one.text, one.speaker) for one in found.claims] == [
        ("a.26-43", "a", NINE, None),
        ("b.19-38", "b", TWELVE, None),
    ]


def test_labels_are_verdicts_between_the_claims():
    found, _ = check(facts(fact(NINE, TWELVE, "conflicting"), fact(SANK, DOWN, "agreeing")))

    assert labels(found) == {(NINE, TWELVE): CONFLICTING, (SANK, DOWN): AGREEING}
    assert found.failures == ()


def test_a_quote_that_stands_in_two_facts_is_one_claim():
    found, _ = check(facts(fact(NINE, TWELVE, "conflicting"), fact(NINE, DOWN, "agreeing")))

    assert sorted(texts(found).values()) == sorted([NINE, TWELVE, DOWN])
    assert labels(found) == {(NINE, TWELVE): CONFLICTING, (NINE, DOWN): AGREEING}


def test_a_quote_is_found_in_spite_of_case_and_spaces_and_told_in_the_articles_words():
    found, _ = check(facts(fact("nine  PEOPLE died", TWELVE, "conflicting")))

    assert labels(found) == {("Nine people died", TWELVE): CONFLICTING}


def test_a_quote_with_an_ellipsis_is_one_claim_of_two_quotes():
    found, _ = check(facts(fact("The ferry ... on Monday.", DOWN, "agreeing")))

    [claim] = [one for one in found.claims if one.article == "a"]
    assert (claim.text, [quote.text for quote in claim.quotes]) == (
        "The ferry ... on Monday.",
        ["The ferry", "on Monday."],
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ten people died.", TWELVE),
        (NINE, "Ten people died."),
        (TWELVE, NINE),  # each is in the other article
        ("", TWELVE),
    ],
)
def test_a_quote_that_is_not_in_its_article_drops_its_fact(a, b):
    found, _ = check(facts(fact(a, b, "conflicting"), fact(SANK, DOWN, "agreeing")))

    assert labels(found) == {(SANK, DOWN): AGREEING}
    assert sorted(texts(found).values()) == sorted([SANK, DOWN])


def test_a_fact_called_unique_is_dropped():
    found, _ = check(facts(fact(CAPTAIN, FOG, "unique")))

    assert (found.claims, found.verdicts) == ((), ())


def test_no_facts_are_no_claims_and_no_failure():
    found, _ = check(facts())

    assert (found.claims, found.verdicts, found.failures) == ((), (), ())


def test_both_articles_are_in_one_request():
    _, model = check(facts())

    [request] = model.requests
    assert TEXTS["a"] in request.messages[1].content
    assert TEXTS["b"] in request.messages[1].content
    assert (request.stage, request.model) == ("baseline", "m")


def asked(pair):
    """The text that a model gets about two articles."""
    model = Scripted(baseline=[facts()])
    asyncio.run(OnePrompt(model, "m").check(pair))
    return model.requests[0].messages[1].content


def test_each_article_stands_between_marks_of_its_own():
    text = asked(articles())

    places = [text.index(part) for part in ("<article-a-", SANK, "</article-a-", "<article-b-", DOWN)]
    assert places == sorted(places)


def test_the_dates_of_both_articles_are_told_where_they_are_known():
    [dated] = articles("a", published="2025-09-01")

    text = asked((dated, *articles("b")))

    assert "Article A was published: 2025-09-01\nArticle B was published: not known\n" in text


def test_each_two_articles_are_asked_about_and_the_claims_put_together():
    found, model = check(
        facts(fact(NINE, TWELVE, "conflicting")),
        facts(fact(NINE, DEAD, "agreeing")),
        facts(fact(TWELVE, DEAD, "conflicting")),
        names="abc",
    )

    # a with b, a with c, b with c
    assert len(model.requests) == 3
    assert list(texts(found).values()) == [NINE, TWELVE, DEAD]
    assert labels(found) == {
        (NINE, TWELVE): CONFLICTING,
        (NINE, DEAD): AGREEING,
        (TWELVE, DEAD): CONFLICTING,
    }


def test_a_model_that_declines_is_a_failure_of_the_two_articles():
    found, _ = check(Refused("no"))

    [failure] = found.failures
    assert (failure.step, failure.articles, failure.error) == ("judge", ("a", "b"), "no")
    assert found.claims == ()


def test_a_reply_that_does_not_fit_is_asked_for_again():
    found, model = check({"answers": []}, facts(fact(NINE, TWELVE, "conflicting")))

    assert len(model.requests) == 2
    assert labels(found) == {(NINE, TWELVE): CONFLICTING}


def test_replies_that_never_fit_are_a_failure():
    found, model = check({"facts": [{"quote_a": NINE}]})

    # the first and two re-asks
    assert len(model.requests) == 3
    assert len(found.failures) == 1


def test_one_failure_leaves_the_other_articles_their_answers():
    found, _ = check(
        Refused("no"),
        facts(fact(NINE, DEAD, "agreeing")),
        facts(fact(TWELVE, DEAD, "conflicting")),
        names="abc",
    )

    assert [one.articles for one in found.failures] == [("a", "b")]
    assert labels(found) == {(NINE, DEAD): AGREEING, (TWELVE, DEAD): CONFLICTING}


def test_a_refused_key_ends_the_run():
    with pytest.raises(EndpointError):
        check(EndpointError("key refused"))


def test_the_prompt_is_named_with_its_hash():
    [(name, digest)] = OnePrompt(Scripted(), "m").prompts.items()

    assert name == "baseline.v1"
    assert digest


# Scored like any other system.


def line_claims(article):
    for number, line in enumerate(TEXTS[article].splitlines(), start=1):
        start = TEXTS[article].index(line)
        quote = Quote(text=line, start=start, end=start + len(line))
        yield Claim(id=f"{article}{number}", article=article, text=line, speaker=None, quotes=(quote,))


def labelled(names="ab"):
    """Every line a claim; a1 b1 agree, a2 b2 conflict."""
    rows = (LabelRow(a="a1", b="b1", label=AGREEING), LabelRow(a="a2", b="b2", label=CONFLICTING))
    return LabelledSet(
        name="ferry",
        digest="0" * 12,
        loaded=Loaded(articles=articles(names), skipped=(), remarks=()),
        claims=tuple(claim for name in names for claim in line_claims(name)),
        labels={row.pairing: row for row in rows},
        kinds={},
    )


def confusion(found, names="ab"):
    return dict(score_whole(find(labelled(names), found)).result.tables["pairs"])


def test_what_one_prompt_finds_is_scored_against_the_labels():
    found, _ = check(facts(fact(NINE, TWELVE, "conflicting"), fact(SANK, DOWN, "conflicting")))

    # a1 a2 b1 b2 are found; of nine pairs five have a3 or b3
    assert confusion(found) == {
        ("agreeing", "conflicting"): 1,
        ("conflicting", "conflicting"): 1,
        ("unique", "unique"): 2,
        ("unique", "not found"): 5,
    }


def test_the_pairs_of_two_articles_without_an_answer_were_not_judged():
    found, _ = check(Refused("no"))

    assert confusion(found) == {
        ("agreeing", "not judged"): 1,
        ("conflicting", "not judged"): 1,
        ("unique", "not judged"): 7,
    }


def test_the_pairs_of_two_articles_without_an_answer_were_not_judged_whatever_a_third_shows():
    found, _ = check(
        Refused("no"),
        facts(fact(NINE, DEAD, "agreeing")),
        facts(fact(TWELVE, DEAD, "conflicting")),
        names="abc",
    )

    # all nine pairs of a with b, though a2 and b2 were found beside c; of a with c and b with c six each:
    # c2 with a2 and b2 was labelled by the model, all others have a claim that was not found
    assert confusion(found, "abc") == {
        ("agreeing", "not judged"): 1,
        ("conflicting", "not judged"): 1,
        ("unique", "not judged"): 7,
        ("unique", "agreeing"): 1,
        ("unique", "conflicting"): 1,
        ("unique", "not found"): 10,
    }


def test_always_unique_finds_no_conflict_and_gives_none():
    made = Assembly([labelled()], "system")
    made.add_judged(ALWAYS_UNIQUE, [Judged()])
    card = made.card({}, (), {})

    score = card.score(Stage.JUDGE, "conflicting", system=ALWAYS_UNIQUE)
    assert (score.right, score.given, score.wanted) == (0, 0, 1)


def test_always_unique_is_right_about_all_that_is_unique():
    made = Assembly([labelled()], "system")
    made.add_judged(ALWAYS_UNIQUE, [Judged()])

    score = made.card({}, (), {}).score(Stage.JUDGE, "unique", system=ALWAYS_UNIQUE)
    # nine pairs, two of them labelled
    assert (score.right, score.given, score.wanted) == (7, 9, 7)
