"""Answers beside labels: confusions, shares, slices, items and the scorecard, worked out by hand."""

import asyncio
import json
import os
from collections import Counter

import pytest

from checker.engines import Judgement
from checker.errors import InputError
from checker.evaluate.asking import Judged, judge, judge_by_rule
from checker.evaluate.assembly import Assembly
from checker.evaluate.candidates import candidate_shares, curve
from checker.evaluate.found import claim_items, find, findings_of, score_claims, score_whole
from checker.evaluate.pairs import Reading, same_labels, score_pairs
from checker.evaluate.records import LabelRow
from checker.evaluate.scorecard import Outcome, Ratio, Stage, Table, read_scorecard, render
from checker.evaluate.scoring import (
    Result,
    confusion_of,
    counts_by_event,
    ratio_of,
    scores_of,
    share_of,
    shares_of,
    tables_of,
)
from checker.evaluate.sets import LabelledSet
from checker.facts import Findings
from checker.load import Loaded
from checker.schema import (
    Article,
    Aspect,
    Between,
    Claim,
    Counts,
    Coverage,
    Failure,
    Label,
    Quote,
    Report,
    Run,
    Tally,
    Ungrounded,
    Usage,
    Verdict,
)

TEXTS = {
    "a": "The ferry sank on Monday.\nNine people died.\nThe captain was arrested.\n",
    "b": "A ferry went down.\nTwelve people died.\nFog hid the pier.\n",
    "c": "Divers found the wreck.\n",
}
AGREEING, CONFLICTING, UNIQUE = Label.AGREEING, Label.CONFLICTING, Label.UNIQUE
FALSE_CONFLICTS = ("false conflicts per 1,000 unrelated pairs", None)
ASPECT_RIGHT = ("aspect right, of conflicts found", None)
BETWEEN_RIGHT = ("between right, of conflicts found", None)
TIME = {"aspect": Aspect.TIME, "between": Between.ARTICLES}
QUANTITY = {"aspect": Aspect.QUANTITY, "between": Between.ARTICLES}


def claims_of(name, article, speakers=(), n=None):
    """Each line of an article is a claim, named by *name* and the number of the line."""
    text, start, found = TEXTS[article], 0, []
    for number, line in enumerate(text.splitlines(), start=1):
        quote = Quote(text=line, start=start, end=start + len(line))
        speaker = dict(speakers).get(number)
        found.append(
            Claim(id=f"{name}{number}", article=article, text=line, speaker=speaker, quotes=(quote,))
        )
        start += len(line) + 1
    return found[:n]


def labelled(*rows, name="ferry", articles="ab", kinds=None):
    """A set of the claims a1, a2, a3, b1, b2, b3; without *rows*, a1 b1 agree and a2 b2 conflict."""
    rows = rows or (row("a1", "b1", AGREEING), row("a2", "b2", CONFLICTING, **QUANTITY))
    return LabelledSet(
        name=name,
        digest="0" * 12,
        loaded=Loaded(
            articles=tuple(
                Article(id=one, path=f"sets/{one}.txt", format="text", text=TEXTS[one]) for one in articles
            ),
            skipped=(),
            remarks=(),
        ),
        claims=tuple(claim for one in articles for claim in claims_of(one, one)),
        labels={one.pairing: one for one in rows},
        kinds=kinds or {},
    )


def row(a, b, label, **notes):
    return LabelRow(a=a, b=b, label=label, **notes)


def verdict(a, b, label, **notes):
    return Verdict(a=a, b=b, label=label, **notes)


def judged(*verdicts, lost=()):
    return Judged({(min(v.a, v.b), max(v.a, v.b)): v for v in verdicts}, frozenset(lost))


RIGHT = judged(verdict("a1", "b1", AGREEING), verdict("a2", "b2", CONFLICTING, **QUANTITY))


def read(one, *verdicts, lost=(), stage=Stage.JUDGE, **more):
    return score_pairs(one, stage, Reading(judged(*verdicts, lost=lost), **more))


def confusion(scored):
    return dict(scored.result.tables["pairs"])


def scores(scored):
    """(right, given, wanted) by label."""
    [table] = tables_of(Stage.JUDGE, "system", [Result("ferry", {"pairs": scored.result.tables["pairs"]})])
    return {one.label: (one.right, one.given, one.wanted) for one in scores_of(table)}


# A reading of all pairs, held against the labels. Three claims with three: nine pairs.


def test_a_right_reading_is_all_on_the_diagonal():
    scored = score_pairs(labelled(), Stage.JUDGE, Reading(RIGHT))

    assert confusion(scored) == {
        ("agreeing", "agreeing"): 1,
        ("conflicting", "conflicting"): 1,
        ("unique", "unique"): 7,
    }


def test_a_wrong_reading_is_counted_by_label_and_outcome():
    scored = read(labelled(), verdict("a1", "b1", CONFLICTING), verdict("a3", "b3", CONFLICTING))

    assert confusion(scored) == {
        ("agreeing", "conflicting"): 1,
        ("conflicting", "unique"): 1,
        ("unique", "conflicting"): 1,
        ("unique", "unique"): 6,
    }


def test_right_given_and_wanted_are_counted_by_label():
    scored = read(
        labelled(),
        verdict("a1", "b1", AGREEING),
        verdict("a2", "b2", AGREEING),
        verdict("a3", "b3", AGREEING),
        verdict("a1", "b3", CONFLICTING),
    )

    # unique: of 7 two were called something else; the conflict was called agreeing
    assert scores(scored) == {"conflicting": (0, 1, 1), "agreeing": (1, 3, 1), "unique": (5, 5, 7)}


def test_a_pair_that_was_not_judged_is_in_a_column_of_its_own():
    scored = read(labelled(), lost=[("a2", "b2"), ("a3", "b3")])

    assert confusion(scored) == {
        ("agreeing", "unique"): 1,
        ("conflicting", "not judged"): 1,
        ("unique", "not judged"): 1,
        ("unique", "unique"): 6,
    }


def test_a_pair_that_was_not_judged_is_never_right():
    scored = read(labelled(), lost=list(labelled().pairs()))

    assert scores(scored) == {"conflicting": (0, 0, 1), "agreeing": (0, 0, 1), "unique": (0, 0, 7)}


def test_the_pairs_of_a_claim_that_was_not_found_are_not_found():
    scored = read(labelled(), unfound=frozenset({"a2"}))

    # a2 with b1, b2 and b3
    assert confusion(scored) == {
        ("agreeing", "unique"): 1,
        ("conflicting", "not found"): 1,
        ("unique", "not found"): 2,
        ("unique", "unique"): 5,
    }


def test_a_pair_that_was_not_found_is_never_right():
    every = frozenset(claim.id for claim in labelled().claims)

    assert {right for right, _, _ in scores(read(labelled(), unfound=every)).values()} == {0}


def test_where_one_claim_was_not_read_the_other_may_be_missing_too():
    reading = Reading(Judged(), unfound=frozenset({"b2"}), unjudged=frozenset({"a2"}))

    assert reading.outcome(("a2", "b2")) == Outcome.NOT_JUDGED


def test_verdicts_on_what_is_not_labelled_are_given_and_never_right():
    extra = claims_of("x", "a")[2], claims_of("y", "b")[2]
    loose = ((verdict("x3", "y3", CONFLICTING), *extra), (verdict("x3", "y3", AGREEING), *extra))

    scored = score_pairs(labelled(), Stage.WHOLE, Reading(RIGHT, loose=loose))

    assert confusion(scored)["not labelled", "conflicting"] == 1
    assert scores(scored) == {"conflicting": (1, 2, 1), "agreeing": (1, 2, 1), "unique": (7, 7, 7)}


# Shares and slices.


def share(scored, name):
    return scored.result.shares[name]


def test_false_conflicts_are_those_among_unrelated_pairs():
    scored = read(labelled(), verdict("a1", "b1", CONFLICTING), verdict("a3", "b3", CONFLICTING))

    # a1 b1 is labelled agreeing and none of the 7 unrelated pairs
    assert share(scored, FALSE_CONFLICTS) == (1, 7)


def test_a_system_with_claims_of_its_own_has_no_share_of_false_conflicts():
    extra = claims_of("x", "a")[2], claims_of("y", "b")[2]
    loose = ((verdict("x3", "y3", CONFLICTING), *extra),)

    # what its claim says may be labelled a conflict, of a claim that is cut otherwise
    assert FALSE_CONFLICTS not in read(labelled(), stage=Stage.WHOLE, loose=loose).result.shares


def test_false_conflicts_are_told_per_1000():
    result = read(labelled(), verdict("a3", "b3", CONFLICTING)).result

    assert {one.what: one.per for one in shares_of(Stage.JUDGE, "system", [result])} == {
        "false conflicts per 1,000 unrelated pairs": 1000,
        "aspect right, of conflicts found": 1,
        "between right, of conflicts found": 1,
        "conflicts found": 1,
    }


def test_notes_are_held_against_those_of_the_conflicts_found():
    scored = read(labelled(), verdict("a2", "b2", CONFLICTING, **TIME))

    assert share(scored, ASPECT_RIGHT) == (0, 1)
    assert share(scored, BETWEEN_RIGHT) == (1, 1)


def test_a_system_that_gives_no_notes_is_not_asked_for_them():
    made = Assembly([labelled()], "system")
    made.add_judged("system", [judged(verdict("a2", "b2", CONFLICTING))])

    assert {ASPECT_RIGHT[0], BETWEEN_RIGHT[0]}.isdisjoint(one.what for one in card(made).shares)


def test_one_verdict_of_two_without_notes_has_them_wrong():
    one = labelled(
        row("a1", "b1", CONFLICTING, aspect=Aspect.TIME),
        row("a2", "b2", CONFLICTING, aspect=Aspect.TIME),
    )
    scored = read(one, verdict("a1", "b1", CONFLICTING, **TIME), verdict("a2", "b2", CONFLICTING))

    assert share(scored, ASPECT_RIGHT) == (1, 2)


@pytest.mark.parametrize("said", [(), (verdict("a2", "b2", AGREEING),)])
def test_notes_are_not_asked_of_a_conflict_that_was_not_found(said):
    assert share(read(labelled(), *said), ASPECT_RIGHT) == (0, 0)


@pytest.mark.parametrize("name", [ASPECT_RIGHT, BETWEEN_RIGHT])
def test_notes_are_not_asked_where_the_label_has_none(name):
    one = labelled(row("a2", "b2", CONFLICTING))

    assert share(read(one, verdict("a2", "b2", CONFLICTING, **TIME)), name) == (0, 0)


def test_conflicts_are_sliced_by_aspect_and_sides():
    one = labelled(
        row("a1", "b1", CONFLICTING, aspect=Aspect.TIME, between=Between.SPEAKERS),
        row("a2", "b2", CONFLICTING, aspect=Aspect.QUANTITY, between=Between.ARTICLES),
        row("a3", "b3", CONFLICTING, aspect=Aspect.QUANTITY, between=Between.ARTICLES),
    )

    scored = read(one, verdict("a2", "b2", CONFLICTING), verdict("a1", "b1", AGREEING))

    assert {
        part: hits for (what, part), hits in scored.result.shares.items() if what == "conflicts found"
    } == {
        ("aspect", "time"): (0, 1),
        ("between", "speakers"): (0, 1),
        ("aspect", "quantity"): (1, 2),
        ("between", "articles"): (1, 2),
    }


def found_parts(one, *verdicts):
    shares = read(one, *verdicts).result.shares
    return {part: hits for (what, part), hits in shares.items() if what == "labelled pairs found"}


def test_labelled_pairs_are_sliced_by_phenomenon():
    one = labelled(
        row("a1", "b1", AGREEING, phenomenon="paraphrase"),
        row("a2", "b2", CONFLICTING, phenomenon="paraphrase"),
        row("a3", "b3", UNIQUE, phenomenon="decoy"),
    )

    assert found_parts(one, verdict("a1", "b1", AGREEING)) == {("phenomenon", "paraphrase"): (1, 2)}


def test_labelled_pairs_are_sliced_by_the_kinds_of_both_articles():
    one = labelled(kinds={"a": "wire", "b": "translated"})

    assert found_parts(one, verdict("a1", "b1", AGREEING)) == {
        ("kind of articles", "translated and wire"): (1, 2)
    }


def test_a_pair_with_an_article_of_no_known_kind_is_in_no_slice_of_kinds():
    assert found_parts(labelled(kinds={"a": "wire"})) == {}


# The items behind the numbers.


def items(one, *verdicts, **more):
    return {(item.a, item.b): item for item in read(one, *verdicts, **more).items}


def test_items_are_the_pairs_that_are_labelled_or_were_given_something():
    found = items(
        labelled(), verdict("a3", "b3", CONFLICTING), lost=[("a1", "b2")], unfound=frozenset({"b1"})
    )

    # a1 b1 and a2 b2 are labelled, a3 b3 was given a conflict; unique pairs without an answer are dull
    assert {pair: item.given.value for pair, item in found.items()} == {
        ("a1", "b1"): "not found",
        ("a2", "b2"): "unique",
        ("a3", "b3"): "conflicting",
    }


def test_a_right_item_has_no_sides():
    item = items(labelled(), verdict("a2", "b2", CONFLICTING, reason="Nine or twelve."))["a2", "b2"]

    assert (item.is_right, item.sides, item.reason) == (True, None, None)


def test_a_wrong_item_shows_both_claims_at_their_lines():
    item = items(labelled(), verdict("a2", "b2", AGREEING, reason="Both count."))["a2", "b2"]

    assert [(side.where, side.text) for side in item.sides] == [
        ("a.txt:2", "Nine people died."),
        ("b.txt:2", "Twelve people died."),
    ]
    assert (item.is_right, item.reason) == (False, "Both count.")


def test_an_item_holds_the_notes_by_hand_and_as_given():
    item = items(labelled(), verdict("a2", "b2", CONFLICTING, **TIME))["a2", "b2"]

    assert (item.aspect, item.given_aspect) == (Aspect.QUANTITY, Aspect.TIME)


def test_a_verdict_on_claims_that_are_not_labelled_is_an_item_without_a_label():
    extra = claims_of("x", "a")[2], claims_of("y", "b")[2]

    item = items(labelled(), loose=((verdict("x3", "y3", CONFLICTING), *extra),))["x3", "y3"]

    assert (item.label, item.given, item.is_right) == (None, Outcome.CONFLICTING, False)
    assert item.sides[1].where == "b.txt:3"


# Several readings of one set.


def test_same_labels_are_those_of_the_pairs_that_any_reading_calls_more_than_unique():
    one = judged(verdict("a1", "b1", AGREEING), verdict("a2", "b2", CONFLICTING))
    other = judged(
        verdict("a1", "b1", AGREEING), verdict("a2", "b2", AGREEING), verdict("a3", "b3", AGREEING)
    )

    # a1 b1 the same; a2 b2 and a3 b3 not
    assert same_labels(labelled(), one, other) == (1, 3)


def test_a_pair_without_an_answer_tells_nothing_of_sameness():
    nothing = judged(lost=[("a1", "b1")])

    # a1 b1 tells nothing; nothing else is called more than unique
    assert same_labels(labelled(), nothing, judged(verdict("a1", "b1", AGREEING))) == (0, 0)


def test_a_label_must_be_the_same_in_all_readings():
    assert same_labels(labelled(), RIGHT, RIGHT, Judged()) == (0, 2)


def test_all_that_is_unique_in_each_reading_counts_nothing():
    assert same_labels(labelled(), Judged(), judged(verdict("a1", "b1", UNIQUE))) == (0, 0)


# What an engine says of the labelled claims.


class Fake:
    """An engine that gives one label to the first row and column of each group, and writes down what it saw."""

    name = "fake"

    def __init__(self, label=CONFLICTING, *, fails=False):
        self.label = label
        self.fails = fails
        self.seen = []

    async def extract(self, article):
        raise NotImplementedError

    async def judge(self, group):
        self.seen.append(tuple(one.id for one in group.articles))
        a, b = group.rows[0].id, group.columns[0].id
        if self.fails:
            ids = tuple(one.id for one in group.articles)
            return Judgement(
                verdicts=(), failures=(Failure(step="judge", articles=ids, a=(a,), b=(b,), error="?"),)
            )
        return Judgement(verdicts=(verdict(a, b, self.label),))


@pytest.mark.parametrize(("how", "seen"), [({}, ("a", "b")), ({"swapped": True}, ("b", "a"))])
def test_an_engine_sees_the_articles_in_their_order_or_swapped(how, seen):
    engine = Fake()

    found = asyncio.run(judge(labelled(), engine, **how))

    assert engine.seen == [seen]
    assert {pair: one.label for pair, one in found.verdicts.items()} == {("a1", "b1"): CONFLICTING}


def test_an_engine_judges_each_two_articles():
    found = asyncio.run(judge(labelled(articles="abc"), Fake(AGREEING)))

    assert set(found.verdicts) == {("a1", "b1"), ("a1", "c1"), ("b1", "c1")}


@pytest.mark.parametrize("swapped", [False, True])
def test_what_an_engine_does_not_answer_was_not_judged(swapped):
    found = asyncio.run(judge(labelled(), Fake(fails=True), swapped=swapped))

    assert found.label(("a1", "b1")) is None
    assert found.label(("a2", "b2")) == UNIQUE


def test_the_rule_judges_every_pair():
    found = judge_by_rule(labelled())

    # "Nine people died." and "Twelve people died." share two words of three and have no figures;
    # "The ferry sank on Monday." and "A ferry went down." share one of the shorter one's two (ferry, went)
    assert {pair: one.label for pair, one in found.verdicts.items()} == {
        ("a2", "b2"): AGREEING,
        ("a1", "b1"): AGREEING,
    }


# What a system found itself.


def findings(*verdicts, claims=None, failures=()):
    """Claims p1, p2, p3 of a and q1, q2, q3 of b, word for word the labelled ones."""
    claims = [*claims_of("p", "a"), *claims_of("q", "b")] if claims is None else claims
    return Findings(claims=tuple(claims), verdicts=verdicts, failures=failures)


def whole(one, found):
    return score_whole(find(one, found))


def failed(step, *articles, a=(), b=()):
    return Failure(step=step, articles=articles, a=a, b=b, error="no answer")


def test_what_was_found_is_told_in_the_claims_of_the_set():
    scored = whole(labelled(), findings(verdict("p1", "q1", AGREEING), verdict("q2", "p2", CONFLICTING)))

    assert confusion(scored) == {
        ("agreeing", "agreeing"): 1,
        ("conflicting", "conflicting"): 1,
        ("unique", "unique"): 7,
    }


def test_a_claim_that_was_not_found_gives_pairs_that_were_not_found():
    scored = whole(labelled(), findings(claims=[*claims_of("p", "a", n=1), *claims_of("q", "b")]))

    # a2 and a3 with three claims each, one of those pairs labelled conflicting
    assert confusion(scored) == {
        ("agreeing", "unique"): 1,
        ("conflicting", "not found"): 1,
        ("unique", "not found"): 5,
        ("unique", "unique"): 2,
    }


def short(one):
    """A set without the labels and claims of what stands third in each article."""
    return one.model_copy(update={"claims": tuple(c for c in one.claims if c.id not in {"a3", "b3"})})


@pytest.mark.parametrize("pair", [("p3", "q3"), ("p3", "q1"), ("p1", "q3")])
def test_a_verdict_on_a_found_claim_that_is_not_labelled_is_given(pair):
    scored = whole(short(labelled()), findings(verdict(*pair, CONFLICTING)))

    # of two with two claims a pair agrees, a pair conflicts, two are unique
    assert confusion(scored) == {
        ("agreeing", "unique"): 1,
        ("conflicting", "unique"): 1,
        ("unique", "unique"): 2,
        ("not labelled", "conflicting"): 1,
    }


def test_a_found_pair_called_unique_that_is_not_labelled_is_nothing():
    assert ("not labelled", "unique") not in confusion(
        whole(short(labelled()), findings(verdict("p3", "q3", UNIQUE)))
    )


def test_where_the_extraction_failed_pairs_were_not_judged():
    found = findings(claims=claims_of("p", "a"), failures=(failed("extract", "b"),))

    assert confusion(whole(labelled(), found)) == {
        ("agreeing", "not judged"): 1,
        ("conflicting", "not judged"): 1,
        ("unique", "not judged"): 7,
    }


def test_what_a_half_failed_extraction_gave_is_judged():
    found = findings(
        verdict("p1", "q1", AGREEING),
        claims=[*claims_of("p", "a"), *claims_of("q", "b", n=1)],
        failures=(failed("extract", "b"),),
    )

    # b2 and b3 with three claims each
    assert confusion(whole(labelled(), found)) == {
        ("agreeing", "agreeing"): 1,
        ("conflicting", "not judged"): 1,
        ("unique", "not judged"): 5,
        ("unique", "unique"): 2,
    }


def test_a_claim_missing_from_an_article_that_was_read_was_not_found_although_another_failed():
    found = findings(
        claims=[*claims_of("p", "a", n=1), *claims_of("q", "b")], failures=(failed("extract", "c"),)
    )

    assert confusion(whole(labelled(), found))["conflicting", "not found"] == 1


def test_the_pairs_of_a_failed_comparison_were_not_judged():
    found = findings(failures=(failed("judge", "a", "b", a=("p2", "p3"), b=("q2",)),))

    assert confusion(whole(labelled(), found)) == {
        ("agreeing", "unique"): 1,
        ("conflicting", "not judged"): 1,
        ("unique", "not judged"): 1,
        ("unique", "unique"): 6,
    }


def test_a_comparison_that_failed_in_part_does_not_make_a_missing_claim_not_judged():
    found = findings(
        claims=[*claims_of("p", "a", n=1), *claims_of("q", "b")],
        failures=(failed("judge", "a", "b", a=("p1",), b=("q1",)),),
    )

    # p1 is a1 and q1 is b1; a2 is missing from an article that was read
    given = confusion(whole(labelled(), found))
    assert (given["agreeing", "not judged"], given["conflicting", "not found"]) == (1, 1)


def test_a_pair_without_an_answer_that_is_not_labelled_is_nothing():
    found = findings(failures=(failed("judge", "a", "b", a=("p2", "p3"), b=("q2", "q3")),))

    # p3 and q3 are not labelled
    assert confusion(whole(short(labelled()), found)) == {
        ("agreeing", "unique"): 1,
        ("conflicting", "not judged"): 1,
        ("unique", "unique"): 2,
    }


@pytest.mark.parametrize(
    ("verdicts", "failures", "outcome"),
    [
        ((verdict("p1", "q1", AGREEING),), (), "agreeing"),
        ((), (failed("judge", "a", "b", a=("p1",), b=("q1",)),), "not judged"),
    ],
)
def test_the_only_two_claims_that_were_found_are_a_pair(verdicts, failures, outcome):
    claims = [*claims_of("p", "a", n=1), *claims_of("q", "b", n=1)]

    scored = whole(labelled(), findings(*verdicts, claims=claims, failures=failures))

    # eight of nine pairs have a claim that was not found
    assert confusion(scored) == {
        ("agreeing", outcome): 1,
        ("conflicting", "not found"): 1,
        ("unique", "not found"): 7,
    }


def test_a_verdict_that_was_given_stands_beside_a_failure():
    found = findings(
        verdict("p2", "q2", CONFLICTING), failures=(failed("verify", "a", "b", a=("p2",), b=("q2",)),)
    )

    assert confusion(whole(labelled(), found))["conflicting", "conflicting"] == 1


def test_where_the_comparison_of_two_articles_failed_as_a_whole_their_pairs_were_not_judged():
    one = labelled(articles="abc")
    found = findings(
        claims=[*claims_of("p", "a"), *claims_of("q", "b"), *claims_of("r", "c")],
        failures=(failed("judge", "a", "b"),),
    )

    # a with b nine pairs, two of them labelled; a with c and b with c three each
    assert confusion(whole(one, found)) == {
        ("agreeing", "not judged"): 1,
        ("conflicting", "not judged"): 1,
        ("unique", "not judged"): 7,
        ("unique", "unique"): 6,
    }


def test_a_claim_lost_with_the_comparison_of_its_articles_was_not_judged():
    # One prompt over both articles gives claims and labels in one reply: without it there are neither.
    found = findings(claims=[], failures=(failed("judge", "a", "b"),))

    assert {given for _, given in confusion(whole(labelled(), found))} == {"not judged"}


def statuses(one, found):
    return dict(whole(one, found).result.tables["status"])


def test_statuses_are_held_against_those_by_hand():
    # by hand: a1 b1 agreeing, a2 b2 conflicting, a3 b3 unique
    found = findings(verdict("p1", "q1", AGREEING), verdict("p2", "q3", CONFLICTING))

    assert statuses(labelled(), found) == {
        ("agreeing", "agreeing"): 2,
        ("conflicting", "conflicting"): 1,
        ("conflicting", "unique"): 1,
        ("unique", "unique"): 1,
        ("unique", "conflicting"): 1,
    }


def test_the_status_of_a_claim_that_was_not_found_is_not_found():
    found = findings(claims=[*claims_of("p", "a", n=1), *claims_of("q", "b")])

    # a2 and a3
    assert statuses(labelled(), found) == {
        ("agreeing", "unique"): 2,
        ("conflicting", "unique"): 1,
        ("conflicting", "not found"): 1,
        ("unique", "not found"): 1,
        ("unique", "unique"): 1,
    }


def test_no_status_is_known_where_the_other_article_was_not_read():
    found = findings(claims=claims_of("p", "a"), failures=(failed("extract", "b"),))

    assert statuses(labelled(), found) == {
        ("agreeing", "not judged"): 2,
        ("conflicting", "not judged"): 2,
        ("unique", "not judged"): 2,
    }


def test_the_status_of_a_claim_that_is_not_labelled_is_given():
    found = findings(verdict("p3", "q3", AGREEING))

    assert {key: n for key, n in statuses(short(labelled()), found).items() if key[0] == "not labelled"} == {
        ("not labelled", "agreeing"): 2
    }


# The claims on their own.


def claim_result(found, coverage=(), n_ungrounded=0):
    return score_claims(found, coverage, n_ungrounded)


def test_claims_are_counted_as_right_of_given_and_wanted():
    found = find(short(labelled()), findings(claims=[*claims_of("p", "a"), *claims_of("q", "b", n=1)]))
    [table] = tables_of(Stage.EXTRACT, "system", [claim_result(found)])
    [score] = scores_of(table)

    # found a1 a2 a3 b1, labelled a1 a2 b1 b2
    assert (score.label, score.right, score.given, score.wanted) == ("claim", 3, 4, 4)


def test_the_shares_of_claims_are_of_those_labelled_or_found():
    joined = Claim(
        id="p12",
        article="a",
        text="The ferry sank on Monday and people died.",
        speaker=None,
        quotes=(Quote(text=TEXTS["a"][:43], start=0, end=43),),
    )
    extra = claims_of("p", "a")[2]
    found = find(short(labelled()), findings(claims=[joined, extra, *claims_of("q", "b")]))

    shares = {
        what: hits
        for (what, _), hits in claim_result(
            found,
            [Coverage(article="a", quoted=60, total=70), Coverage(article="b", quoted=4, total=30)],
            n_ungrounded=2,
        ).shares.items()
    }

    # a1 is in p12, with a2's words; p3 and q3 are not labelled; q1 and q2 match. 5 were found, 2 more offered
    assert shares == {
        "labelled claims merged into another": (1, 4),
        "labelled claims missed": (0, 4),
        "found claims split off another": (0, 5),
        "found claims that are extra": (2, 5),
        "speaker right, where either names one": (0, 0),
        "characters of the articles quoted": (64, 100),
        "claims offered whose quote is not in the article": (2, 7),
    }


@pytest.mark.parametrize(
    ("by_hand", "as_found", "right"),
    [
        (None, "Witkoff", 0),
        ("Witkoff", None, 0),
        ("Steve Witkoff", "Witkoff", 1),
        ("Volodymyr Zelensky", "Zelenskyy", 1),
        ("Steve Witkoff", "Mark Rutte", 0),
        ("the mayor of Ostwick", "the governor of Norrin", 0),
    ],
)
def test_a_speaker_is_right_if_a_name_is_shared(by_hand, as_found, right):
    one = labelled()
    said = claims_of("a", "a", speakers={1: by_hand}, n=1)
    one = one.model_copy(update={"claims": (*said, *claims_of("b", "b"))})

    found = find(one, findings(claims=claims_of("p", "a", speakers={1: as_found}, n=1)))

    assert claim_result(found).shares["speaker right, where either names one", None] == (right, 1)


def test_claims_that_nobody_says_are_not_asked_for_a_speaker():
    found = find(labelled(), findings())

    assert claim_result(found).shares["speaker right, where either names one", None] == (0, 0)


def test_pairs_without_a_label_given_are_no_proof_of_no_false_conflict():
    scored = read(labelled(), verdict("a3", "b3", CONFLICTING), lost=[("a1", "b2")])

    # nine pairs, two of them labelled; of the seven others a1 b2 was given nothing
    assert share(scored, FALSE_CONFLICTS) == (1, 6)


def test_gaps_are_counted_by_part():
    made = Assembly([labelled()], "system")
    made.add_gap("swap", 3)
    made.add_gap("draw-2", 0)

    assert card(made).gaps == {"swap": 3}


def test_what_was_not_judged_in_the_whole_check_is_a_gap():
    made = Assembly([labelled()], "system")
    found = findings(failures=(failed("judge", "a", "b", a=("p2",), b=("q2",)),))
    made.add_whole("system", [find(labelled(), found)])
    made.add_whole("one prompt", [find(labelled(), found)], with_status=False)

    assert card(made).gaps == {"whole": 1, "one prompt": 1}


def test_claims_without_a_partner_are_listed_by_what_they_are():
    found = find(short(labelled()), findings(claims=[*claims_of("p", "a"), *claims_of("q", "b", n=1)]))

    assert [(item.kind, item.side.where) for item in claim_items(found)] == [
        ("missed", "b.txt:2"),
        ("extra", "a.txt:3"),
    ]


# Ratios.


def of_share(hits, n, part=None, what="conflicts found"):
    return share_of(Stage.JUDGE, "system", (what, part), {"ferry": (hits, n)})


@pytest.mark.parametrize(("n", "says"), [(9, False), (10, True)])
def test_a_slice_of_fewer_than_ten_says_nothing(n, says):
    assert (of_share(5, n, ("aspect", "time")).ratio is not None) == says


def test_a_share_of_all_says_something_from_one_on():
    assert of_share(1, 1).ratio.value == 1.0


def test_a_share_of_nothing_has_no_ratio():
    assert of_share(0, 0).ratio is None


def test_a_slice_counts_its_items_over_all_events():
    one = share_of(Stage.JUDGE, "system", ("x", ("aspect", "time")), {"ferry": (2, 4), "bridge": (3, 6)})

    assert (one.hits, one.n, one.ratio.value) == (5, 10, 0.5)


def test_an_event_that_counts_nothing_is_not_listed():
    one = share_of(Stage.JUDGE, "system", ("x", None), {"ferry": (0, 0), "bridge": (0, 6)})

    assert one.by_event == {"bridge": (0, 6)}


def test_an_event_that_lacks_a_share_counts_nothing_in_it():
    [one] = shares_of(Stage.JUDGE, "system", [Result("ferry"), Result("bridge", {}, {("x", None): (1, 2)})])

    assert (one.hits, one.n, one.by_event) == (1, 2, {"bridge": (1, 2)})


@pytest.mark.parametrize(
    ("hits", "n", "value"),
    [
        (0, 7, 0.0),
        (7, 7, 1.0),
        (1, 3, 0.333333),
        (2, 3, 0.666667),
        (1, 10_000_000, 0.000001),  # 0.0000001 would round to 0
        (9_999_999, 10_000_000, 0.999999),  # 0.9999999 would round to 1
    ],
)
def test_a_ratio_has_six_places_and_is_0_or_1_only_if_it_is(hits, n, value):
    assert of_share(hits, n).ratio.value == value


def test_one_event_has_the_exact_interval():
    # All of 5: the low end p has p ** 5 = 0.025 (Clopper and Pearson), so p = 0.4782
    assert of_share(5, 5).ratio == Ratio(value=1.0, low=0.478176, high=1.0)


def test_two_events_have_the_interval_of_their_resamples():
    one = share_of(Stage.JUDGE, "system", ("x", None), {"ferry": (1, 2), "bridge": (2, 2)})

    # ferry twice 1/2, one of each 3/4, bridge twice 1: a quarter, a half and a quarter of the draws
    assert one.ratio == Ratio(value=0.75, low=0.5, high=1.0)


def table(**rows):
    """A table of one event, by label and outcome."""
    return Table(stage=Stage.JUDGE, system="system", what="pairs", by_event={"ferry": rows})


def test_nothing_given_has_no_precision():
    [conflicting, unique] = scores_of(table(conflicting={"unique": 2}))

    assert (conflicting.precision, conflicting.recall.value, conflicting.f1.value) == (None, 0.0, 0.0)
    assert (unique.given, unique.wanted) == (2, 0)


def test_nothing_wanted_has_no_recall():
    scored = {one.label: one for one in scores_of(table(unique={"conflicting": 2}))}

    assert scored["conflicting"].recall is None
    assert scored["conflicting"].precision.value == 0.0


def test_precision_recall_and_f1_are_of_right_given_and_wanted():
    score = scores_of(table(conflicting={"conflicting": 3, "unique": 3}, unique={"conflicting": 1}))[0]

    # 3 of 4 given, 3 of 6 wanted, 2 * 3 / (4 + 6)
    assert (score.precision.value, score.recall.value, score.f1.value) == (0.75, 0.5, 0.6)


def test_the_f1_of_one_event_has_the_exact_interval_of_right_of_all():
    [score] = scores_of(table(agreeing={"agreeing": 5}))

    # 5 of 5 given or wanted: low j = 0.478176, 2 j / (1 + j) = 0.956352 / 1.478176 = 0.646981
    assert score.f1 == Ratio(value=1.0, low=0.646981, high=1.0)


def test_precision_and_recall_of_two_events_have_the_intervals_of_their_resamples():
    ferry = {"agreeing": {"agreeing": 1, "unique": 3}, "unique": {"agreeing": 1}}
    bridge = {"agreeing": {"agreeing": 2}}
    made = Table(
        stage=Stage.JUDGE, system="system", what="pairs", by_event={"ferry": ferry, "bridge": bridge}
    )

    score = scores_of(made)[0]

    # right, given, wanted: ferry 1 2 4, bridge 2 2 2; of the draws a quarter are the one twice, or the other
    assert score.precision == Ratio(value=0.75, low=0.5, high=1.0)
    assert score.recall == Ratio(value=0.5, low=0.25, high=1.0)
    # ferry twice 4 / 12, bridge twice 8 / 8, both 6 / 10
    assert score.f1 == Ratio(value=0.6, low=0.333333, high=1.0)


def test_labels_stand_in_one_order_and_outcomes_are_no_labels():
    scored = scores_of(
        table(
            unique={"not judged": 1, "not found": 1, "agreeing": 1},
            conflicting={"unique": 1},
            **{"not labelled": {"conflicting": 1}},
        )
    )

    assert [one.label for one in scored] == ["conflicting", "agreeing", "unique"]


def test_a_table_gives_back_its_confusion_and_its_counts():
    counted = Counter({("agreeing", "agreeing"): 2, ("unique", "agreeing"): 1, ("agreeing", "unique"): 3})

    [made] = tables_of(Stage.JUDGE, "system", [Result("ferry", {"pairs": counted})])

    assert confusion_of(made, "ferry") == counted
    # right 2, given 2 + 1, wanted 2 + 3
    assert counts_by_event(made, "agreeing") == {"ferry": (2, 3, 5)}


def test_there_is_a_table_for_each_thing_counted_with_the_events_in_order():
    one = Counter({("unique", "unique"): 1})

    made = tables_of(
        Stage.WHOLE, "system", [Result("y", {"status": one, "pairs": one}), Result("x", {"pairs": one})]
    )

    assert [(each.what, list(each.by_event)) for each in made] == [("pairs", ["y", "x"]), ("status", ["y"])]


def test_a_figure_that_is_not_defined_has_no_ratio():
    assert ratio_of([(1, 2)], lambda _: float("nan")) is None


def test_a_figure_of_one_event_has_no_interval():
    assert ratio_of([(1, 4)], lambda sums: sums[0] / sums[1]) == Ratio(value=0.25)


# Candidates.

FIRE = "A fire destroyed the old cinema in Ostwick on Monday."
BLAZE = "The old cinema of Ostwick was destroyed by fire."
PRICES = "Bread prices rose by eight per cent."
BREAD = "The price of bread is up 8%."


def told(name="fire", articles="ab", **labels):
    """A set whose claims 1 and 2 of each article look like those of any other, and whose claims 3 do not."""
    texts = {
        "a": (FIRE, PRICES, "Frogs sing."),
        "b": (BLAZE, BREAD, "Zebras vote."),
        "c": (FIRE, PRICES, "Owls jump."),
    }
    base = labelled(name=name, articles=articles)
    claims = tuple(
        Claim(
            id=f"{one}{n}",
            article=one,
            text=text,
            speaker=None,
            quotes=(Quote(text=TEXTS[one][0], start=0, end=1),),
        )
        for one in articles
        for n, text in enumerate(texts[one], start=1)
    )
    rows = [row(pair[:2], pair[2:], label) for pair, label in labels.items()]
    return base.model_copy(update={"claims": claims, "labels": {one.pairing: one for one in rows}})


def test_candidates_hold_the_labelled_pairs_that_look_alike():
    shares = candidate_shares(told(a1b1=AGREEING, a2b2=CONFLICTING, a3b3=AGREEING)).shares

    # the candidates are a1 b1 and a2 b2, of nine pairs; a3 b3 shares no word
    assert shares == {
        ("conflicting pairs among the candidates", None): (1, 1),
        ("agreeing pairs among the candidates", None): (1, 2),
        ("pairs that are candidates", None): (2, 9),
    }


def test_a_pair_labelled_unique_is_no_labelled_pair_among_the_candidates():
    shares = candidate_shares(told(a1b1=UNIQUE)).shares

    assert shares["agreeing pairs among the candidates", None] == (0, 0)


def points(*sets):
    return {point.k: (point.kept, point.pairs, point.agreeing, point.conflicting) for point in curve(sets)}


def test_the_curve_keeps_the_best_candidates_of_each_two_articles():
    found = points(told(a1b1=AGREEING, a2b2=CONFLICTING, a3b3=AGREEING))

    # both candidates are the best of their row and column; the first by id is kept first
    assert (found[1], found[2], found[None]) == ((1, 9, 1, 0), (2, 9, 1, 1), (2, 9, 1, 1))


def test_the_curve_adds_up_all_sets_and_all_two_articles():
    three = told("three", "abc", a1b1=AGREEING, a1c1=AGREEING, b1c1=CONFLICTING)

    # one kept of each of 1 + 3 two articles; 9 + 27 pairs; the best of each is that of the claims 1
    assert points(told(a1b1=AGREEING), three)[1] == (4, 36, 3, 1)


def test_the_curve_goes_from_one_to_all():
    assert list(points(told())) == [1, 2, 5, 10, 20, 40, None]


# The scorecard.


def report(claims, coverage=(), ungrounded=()):
    none = Tally()
    return Report(
        run=Run(checker="0", engine="fake"),
        articles=labelled().loaded.articles,
        claims=tuple(claims),
        statuses={},
        verdicts=(),
        facts=(),
        counts=Counts(articles=2, claims=none, pairs=none, facts=none, ungrounded=0, failures=0, skipped=0),
        coverage=coverage,
        ungrounded=ungrounded,
    )


def card(made):
    return made.card({}, (), {})


def test_the_items_are_those_of_the_system_and_not_of_a_baseline():
    made = Assembly([labelled()], "system")
    made.add_judged("rule", [judged(verdict("a3", "b3", CONFLICTING))])
    made.add_judged("system", [RIGHT])

    assert [(item.a, item.b) for item in card(made).items] == [("a1", "b1"), ("a2", "b2")]


def test_every_system_has_its_scores():
    made = Assembly([labelled()], "system")
    made.add_judged("system", [RIGHT])
    made.add_judged("rule", [Judged()])

    scored = card(made)

    assert scored.score(Stage.JUDGE, "conflicting").right == 1
    assert scored.score(Stage.JUDGE, "conflicting", system="rule").right == 0
    assert scored.score(Stage.WHOLE, "conflicting") is None


def test_each_set_is_an_event_of_its_own():
    made = Assembly([labelled(), labelled(name="bridge")], "system")
    made.add_judged("system", [RIGHT, Judged()])

    by_event = card(made).table(Stage.JUDGE).by_event

    assert by_event["ferry"]["conflicting"] == {"conflicting": 1}
    assert by_event["bridge"]["conflicting"] == {"unique": 1}


def test_too_few_answers_for_the_sets_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        Assembly([labelled(), labelled(name="bridge")], "system").add_judged("system", [RIGHT])


def test_extraction_is_scored_with_its_coverage_and_its_claims():
    made = Assembly([labelled()], "system")
    lost = Ungrounded(article="a", text="x", quotes=("x",))
    one = report(claims_of("p", "a"), (Coverage(article="a", quoted=3, total=4),), (lost,))
    made.add_claims("system", [find(labelled(), findings_of(one))], [one])

    scored = card(made)

    shares = {one.what: (one.hits, one.n) for one in scored.shares}
    assert shares["characters of the articles quoted"] == (3, 4)
    # three were kept and one was not
    assert shares["claims offered whose quote is not in the article"] == (1, 4)
    assert [item.kind for item in scored.claims] == ["missed"] * 3


def test_the_claims_of_a_baseline_are_not_listed():
    made = Assembly([labelled()], "system")
    one = report(claims_of("p", "a"))
    made.add_claims("built-in", [find(labelled(), findings_of(one))], [one])

    assert card(made).claims == ()


@pytest.mark.parametrize(("with_status", "tables"), [(True, ["pairs", "status"]), (False, ["pairs"])])
def test_statuses_can_be_left_out(with_status, tables):
    made = Assembly([labelled()], "system")
    made.add_whole("system", [find(labelled(), findings())], with_status=with_status)

    assert [one.what for one in card(made).tables] == tables


def test_the_same_labels_of_several_readings_are_a_share():
    made = Assembly([labelled(), labelled(name="bridge")], "system")
    made.add_same("same label", [(RIGHT, RIGHT), (RIGHT, Judged())])

    [one] = card(made).shares

    # ferry 2 of 2, bridge 0 of 2
    assert (one.what, one.hits, one.n, one.by_event) == (
        "same label",
        2,
        4,
        {"ferry": (2, 2), "bridge": (0, 2)},
    )


def test_a_conflict_without_notes_in_one_event_has_them_wrong_where_the_system_gives_notes_in_another():
    made = Assembly([labelled(), labelled(name="bridge")], "system")
    made.add_judged("system", [RIGHT, judged(verdict("a2", "b2", CONFLICTING))])

    shares = {one.what: (one.hits, one.n) for one in card(made).shares}

    # one of two conflicts found has its aspect
    assert shares[ASPECT_RIGHT[0]] == (1, 2)


def test_there_is_a_curve_only_with_candidates():
    made = Assembly([told()], "system")
    before = card(made).curve
    made.add_candidates()

    assert (len(before), len(card(made).curve)) == (0, 7)


def test_costs_are_added_up_by_stage_for_all_pairs_of_articles():
    made = Assembly([labelled(articles="abc"), labelled(name="bridge")], "system")
    made.add_cost("judge", [Usage(stage="judge", calls=2), Usage(stage="judge", calls=3)])

    [cost] = card(made).costs

    # three articles have three pairs, two have one
    assert (cost.article_pairs, [one.calls for one in cost.usage]) == (4, [5])


def test_a_part_that_asked_nothing_has_no_cost():
    made = Assembly([labelled()], "system")
    made.add_cost("judge", [])

    assert card(made).costs == ()


def test_the_sets_are_told_in_numbers():
    info = card(Assembly([labelled()], "system")).sets["ferry"]

    assert (info.articles, info.article_pairs, info.claims, info.pairs) == (2, 1, 6, 9)
    assert (info.agreeing, info.conflicting) == (1, 1)


def filled():
    made = Assembly([labelled(), labelled(name="bridge")], "system")
    made.add_judged("system", [RIGHT, judged(verdict("a3", "b1", CONFLICTING), lost=[("a2", "b2")])])
    made.add_candidates()
    return card(made)


def test_the_same_answers_give_the_same_bytes():
    assert render(filled()) == render(filled())


def test_a_scorecard_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "scorecard.json"
    path.write_text(render(filled()), encoding="utf-8")

    assert read_scorecard(path) == filled()


@pytest.mark.parametrize("count", [-1, 10**400])
def test_a_count_of_a_scorecard_beyond_all_measure_is_refused(tmp_path, count):
    path = tmp_path / "card.json"
    card = json.loads(render(filled()))
    card["tables"][0]["by_event"] = {"fire": {"claim": {"claim": count}}}
    path.write_text(json.dumps(card))

    with pytest.raises(InputError, match=r"not a scorecard of this version \(tables\.0\.by_event\.fire"):
        read_scorecard(path)


def test_a_scorecard_larger_than_any_memory_is_refused(tmp_path):
    path = tmp_path / "card.json"
    path.touch()
    os.truncate(path, 2**40)

    with pytest.raises(InputError, match=r"card\.json: cannot be read \(larger than 50,000,000 bytes\)"):
        read_scorecard(path)


@pytest.mark.parametrize("text", ["", "[]", '{"version": 2}'])
def test_what_is_no_scorecard_is_named(tmp_path, text):
    path = tmp_path / "scorecard.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=r"scorecard\.json: not a scorecard of this version"):
        read_scorecard(path)
