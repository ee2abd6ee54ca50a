"""Where a quote stands, and what is left of text that tries to be more than text."""

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import EVERYTHING

from checker.report.where import clean, commandless, harmless, where
from checker.schema import Article, Quote

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def place(text, of, **more):
    article = Article(**{"id": "a", "path": "dir/a.txt", "format": "text", "text": text, **more})
    start = text.index(of)
    return where(article, Quote(text=of, start=start, end=start + len(of)))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("here", 1),
        ("one\nhere", 2),
        ("one\r\ntwo\r\nhere", 3),
        ("one\rhere", 2),
        ("one\n\r\n\rhere", 4),
        ("one\u2028\x0b\x85here", 1),
        ("one\nhere\nhere", 2),
    ],
)
def test_a_line_is_counted_from_one_at_every_kind_of_line_break(text, line):
    assert place(text, "here") == f"dir/a.txt:{line}"


def test_a_quote_that_begins_with_a_line_break_is_on_the_line_before_it():
    assert place("one\nhere", "\nhere") == "dir/a.txt:1"


def test_text_taken_out_of_html_has_no_line():
    assert place("one\nhere", "here", format="html", path="a.html") == "a.html"


def test_an_article_of_a_json_file_is_named_by_its_record():
    assert place("here", "here", format="json", path="a.jsonl", record=7) == "a.jsonl#7"


def test_a_json_file_of_one_article_needs_no_record():
    assert place("here", "here", format="json", path="a.json") == "a.json"


def test_a_path_cannot_steer_the_terminal():
    assert place("here", "here", path="a\x1b[2J\n\u202eb.txt") == "a\N{REPLACEMENT CHARACTER}[2J b.txt:1"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain text", "plain text"),
        ("  two\n\n lines\tfolded ", "two lines folded"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("\x1b]8;;https://evil.example\x07link", "\ufffd]8;;https://evil.example\ufffdlink"),
        ("c1 \x9b2J", "c1 \ufffd2J"),
        ("del\x7f nul\x00", "del\ufffd nul\ufffd"),
        (f"a{BIDI}b", "ab"),
        ("zero\u200b\u200c\u200d\u2060width", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("tag\U000e0041\U000e007fs", "tags"),
        ("heart\u2764\ufe0f \U000e0100", "heart\u2764"),
        ("\ufeffbom", "bom"),
        ("line\u2028and\u2029paragraph\x85next", "line and paragraph next"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("a \u200b b", "a b"),
        ("naïve — Зеленський 東京 🙂", "naïve — Зеленський 東京 🙂"),
    ],
)
def test_clean_gives_one_harmless_line(text, line):
    assert clean(text) == line


@pytest.mark.parametrize(
    ("limit", "line"),
    [
        (40, "twelve people were hurt"),
        (23, "twelve people were hurt"),
        (22, "twelve people were…"),  # 18 letters and the mark; "hurt" no longer fits
        (19, "twelve people were…"),  # the word ends where the room does
        (18, "twelve people…"),
        (5, "twel…"),  # no border in the second half of the room
        (1, "…"),
    ],
)
def test_a_long_text_is_cut_at_a_word_border(limit, line):
    assert clean("twelve people were hurt", limit) == line


def test_a_long_word_is_cut_inside():
    assert clean("x" * 100, 10) == "x" * 9 + "…"


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_a_clean_text_is_short_and_stays_clean(text, limit):
    line = clean(text, limit)

    assert len(line) <= limit
    assert clean(line, limit) == line


@given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Lu"])))
def test_a_clean_text_holds_no_control_and_no_direction(text):
    # U+0600 and the like are signs that are seen, although they count as format characters.
    seen = {c for c in clean(text) if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in BIDI}

    assert seen == set()


def test_harmless_keeps_lines_and_spaces():
    assert harmless("one\n\n  two\r\n\tthree\u00a0four") == "one\n\n  two\r\n\tthree\u00a0four"


def test_harmless_keeps_what_scripts_and_emoji_need():
    assert harmless("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u2764\ufe0f") == (
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u2764\ufe0f"
    )


def test_harmless_drops_what_steers():
    assert not set(harmless(EVERYTHING)) & {*BIDI, "\x1b", "\x9b", "\x07", "\ufeff", "\U000e0041", "\u2028"}


COMMAND = re.compile(r"(?:^|\r)\s*::|##\w*\[", re.MULTILINE)
PARTS = st.sampled_from(
    ["#", "##", "[", "vso[x]", "teamcity[", ":", "::", " ", "\t", "\n", "\r", "a", "\ufffd"]
)


@given(st.lists(PARTS, max_size=12).map("".join))
def test_no_build_server_finds_a_command_wherever_it_stands(text):
    assert COMMAND.findall(commandless(text)) == []


@given(st.lists(PARTS, max_size=12).map("".join))
def test_of_a_command_one_sign_is_changed_and_no_other(text):
    changed = commandless(text)

    assert len(changed) == len(text)
    assert all(
        was == now or (was in ":#" and now == "\ufffd") for was, now in zip(text, changed, strict=True)
    )


@pytest.mark.parametrize(
    "text", ["a ::b", "a: b\n: x", "# Title", "a ## b [1]", "#1 [2]", "C#[0]", "##\n[x]", "std::[x]"]
)
def test_what_is_no_command_stays(text):
    assert commandless(text) == text


def test_a_format_with_escapes_loses_nothing():
    text = "::error::x ##vso[y]"

    assert html.unescape(commandless(text, lambda sign: f"&#{ord(sign)};")) == text
