"""Plain text and Markdown: what the lines at the top say, and what is a title."""

from __future__ import annotations

import pytest

from checker.load.reading import Reading, Unusable
from checker.load.text import read_text

HEADER = "title: Crown stolen\nsource: Lowland Times\nurl: https://example.org/1\nlanguage: en\ndate: 4 February 2025\n"


def one(text: str) -> Reading:
    (reading,) = read_text("a.txt", text).readings
    return reading


def test_the_text_is_the_whole_file():
    assert one(HEADER + "\nThieves came.").text == HEADER + "\nThieves came."


def test_header_lines_say_more_about_the_article():
    reading = one(HEADER + "\nThieves came.")

    assert (reading.title, reading.source) == ("Crown stolen", "Lowland Times")
    assert (reading.url, reading.language) == ("https://example.org/1", "en")
    assert reading.published == "2025-02-04"


@pytest.mark.parametrize(
    "line", [" date 2025-09-01 ", "date: 2025-09-01", "Date : Sept. 1, 2025", "PUBLISHED: 1 September 2025"]
)
def test_a_date_line_may_be_written_in_several_ways(line: str):
    assert one(f"\n{line}\r\n\r\nThe text.").published == "2025-09-01"


def test_front_matter_says_more_about_the_article():
    reading = one(
        '---\ntitle: "Crown: stolen"\ntags:\n  - title: no\ndate: 2025-02-04T06:00:00Z\n---\n\nThieves came.'
    )

    assert (reading.title, reading.published) == ("Crown: stolen", "2025-02-04T06:00:00Z")


def test_front_matter_that_does_not_end_is_text():
    assert one("---\ntitle: Crown stolen\n\nThieves came.").title is None


def test_the_first_of_two_equal_header_lines_counts():
    assert one("title: One\ntitle: Two\n\nThe text.").title == "One"


def test_a_header_passed_over_does_not_hide_those_after_it():
    assert one("author: A. N. Author\ndate: 2025-09-01\n\nThe text.").published == "2025-09-01"


def test_a_header_ends_with_the_first_other_line():
    assert one("The text.\nsource: Lowland Times\n").source is None


def test_a_sentence_that_begins_with_date_is_no_header():
    assert one("Date of the attack unknown\nThe text.").published is None


def test_a_date_that_is_not_understood_gets_a_remark():
    contents = read_text("a.txt", "date: 01/09/2025\n\nVELLIN, Feb. 4 — The text.")

    assert contents.readings[0].published is None
    assert [str(remark) for remark in contents.remarks] == [
        "a.txt: the date '01/09/2025' is not understood, so it is left out → write it as 2025-09-01"
    ]


def test_a_header_alone_is_no_article():
    with pytest.raises(Unusable, match="only header lines"):
        read_text("a.txt", HEADER)


def test_the_header_date_comes_before_the_dateline():
    assert one("date 2025-09-02\n\nVELLIN, Sept. 1, 2025 — The text.").published == "2025-09-02"


def test_the_dateline_gives_the_date():
    assert one("Crown stolen\n\nVELLIN, Drenmark, Feb. 4 — Thieves came.").published == "--02-04"


def test_a_header_value_is_no_dateline():
    assert one("title: The budget, 5 June 2025\n\nThe text.").published is None


@pytest.mark.parametrize(
    "opening",
    [
        "Crown stolen in raid\n\n",
        "\n\n Crown stolen in raid \n\n",
        "Crown stolen in raid\r\n\r\n",
        "date 2025-02-04\n\nCrown stolen in raid\n\n",
        "# Crown stolen in raid\n",
        "## Crime\n# Crown stolen in raid #\n",
        "Lowland Times, 4 February 2025\n\n# Crown stolen in raid\n",
    ],
)
def test_the_title_is_a_heading_or_a_short_first_line_that_stands_alone(opening: str):
    assert one(opening + "Thieves came through the roof.").title == "Crown stolen in raid"


@pytest.mark.parametrize(
    "opening",
    [
        "Thieves came through the roof.\n\n",
        "“Thieves came through the roof.”\n\n",
        "Who came through the roof?\n\n",
        "Two things:\n\n",
        "x" * 121 + "\n\n",
        "Thieves came\n",
        "Thieves came\nthrough the roof\n\n",
        "VELLIN, Drenmark, Feb. 4 —\n\n",
        "NORRIN - Thieves came\n\n",
        "Quayside Letter, Saturday 8 February 2025\n\n",
        "Monday, 1 September 2025\n\n",
        "2025-09-01\n\n",
        "#hashtag\n",
    ],
)
def test_other_openings_are_no_title(opening: str):
    assert one(opening + "They were seen.").title is None


def test_a_line_that_is_all_there_is_is_no_title():
    assert one("Thieves came\n\n").title is None


def test_the_header_title_comes_before_a_heading():
    assert one("title: One\n\n# Two\n\nThe text.").title == "One"


def test_a_long_title_is_cut():
    # 300 characters: 299 and the ellipsis
    assert one(f"title: {'x' * 400}\n\nThe text.").title == "x" * 299 + "…"


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(Unusable, match="surrogate"):
        read_text("a.txt", "The text \ud800.")


def test_hostile_lines_take_no_time_to_speak_of():
    reading = one(
        "title: " + " " * 400 + "x\n" + "A, " * 200_000 + " " * 200_000 + "x\n\n" + "4 Feb " * 100_000
    )

    assert reading.title == "x"
