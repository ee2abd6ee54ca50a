"""`path:line: kind: message`, for editors."""

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
from checker.report.line import render
from checker.report.where import clean


def test_a_finding_is_one_line_that_begins_with_its_first_place():
    assert render(complete()).split("\n")[0] == (
        "ferry/harbour-post.txt:4: conflict: F1 Margarethe: 12 / 14 · "
        "“Twelve people were injured, the coast guard said.” | "
        "ferry/coast-news.html “14 hurt on stranded ferry” … “Fourteen people were injured” | "
        "ferry/bulletins.json#2 “According to the hospital, 14 passengers of the Margarethe were treated for injuries.”"
    )


def test_the_draft_is_what_a_line_points_to():
    kinds = [line.split(": ")[:2] for line in render(drafted()).splitlines()]

    assert kinds == [
        ["ferry/coast-news.html", "conflict"],
        ["ferry/coast-news.html", "conflict"],
        ["ferry/coast-news.html", "conflict"],
        ["ferry/coast-news.html", "unsupported"],
        ["ferry/coast-news.html", "unsupported"],
        ["ferry/harbour-post.txt:3", "missing"],
    ]


def test_what_was_not_judged_and_why_is_told_too():
    lines = render(sample()).splitlines()

    assert "ferry/bulletins.json#2: not_judged: F6 " in lines[5]
    assert lines[6].startswith("checker: error: Not complete: 1 step gave no answer")
    assert lines[7].startswith("checker: error: The step judge gave no answer for ferry/bulletins.json")


def test_where_all_is_well_nothing_is_told():
    assert render(calm()) == ""


def test_what_was_accepted_is_not_told():
    names = {one.finding.id: "known" for one in alerts(complete(), *ALARMS)}

    assert render(report_of(CLAIMS, VERDICTS, accepted=names)) == ""


@pytest.mark.parametrize("make", [sample, drafted, builtin, calm, lambda: many_conflicts(12)])
def test_every_quote_of_what_is_told_is_there_word_for_word(make):
    text = render(make())

    for one in alerts(make(), *ALARMS):
        for spoken in one.finding.spoken:
            for quote in spoken.claim.quotes:
                assert f"“{clean(quote.text)}”" in text


def test_hostile_text_makes_no_line_and_steers_nothing():
    lines = render(hostile()).split("\n")

    assert len(lines) == len(render(hostile("plain")).split("\n"))
    assert all(line.isprintable() for line in lines)


def called(path):
    """The lines where every file is called *path*."""
    report = complete()
    renamed = tuple(one.model_copy(update={"path": path}) for one in report.articles)
    return render(report.model_copy(update={"articles": renamed})).splitlines()


def test_a_file_whose_name_would_begin_a_command_can_be_opened():
    path = "::error title=x::pwned.txt"

    assert {line[: len(path) + 2] for line in called(path)} == {f"./{path}"}


@pytest.mark.parametrize("path", ["##[error]pwned.txt", "a/##vso[x]pwned.txt", "a ##[add-mask]e.txt"])
def test_the_name_of_a_file_is_no_command_to_a_build_server(path):
    assert "##" not in "".join(called(path))


def test_words_of_an_article_are_no_command_to_a_build_server():
    assert "##" not in render(hostile("shut by police ##vso[task.setvariable variable=PATH]/tmp/evil"))


def test_a_paragraph_of_a_megabyte_is_cut():
    text = render(paragraphs(1_000_000))

    assert len(text) < 1000
    assert text.count("…”") == 2
