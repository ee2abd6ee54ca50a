"""Workflow commands of GitHub Actions."""

import re

import pytest
from sample_report import (
    CLAIMS,
    VERDICTS,
    builtin,
    calm,
    complete,
    drafted,
    hostile,
    many_conflicts,
    paragraphs,
    report_of,
    sample,
)

from checker.report.alerts import alerts
from checker.report.gate import ALARMS
from checker.report.github import render
from checker.report.where import clean

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")
LIMIT = 10


def data(text):
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def read(report):
    """The level, the properties and the message of each line, as the runner reads them."""
    found = [COMMAND.fullmatch(line).groups() for line in render(report).splitlines()]
    return [
        (
            level,
            {
                name: data(value.replace("%3A", ":").replace("%2C", ","))
                for name, _, value in (one.partition("=") for one in properties.split(","))
            },
            data(message),
        )
        for level, properties, message in found
    ]


def test_a_conflict_is_a_warning_at_the_line_of_its_first_claim():
    level, properties, message = read(complete())[0]

    assert level == "warning"
    assert properties == {
        "file": "ferry/harbour-post.txt",
        "line": "4",
        "title": "F1 conflict: Margarethe: 12 / 14",
    }
    assert message.split("\n") == [
        "12 / 14 (quantity, between the articles) · Both count the injured of the same accident.",
        "ferry/harbour-post.txt:4 (2031-05-04 18:40, the coast guard): “Twelve people were injured, the coast guard said.”",
        "ferry/coast-news.html (2031-05-05): “14 hurt on stranded ferry” … “Fourteen people were injured”",
        "ferry/bulletins.json#2 (the hospital): “According to the hospital, 14 passengers of the Margarethe were treated for injuries.”",
    ]


def test_what_is_unsupported_warns_and_what_is_missing_is_a_notice():
    assert [level for level, _, _ in read(drafted())] == ["warning"] * 5 + ["notice"]


def test_the_title_has_the_kind_as_all_formats_write_it():
    kinds = [properties["title"].split(":")[0] for _, properties, _ in read(drafted())]

    assert kinds[3:] == ["F4 unsupported", "F5 unsupported", "F6 missing"]


def test_a_claim_that_is_in_no_text_file_has_a_file_and_no_line():
    _, properties, _ = read(drafted())[0]

    assert properties["file"] == "ferry/coast-news.html"
    assert "line" not in properties


def test_what_gave_no_answer_is_an_error_and_comes_first():
    commands = read(sample())

    assert [level for level, _, _ in commands] == ["error"] * 2 + ["warning"] * 3
    assert commands[1][2].endswith("the endpoint answered 503 four times in 62 s")


def test_where_all_is_well_nothing_is_told():
    assert render(calm()) == ""


def test_what_was_accepted_is_not_told():
    names = {one.finding.id: "known" for one in alerts(complete(), *ALARMS)}

    assert render(report_of(CLAIMS, VERDICTS, accepted=names)) == ""


def test_ten_are_shown_and_the_last_one_counts_the_rest():
    commands = read(many_conflicts(25))

    assert len(commands) == LIMIT
    assert commands[-1][2].endswith("\n15 more are not shown here")
    assert "more" not in commands[-2][2]


def test_exactly_ten_have_no_rest():
    assert len(read(many_conflicts(10))) == LIMIT
    assert "more" not in render(many_conflicts(10))


@pytest.mark.parametrize("make", [sample, drafted, builtin, calm, lambda: many_conflicts(10)])
def test_every_quote_of_what_is_told_is_there_word_for_word(make):
    messages = "\n".join(message for _, _, message in read(make()))

    for one in alerts(make(), *ALARMS):
        for spoken in one.finding.spoken:
            for quote in spoken.claim.quotes:
                assert f"“{clean(quote.text)}”" in messages


@pytest.mark.parametrize(
    "words", ["a\n::error::b", "a\r::stop-commands::x", "a,line=1::b", "100%0A::error::", "%3A%2C", "::x::"]
)
def test_no_text_can_make_a_command_or_a_property(words):
    commands = read(hostile(words))

    assert [level for level, _, _ in commands] == ["error", "error", "warning"]
    assert all(set(properties) <= {"file", "line", "title"} for _, properties, _ in commands)
    assert clean(words) in commands[2][2]


@pytest.mark.parametrize("words", ["a ##vso[task.complete]b", "a ##[add-mask]e", "##[group]x"])
def test_no_text_can_make_a_command_in_the_middle_of_a_line(words):
    report = hostile(words)
    named = tuple(one.model_copy(update={"path": f"{words}.txt"}) for one in report.articles)

    assert not re.search(r"##\w*\[", render(report.model_copy(update={"articles": named})))


def test_hostile_text_steers_nothing():
    assert all(line.isprintable() for line in render(hostile()).split("\n"))


def test_a_file_whose_name_has_signs_of_commands_is_named_as_it_is():
    report = complete()
    odd = tuple(one.model_copy(update={"path": "a,b: 100% #1.txt"}) for one in report.articles)
    _, properties, _ = read(report.model_copy(update={"articles": odd}))[0]

    assert properties["file"] == "a,b: 100% #1.txt"


def test_a_paragraph_of_a_megabyte_is_cut():
    assert len(render(paragraphs(1_000_000))) < 3000
