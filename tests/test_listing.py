"""The findings in the terminal: one line each, or one with all that is known of it."""

import re

import pytest
from sample_report import EVERYTHING, complete, drafted, hostile, many_conflicts, sample

from checker.report.detail import detail
from checker.report.findings import Kind
from checker.report.listing import listing
from checker.report.overview import overview
from checker.report.paper import Paper

# All of C0 but the line feed, DEL, C1, and what steers direction.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


def about(report, number, **more):
    return detail(report, overview(report).findings[number - 1], **more)


def test_every_finding_is_one_line():
    lines = listing(sample()).splitlines()

    assert [line.split()[0] for line in lines] == [f"F{n}" for n in range(1, 10)]


def test_a_line_has_number_kind_articles_and_title():
    assert "F6  missing      2/3  212 people were on board the Margarethe." in listing(drafted()).splitlines()


def test_only_the_kinds_that_were_asked_for_are_listed():
    lines = listing(drafted(), [Kind.MISSING, Kind.CONFLICT]).splitlines()

    assert [line.split()[1] for line in lines] == ["conflict", "conflict", "conflict", "missing"]


def test_a_kind_of_which_there_is_none_says_what_there_is():
    assert listing(complete(), [Kind.MISSING]) == "No such finding; 9 findings of other kinds.\n"


def test_what_was_accepted_says_so():
    first = overview(complete()).findings[0]
    report = complete().model_copy(update={"accepted": {first.id: "known"}})

    assert listing(report).splitlines()[0].endswith("accepted]")


def test_a_line_ends_with_the_kinds_of_its_hints():
    assert listing(complete()).splitlines()[0].endswith("[update, speaker]")


def test_each_difference_has_its_hints():
    text = about(complete(), 1)

    assert [
        hint.text for hint in overview(complete()).findings[0].hints if f"hint: {hint.text}" not in text
    ] == []
    assert text.count("hint: ") == 2


def test_the_numbers_line_up():
    lines = listing(many_conflicts(12)).splitlines()

    assert {line.index("conflict") for line in lines} == {5}


@pytest.mark.parametrize("width", [60, 80])
def test_a_line_fits_the_terminal(width):
    assert max(len(line) for line in listing(sample(), paper=Paper(width)).splitlines()) <= width


def test_without_a_width_nothing_is_cut():
    assert "…\n" not in listing(complete()).replace("until …", "").replace("Margarethe …", "")


def test_colour_is_only_for_what_can_fail_a_run():
    coloured = [line for line in listing(drafted(), paper=Paper(colour=True)).splitlines() if "\x1b" in line]

    assert len(coloured) == 6
    assert "\x1b" not in listing(drafted())


def test_both_sides_are_shown_with_place_time_speaker_and_every_quote():
    text = about(complete(), 1)

    assert "A ferry/harbour-post.txt:4 · 2031-05-04 18:40 · the coast guard" in text
    for quote in (
        "Twelve people were injured, the coast guard said.",
        "14 hurt on stranded ferry",
        "Fourteen people were injured",
    ):
        assert f"“{quote}”" in text


def test_what_differs_is_shown_with_its_camps_values_and_reason():
    text = about(complete(), 1)

    assert "differs: quantity · between the articles · 12 / 14" in text
    assert "A ferry/harbour-post.txt:4 · B ferry/coast-news.html" in text
    assert "why: Both count the injured of the same accident." in text
    assert "value: 12" in text


def test_how_it_was_decided_is_shown():
    text = about(complete(), 1)

    assert "decided: 2 verdicts (1 agreeing, 1 conflicting) of the model example-model-9" in text
    assert "Both say that 14 people were hurt." in text


def test_who_says_nothing_of_it_is_named():
    assert "not in: ferry/bulletins.json" in about(complete(), 2)
    assert "not in" not in about(complete(), 1)


def test_drafts_and_sources_are_told_apart():
    text = about(drafted(), 1)

    assert "ferry/coast-news.html · 2031-05-05 · draft" in text
    assert "ferry/harbour-post.txt:4 · 2031-05-04 18:40 · source" in text


def test_what_was_not_judged_says_what_has_no_answer():
    report = sample()
    tug = next(one for one in overview(report).findings if "tug" in one.fact.title)
    # coast-6 was to be compared with bulletin-2 and bulletin-3
    assert "no answer: 2 pairs of its claims with others" in detail(report, tug)


def test_the_reason_of_somebody_who_accepted_it_is_shown():
    first = overview(complete()).findings[0]
    report = complete().model_copy(update={"accepted": {first.id: "an old count"}})

    assert "accepted: an old count" in about(report, 1)


def test_lines_are_wrapped_to_the_terminal_and_lose_nothing():
    wide, narrow = about(complete(), 1), about(complete(), 1, paper=Paper(60))

    assert max(len(line) for line in narrow.splitlines()) <= 60
    assert narrow.split() == wide.split()


def test_a_long_quote_is_shown_to_its_end_on_the_smallest_terminal():
    text = about(hostile("word " * 2000 + "end"), 1, paper=Paper(60, 5))

    assert "end”" in text


@pytest.mark.parametrize(
    "text", [listing(hostile()), about(hostile(), 1), about(hostile(EVERYTHING[::-1]), 1)]
)
def test_outside_text_stays_text(text):
    assert UNSAFE.findall(text) == []


@pytest.mark.parametrize("words", ["::error::x ", "##[error]x "])
@pytest.mark.parametrize("paper", [None, Paper(60)])
def test_no_line_is_a_command_to_a_build_server(words, paper):
    report = hostile(words * 200)
    text = listing(report, paper=paper) + about(report, 1, paper=paper)

    assert not [line for line in text.splitlines() if line.lstrip().startswith(("::", "##["))]
    assert "\ufffd" in text or paper is None


def test_a_hostile_text_makes_no_lines():
    assert len(listing(hostile()).splitlines()) == 1
    assert len(about(hostile("a\nb"), 1).splitlines()) == len(about(hostile("a b"), 1).splitlines())
