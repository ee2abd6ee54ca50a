"""Claims are put into facts, and every claim gets its status, whatever is missing."""

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from checker.facts import Findings, camps, group, n_judged, not_judged, statuses, tally, tally_pairs
from checker.schema import Claim, Failure, Label, Quote, Tally, Verdict

A, C, U = Label.AGREEING, Label.CONFLICTING, Label.UNIQUE


def claim(name):
    """A claim of the article that its first letter names."""
    return Claim(
        id=name,
        article=name[0],
        text=f"text of {name}",
        speaker=None,
        quotes=(Quote(text="q", start=0, end=1),),
    )


def found(names, verdicts=(), failures=()):
    return Findings(
        claims=tuple(claim(name) for name in names.split()),
        verdicts=tuple(Verdict(a=a, b=b, label=label) for a, b, label in verdicts),
        failures=tuple(failures),
    )


def facts(findings):
    return group(findings, statuses(findings))


def members(fact):
    return [name for value in fact.values for name in value.claims]


def judge_failure(a, b):
    return Failure(step="judge", articles=("a", "b"), a=a, b=b, error="cut")


def extract_failure(article):
    return Failure(step="extract", articles=(article,), error="cut")


def test_a_claim_alone_is_unique():
    assert statuses(found("a1 b1")) == {"a1": U, "b1": U}


def test_the_fact_of_a_claim_alone_is_unique():
    assert [(fact.label, members(fact)) for fact in facts(found("a1 b1"))] == [(U, ["a1"]), (U, ["b1"])]


def test_the_id_of_a_fact_is_a_hash_of_its_claims_in_order():
    (fact,) = facts(found("b1 a1", [("b1", "a1", A)]))

    assert fact.id == "f" + hashlib.sha256(b"a1\nb1").hexdigest()[:8]


def test_conflicting_comes_before_agreeing():
    assert statuses(found("a1 b1 c1", [("a1", "b1", A), ("a1", "c1", C)])) == {"a1": C, "b1": A, "c1": C}


def test_a_conflict_that_did_not_survive_the_second_look_counts_as_unique():
    assert statuses(found("a1 b1", [("a1", "b1", U)])) == {"a1": U, "b1": U}


def test_a_claim_that_was_not_judged_has_no_status():
    assert statuses(found("a1 a2 b1", failures=[judge_failure(("a1",), ("b1",))])) == {
        "a1": None,
        "a2": U,
        "b1": None,
    }


def test_a_conflict_stands_whatever_is_missing():
    findings = found("a1 b1 b2", [("a1", "b1", C)], [judge_failure(("a1",), ("b2",))])

    assert statuses(findings) == {"a1": C, "b1": C, "b2": None}


def test_an_article_not_extracted_leaves_the_others_without_status():
    assert statuses(found("a1 b1", failures=[extract_failure("c")])) == {"a1": None, "b1": None}


def test_an_article_partly_extracted_does_not_touch_its_own_claims():
    assert statuses(found("a1 b1", failures=[extract_failure("a")])) == {"a1": U, "b1": None}


def test_claims_that_agree_through_a_third_share_a_fact():
    (fact,) = facts(found("a1 b1 c1", [("a1", "b1", A), ("b1", "c1", A)]))

    assert (fact.label, members(fact)) == (A, ["a1", "b1", "c1"])


def test_one_conflict_makes_the_fact_conflicting():
    (fact,) = facts(found("a1 b1 c1", [("a1", "b1", A), ("b1", "c1", C)]))

    assert fact.label == C


def test_a_fact_with_an_unknown_claim_is_unknown():
    findings = found("a1 b1 b2", [("a1", "b1", A)], [judge_failure(("a1",), ("b2",))])

    assert [fact.label for fact in facts(findings)] == [None, None]


def test_not_judged_pairs_leave_out_pairs_of_one_article_and_pairs_with_a_verdict():
    findings = found("a1 a2 b1", [("a1", "b1", A)], [judge_failure(("a1", "a2"), ("b1", "a1"))])

    assert not_judged(findings) == {("a2", "b1")}


def test_judged_pairs_are_those_with_an_answer_and_with_drafts_those_of_a_draft():
    # Five pairs cross articles, and a1 with b1 is lost; three have b1 and three have c1.
    findings = found("a1 a2 b1 c1", failures=[judge_failure(("a1",), ("b1",))])

    assert n_judged(findings) == 4
    assert (n_judged(findings, ("b",)), n_judged(findings, ("c",))) == (2, 3)


def test_a_pair_is_the_same_both_ways():
    failure = judge_failure(("b1", "b2"), ("a1",))

    assert not_judged(found("a1 b1 b2", [("a1", "b1", A)], [failure])) == {("a1", "b2")}
    assert not_judged(found("a1 b1 b2", [("b1", "a1", A)], [failure])) == {("a1", "b2")}


def test_labels_are_counted():
    labels = [A, C, C, U, U, U, None, None, None, None]

    assert tally(labels) == Tally(agreeing=1, conflicting=2, unique=3, not_judged=4)


def test_pairs_without_a_verdict_are_counted_as_unique():
    # 2 x 2 pairs between a and b, 2 x 1 with c, 2 x 1 with c: 8 in all
    findings = found(
        "a1 a2 b1 b2 c1",
        [("a1", "b1", A), ("a2", "b2", C), ("a1", "b2", U)],
        [judge_failure(("a1",), ("c1",))],
    )

    wanted = {"agreeing": 1, "conflicting": 1, "unique": 5, "not_judged": 1}
    assert json.loads(tally_pairs(findings).model_dump_json()) == wanted
    assert "5.0" not in tally_pairs(findings).model_dump_json()


NAMES = ["a1", "a2", "b1", "b2", "c1", "c2"]
VERDICTS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from([A, C, U])).filter(
        lambda v: v[0][0] < v[1][0]
    ),
    unique_by=lambda v: v[:2],
)


@given(VERDICTS)
def test_every_claim_is_in_exactly_one_fact(verdicts):
    in_facts = [name for fact in facts(found(" ".join(NAMES), verdicts)) for name in members(fact)]

    assert sorted(in_facts) == NAMES


@given(VERDICTS, st.randoms(use_true_random=False))
def test_the_order_of_the_verdicts_changes_nothing(verdicts, random):
    shuffled = random.sample(verdicts, len(verdicts))

    assert facts(found(" ".join(NAMES), verdicts)) == facts(found(" ".join(NAMES), shuffled))


def camps_of(names, *verdicts):
    return camps(names.split(), [Verdict(a=a, b=b, label=label) for a, b, label in verdicts])


def test_agreeing_claims_share_a_camp_and_conflicting_ones_do_not():
    assert camps_of("a1 b1 c1", ("a1", "b1", C), ("b1", "c1", A)) == (("a1",), ("b1", "c1"))


def test_a_claim_that_agrees_with_two_camps_is_in_none():
    # "An employee" agrees with "a cleaner" and with "a guide", which conflict.
    assert camps_of("a1 b1 c1", ("a1", "b1", A), ("b1", "c1", A), ("a1", "c1", C)) == (("a1",), ("c1",))


def test_a_claim_that_agrees_with_one_camp_through_another_is_in_it():
    verdicts = (("a1", "b1", C), ("b1", "c1", A), ("c1", "d1", A))

    assert camps_of("a1 b1 c1 d1", *verdicts) == (("a1",), ("b1", "c1", "d1"))


def test_three_values_give_three_camps():
    assert camps_of("a1 b1 c1", ("a1", "b1", C), ("b1", "c1", C), ("a1", "c1", C)) == (
        ("a1",),
        ("b1",),
        ("c1",),
    )


def test_a_camp_may_hold_several_that_each_conflict_with_the_other():
    foes = [(one, "d1", C) for one in ("a1", "b1", "c1")]

    assert camps_of("a1 b1 c1 d1", *foes, ("a1", "b1", A), ("b1", "c1", A)) == (("a1", "b1", "c1"), ("d1",))


def test_a_claim_that_agrees_with_nobody_is_in_no_camp():
    assert camps_of("a1 b1 c1", ("a1", "b1", C)) == (("a1",), ("b1",))


def test_verdicts_on_claims_of_other_facts_part_nobody():
    assert camps_of("a1 b1", ("a1", "b1", A), ("b1", "c1", C)) == (("a1", "b1"),)


@given(st.permutations([("a1", "b1", C), ("c1", "b1", A), ("a1", "d1", A), ("d1", "c1", C), ("d1", "e1", A)]))
def test_camps_do_not_depend_on_the_order_of_the_verdicts(verdicts):
    assert camps_of("a1 b1 c1 d1 e1", *verdicts) == (("a1", "d1", "e1"), ("b1", "c1"))


def told(text, name, speaker=None):
    return claim(name).model_copy(update={"text": text, "speaker": speaker})


def title_of(a, b, differs):
    """The title of the conflict of *a* and *b*, which is the same if the verdict names *b* first."""
    verdict = Verdict(a=a.id, b=b.id, label=C, differs=differs)
    turned = Verdict(a=b.id, b=a.id, label=C, differs=differs and differs[::-1])
    title, other = (
        facts(Findings(claims=(a, b), verdicts=(one,), failures=()))[0].title for one in (verdict, turned)
    )
    assert title == other
    return title


def test_the_title_of_a_conflict_has_a_gap_for_what_differs():
    a, b = told("Twelve ships were held off Varsund.", "a1"), told("Ten ships lay off Varsund.", "b1")

    assert title_of(a, b, ("Twelve", "Ten")) == "… ships lay off Varsund."


def test_the_title_of_a_conflict_leaves_out_who_says_it():
    a = told("Ines Holt said that the steering of the Margarethe failed.", "a1", "Ines Holt")
    b = told("Oda Lien said that the steering of the Margarethe worked.", "b1", "Oda Lien")

    assert title_of(a, b, ("failed", "worked")) == "The steering of the Margarethe …"


def test_a_conflict_about_who_said_it_keeps_the_verb():
    a = told("Ines Holt said that the ship is lost.", "a1", "Ines Holt")
    b = told("The owner said that the ship is lost.", "b1", "the owner")

    assert title_of(a, b, ("Ines Holt", "the owner")) == "… said that the ship is lost."


def test_where_nothing_is_said_alike_the_title_has_both():
    assert title_of(told("rain fell.", "a1"), told("Snow lay.", "b1"), None) == "Rain fell / Snow lay."


def test_where_it_is_not_known_what_differs_it_may_be_who_says_it():
    a = told("Ines Holt said that rain fell all day.", "a1", "Ines Holt")
    b = told("Oda Lien said that snow lay everywhere.", "b1", "Oda Lien")

    assert title_of(a, b, None) == (
        "Ines Holt said that rain fell all day / Oda Lien said that snow lay everywhere."
    )


def test_the_title_of_a_fact_is_that_of_its_first_conflict():
    a, b, c = told("Ten ships lay off Varsund.", "a1"), told("Six did.", "b1"), told("Two did.", "c1")
    verdicts = (
        Verdict(a="b1", b="c1", label=C, differs=("Six", "Two")),
        Verdict(a="a1", b="c1", label=C, differs=("Ten", "Two")),
        Verdict(a="a1", b="b1", label=C, differs=("ships", "Six")),
    )

    titles = {
        facts(Findings(claims=(a, b, c), verdicts=given, failures=()))[0].title
        for given in (verdicts, verdicts[::-1])
    }
    assert titles == {"Ten … lay off Varsund."}
