"""CSV: for spreadsheets, so no cell is a formula and every quote can be read back."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import builtin, calm, drafted, halved, hostile, many_conflicts, sample

from checker.report.table import guarded, render
from checker.report.where import harmless

FORMULAS = [
    "=1+1", '=HYPERLINK("https://evil.example","x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1",
    "\u00a0=1", "\u3000=1", "\u200b=1", "\u00ad=1", "\uff1d1+1", "\uff0b1", "\uff0d1+1", "\uff20SUM(1)", "\u22121+1",
    "\ufe66=1", "\tplain", "-5 people", "+49 170", "=", "-",
]  # fmt: skip


def read(report):
    header, *rest = csv.reader(io.StringIO(render(report).removeprefix("\ufeff"), newline=""), strict=True)
    return [dict(zip(header, row, strict=True)) for row in rest]


def bare(cell):
    """What a reader does: take away one apostrophe before what could be a formula."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


@pytest.mark.parametrize("make", [sample, drafted, builtin, calm, hostile, lambda: many_conflicts(12)])
def test_every_quote_can_be_read_back(make):
    report = make()
    cells = [bare(row["quotes"]) for row in read(report)]

    for claim in report.claims:
        assert " … ".join(harmless(quote.text) for quote in claim.quotes) in cells


def test_a_row_is_what_one_article_says_of_one_finding():
    first = read(sample())[0]

    assert first == {
        "number": "1", "finding": "d6f33116f211", "kind": "conflict", "label": "conflicting",
        "title": "Margarethe: 12 / 14", "camp": "A", "draft": "false",
        "path": "ferry/harbour-post.txt", "record": "", "line": "4", "source": "The Harbour Post",
        "published": "2031-05-04T18:40", "speaker": "the coast guard", "value": "12",
        "quotes": "Twelve people were injured, the coast guard said.",
        "claim": "The coast guard said that twelve people were injured on the Margarethe.",
        "aspects": "quantity", "differs": "12 / 14", "reason": "Both count the injured of the same accident.",
        "hints": "possible update: coast-news.html is 1 day later; only one side names a source: the coast guard",
        "n_texts": "3", "accepted": "",
    }  # fmt: skip


def test_the_file_begins_with_a_byte_order_mark_and_its_lines_end_in_cr_lf():
    text = render(sample())

    assert text.startswith("\ufeffnumber,")
    assert text.encode("utf-8").startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == text.count("\n") == len(sample().claims) + 1


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5", "+5", "-1,200.50", "12", "12 people", "a=b", "", " ", "“-5”", "'tis so", "…"]
)
def test_a_plain_number_or_text_stays(text):
    assert guarded(text) == text


@given(st.text(alphabet="'=+-@\uff1d \t\r\n5a.\u200b", max_size=8))
def test_one_apostrophe_and_no_more_can_be_taken_away(text):
    assert bare(guarded(text)) == text
    assert not re.match(r"[\t\r\n]|[\s\u200b]*[=+@\uff1d]", guarded(text)) or re.fullmatch(r"\+[\d.]+", text)


@pytest.mark.parametrize("words", ["=cmd|' /C calc'!A0", "@SUM(1)", "\uff1d1", "-x", '"\r\n=1,=2"'])
def test_no_cell_of_a_hostile_report_is_a_formula(words):
    for row in read(hostile(words)):
        for cell in row.values():
            assert guarded(cell) == cell or cell.startswith("'")
            assert not cell.startswith(tuple("=+-@\uff1d\t\r\n"))


def test_hostile_text_makes_no_row_and_no_column():
    assert [list(row) for row in read(hostile())] == [list(row) for row in read(hostile("plain"))]


def test_no_control_or_steering_character_is_left():
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", render(hostile("\0\x1b\x9b\u202e"))
    )


def test_a_lone_surrogate_becomes_a_mark():
    assert "a\ufffdb" in render(halved())
