"""What turns a run red: the kinds that were asked for, unless somebody accepted them."""

import pytest
from sample_report import complete, drafted, many_conflicts, sample

from checker.errors import SettingsError
from checker.report.findings import Kind
from checker.report.gate import ALARMS, failing, refuse_without_sources, told
from checker.report.overview import overview
from checker.settings import FAIL_ON


def test_the_kinds_are_those_that_can_be_set():
    assert FAIL_ON.__args__ == tuple(kind.value for kind in ALARMS)


def test_only_what_was_asked_for_fails():
    view = overview(drafted())

    assert failing(view, []) == ()
    assert failing(view, ["unsupported"]) == view.of(Kind.UNSUPPORTED)
    assert failing(view, ["conflict", "missing"]) == view.of(Kind.CONFLICT, Kind.MISSING)


def test_a_conflict_among_sources_alone_is_none_of_the_draft():
    # the other two contradict each other; the bulletin agrees with one of them
    report = complete().model_copy(update={"drafts": ("bulletin",)})

    assert failing(overview(report), ["conflict"]) == ()


def test_what_was_found_is_counted_by_kind():
    found = failing(overview(drafted()), [kind.value for kind in ALARMS])

    assert told(drafted(), found) == "found: 3 conflict, 2 unsupported, 1 missing"


def test_findings_and_gaps_are_told_together():
    found = failing(overview(sample()), ["conflict"])

    # one failure; it leaves three claims alone and one with another open
    assert told(sample(), found).startswith(
        "found: 3 conflict; not complete: 1 step gave no answer; not judged: "
    )


def test_nothing_found_is_told_in_no_words():
    assert told(many_conflicts(1), ()) == ""


@pytest.mark.parametrize("kind", ["unsupported", "missing"])
def test_what_only_a_draft_can_have_needs_sources(kind):
    with pytest.raises(SettingsError, match=f"--fail-on {kind}: .*--against"):
        refuse_without_sources(["conflict", kind])


def test_a_conflict_needs_no_sources():
    refuse_without_sources(["conflict"])
