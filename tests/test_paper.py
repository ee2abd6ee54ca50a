"""Text that fits a terminal, in columns."""

import pytest

from checker.report.paper import Paper, columns, cut, cut_front, printed, wrapped

WIDE = "\N{CJK UNIFIED IDEOGRAPH-96E8}"  # rain
ACUTE = "\N{COMBINING ACUTE ACCENT}"


@pytest.mark.parametrize(
    ("text", "taken"),
    [("rain", 4), (WIDE, 2), (f"e{ACUTE}", 1), ("\N{FULLWIDTH LATIN CAPITAL LETTER A}", 2), ("\u200b", 0)],
)
def test_a_text_takes_the_columns_that_a_terminal_gives_it(text, taken):
    assert columns(text) == taken


def test_what_fits_is_not_cut():
    assert cut(WIDE * 5, 10) == WIDE * 5


def test_what_does_not_fit_is_cut_by_columns():
    # One column for the ellipsis leaves 8: four characters.
    assert cut(WIDE * 5, 9) == WIDE * 4 + "…"


def test_a_mark_stays_with_its_letter():
    assert cut(f"abc{ACUTE}def", 4) == f"abc{ACUTE}…"


def test_the_end_of_a_path_is_kept():
    assert cut_front("a/very/deep/place.txt:12", 13) == "…place.txt:12"


def test_marks_heaped_on_a_letter_do_not_make_a_line_endless():
    assert len(cut("a" + ACUTE * 100_000, 10)) <= 40


def test_lines_break_at_words_and_the_last_one_is_cut():
    assert wrapped("one two three four five", 9, 2) == ["one two", "three…"]


def test_a_text_without_spaces_breaks_where_the_room_ends():
    assert wrapped("a" * 25, 10, 9) == ["a" * 10, "a" * 10, "a" * 5]


def test_nothing_is_one_empty_line():
    assert Paper().lines("") == [""]


@pytest.mark.parametrize(
    "line", ["::error::x", "  ::stop-commands::x", "##[error]x", "\t##vso[task.x]y", "a ##vso[x]y"]
)
def test_no_printed_line_is_a_command_to_a_build_server(line):
    shown = printed([line])

    assert not shown.strip().startswith("::")
    assert "##" not in shown
    assert columns(shown.rstrip()) == columns(line)


@pytest.mark.parametrize("line", ["a ::b", "a: b", "# Title", "## Title", ": x"])
def test_what_is_no_command_is_printed_as_it_is(line):
    assert printed([line]) == f"{line}\n"


def test_a_screen_is_at_most_24_lines_and_no_narrower_than_60_columns():
    paper = Paper(width=20, height=200)

    assert (paper.columns, paper.rows) == (60, 24)
