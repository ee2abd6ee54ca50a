"""SARIF 2.1.0: valid, within GitHub's limits, and no outside text is markup."""

import json
import re
from urllib.parse import unquote

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
from schemas import sarif_errors

from checker.report import Format
from checker.report import render as render_as
from checker.report.alerts import alerts
from checker.report.gate import ALARMS
from checker.report.sarif import escaped, render, uri
from checker.report.where import clean

MAKERS = [sample, drafted, builtin, calm, hostile, lambda: many_conflicts(12)]


def read(report):
    (run,) = json.loads(render(report))["runs"]
    return run


def seen(message):
    """A message as a viewer shows it: links as their text, escapes taken away."""
    plain = re.sub(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(\d+\)", r"\1", message)
    return re.sub(r"\\([\\\[\]])", r"\1", plain.replace("{{", "{").replace("}}", "}"))


@pytest.mark.parametrize("make", MAKERS)
def test_it_is_sarif(make):
    assert sarif_errors(render_as(make(), Format.SARIF)) == []


def test_a_conflict_is_a_warning_at_its_first_claim():
    result = read(complete())["results"][0]

    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("conflict", 0, "warning")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "ferry/harbour-post.txt"},
                "region": {"startLine": 4},
            }
        }
    ]
    assert result["partialFingerprints"] == {"primaryLocationLineHash": "d6f33116f211"}


def test_the_first_sentence_of_a_message_is_the_title():
    assert [one["message"]["text"].split("\n")[0] for one in read(complete())["results"]] == [
        "Margarethe: 12 / 14 (conflict).",
        "The steering of the Margarethe … (conflict).",
        "The eastern fairway is closed until … (conflict).",
    ]


def test_the_other_claims_are_linked_from_the_message():
    result = read(complete())["results"][0]
    uris = {
        one["id"]: one["physicalLocation"]["artifactLocation"]["uri"] for one in result["relatedLocations"]
    }

    assert uris == {1: "ferry/coast-news.html", 2: "ferry/bulletins.json"}
    assert (
        "[ferry/coast-news.html](1) (2031-05-05): “14 hurt on stranded ferry” … " in result["message"]["text"]
    )
    assert "[ferry/bulletins.json#2](2) (the hospital): “According" in result["message"]["text"]


def test_only_a_text_file_has_a_line():
    result = read(complete())["results"][0]

    assert all("region" not in one["physicalLocation"] for one in result["relatedLocations"])


def test_the_draft_is_where_a_finding_stands():
    results = read(drafted())["results"]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results]

    assert [one["ruleId"] for one in results] == ["conflict"] * 3 + ["unsupported"] * 2 + ["missing"]
    assert [one["level"] for one in results] == ["warning"] * 5 + ["note"]
    assert places == ["ferry/coast-news.html"] * 5 + ["ferry/harbour-post.txt"]


def test_every_rule_has_the_texts_that_github_asks_for():
    for rule in read(calm())["tool"]["driver"]["rules"]:
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))
        assert len(rule["fullDescription"]["text"]) <= 1024


def test_no_precision_is_claimed_that_nobody_measured():
    assert "precision" not in render(sample())


def test_a_precision_that_was_measured_is_told_in_the_words_of_github():
    rules = json.loads(render(builtin()))["runs"][0]["tool"]["driver"]["rules"]

    # The built-in engine: 10 of 21 reported conflicts are right, 0.48.
    assert [rule["properties"].get("precision") for rule in rules] == ["low", None, None]


def test_a_run_with_a_gap_was_not_successful_and_says_why():
    (invocation,) = read(sample())["invocations"]
    texts = [one["message"]["text"] for one in invocation["toolExecutionNotifications"]]

    assert invocation["executionSuccessful"] is False
    assert texts[0].startswith("Not complete: 1 step gave no answer")
    assert texts[1].endswith("the endpoint answered 503 four times in 62 s")


def test_a_complete_run_was_successful():
    assert read(complete())["invocations"] == [
        {"executionSuccessful": True, "toolExecutionNotifications": []}
    ]


def test_what_was_accepted_is_left_out():
    names = {one.finding.id: "known" for one in alerts(complete(), *ALARMS)[:2]}

    assert len(read(report_of(CLAIMS, VERDICTS, accepted=names))["results"]) == 1


def test_five_thousand_results_are_written_and_the_rest_counted():
    run = read(crowd(5_003))

    assert len(run["results"]) == 5_000
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("3 more findings are not in this file")
    assert run["invocations"][0]["executionSuccessful"] is True


def crowd(number):
    """Many findings at little cost: a draft with one claim repeated, and nothing to support it."""
    one = CLAIMS[0]
    claims = tuple(one.model_copy(update={"id": str(i)}) for i in range(number))
    return report_of(claims, (), drafts=("post",))


@pytest.mark.parametrize("make", MAKERS)
def test_every_quote_of_a_result_is_there_word_for_word(make):
    messages = "\n".join(seen(one["message"]["text"]) for one in read(make())["results"])

    for one in alerts(make(), *ALARMS):
        for spoken in one.finding.spoken:
            for quote in spoken.claim.quotes:
                assert f"“{clean(quote.text)}”" in messages


@pytest.mark.parametrize(
    "text", ["[x](1)", "\\[x](1)", "[", "]", "\\", "{0}", "{{0}}", "![x](javascript:alert(1))"]
)
def test_what_would_be_a_link_or_a_place_is_text(text):
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]]|(?<!\{)\{(?:\{\{)*\d", escaped(text))
    assert seen(escaped(text)) == text


def test_the_only_links_of_a_hostile_message_are_ours():
    (result,) = read(hostile())["results"]
    text = result["message"]["text"].replace("\\\\", "")

    assert re.findall(r"(?<!\\)\]\(([^)]*)\)", text) == ["1"]


def test_nothing_steers_a_terminal():
    assert re.sub(r"\n", "", render(hostile())).isprintable()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("ferry/a.txt", "ferry/a.txt"),
        ("./ferry//a.txt", "ferry/a.txt"),
        ("a b#c?d%.txt", "a%20b%23c%3Fd%25.txt"),
        ("Fähre/日.txt", "F%C3%A4hre/%E6%97%A5.txt"),
        ("c:a.txt", "c%3Aa.txt"),
        ("a\\b.txt", "a%5Cb.txt"),
        ("a/../b.txt", "b.txt"),
        ("../b.txt", "../b.txt"),
        ("/data/a b.txt", "file:///data/a%20b.txt"),
        ("//host/a.txt", "file:///host/a.txt"),
        ("a\nb\x1b.txt", "a%0Ab%1B.txt"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
    ],
)
def test_a_path_is_a_uri(path, expected):
    assert uri(path) == expected


@pytest.mark.parametrize("path", ["a b/ü%2e.txt", "x/日本.txt", "~a+b&c=d.txt"])
def test_a_path_can_be_read_back(path):
    assert unquote(uri(path)) == path


def test_a_paragraph_of_a_megabyte_stands_once():
    assert len(render(paragraphs(1_000_000))) < 2_010_000
