"""Two results side by side: an id that stays is the same finding, shared words make a changed one."""

import json
import re

import pytest
from sample_report import (
    CLAIMS,
    VERDICTS,
    calm,
    complete,
    drafted,
    hostile,
    many_conflicts,
    opened,
    report_of,
    sample,
)

from checker.errors import InputError
from checker.report.changes import changes
from checker.report.changes_lines import lines, render
from checker.report.findings import Kind
from checker.report.paper import Paper
from checker.schema import Label, Verdict


def without(*verdicts):
    """The complete sample without the verdicts at these places of VERDICTS."""
    return report_of(CLAIMS, tuple(one for place, one in enumerate(VERDICTS) if place not in verdicts))


def ids(findings):
    return [one.id for one in findings]


def test_the_same_report_has_no_changes():
    found = changes(complete(), complete())

    assert (found.new, found.gone, found.changed, len(found.unchanged)) == ((), (), (), 9)


def test_an_article_that_joins_a_fact_makes_none_new_and_none_gone():
    # without place 5 (212 people and more than 200), two single facts; with it, one agreement
    found = changes(without(5), complete())

    assert (found.new, found.gone) == ((), ())
    (change,) = found.changed
    assert (change.new.kind, [one.kind for one in change.old]) == (Kind.AGREEMENT, [Kind.SINGLE, Kind.SINGLE])


def test_a_fact_that_falls_apart_is_two_changed_ones():
    found = changes(complete(), without(5))

    assert [len(change.old) for change in found.changed] == [1, 1]
    assert (found.new, found.gone) == ((), ())


def test_what_is_in_one_report_only_is_new_or_gone():
    fewer = report_of(tuple(one for one in CLAIMS if one.id != "coast-6"), VERDICTS)

    assert [one.fact.title for one in changes(fewer, complete()).new] == [CLAIMS[11].text]
    assert [one.fact.title for one in changes(complete(), fewer).gone] == [CLAIMS[11].text]


def test_every_finding_is_told_once():
    found = changes(many_conflicts(3), complete())

    assert (len(found.new), len(found.gone)) == (9, 3)


def test_the_same_words_are_the_same_finding_whatever_the_article_is_called():
    moved = many_conflicts(1)
    articles = tuple(one.model_copy(update={"id": one.id * 2}) for one in moved.articles)
    claims = tuple(one.model_copy(update={"article": one.article * 2}) for one in moved.claims)

    found = changes(moved, report_of(claims, moved.verdicts, articles=articles))

    assert (len(found.new), len(found.gone), len(found.unchanged)) == (0, 0, 1)


def test_what_has_become_a_conflict_is_an_alarm():
    found = changes(calm(), complete())

    assert [one.kind for one in found.alarms] == 3 * [Kind.CONFLICT]
    assert found.new == ()


def test_what_is_no_conflict_any_more_is_none():
    assert changes(complete(), calm()).alarms == ()


def test_a_conflict_that_only_grew_is_no_alarm():
    # bulletin-1 turns against post-3 as well: another id, a conflict as before
    more = VERDICTS[2].model_copy(update={"a": "bulletin-1"})
    grown = report_of(CLAIMS, (*VERDICTS, more))

    found = changes(complete(), grown)

    assert ([change.new.kind for change in found.changed], found.alarms) == ([Kind.CONFLICT], ())


def test_what_was_accepted_is_no_alarm():
    every = {one.id: "known" for one in changes(calm(), complete()).alarms}

    assert changes(calm(), complete().model_copy(update={"accepted": every})).alarms == ()


@pytest.mark.parametrize(("old", "new"), [(complete(), drafted()), (drafted(), complete())])
def test_a_draft_and_equals_cannot_be_compared(old, new):
    with pytest.raises(InputError, match="--against"):
        changes(old, new)


def shown(old, new, **more):
    return lines(changes(old, new), old, new, **more).splitlines()


def test_the_counts_come_first():
    assert shown(calm(), complete())[0] == "0 new, 3 changed, 0 gone, 6 unchanged"


def test_what_changed_says_what_it_was():
    rows = [line for line in shown(calm(), complete()) if line.startswith("changed")]

    assert len(rows) == 3
    assert "conflict" in rows[0]
    assert "[was single, agreement]" in rows[0] or "[was agreement, single]" in rows[0]


def test_a_conflict_whose_value_changed_shows_it_before_and_after():
    assert shown(opened("34", "43"), opened("34", "51"))[-1] == (
        "changed  F1    conflict     The terminal was opened in …: 34 / 43 → 34 / 51"
    )


def test_on_a_narrow_screen_the_values_that_changed_are_whole():
    (*_, row) = shown(opened("34", "43"), opened("34", "51"), paper=Paper(60))

    assert len(row) <= 60
    assert row.endswith("…: 34 / 43 → 34 / 51")


def test_there_is_a_row_for_every_change_that_is_counted():
    rows = shown(without(5), complete()) + shown(complete(), without(5))

    assert len([row for row in rows if row.startswith("changed")]) == 3


def test_what_can_turn_a_run_red_comes_first_and_of_it_what_has_a_new_kind():
    # Old: the fairway is no conflict, nobody agrees on who was on board. New: both, and one more against 12 injured.
    grown = report_of(CLAIMS, (*VERDICTS, VERDICTS[2].model_copy(update={"a": "bulletin-1"})))

    rows = [row for row in shown(without(1, 5), grown) if row.startswith("changed")]

    assert [row.split()[2] for row in rows] == ["conflict", "conflict", "agreement"]
    assert ["[was single]" in row for row in rows] == [True, False, True]


def test_a_fact_that_an_article_joined_says_in_how_many_it_was():
    # The bulletin says nothing but that the ferry ran aground, as the other two do.
    joined = Verdict(a="bulletin-2", b="post-1", label=Label.AGREEING)
    fewer = report_of(tuple(one for one in CLAIMS if one.id != "bulletin-2"), VERDICTS)

    rows = shown(fewer, report_of(CLAIMS, (*VERDICTS, joined)))

    assert [row[:47] for row in rows if row.startswith("changed")] == [
        "changed  F4    agreement    [was in 2 articles]"
    ]


def test_what_is_of_the_same_kind_articles_and_values_says_that_passages_are_others():
    grown = report_of(CLAIMS, (*VERDICTS, VERDICTS[2].model_copy(update={"a": "bulletin-1"})))

    assert "[other passages] " in shown(complete(), grown)[-1]


def test_what_is_no_conflict_any_more_keeps_its_values_behind_what_it_was():
    rows = shown(complete(), calm())

    assert any("[was conflict: Wednesday / Friday]" in row for row in rows)


def test_the_number_of_an_old_finding_is_called_old():
    (row,) = [line for line in shown(complete(), many_conflicts(1)) if "fairway" in line]

    assert re.match(r"gone old F\d+ +conflict ", row)


def test_the_json_has_the_values_before_and_after():
    (one,) = json.loads(render(changes(opened("34", "43"), opened("34", "51"))))["changed"]

    assert (one["old"][0]["differs"], one["new"]["differs"]) == ([["34", "43"]], [["34", "51"]])


@pytest.mark.parametrize(
    # 39 gone; of the lines two are above them and the last one is for the rest: 21 and 27 shown
    ("height", "told", "rest"),
    [(24, 24, 18), (30, 30, 12), (1, 3, 39)],
)
def test_what_the_screen_does_not_hold_is_counted(height, told, rest):
    rows = shown(many_conflicts(40), many_conflicts(1), paper=Paper(height=height))

    assert (len(rows), rows[-1]) == (told, f"… and {rest} more: --format json has them all")


def test_a_pipe_gets_every_row():
    rows = shown(many_conflicts(40), many_conflicts(1))

    assert len([row for row in rows if row.startswith("gone")]) == 39


def test_the_worst_kind_comes_first():
    rows = [line.split()[2] for line in shown(many_conflicts(1), complete()) if line.startswith("new")]

    assert rows == sorted(rows, key=[kind.value for kind in Kind].index)


def test_a_gap_is_said_before_anything_is_called_gone():
    assert any(line.startswith("new is not complete: 1 step") for line in shown(complete(), sample()))


def test_another_model_is_said():
    other = complete().model_copy(update={"run": complete().run.model_copy(update={"model": "another"})})

    assert "read by different engines: old by the model example-model-9; new by the model another" in shown(
        complete(), other
    )


def test_other_prompts_are_said():
    other = complete().model_copy(update={"run": complete().run.model_copy(update={"prompts": {"x": "1"}})})

    assert "asked with different prompts" in shown(complete(), other)


def test_lines_fit_the_terminal():
    assert max(len(line) for line in shown(many_conflicts(1), complete(), paper=Paper(60))) <= 60


def test_the_json_holds_no_command_to_a_build_server_and_loses_nothing():
    text = render(changes(calm(), hostile("a ##[group]b")))

    assert "##" not in text
    assert "##[group]b" in json.loads(text)["new"][0]["title"]


def test_the_json_has_everything():
    found = json.loads(render(changes(calm(), complete())))

    assert found["counts"] == {"new": 0, "changed": 3, "gone": 0, "unchanged": 6}
    assert {one["new"]["kind"] for one in found["changed"]} == {"conflict"}
    assert len(found["unchanged"]) == 6


def test_outside_text_stays_text():
    text = lines(changes(many_conflicts(1), hostile()), many_conflicts(1), hostile())

    assert "\x1b" not in text
    assert "\u202e" not in text + render(changes(many_conflicts(1), hostile()))
    assert len(text.splitlines()) == 6


def test_the_order_of_verdicts_changes_nothing():
    turned = report_of(CLAIMS, VERDICTS[::-1])

    assert changes(complete(), turned).changed == ()
    assert ids(changes(complete(), turned).unchanged) == ids(changes(complete(), complete()).unchanged)
