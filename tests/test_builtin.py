"""The engine that asks no model: what it takes for claims, and what it says of two of them."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.engines.builtin import Builtin
from checker.evaluate.asking import judge as judge_set
from checker.evaluate.metrics import counts_of, f1
from checker.evaluate.pairs import Reading, score_pairs
from checker.evaluate.scorecard import Stage
from checker.evaluate.sets import read_sets
from checker.schema import Article, Aspect, Between, Claim, Group, Label, Quote

SETS = Path(__file__).parents[1] / "evals" / "sets"


def article(text, name="a", title=None):
    return Article(id=name, path=f"{name}.txt", format="text", title=title, text=text)


def extract(text, title=None):
    return asyncio.run(Builtin().extract(article(text, title=title))).claims


def texts(text, title=None):
    return [claim.text for claim in extract(text, title)]


def speakers(text):
    return [claim.speaker for claim in extract(text)]


def claims(name, *said):
    """Claims of article *name*, each a text or a text and its speaker."""
    pairs = [(one, None) if isinstance(one, str) else one for one in said]
    return tuple(
        Claim(
            id=f"{name}{n}",
            article=name,
            text=text,
            speaker=speaker,
            quotes=(Quote(text="x", start=0, end=1),),
        )
        for n, (text, speaker) in enumerate(pairs)
    )


def judge(rows, columns):
    group = Group(articles=(article("x", "a"), article("x", "b")), rows=rows, columns=columns)
    return asyncio.run(Builtin().judge(group)).verdicts


def verdict(one, other):
    found = judge(claims("a", one), claims("b", other))
    return found[0] if found else None


def label(one, other):
    found = verdict(one, other)
    return found.label if found else Label.UNIQUE


# What it takes for claims


def test_each_sentence_is_a_claim():
    assert texts("A mill burned down. Six men were hurt.") == ["A mill burned down.", "Six men were hurt."]


def test_white_space_is_folded_in_the_text_and_kept_in_the_quote():
    [claim] = extract("A mill\nburned   down.")

    assert (claim.text, claim.quotes[0].text) == ("A mill burned down.", "A mill\nburned   down.")


def test_titles_header_lines_and_questions_are_no_claims():
    text = "Mill burns down\n\nBy Ann Lee\n\nA mill burned down. Who set it on fire?"

    assert texts(text) == ["A mill burned down."]


def test_the_title_is_no_claim_even_with_a_full_stop():
    assert texts("A mill burned.\n\nSix men were hurt.", title="A mill burned.") == ["Six men were hurt."]


@pytest.mark.parametrize("line", ["OSTWICK, Sept. 3 \N{EM DASH} ", "Ostwick \N{EM DASH} ", "OSTWICK - "])
def test_the_dateline_is_left_out(line):
    assert texts(f"{line}A mill burned down.") == ["A mill burned down."]


def test_halves_with_verbs_of_their_own_are_two_claims():
    assert texts("The mill burned down on Monday, and the owner was arrested.") == [
        "The mill burned down on Monday",
        "the owner was arrested.",
    ]


def test_halves_that_cannot_stand_alone_are_one_claim():
    assert len(texts("The mill burned down, and quickly.")) == 1


def test_what_somebody_said_is_not_split():
    assert len(texts("Ann Lee said the mill burned down, and the owner was arrested.")) == 1


def test_a_quotation_of_two_sentences_is_not_cut():
    text = "\N{LEFT DOUBLE QUOTATION MARK}It burned. It burned all night,\N{RIGHT DOUBLE QUOTATION MARK} said Ann Lee."

    assert len(texts(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee said the mill was old.",
        "Ann Lee, the mayor, said the mill was old.",
        "The mayor, Ann Lee, said the mill was old.",
        "On Monday, Ann Lee said the mill was old.",
        "The mill was old, Ann Lee said.",
        "The mill was old, said Ann Lee.",
        "The mill was old, said the mayor, Ann Lee.",
        "The mill was old, according to Ann Lee.",
        "According to Ann Lee, the mill was old.",
    ],
)
def test_the_speaker_is_found(text):
    assert speakers(text) == ["Ann Lee"]


def test_a_pronoun_is_who_spoke_last():
    assert speakers("Ann Lee said the mill was old. She also said it was empty.") == ["Ann Lee", "Ann Lee"]


def test_silence_has_no_speaker():
    assert speakers("But the owner did not say who did it.") == [None]


def test_an_article_without_sentences_has_no_claims():
    assert extract("") == ()


@given(
    st.text()
    | st.text(
        alphabet=' .,"?\n\N{LEFT DOUBLE QUOTATION MARK}ab\N{RIGHT DOUBLE QUOTATION MARK}AB;and said',
        max_size=300,
    )
)
def test_quotes_are_exact_whatever_the_text(text):
    for claim in extract(text):
        for quote in claim.quotes:
            assert text[quote.start : quote.end] == quote.text


# What it says of two claims


def test_the_same_fact_in_other_words_agrees():
    one = "Fourteen miners were rescued from the Karsk pit on Monday."
    other = "On Monday 14 miners were rescued out of the pit at Karsk."

    assert label(one, other) == Label.AGREEING


def test_a_rounded_number_agrees_with_an_exact_one():
    assert (
        label(
            "The Karsk bridge cost 412 million crowns.", "The bridge at Karsk cost over 400 million crowns."
        )
        == Label.AGREEING
    )


def test_spellings_of_a_name_agree():
    assert (
        label("The mayor Petrov opened the bridge.", "The mayor Petroff opened the bridge.") == Label.AGREEING
    )


def test_unrelated_claims_are_unique():
    assert label("The Karsk bridge cost 412 million crowns.", "Two swans escaped.") == Label.UNIQUE


def test_other_numbers_conflict():
    found = verdict(
        "The fire in the Karsk mill killed 14 workers.", "The fire in the Karsk mill killed 23 workers."
    )

    assert (found.label, found.aspect, found.differs) == (Label.CONFLICTING, Aspect.QUANTITY, ("14", "23"))


def test_a_number_outside_a_bound_conflicts():
    one, other = "The Karsk mill fire killed more than 40 workers.", "The Karsk mill fire killed 23 workers."

    assert label(one, other) == Label.CONFLICTING


def test_other_days_conflict():
    found = verdict("The strike in Karsk began on Monday.", "The strike in Karsk began on Sunday.")

    assert (found.label, found.aspect) == (Label.CONFLICTING, Aspect.TIME)


def test_counts_as_of_other_days_do_not_conflict():
    one, other = (
        "As of Monday 14 people were missing in Karsk.",
        "As of Tuesday 23 people were missing in Karsk.",
    )

    assert label(one, other) == Label.UNIQUE


def test_other_years_are_other_facts():
    assert label("The Karsk mill burned in 1998.", "The Karsk mill burned in 2021.") == Label.UNIQUE


def test_did_and_did_not_conflict():
    found = verdict("The guard locked the gate of the mill.", "The guard did not lock the gate of the mill.")

    assert (found.label, found.aspect) == (Label.CONFLICTING, Aspect.POLARITY)


def test_a_denial_conflicts_between_the_speakers():
    one = ("Ann Lee said the firm had sold the mill.", "Ann Lee")
    other = ("Bo Dahl denied that the firm had sold the mill.", "Bo Dahl")

    found = verdict(one, other)

    assert (found.label, found.between) == (Label.CONFLICTING, Between.SPEAKERS)


def test_silence_is_no_conflict():
    one, other = (
        "The firm sold the mill to a bank.",
        "The firm has not confirmed that it sold the mill to a bank.",
    )

    assert label(one, other) != Label.CONFLICTING


def test_undecided_and_decided_conflict():
    found = verdict(
        "The council is weighing whether to close the mill.", "The council ordered to close the mill."
    )

    assert (found.label, found.aspect) == (Label.CONFLICTING, Aspect.MODALITY)


def test_the_same_words_in_two_mouths_conflict_between_the_articles():
    one = ('Ann Lee said: "The mill was a tinderbox".', "Ann Lee")
    other = ('Bo Dahl said: "The mill was a tinderbox".', "Bo Dahl")

    found = verdict(one, other)

    assert (found.label, found.aspect, found.between) == (
        Label.CONFLICTING,
        Aspect.ATTRIBUTION,
        Between.ARTICLES,
    )
    assert found.differs == ("Ann Lee", "Bo Dahl")


def test_a_conflict_gives_its_reason_in_words():
    found = verdict(
        "The fire in the Karsk mill killed 14 workers.", "The fire in the Karsk mill killed 23 workers."
    )

    assert found.reason.endswith("; one gives 14, the other 23.")


EVENT = (
    "The fire in the Karsk mill killed 14 workers.",
    "The fire in the Karsk mill killed 23 workers.",
    "Nobody was killed in the Karsk mill.",
    ("Ann Lee said the mill may close.", "Ann Lee"),
    ("Bo Dahl said the mill will not close.", "Bo Dahl"),
    "The mill was built in 1921 on the river Sorr.",
    "The strike at the mill began on Monday.",
    "The strike at the mill began on 24 May 2025.",
)


def test_claims_with_the_same_words_agree_and_nothing_else_is_said_of_them():
    found = judge(claims("a", *EVENT), claims("b", *EVENT))

    assert [(one.a[1:], one.b[1:], one.label) for one in found] == [
        (str(n), str(n), Label.AGREEING) for n in range(len(EVENT))
    ]


def test_swapping_rows_and_columns_swaps_the_verdicts():
    ours, theirs = claims("a", *EVENT[::2]), claims("b", *EVENT[1::2])

    there = {(one.a, one.b, one.label, one.aspect, one.between) for one in judge(ours, theirs)}
    back = {(one.b, one.a, one.label, one.aspect, one.between) for one in judge(theirs, ours)}

    assert there
    assert there == back


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5))
def test_no_text_conflicts_with_itself(some):
    for found in judge(claims("a", *some), claims("b", *some)):
        if some[int(found.a[1:])] == some[int(found.b[1:])]:
            assert found.label == Label.AGREEING


def test_a_claim_has_at_most_one_verdict_in_a_group():
    found = judge(
        claims("a", "The Karsk mill burned."),
        claims("b", "The mill in Karsk burned.", "The Karsk mill burned down."),
    )

    assert len(found) == 1


def test_no_claims_give_no_verdicts():
    assert judge((), claims("b", "The Karsk mill burned.")) == ()


# How it does on labelled sets


def judged(folder):
    """The table of the judge stage, claims given, over the sets in *folder*."""
    confusions = [
        score_pairs(one, Stage.JUDGE, Reading(asyncio.run(judge_set(one, Builtin())))).result.tables["pairs"]
        for one in read_sets([folder])
    ]
    return sum(confusions, Counter())


def test_the_scores_on_newswire_do_not_fall_below_the_floor():
    confusion = judged(SETS / "newswire")

    # 10 events, 10,679 pairs; a bag of words reaches 0.52 and 0.16
    figures = [f1(counts_of(confusion, label)) for label in Label]
    assert confusion.total() == 10_679
    assert sum(figures) / len(figures) >= 0.60
    assert f1(counts_of(confusion, Label.CONFLICTING)) >= 0.35


def test_there_is_hardly_a_false_conflict_between_the_seeds():
    counts = counts_of(judged(SETS / "seeds"), Label.CONFLICTING)

    # 2,655 pairs, none conflicting by hand
    assert counts.wanted == 0
    assert counts.given <= 1
