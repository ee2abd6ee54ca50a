"""The sentences that every report shares."""

from sample_report import CLAIMS, FAILURES, VERDICTS, calm, complete, drafted, report_of, sample, silent

from checker.report.overview import overview
from checker.report.words import headline, inventory
from checker.schema import Failure


def answer(report):
    return headline(report, overview(report))


def test_the_answer_counts_facts_by_kind():
    assert answer(complete()) == "3 facts conflict, 2 agree, 4 are in one article only"


def test_a_gap_is_part_of_the_answer():
    assert answer(sample()) == "3 facts conflict, 1 agrees, 2 are in one article only, 3 are not judged"


def test_no_conflict_is_said_plainly():
    assert answer(calm()).startswith("No conflict found, ")


def test_a_run_that_read_nothing_has_not_found_no_conflict():
    assert answer(silent()) == "Nothing could be judged"


def test_claims_of_which_no_pair_was_judged_have_not_shown_no_conflict():
    # The tear and the 200 on board, fairway and tug: all four pairs between them were lost.
    claims = tuple(one for one in CLAIMS if one.id in {"bulletin-2", "bulletin-3", "coast-5", "coast-6"})

    assert answer(report_of(claims, (), FAILURES)) == "Nothing could be judged, 4 are not judged"


def test_sources_that_were_judged_do_not_speak_for_a_draft_that_was_not():
    # Post and bulletin were compared; the draft, Coast News, could not be read.
    claims = tuple(one for one in CLAIMS if one.article != "coast")
    broken = (Failure(step="extract", articles=("coast",), error="the reply was cut"),)

    assert answer(report_of(claims, (), broken)).startswith("No conflict found in what was judged, ")
    assert answer(report_of(claims, (), broken, drafts=("coast",))).startswith("Nothing could be judged, ")


def test_what_is_accepted_is_counted_apart():
    name = overview(complete()).findings[0].id

    assert answer(complete().model_copy(update={"accepted": {name: "known"}})) == (
        "2 facts conflict, 2 agree, 4 are in one article only, 1 accepted before"
    )


def test_the_answer_for_a_draft_is_about_the_draft():
    # coast: 3 conflicts; tug and exhaustion in no source; ran aground supported; 212 people missing.
    assert answer(drafted()) == (
        "3 facts conflict with the sources, 2 are in no source, 1 is supported, "
        "1 that every source has is missing"
    )


def test_drafts_that_contradict_only_each_other_conflict_among_themselves():
    # The only pair that conflicts: coast-1 and post-3, both of a draft.
    report = report_of(CLAIMS, (VERDICTS[2],), drafts=("coast", "post"))

    assert answer(report).startswith("1 fact conflicts among the drafts, ")


def test_conflicts_with_sources_and_among_drafts_are_counted_together():
    # With bulletin-1 against post-5 beside it, one fact is against the source.
    other = VERDICTS[2].model_copy(update={"a": "bulletin-1", "b": "post-5"})
    report = report_of(CLAIMS, (VERDICTS[2], other), drafts=("coast", "post"))

    assert answer(report).startswith("2 facts conflict, ")


def test_what_there_is_none_of_is_not_counted():
    # coast-1 and post-3 agree, and nothing else is said.
    one = VERDICTS[2].model_copy(
        update={"label": "agreeing", "aspect": None, "between": None, "differs": None}
    )
    report = report_of((CLAIMS[2], CLAIMS[6]), (one,), drafts=("coast",))

    assert answer(report) == "No conflict found, 1 is supported"


def test_copies_count_as_one_text():
    twin = complete().articles[1].model_copy(update={"id": "twin", "path": "ferry/twin.txt"})
    report = report_of(CLAIMS, VERDICTS, articles=(*complete().articles, twin))

    assert inventory(report, overview(report)).startswith("4 articles, 3 independent texts, 15 claims, ")


def test_drafts_and_sources_are_counted_apart():
    assert inventory(drafted(), overview(drafted())).startswith("1 draft against 2 sources, 15 claims, ")
