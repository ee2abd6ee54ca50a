"""JUnit XML: one case for each finding, and never green where something has no answer."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from sample_report import (
    CLAIMS,
    FAILURES,
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
from schemas import junit_errors

from checker.report import Format
from checker.report import render as render_as
from checker.report.junit import render
from checker.report.overview import overview
from checker.report.where import harmless

MAKERS = [sample, drafted, builtin, calm, hostile, lambda: many_conflicts(12)]


def read(report):
    return ET.fromstring(render(report))  # noqa: S314 - our own text


def outcomes(report):
    """The outcome of each case by its class."""
    cases = read(report).iter("testcase")
    return Counter((case.get("classname"), *(child.tag for child in case)) for case in cases)


@pytest.mark.parametrize("make", MAKERS)
def test_it_is_junit(make):
    assert junit_errors(render_as(make(), Format.JUNIT)) == []


@pytest.mark.parametrize("make", MAKERS)
def test_the_counts_are_those_of_the_cases(make):
    suite = read(make()).find("testsuite")
    tags = Counter(child.tag for case in suite.iter("testcase") for child in case)

    assert {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": len(list(suite.iter("testcase"))),
        "failures": tags["failure"],
        "errors": tags["error"],
        "skipped": tags["skipped"],
    }


def test_among_equals_a_conflict_fails_and_what_stands_alone_is_skipped():
    # Without the failure, two more agree (212 on board) and the tug and the tear stand alone.
    assert outcomes(complete()) == {
        ("conflict", "failure"): 3,
        ("agreement", "system-out"): 2,
        ("single", "skipped"): 4,
    }


def test_what_is_unsupported_or_missing_fails_and_what_is_supported_passes():
    assert outcomes(drafted()) == {
        ("conflict", "failure"): 3,
        ("unsupported", "failure"): 2,
        ("missing", "failure"): 1,
        ("supported", "system-out"): 1,
        ("sources", "skipped"): 2,
    }


def test_what_was_not_judged_is_an_error_and_so_is_each_failed_step():
    found = outcomes(sample())

    assert found["not_judged", "error"] == 3
    assert found["no_answer", "error"] == 1


def test_a_gap_that_no_step_explains_is_an_error():
    report = complete()
    counts = report.counts.model_copy(
        update={"pairs": report.counts.pairs.model_copy(update={"not_judged": 2})}
    )

    assert outcomes(report.model_copy(update={"counts": counts}))["no_answer", "error"] == 1


def test_a_report_without_facts_and_with_a_failure_is_not_green():
    report = report_of((), (), (FAILURES[0].model_copy(update={"a": (), "b": (), "step": "extract"}),))

    assert read(report).get("errors") == "1"


def test_what_was_accepted_is_skipped_with_its_reason():
    name = overview(complete()).findings[0].id
    (case,) = [
        case
        for case in read(report_of(CLAIMS, VERDICTS, accepted={name: "two counts, both printed"})).iter(
            "testcase"
        )
        if case.get("name").startswith("F1 ")
    ]

    assert case.find("skipped").get("message") == "accepted: two counts, both printed"


def test_what_was_accepted_and_then_not_judged_is_an_error_all_the_same():
    name = next(one.id for one in overview(sample()).findings if one.kind == "not_judged")
    report = report_of(CLAIMS, VERDICTS, FAILURES, accepted={name: "known"})

    assert outcomes(report)["not_judged", "error"] == 3


def test_a_case_is_named_by_title_and_number_and_tells_who_says_what():
    case = read(complete()).find("testsuite/testcase")

    assert case.get("name") == "F1 Margarethe: 12 / 14"
    assert case.get("classname") == "conflict"
    assert case.find("failure").get("message") == (
        "conflict: 12 / 14 (quantity, between the articles) · Both count the injured of the same accident."
    )
    assert (
        "ferry/harbour-post.txt:4 (2031-05-04 18:40, the coast guard): “Twelve" in case.find("failure").text
    )


@pytest.mark.parametrize("make", MAKERS)
def test_every_quote_is_there_word_for_word(make):
    text = "".join(read(make()).itertext())

    for claim in make().claims:
        for quote in claim.quotes:
            assert f"“{harmless(quote.text)}”" in text


@pytest.mark.parametrize(
    "words", ["a\r\nb", "a\rb", "]]>", "<![CDATA[x]]>", "&amp;", "\0\x1b\ufffe\uffff", "\"'<>&"]
)
def test_what_xml_would_read_otherwise_comes_back(words):
    report = hostile(words)
    seen = harmless(report.claims[0].quotes[0].text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")

    assert junit_errors(render(report)) == []
    assert f"“{seen}”" in "".join(read(report).itertext())


def test_no_text_is_a_command_to_a_build_server_and_it_comes_back():
    report = hostile("x\n::error::y ##vso[z]")
    text = render(report)

    assert not re.search(r"^\s*::|##\w*\[", text, re.MULTILINE)
    assert "::error::y ##vso[z]" in "".join(ET.fromstring(text).itertext())  # noqa: S314 - our own text


def test_hostile_text_makes_no_element():
    assert [one.tag for one in read(hostile()).iter()] == [one.tag for one in read(hostile("plain")).iter()]


def test_the_engine_is_told():
    (told,) = read(builtin()).iter("property")

    assert "no language model was used" in told.get("value")


def test_a_paragraph_of_a_megabyte_stands_once():
    assert len(render(paragraphs(1_000_000))) < 2_010_000
