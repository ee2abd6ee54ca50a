"""The gate speaks where a scorecard is worse than the baseline, and is silent where it is not."""

from collections import Counter
from pathlib import Path

import pytest

from checker.errors import InputError
from checker.evaluate.gate import regressions
from checker.evaluate.scorecard import (
    Outcome,
    RunInfo,
    Scorecard,
    SetInfo,
    Share,
    Stage,
    Table,
    read_scorecard,
)

SYSTEM = "checker"
NAMES = {"A": "agreeing", "C": "conflicting", "U": "unique", "N": "not judged", "F": "not found"}
GOOD = {"fire": "CC CC AA AA UU UU", "flood": "CC CC CC AA UU UU", "storm": "CC AA AA AA UU UU"}
WORSE_CONFLICTS = {event: words.replace("CC", "CU", 1) for event, words in GOOD.items()}
WORSE_AGREEMENTS = {event: words.replace("AA", "AU", 1) for event, words in GOOD.items()}
CLAIMS = {"fire": (8, 10, 10), "flood": (9, 10, 12), "storm": (7, 10, 9)}
FEWER = {event: (right - 3, given - 3, wanted) for event, (right, given, wanted) in CLAIMS.items()}
FALSER = {event: (right, given + 5, wanted) for event, (right, given, wanted) in CLAIMS.items()}


def card(judge=None, whole=None, claims=None, prompts=None, digest="d"):
    """A scorecard: pairs as words (by hand, given), claims as (right, given, wanted), both by event."""
    tables = [pair_table(Stage.JUDGE, judge), pair_table(Stage.WHOLE, whole), claim_table(claims)]
    return Scorecard(
        run=RunInfo(checker="0"),
        system=SYSTEM,
        prompts=prompts or {},
        sets={event: set_info(digest) for event in (judge or whole or claims or {})},
        scores=(),
        shares=(),
        tables=tuple(table for table in tables if table.by_event),
    )


def set_info(digest):
    return SetInfo(digest=digest, articles=2, article_pairs=1, claims=9, pairs=20, agreeing=2, conflicting=1)


def pair_table(stage, by_event):
    rows = {}
    for event, words in (by_event or {}).items():
        for (label, given), n in Counter(words.split()).items():
            rows.setdefault(event, {}).setdefault(NAMES[label], {})[NAMES[given]] = n
    return Table(stage=stage, system=SYSTEM, what="pairs", by_event=rows)


def claim_table(claims):
    rows = {
        event: {
            "claim": {"claim": right, "not found": wanted - right},
            "not labelled": {"claim": given - right},
        }
        for event, (right, given, wanted) in (claims or {}).items()
    }
    return Table(stage=Stage.EXTRACT, system=SYSTEM, what="claims", by_event=rows)


def candidates():
    what = "conflicting pairs among the candidates"
    return Share(
        stage=Stage.PAIR, system=SYSTEM, what=what, hits=1, n=1, ratio=None, by_event={"fire": (1, 1)}
    )


def heads(reasons):
    """What each reason is about."""
    return [reason.partition(" fell ")[0] for reason in reasons]


def test_an_unchanged_card_passes():
    one = card(GOOD, GOOD, CLAIMS, {"judge.v1": "1a"})

    assert regressions(one, one) == ()


def test_a_better_card_passes():
    assert regressions(card(GOOD, GOOD, CLAIMS), card(WORSE_CONFLICTS, WORSE_AGREEMENTS, FEWER)) == ()


@pytest.mark.parametrize(
    ("degraded", "speaks_of"),
    [
        (card(WORSE_CONFLICTS, GOOD, CLAIMS), "judge: F1 of conflicting"),
        (card(WORSE_AGREEMENTS, GOOD, CLAIMS), "judge: F1 of agreeing"),
        (card(GOOD, WORSE_CONFLICTS, CLAIMS), "whole: F1 of conflicting"),
        (card(GOOD, WORSE_AGREEMENTS, CLAIMS), "whole: F1 of agreeing"),
        (card(GOOD, GOOD, FEWER), "extract: recall of claim"),
        (card(GOOD, GOOD, FALSER), "extract: precision of claim"),
    ],
)
def test_each_headline_figure_makes_the_gate_speak(degraded, speaks_of):
    assert speaks_of in heads(regressions(degraded, card(GOOD, GOOD, CLAIMS)))


def test_a_figure_that_is_no_worse_is_not_spoken_of():
    assert heads(regressions(card(WORSE_CONFLICTS, GOOD, CLAIMS), card(GOOD, GOOD, CLAIMS))) == [
        "judge: F1 of conflicting"
    ]


def test_the_f1_of_claims_is_no_headline():
    # Fewer claims, all right: precision 17/20 → 13/13, recall 17/22 → 13/22, F1 34/42 → 26/35.
    before = card(claims={"fire": (8, 10, 10), "flood": (9, 10, 12)})
    after = card(claims={"fire": (6, 6, 10), "flood": (7, 7, 12)})

    assert heads(regressions(after, before)) == ["extract: recall of claim"]


def test_the_reason_gives_both_figures_and_the_interval():
    before = card({"fire": "CC CC", "flood": "CC CC CC"})
    after = card({"fire": "CC CU", "flood": "CC CC CU"})

    # 6 of 8 in sum; one event alone 4/5 - 1 or 2/3 - 1
    assert regressions(after, before) == (
        "judge: F1 of conflicting fell from 1.000 to 0.750; the difference is -0.250 (95 % -0.333 to -0.200)",
    )


def test_a_drop_that_the_events_do_not_show_passes():
    before = card({"fire": "CC CC CC", "flood": "CU CU CU"})
    after = card({"fire": "CU CU CC", "flood": "CC CU CU"})

    assert regressions(after, before) == ()


def test_with_one_event_any_drop_counts():
    before, after = card({"fire": "CC " * 50}), card({"fire": "CC " * 49 + "CU"})

    assert regressions(after, before) == (
        "judge: F1 of conflicting fell from 1.000 to 0.990; no interval can be given, so any drop counts",
    )


def test_with_one_event_no_drop_passes():
    assert regressions(card({"fire": "CC CC"}), card({"fire": "CC CU"})) == ()


def test_the_same_drop_in_every_event_counts():
    before = card({"fire": "CC CC", "flood": "CC CC"})
    after = card({"fire": "CC CU", "flood": "CC CU"})

    assert heads(regressions(after, before)) == ["judge: F1 of conflicting"]


def test_false_conflicts_where_there_were_none_at_all_count():
    before = card({"fire": "AA UU", "flood": "AA UU"})

    assert heads(regressions(card({"fire": "AA UC", "flood": "AA UU"}), before)) == [
        "judge: F1 of conflicting"
    ]


def test_no_more_false_conflicts_where_none_are_labelled_passes():
    assert regressions(card({"fire": "AA UU"}), card({"fire": "AA UC"})) == ()


def test_a_card_that_finds_no_claims_does_not_pass():
    assert heads(regressions(card(claims={"fire": (0, 0, 5)}), card(claims={"fire": (4, 5, 5)}))) == [
        "extract: recall of claim"
    ]


def test_one_more_not_judged_counts():
    before = card({"fire": "CC UN UU", "flood": "CC UU UU"})
    after = card({"fire": "CC UN UU", "flood": "CC UN UU"})

    assert regressions(after, before) == ("judge: 2 not judged, 1 in the baseline",)


def test_as_many_not_judged_passes():
    assert regressions(card({"fire": "CC UU UN"}), card({"fire": "CC UN UU"})) == ()


def test_a_stage_that_is_gone_counts():
    assert regressions(card(GOOD), card(GOOD, GOOD)) == ("whole: in the baseline, not in the scorecard",)


def test_candidates_that_are_gone_count():
    before = card(GOOD).model_copy(update={"shares": (candidates(),)})

    assert regressions(card(GOOD), before) == ("pair: in the baseline, not in the scorecard",)


def test_a_stage_of_another_system_does_not_stand_for_the_own_one():
    both = card(GOOD, GOOD)
    tables = tuple(
        table.model_copy(update={"system": "rule"}) if table.stage == Stage.WHOLE else table
        for table in both.tables
    )

    assert regressions(both.model_copy(update={"tables": tables}), both) == (
        "whole: in the baseline, not in the scorecard",
    )


def test_a_card_without_any_stage_of_the_baseline_does_not_pass():
    assert regressions(card(whole=GOOD), card(judge=GOOD)) == (
        "judge: in the baseline, not in the scorecard",
    )


def test_a_new_stage_passes():
    assert regressions(card(GOOD, GOOD), card(GOOD)) == ()


def test_a_prompt_edited_under_its_name_counts():
    before, after = card(GOOD, prompts={"judge.v1": "1a"}), card(GOOD, prompts={"judge.v1": "2b"})

    assert regressions(after, before) == (
        "prompt judge.v1 was edited: 1a in the baseline, 2b now; give a new text a new name",
    )


def test_a_prompt_under_a_new_name_passes():
    assert regressions(card(GOOD, prompts={"judge.v2": "2b"}), card(GOOD, prompts={"judge.v1": "1a"})) == ()


def test_a_baseline_of_other_sets_says_how_to_make_a_new_one():
    with pytest.raises(InputError, match=r"(?s)set 'fire'.*in the baseline.*checker eval run .* -o "):
        regressions(card({"fire": "CC"}, digest="e"), card({"fire": "CC"}))


def test_a_baseline_that_holds_nothing_is_refused():
    with pytest.raises(InputError, match="holds no stage"):
        regressions(card(), card())


ACCEPTED = read_scorecard(Path(__file__).parents[1] / "evals" / "scorecards" / "accepted.json")


def without_conflicts(card, events):
    """*card*, with every conflict of *events* that was found at the judge stage called unique."""
    tables = []
    for one in card.tables:
        rows = dict(one.by_event)
        if (one.stage, one.what, one.system) == (Stage.JUDGE, "pairs", card.system):
            for event in events:
                wanted = sum(rows[event]["conflicting"].values())
                rows[event] = {**rows[event], "conflicting": {"unique": wanted}}
        tables.append(one.model_copy(update={"by_event": rows}))
    items = tuple(
        item.model_copy(update={"given": Outcome.UNIQUE})
        if item.stage == Stage.JUDGE and item.event in events and item.label == "conflicting"
        else item
        for item in card.items
    )
    return card.model_copy(update={"tables": tuple(tables), "items": items})


@pytest.mark.parametrize("n_events", [1, 3, 10])
def test_all_conflicts_lost_in_a_few_of_many_sets_are_told(n_events):
    # draws of whole sets miss one of 11 in (10/11)^11 = 35 % of draws, three in (8/11)^11 = 3 %
    worse = without_conflicts(ACCEPTED, list(ACCEPTED.sets)[:n_events])

    assert any("judge" in reason and "conflicting" in reason for reason in regressions(worse, ACCEPTED))


def test_the_accepted_scorecard_is_no_worse_than_itself():
    assert regressions(ACCEPTED, ACCEPTED) == ()
