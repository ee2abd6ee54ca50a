"""Two scorecards are compared pair by pair, and nothing is told that the events do not show."""

from collections import Counter

import pytest

from checker.errors import InputError
from checker.evaluate.comparison import Harm, compare
from checker.evaluate.comparison_lines import MOST_LINES, lines
from checker.evaluate.scorecard import Item, Outcome, RunInfo, Scorecard, SetInfo, Side, Stage, Table
from checker.schema import Label

SYSTEM = "checker"
NO_TELLING = "no difference to tell"
LABELS = {"A": Label.AGREEING, "C": Label.CONFLICTING, "U": Label.UNIQUE, "-": None}
GIVEN = {
    "A": Outcome.AGREEING,
    "C": Outcome.CONFLICTING,
    "U": Outcome.UNIQUE,
    "N": Outcome.NOT_JUDGED,
    "F": Outcome.NOT_FOUND,
}


def card(claims=None, digest="d", **stages):
    """
    A scorecard. Each stage is by event, a pair a word: its label by hand, what it was given.

    "CU" is a conflict that was called unique, "-A" an agreement of claims that are not
    labelled. *claims* are (right, given, wanted) by event.
    """
    events = sorted({event for by_event in (claims or {}, *stages.values()) for event in by_event})
    tables = [pair_table(Stage(name), by_event) for name, by_event in stages.items()]
    return Scorecard(
        run=RunInfo(checker="0"),
        system=SYSTEM,
        prompts={},
        sets={event: set_info(digest) for event in events},
        scores=(),
        shares=(),
        tables=(*tables, *([claim_table(claims)] if claims else [])),
        items=tuple(
            item(Stage(name), event, n, word)
            for name, by_event in stages.items()
            for event, words in by_event.items()
            for n, word in enumerate(words.split())
            if word[0] != "U" or word[1] in "AC"
        ),
    )


def set_info(digest):
    return SetInfo(digest=digest, articles=2, article_pairs=1, claims=9, pairs=20, agreeing=2, conflicting=1)


def item(stage, event, n, word):
    label, given = LABELS[word[0]], GIVEN[word[1]]
    wrong = label is None or given != label.value
    sides = (side(f"a{n}"), side(f"b{n}")) if wrong else None
    return Item(stage=stage, event=event, a=f"a{n}", b=f"b{n}", label=label, given=given, sides=sides)


def side(name):
    return Side(where=f"{name}.txt:1", text=f"text of {name}", quotes=("q",), speaker=None)


def pair_table(stage, by_event):
    rows = {event: {} for event in by_event}
    for event, words in by_event.items():
        for (label, given), n in Counter(words.split()).items():
            name = LABELS[label].value if LABELS[label] else "not labelled"
            rows[event].setdefault(name, {})[GIVEN[given].value] = n
    return Table(stage=stage, system=SYSTEM, what="pairs", by_event=rows)


def claim_table(claims):
    rows = {
        event: {
            "claim": {"claim": right, "not found": wanted - right},
            "not labelled": {"claim": given - right},
        }
        for event, (right, given, wanted) in claims.items()
    }
    return Table(stage=Stage.EXTRACT, system=SYSTEM, what="claims", by_event=rows)


def judged(before, after):
    """Compare one event at the judge stage."""
    return compare(card(judge={"fire": before}), card(judge={"fire": after}))


def line(comparison, label, stage=Stage.JUDGE):
    return next(one for one in comparison.lines if (one.stage, one.label) == (stage, label))


def change(comparison, label, figure="F1", stage=Stage.JUDGE):
    return next(one for one in line(comparison, label, stage).changes if one.figure == figure)


def paired(before, after, label):
    found = line(judged(before, after), label).paired
    return found.fixed, found.broke


def harms(before, after):
    return [one.harm for one in judged(before, after).broken]


def told(comparison):
    return list(lines(comparison, ("a.json", "b.json")))


def test_a_card_beside_itself_differs_in_nothing():
    one = card(
        judge={"fire": "CC CU AA AC UC", "flood": "CC AA"}, claims={"fire": (3, 4, 5), "flood": (1, 2, 2)}
    )
    found = compare(one, one)

    assert {(change.difference, change.verdict) for line in found.lines for change in line.changes} == {
        (0.0, NO_TELLING)
    }
    assert found.broken == ()


def test_what_is_better_in_every_set_is_better_however_they_are_drawn():
    worse = {f"event {n}": "CU CU CU" for n in range(6)}
    better = {f"event {n}": "CC CC CC" for n in range(6)}
    found = change(compare(card(judge=worse), card(judge=better)), "conflicting")

    assert (found.difference, found.low, found.high, found.verdict) == (1.0, 1.0, 1.0, "better")


def test_fixed_and_broken_pairs_are_counted_with_their_exact_p():
    found = line(judged("CC CU CU UC CC", "CU CC CC UU CC"), "conflicting").paired

    # Of five pairs the first broke, three were fixed: 2 * (1 + 4) / 2**4
    assert (found.n, found.fixed, found.broke, found.p) == (5, 3, 1, 0.625)


def test_a_pair_that_a_card_does_not_list_was_given_unique():
    assert paired("CC UU", "CC UC", "conflicting") == (0, 1)
    assert paired("CC UC", "CC UU", "conflicting") == (1, 0)


def test_a_pair_is_the_same_whichever_claim_stands_first():
    before = card(judge={"fire": "CC"})
    turned = before.items[0].model_copy(update={"a": "b0", "b": "a0"})

    found = compare(before, before.model_copy(update={"items": (turned,)}))

    assert line(found, "conflicting").paired.n == 1


def test_pairs_of_different_events_are_different_pairs():
    found = compare(card(judge={"fire": "CC", "flood": "CU"}), card(judge={"fire": "CU", "flood": "CC"}))

    assert (line(found, "conflicting").paired.fixed, line(found, "conflicting").paired.broke) == (1, 1)


def test_an_agreement_called_a_conflict_is_wrong_for_both_labels():
    assert paired("AA", "AC", "conflicting") == (0, 1)
    assert paired("AA", "AC", "agreeing") == (0, 1)


def test_one_error_for_another_counts_only_where_it_is_new():
    # A missed agreement becomes a false conflict: no worse for agreeing, worse for conflicting.
    assert paired("AU", "AC", "agreeing") == (0, 0)
    assert paired("AU", "AC", "conflicting") == (0, 1)


@pytest.mark.parametrize("nothing", ["CN", "CF"])
def test_what_was_not_judged_or_not_found_is_not_right(nothing):
    assert paired("CC", nothing, "conflicting") == (0, 1)


def test_pairs_of_claims_that_are_not_labelled_are_counted_apart():
    found = line(judged("CC -C -A", "CC -C -C -A"), "conflicting").paired

    assert (found.n, found.loose) == (1, (1, 2))


def test_pairs_of_claims_that_are_not_labelled_lower_the_f1():
    # 2 * 1 / (1 + 1) before, 2 * 1 / (3 + 1) after
    assert change(judged("CC", "CC -C -C"), "conflicting").difference == -0.5


def test_the_difference_is_after_less_before():
    found = change(judged("CC CU", "CC CC"), "conflicting")

    # 2 * 1 / (1 + 2), and 2 * 2 / (2 + 2)
    assert (found.before, found.after) == (2 / 3, 1.0)
    assert found.difference == pytest.approx(1 / 3)


def test_both_systems_are_resampled_with_the_same_events():
    # Recall 0.9 → 1.0 in the one event, 0.1 → 0.3 in the other. Drawn together the difference is
    # 0.1, 0.15 or 0.2; drawn apart it would be anything from -0.6 to 0.9.
    found = change(
        compare(
            card(claims={"easy": (9, 10, 10), "hard": (1, 10, 10)}),
            card(claims={"easy": (10, 10, 10), "hard": (3, 10, 10)}),
        ),
        "claim",
        "recall",
        Stage.EXTRACT,
    )

    assert (found.low, found.high) == pytest.approx((0.1, 0.2))
    assert found.verdict == "better"


def test_an_interval_wholly_below_0_is_worse():
    before = card(judge={"fire": "CC CC", "flood": "CC CC CC"})
    after = card(judge={"fire": "CC CU", "flood": "CC CC CU"})

    assert line(compare(before, after), "conflicting").verdict == "worse"


def test_an_interval_that_holds_0_tells_no_difference():
    before = card(judge={"fire": "CC CC CC", "flood": "CU CU CU"})
    found = change(compare(before, card(judge={"fire": "CU CU CC", "flood": "CC CU CU"})), "conflicting")

    assert found.low < 0 < found.high
    assert found.verdict == NO_TELLING


def test_an_interval_that_ends_at_0_tells_no_difference():
    before = card(judge={"fire": "CC CC", "flood": "CC CC"})
    found = change(compare(before, card(judge={"fire": "CC CC", "flood": "CC CU"})), "conflicting")

    assert (found.high, found.verdict) == (0.0, NO_TELLING)


def test_one_event_gives_no_verdict_however_large_the_difference():
    found = change(judged("CC CC CC CC", "CU CU CU CU"), "conflicting")

    assert (found.difference, found.low, found.verdict) == (-1.0, None, "no verdict")


def test_claims_have_three_figures_and_no_pairs():
    found = line(
        compare(card(claims={"fire": (2, 4, 5)}), card(claims={"fire": (3, 4, 5)})), "claim", Stage.EXTRACT
    )

    # precision 2/4 → 3/4, recall 2/5 → 3/5, F1 4/9 → 6/9
    assert [one.difference for one in found.changes] == pytest.approx([1 / 4, 1 / 5, 2 / 9])
    assert found.paired is None


def test_only_stages_that_both_have_are_compared():
    found = compare(card(judge={"fire": "CC"}, whole={"fire": "CC"}), card(whole={"fire": "CC"}))

    assert {one.stage for one in found.lines} == {Stage.WHOLE}


def test_a_label_that_is_nowhere_has_no_line():
    assert [one.label for one in judged("CC UU", "CC UU").lines] == ["conflicting"]


def test_what_was_not_judged_is_counted_with_the_unique_pairs():
    [found] = judged("CN UU UU", "CN UN UN").not_judged

    assert (found.before, found.after) == (1, 3)


def test_what_broke_stands_with_the_worst_first():
    assert harms("AA UU UU CC AA", "AU UA UC CU AC") == [
        Harm.MISSED_CONFLICT,
        Harm.FALSE_CONFLICT,
        Harm.FALSE_CONFLICT,
        Harm.LOST_AGREEMENT,
        Harm.FALSE_AGREEMENT,
    ]


def test_a_pair_that_broke_for_two_labels_stands_once():
    assert harms("CC", "CA") == [Harm.MISSED_CONFLICT]


def test_what_was_wrong_before_did_not_break():
    assert harms("CU AU UC -C", "CN AF UC -C") == []


def test_what_broke_has_both_sides_as_the_second_card_has_them():
    [broken] = judged("CC", "CU").broken

    assert [one.text for one in broken.item.sides] == ["text of a0", "text of b0"]
    assert (broken.before, broken.item.given) == (Outcome.CONFLICTING, Outcome.UNIQUE)


def test_sets_that_have_changed_are_refused_by_name():
    with pytest.raises(
        InputError, match="set 'fire' has other files in the second than in the first scorecard"
    ):
        compare(card(judge={"fire": "CC"}), card(judge={"fire": "CC"}, digest="e"))


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("CC", None, "set 'flood' is only in the first"), (None, "CC", "set 'flood' is only in the second")],
)
def test_a_set_that_only_one_card_has_is_refused_by_name(first, second, said):
    cards = [card(judge={"fire": "CC", **({"flood": words} if words else {})}) for words in (first, second)]

    with pytest.raises(InputError, match=said):
        compare(*cards)


def test_cards_without_a_common_stage_are_refused():
    with pytest.raises(InputError, match="no stage in common"):
        compare(card(judge={"fire": "CC"}), card(whole={"fire": "CC"}))


def test_a_stage_that_was_scored_on_fewer_sets_is_refused():
    both = {"fire": "CC", "flood": "CC"}

    with pytest.raises(InputError, match="judge: only one of the two scorecards has 'flood'"):
        compare(card(judge=both, whole=both), card(judge={"fire": "CC"}, whole=both))


@pytest.mark.parametrize("more", [{}, {"whole": {"fire": "CC"}}, {"claims": {"fire": (1, 1, 2)}}])
def test_the_terminal_shows_one_screen_and_counts_the_rest(more):
    before, after = (card(judge={"fire": words * 100}, **more) for words in ("CC ", "CU "))
    shown = told(compare(before, after))
    blocks = sum(text.startswith("  missed conflict, judge") for text in shown)

    assert len(shown) <= MOST_LINES
    assert blocks > 3
    assert shown[-1] == f"  {100 - blocks} more that broke, not shown"


def test_the_terminal_counts_what_broke_by_its_harm():
    assert "broke, worst first: 1 missed conflict, 2 lost agreements" in told(judged("AA AA CC", "AU AU CU"))


def test_the_terminal_names_what_cannot_be_paired():
    said = "given to claims that no set has, so in F1 but not paired: judge conflicting 1 → 2"

    assert said in told(judged("CC -C", "CC -C -C"))


def test_the_terminal_shows_every_item_where_there_is_room():
    shown = told(judged("CC AA", "CU AU"))

    assert shown[-6:] == [
        "  missed conflict, judge: fire a0 b0  conflicting → unique",
        "    a0.txt:1  text of a0",
        "    b0.txt:1  text of b0",
        "  lost agreement, judge: fire a1 b1  agreeing → unique",
        "    a1.txt:1  text of a1",
        "    b1.txt:1  text of b1",
    ]


def test_the_terminal_says_that_nothing_broke():
    assert told(judged("CU", "CC"))[-1] == "broke: nothing"


@pytest.mark.parametrize(("n", "said"), [(1, ["One set"]), (5, ["Fewer t"]), (6, [])])
def test_the_terminal_says_where_there_are_too_few_sets(n, said):
    one = card(judge={f"event{k}": "CC" for k in range(n)})

    assert [text[:7] for text in told(compare(one, one)) if text.startswith(("One", "Fewer"))] == said


def test_text_from_outside_cannot_steer_the_terminal():
    after = card(judge={"fire": "UC"})
    sides = (side("a\x1b[2Ja"), side("b\u202eb"))
    hostile = after.items[0].model_copy(update={"sides": sides, "a": "a0\n", "b": "b0\x07"})
    found = compare(card(judge={"fire": "UU"}), after.model_copy(update={"items": (hostile,)}))
    shown = list(lines(found, ("\x1b]0;x\x07", "b.json")))

    assert "    a\ufffd[2Ja.txt:1  text of a\ufffd[2Ja" in shown
    assert not {"\x1b", "\u202e", "\n", "\x07"} & set("".join(shown))
