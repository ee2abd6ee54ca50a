"""One line for a finding says what it is about, and takes no side."""

import json

import pytest
from sample_report import VERDICTS, complete, drafted, opened, report_of

from checker.report.baseline import Baseline, added
from checker.report.baseline import render as baseline_text
from checker.report.junit import render as junit
from checker.report.listing import listing
from checker.report.overview import overview
from checker.report.paper import columns
from checker.report.titles import titled


def first(report):
    return overview(report).findings[0]


def test_a_conflict_has_both_values_behind_the_title():
    assert titled(first(opened())) == "The terminal was opened in …: 1978 / 1987"


def test_the_values_are_in_the_order_of_the_sides_whatever_the_verdict_calls_them():
    (verdict,) = opened().verdicts
    turned = verdict.model_copy(update={"a": "b-1", "b": "a-1", "differs": ("1987", "1978")})
    report = report_of(opened().claims, (turned,), articles=opened().articles)

    assert titled(first(report)) == "The terminal was opened in …: 1978 / 1987"


def test_the_value_of_a_draft_comes_first():
    report = report_of(opened().claims, opened().verdicts, articles=opened().articles, drafts=("b",))

    assert titled(first(report)) == "The terminal was opened in …: 1987 / 1978"


@pytest.mark.parametrize(("make", "told"), [(complete, "12 / 14"), (drafted, "14 / 12")])
def test_a_title_that_ends_with_the_values_does_not_tell_them_twice(make, told):
    # The title is "Margarethe: 12 / 14"; where Coast News is the draft, its 14 comes first.
    assert f"Margarethe: {told}" in [titled(one) for one in overview(make()).findings]


def test_where_no_values_are_known_the_title_stands_alone():
    (verdict,) = opened().verdicts
    unknown = verdict.model_copy(update={"differs": None})
    report = report_of(opened().claims, (unknown,), articles=opened().articles)

    assert titled(first(report)) == first(report).fact.title


def test_what_is_no_conflict_has_its_title():
    found = [one for one in overview(complete()).findings if not one.differences]

    assert [titled(one) for one in found] == [one.fact.title for one in found]


def test_where_there_is_little_room_the_title_is_cut_and_the_values_stay():
    line = titled(first(opened()), 32)

    assert (line, columns(line) <= 32) == ("The terminal was…: 1978 / 1987", True)


def test_long_values_stay_within_the_room_and_leave_half_of_it_to_the_title():
    line = titled(first(opened("long " * 40 + "ago", "just " * 40 + "now")), 40)

    assert columns(line) <= 40
    assert line.startswith("The terminal was")


def test_what_steers_a_terminal_does_not_come_in_with_a_value():
    assert "\x1b" not in titled(first(opened("1978\x1b[31m")))


def test_grep_finds_a_value_in_the_list_of_findings():
    assert "1978 / 1987" in listing(opened())


def test_a_test_case_is_named_with_the_values():
    assert 'name="F1 The terminal was opened in …: 1978 / 1987"' in junit(opened())


def test_the_baseline_names_what_was_accepted_with_the_values():
    (entry,) = json.loads(baseline_text(added(Baseline(), [first(opened())], "known")))["accepted"]

    assert entry["title"] == "The terminal was opened in …: 1978 / 1987"


def test_the_pair_that_comes_first_is_the_one_in_the_line():
    more = VERDICTS[2].model_copy(update={"a": "bulletin-1", "differs": ("14 passengers", "twelve people")})
    finding = first(report_of(complete().claims, (*VERDICTS, more)))

    assert (len(finding.apart), titled(finding)) == (2, "Margarethe: 12 / 14")
