"""JSON and JSON Lines."""

from __future__ import annotations

import json

import pytest

from checker.load.reading import Contents, Reading, Unusable
from checker.load.records import read_json, read_json_lines


def one(**fields: object) -> Reading:
    (reading,) = read_json("a.json", json.dumps({"text": "Words.", **fields})).readings
    return reading


def said(contents: Contents) -> list[str]:
    return [remark.problem for remark in contents.skipped]


def test_one_object_is_one_article_without_a_number():
    (reading,) = read_json("a.json", '{"text": "Words."}').readings

    assert (reading.text, reading.format, reading.record) == ("Words.", "json", None)


@pytest.mark.parametrize("form", ["[{}, {}]", '{{"status": "ok", "articles": [{}, {}]}}'])
def test_a_list_holds_articles_numbered_from_one(form: str):
    contents = read_json("a.json", form.format('{"text": "One."}', '{"text": "Two."}'))

    assert [(reading.record, reading.text) for reading in contents.readings] == [(1, "One."), (2, "Two.")]


def test_lines_are_numbered_as_in_the_file():
    contents = read_json_lines("a.jsonl", '{"text": "One."}\r\n\n {"text": "Two."}')

    assert [(reading.record, reading.text) for reading in contents.readings] == [(1, "One."), (3, "Two.")]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
def test_only_a_line_feed_ends_a_line(mark: str):
    contents = read_json_lines("a.jsonl", f'{{"text": "One{mark}two."}}\n')

    assert [reading.text for reading in contents.readings] == [f"One{mark}two."]


@pytest.mark.parametrize("name", ["text", "content", "body", "articleBody"])
def test_the_text_may_have_several_names(name: str):
    assert read_json("a.json", json.dumps({name: " Words.\n"})).readings[0].text == " Words.\n"


def test_a_text_that_is_no_string_is_passed_over():
    assert (
        read_json("a.json", '{"text": null, "content": " ", "body": {}, "articleBody": "W."}')
        .readings[0]
        .text
        == "W."
    )


@pytest.mark.parametrize("name", ["title", "headline"])
def test_the_title_may_have_two_names(name: str):
    assert one(**{name: " Crown\nstolen "}).title == "Crown stolen"


@pytest.mark.parametrize("source", ["Lowland Times", {"id": None, "name": "Lowland Times"}])
def test_the_source_is_a_name_or_has_one(source: object):
    assert one(source=source).source == "Lowland Times"


@pytest.mark.parametrize("name", ["published", "publishedAt", "date", "datePublished"])
def test_the_date_may_have_several_names(name: str):
    assert one(**{name: "2025-09-01T10:00:00Z"}).published == "2025-09-01T10:00:00Z"


@pytest.mark.parametrize("name", ["language", "lang"])
def test_the_language_may_have_two_names(name: str):
    assert one(**{name: "en"}).language == "en"


def test_the_url_is_kept():
    assert one(url="https://example.org/1").url == "https://example.org/1"


def test_fields_of_other_types_are_not_known():
    reading = one(title=3, source=["x"], url={}, date=20250901, language=False)

    assert (reading.title, reading.source, reading.url) == (None, None, None)
    assert (reading.published, reading.language) == (None, None)


def test_without_a_date_the_dateline_gives_it():
    assert one(text="VELLIN, Feb. 4 — Words.").published == "--02-04"


def test_a_date_that_is_not_understood_gets_a_remark_with_the_record():
    (remark,) = read_json("a.json", '[{"text": "Words.", "date": "soon"}]').remarks

    assert remark.problem == "record 1: the date 'soon' is not understood, so it is left out"


def test_a_preview_gets_a_remark():
    (remark,) = read_json("a.json", '[{"content": "Words… [+1234 chars]"}]').remarks

    assert remark.problem == "record 1: the text is only a preview, cut by its source"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("3", "record 2: not a JSON object"),
        ("{}", "record 2: has no text"),
        ('{"text": "W.", "n": NaN}', "record 2: holds NaN, which is not JSON"),
        ('{"text": "W.", "n": -Infinity}', "record 2: holds -Infinity, which is not JSON"),
        ('{"text": "W.", "text": "X."}', "record 2: the key 'text' is given twice"),
        ('{"text": "W.", "of": {"a": 1, "a": 1}}', "record 2: the key 'a' is given twice"),
        ('{"text": "W.', "record 2: not valid JSON: Unterminated string starting at (column 10)"),
        ('{"text": "\\ud83d"}', "record 2: holds half of a surrogate pair, which is no character"),
        (
            '{"text": "W.", "title": "\\udc00"}',
            "record 2: holds half of a surrogate pair, which is no character",
        ),
        ('{"text": "W.\\u0000"}', "record 2: the text holds control characters, as binary data does"),
        ('{"text": "W.", "of": ' + "[" * 100_000 + "]" * 100_000 + "}", "record 2: JSON nested too deep"),
        ('{"text": "W.", "n": ' + "1" * 5000 + "}", "record 2: holds a number with too many digits"),
    ],
)
def test_a_bad_line_costs_that_record(line: str, problem: str):
    contents = read_json_lines("a.jsonl", f'{{"text": "One."}}\n{line}\n{{"text": "Two."}}\n')

    assert [reading.record for reading in contents.readings] == [1, 3]
    assert said(contents) == [problem]


def test_a_bad_record_of_a_list_costs_that_record():
    contents = read_json("a.json", '[{"text": "One."}, null, {"text": "\\ud800"}, {"text": "Two."}]')

    assert [reading.record for reading in contents.readings] == [1, 4]
    assert said(contents) == [
        "record 2: not a JSON object",
        "record 3: holds half of a surrogate pair, which is no character",
    ]


@pytest.mark.parametrize(
    "text", ["[1, ", '{"articles": 3}', "3", "[" * 100_000, '{"text": "a", "text": "b"}', "[NaN]"]
)
def test_a_file_that_is_no_json_as_a_whole_is_refused(text: str):
    with pytest.raises(Unusable):
        read_json("a.json", text)


def test_lines_in_a_json_file_are_told_from_json():
    with pytest.raises(Unusable, match=r"not valid JSON: Extra data \(line 2, column 1\)") as caught:
        read_json("a.json", '{"text": "One."}\n{"text": "Two."}')

    assert "one object a line is named .jsonl" in caught.value.mend


def test_an_emoji_written_as_two_escapes_is_one_character():
    assert read_json("a.json", '{"text": "\\ud83d\\ude00"}').readings[0].text == "😀"
