"""Dates, date stamps and datelines."""

from __future__ import annotations

import pytest

from checker.load.dates import completed, is_dateline, opening_date, parse_date


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2025-09-01",
            "1 September 2025",
            "September 1, 2025",
            "Sept. 1, 2025",
            "Sep 1 2025",
            "1st of September 2025",
        ),
        *("01 sep 2025", "Monday, 1 September 2025", "Mon, 01 Sep 2025 10:00:00 GMT", "SEPTEMBER 1, 2025"),
        *("Monday evening, September 1, 2025 at 7:30 p.m.", " 1  September\t2025. "),
    ],
)
def test_the_first_of_september_in_many_forms(text: str):
    assert parse_date(text) == "2025-09-01"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-09-01T10:30:00Z", "2025-09-01T10:30:00Z"),
        ("2025-09-01T10:30+02:00", "2025-09-01T10:30+02:00"),
        ("2025-09-01 10:30", "2025-09-01T10:30"),
        ("2025-09-01T10:30:00.123Z", "2025-09-01T10:30:00.123Z"),
    ],
)
def test_a_time_in_iso_form_is_kept(text: str, value: str):
    assert value == parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "01/09/2025",
            "1.9.2025",
            "2025",
            "September 2025",
            "last week",
            "yesterday",
            "12 people",
            "Q3 2026",
        ),
        *(
            "2025-13-01",
            "2025-02-29",
            "30 February 2025",
            "31 June",
            "0 May 2025",
            "2025-09-01T25:00",
            "20250901",
        ),
        *(
            "May 1, 20256",
            "1 September 2025 and more",
            "marching 3 2025",
            "\u0662\u0660\u0662\u0665-\u0660\u0669-\u0660\u0661",
            "2025-09-01" + " " * 200 + "x",
        ),
    ],
)
def test_what_is_no_date_in_a_known_form_is_refused(text: str):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("Feb. 4", "--02-04"), ("11 March", "--03-11"), ("Feb 29", "--02-29")]
)
def test_a_date_may_lack_its_year(text: str, value: str):
    assert value == parse_date(text)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("VELLIN, Drenmark, Feb. 4 — The burglars who", "--02-04"),
        ("QUILLBRIDGE, Tesmar, March 12 \u2013 A fourth victim", "--03-12"),
        ("PORTO ALBAIN, Sept. 16, 2025 (Agency) -- The government", "2025-09-16"),
        ("Port-au-Prince, 4 February 2025 - The", "2025-02-04"),
        ("Zürich, Feb. 4 —The", "--02-04"),
        ("Rio de Janeiro, 4 May — The", "--05-04"),
        ("Quayside Letter, Saturday 8 February 2025", "2025-02-08"),
        ("Correct as of Tuesday evening, 16 September 2025", "2025-09-16"),
        ("This page was correct as of Tuesday evening, 11 March.", "--03-11"),
        ("Last updated: 2025-09-16 18:40", "2025-09-16"),
        ("Monday, 8 September 2025", "2025-09-08"),
    ],
)
def test_the_opening_gives_a_date(line: str, value: str):
    assert value == opening_date(f"A title\n\n{line}\n\nMore.")
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "The bridge opened on 4 February 2025",
        "In Vellin, Feb. 4 — a cold day — the bridge",
        "the minister said, Feb. 4 — and left",
        "The budget follows on 5 June",
        "He was born in Vellin, 9 March 1975.",
        "Strikes, 5 to 9 March",
        "VELLIN, Feb. 4-6 The fair",
        "VELLIN, Feb. 30 — Rain",
    ],
)
def test_a_date_in_a_sentence_is_no_dateline(line: str):
    assert opening_date(line) is None


def test_a_date_after_the_third_line_is_not_looked_at():
    assert opening_date("One\n\nTwo\n\nThree\n\nVELLIN, Feb. 4 — Four") is None


@pytest.mark.parametrize(
    "line",
    ["NORRIN - Rain", "ILMAR CITY — Rain", "KHARVIN, Upper Zerin - Rain", "VELLIN (Agency) \u2013 Rain"],
)
def test_a_dateline_may_have_no_date(line: str):
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line", ["Crown stolen in raid on Vellin museum", "Half-time - and Alban lead", "7-0: the rout"]
)
def test_a_title_is_no_dateline(line: str):
    assert not is_dateline(line)


def test_a_date_with_a_year_is_complete():
    assert completed("2025-02-04", []) == "2025-02-04"


@pytest.mark.parametrize("published", ["--02-04", None])
def test_nothing_is_completed_from_nothing(published: str | None):
    assert completed(published, []) is None


@pytest.mark.parametrize(
    ("published", "value"),
    [
        ("--12-30", "2024-12-30"),  # 3 days before the median, against 362 after it
        ("--01-05", "2025-01-05"),
        ("--07-04", "2024-07-04"),  # 182 days before 2 January, 183 after
        ("--02-29", "2024-02-29"),  # no such day in 2025, 2026 and 2027
    ],
)
def test_the_year_nearest_to_the_known_dates_is_taken(published: str, value: str):
    assert value == completed(published, ["2025-01-02", "2025-01-02T23:00:00Z", "2024-12-31"])


@pytest.mark.parametrize("other", ["1975-02-04", "2026-02-04", "2025-08-10"])
def test_known_dates_that_differ_on_the_year_tell_none(other: str):
    # From 2025-08-10, 3 February 2026 is 177 days ahead, and that of 2025 188 days back.
    assert completed("--02-03", ["2025-02-04", "2025-02-05", other]) is None


def test_the_29th_of_february_may_be_eight_years_away():
    # 1900 was no leap year; 1896-02-29 is nearer to 1900-01-01 than 1904-02-29.
    assert completed("--02-29", ["1900-01-01"]) == "1896-02-29"
