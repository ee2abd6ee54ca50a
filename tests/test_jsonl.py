"""JSON Lines: one finding a line, every key on every line."""

import json

import pytest
from sample_report import (
    CLAIMS,
    VERDICTS,
    builtin,
    calm,
    drafted,
    halved,
    hostile,
    many_conflicts,
    report_of,
    sample,
)

from checker.report.jsonl import render

KEYS = [
    "id", "number", "kind", "label", "title", "aspects", "between", "hints", "n_articles", "n_texts", "accepted",
    "values", "differences",
]  # fmt: skip


def read(report):
    # Only a line feed ends a line.
    return [json.loads(line) for line in render(report).split("\n")[:-1]]


@pytest.mark.parametrize("make", [sample, drafted, builtin, calm, hostile, lambda: many_conflicts(12)])
def test_every_quote_is_there_word_for_word_at_its_place(make):
    report = make()
    quotes = [
        (value["path"], claim["id"], quote["text"], quote["start"], quote["end"])
        for finding in read(report)
        for value in finding["values"]
        for claim in value["claims"]
        for quote in claim["quotes"]
    ]
    paths = {article.id: article.path for article in report.articles}

    assert sorted(quotes) == sorted(
        (paths[claim.article], claim.id, quote.text, quote.start, quote.end)
        for claim in report.claims
        for quote in claim.quotes
    )


@pytest.mark.parametrize("make", [sample, drafted, hostile])
def test_every_line_has_every_key(make):
    for finding in read(make()):
        assert list(finding) == KEYS


def test_a_conflict_tells_who_says_what():
    first = read(sample())[0]
    post, coast, bulletin = first["values"]

    assert (first["kind"], first["label"], first["aspects"], first["between"]) == (
        "conflict", "conflicting", ["quantity"], ["articles"],
    )  # fmt: skip
    assert (first["n_articles"], first["n_texts"]) == (3, 3)
    assert [one["value"] for one in (post, coast, bulletin)] == ["12", "14", None]
    assert [one["claims"][0]["camp"] for one in (post, coast, bulletin)] == ["A", "B", "B"]
    assert post["claims"][0]["quotes"][0]["line"] == 4
    assert coast["claims"][0]["quotes"][0]["line"] is None
    assert (bulletin["record"], bulletin["published"]) == (2, None)


def test_a_difference_names_its_claims_and_gives_their_values_in_that_order():
    assert read(sample())[0]["differences"] == [
        {
            "a": "post-3", "b": "coast-1", "aspect": "quantity", "between": "articles", "differs": ["12", "14"],
            "reason": "Both count the injured of the same accident.",
        }
    ]  # fmt: skip


def test_a_hint_has_a_kind_and_a_text():
    assert {"kind": "speaker", "text": "different speaker: Ines Holt / Oda Lien"} in read(sample())[1][
        "hints"
    ]


def test_what_is_not_judged_has_no_label():
    assert {one["label"] for one in read(sample()) if one["kind"] == "not_judged"} == {None}


def test_a_draft_is_told_from_its_sources():
    drafts = {value["path"] for one in read(drafted()) for value in one["values"] if value["draft"]}

    assert drafts == {"ferry/coast-news.html"}


def test_what_was_accepted_tells_why():
    accepted = {read(sample())[0]["id"]: "two counts, both printed"}

    assert read(report_of(CLAIMS, VERDICTS, accepted=accepted))[0]["accepted"] == "two counts, both printed"


def test_nothing_is_left_that_steers_a_terminal_or_ends_a_line():
    text = render(hostile())

    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2028", "\ufeff", "\U000e0041"} & set(text)
    assert len(text.splitlines()) == len(read(hostile()))


def test_no_text_is_a_command_to_a_build_server_and_it_comes_back():
    report = hostile("a ##vso[task.complete]b")

    assert "##" not in render(report)
    assert read(report)[0]["differences"][0]["reason"] == "a ##vso[task.complete]b"


def test_a_lone_surrogate_is_escaped():
    assert '"a\\ud800b"' in render(halved())
    assert read(halved())[0]["values"][0]["source"] == "a\ud800b"


def test_no_facts_are_no_lines():
    assert render(report_of((), ())) == ""
