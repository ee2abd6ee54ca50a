"""A reviewer's judgement of each conflict: kept in the browser, and given away as a file of labelled pairs."""

import json
from pathlib import Path

import pytest
from browser import STILL
from reader import reopened
from sample_report import calm, hostile, many_conflicts, report_of, sample

from checker.evaluate.pairfile import read_pairs
from checker.report.html import render
from checker.report.overview import overview
from checker.report.where import harmless
from checker.schema import Article

DRAFT = Article(id="draft", path="draft.txt", format="text", text="Nothing new.")


@pytest.fixture
def judgements(tmp_path):
    """A function that downloads the judgements of a page and gives the file."""

    def download(page):
        with page.expect_download() as started:
            page.click("#download")
        assert started.value.suggested_filename == "labels.jsonl"
        started.value.save_as(tmp_path / "labels.jsonl")
        return tmp_path / "labels.jsonl"

    return download


def lines(file):
    """The lines of *file* as values."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def judge(page, number, choice, note=""):
    """Judge the conflict F*number*."""
    page.check(f"#F{number} input[value={choice}]")
    page.fill(f"#F{number} .note input", note)


def test_a_judgement_and_its_note_are_there_when_the_page_is_opened_again(open_file):
    page = open_file(render(sample()), **STILL)
    assert page.inner_text("#judged") == "0 of 3 judged"
    assert page.is_disabled("#download")
    judge(page, 1, "update", 'later: "14" & <b>')
    judge(page, 3, "agree")

    reopened(page, "")

    assert page.is_checked("#F1 input[value=update]")
    assert page.input_value("#F1 .note input") == 'later: "14" & <b>'
    assert page.is_checked("#F3 input[value=agree]")
    assert not page.locator("#F2 input:checked").count()
    assert page.inner_text("#judged") == "2 of 3 judged"


def test_pages_of_two_runs_do_not_share_their_judgements(open_file):
    page = open_file(render(sample()), **STILL)
    judge(page, 1, "conflict")

    Path(page.url.removeprefix("file://")).write_text(render(many_conflicts(3)), encoding="utf-8")
    page.reload()

    assert page.inner_text("#judged") == "0 of 3 judged"


def test_an_article_that_is_added_leaves_the_judgements_of_the_others(open_file):
    page = open_file(render(sample()), **STILL)
    judge(page, 1, "conflict", "twelve or fourteen")
    more = Article(id="more", path="more.txt", format="text", text="Nothing new.")

    report = report_of(sample().claims, sample().verdicts, sample().failures, (*sample().articles, more))
    Path(page.url.removeprefix("file://")).write_text(render(report), encoding="utf-8")
    page.reload()

    assert page.is_checked("#F1 input[value=conflict]")
    assert page.input_value("#F1 .note input") == "twelve or fourteen"


def test_what_is_kept_and_is_no_review_is_passed_over(open_file):
    page = open_file(render(sample()), **STILL)
    name = f"checker-review-{overview(sample()).findings[0].id}"

    for odd in ("no JSON", "null", "7", "[]", '{"choice": {}}', '{"choice": "of no kind"}'):
        page.evaluate("([name, odd]) => localStorage.setItem(name, odd)", [name, odd])
        page.reload()
        assert page.inner_text("#judged") == "0 of 3 judged"


def test_every_judged_pair_is_one_line_of_a_file_of_pairs(open_file, judgements):
    page = open_file(render(sample()), **STILL)
    judge(page, 1, "conflict", "twelve or fourteen")
    judge(page, 2, "unsure")
    judge(page, 3, "update")

    file = judgements(page)

    first, second, third = overview(sample()).findings[:3]
    assert lines(file)[0] == {
        "id": f"{first.id}:post-3:coast-1",
        "a": "post-3",
        "b": "coast-1",
        "text_a": "The coast guard said that twelve people were injured on the Margarethe.",
        "text_b": "Fourteen people were injured when the Margarethe stranded.",
        "label": "conflicting",
        "aspect": "quantity",
        "between": "articles",
        "review": "conflict",
        "note": "twelve or fourteen",
        "group": first.id,
    }
    assert [(row.label, row.group) for row in read_pairs(file)] == [
        ("conflicting", first.id),
        ("partial", second.id),
        ("unique", third.id),
    ]


def test_what_is_no_conflict_has_a_label_and_no_aspect(open_file, judgements):
    page = open_file(render(sample()), **STILL)
    for number, choice in enumerate(("agree", "other", "update"), 1):
        judge(page, number, choice)

    given = lines(judgements(page))

    assert [one["label"] for one in given] == ["agreeing", "unique", "unique"]
    assert [one["review"] for one in given] == ["agree", "other", "update"]
    assert not any({"aspect", "between"} & one.keys() for one in given)


def test_only_what_is_judged_is_given_away_and_what_a_filter_hides_too(open_file, judgements):
    page = open_file(render(many_conflicts(4)), **STILL)
    judge(page, 2, "conflict")
    judge(page, 3, "agree")
    page.fill("#search", "Item 0")

    assert [line["a"] for line in lines(judgements(page))] == ["a-1", "a-2"]


def test_a_conflict_among_the_sources_alone_can_be_judged(open_file, judgements):
    report = report_of(
        sample().claims, sample().verdicts, articles=(*sample().articles, DRAFT), drafts=("draft",)
    )
    page = open_file(render(report), **STILL)
    assert page.inner_text("#judged") == "0 of 3 judged"
    (finding, *_) = [one for one in overview(report).findings if one.differences]

    page.click(f"#F{finding.number} summary")
    judge(page, finding.number, "update")

    (line,) = lines(judgements(page))
    assert (line["group"], line["label"]) == (finding.id, "unique")


def test_hostile_words_are_given_away_as_they_are_printed(open_file, judgements):
    report = hostile()
    page = open_file(render(report), **STILL)
    judge(page, 1, "conflict", "</script>\\ \"'\t{{ 7*7 }} 😀")

    file = judgements(page)

    (row,) = read_pairs(file)
    assert row.text_a == harmless(report.claims[0].text)
    assert row.text_b == harmless(report.claims[1].text)
    (line,) = lines(file)
    assert line["note"] == "</script>\\ \"'\t{{ 7*7 }} 😀"
    assert (line["aspect"], line["between"]) == ("other", "articles")


def test_a_page_without_conflicts_has_nothing_to_judge(open_file):
    page = open_file(render(calm()), **STILL)

    assert not page.locator("#download, .review").count()
