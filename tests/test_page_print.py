"""The HTML page on paper: all opened, nothing to press, the articles only if they are asked for."""

import re

import pytest
from browser import DARK
from reader import seen
from sample_report import drafted, sample

from checker.report.html import render

# The inside of an A4 page with margins of 15 mm, in the pixels of a style sheet.
PAPER = {"viewport": {"width": 680, "height": 1009}}


def on_paper(page):
    """*page* as it will be printed."""
    page.emulate_media(media="print")
    return page


def height(page, *ids):
    """From the top of the first to the bottom of the last of *ids*."""
    boxes = [page.locator(f"#{name}").bounding_box() for name in ids]
    return boxes[-1]["y"] + boxes[-1]["height"] - boxes[0]["y"]


def sheets(page):
    """How many pages of paper *page* takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize("make", [sample, drafted])
def test_everything_is_open_and_nothing_can_be_pressed(make, open_file):
    page = on_paper(open_file(render(make())))

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert seen(page, "blockquote") == page.locator("blockquote").count()
    assert seen(page, "button, input, nav, .skip, .review, .live, .decided") == 0

    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_what_the_reader_had_opened_stays_open(open_file):
    page = open_file(render(sample()))
    page.click("#F7 summary")

    for name in ("beforeprint", "afterprint"):
        page.evaluate("name => dispatchEvent(new Event(name))", name)

    assert page.locator("details[open]").count() == 1


def test_the_articles_are_left_out_unless_the_box_is_ticked(open_file):
    page = open_file(render(sample()))
    without = sheets(page)
    assert seen(on_paper(page), ".texts") == 0

    page.emulate_media(media="screen")
    page.check("#print-texts")

    assert seen(on_paper(page), ".texts .article") == 3
    assert seen(page, ".texts input") == 0
    assert sheets(page) > without


def test_two_conflicts_fit_a_page_and_none_is_split(open_file):
    page = on_paper(open_file(render(sample()), **PAPER))

    assert height(page, "conflicts", "F2") < PAPER["viewport"]["height"]
    assert {
        page.locator(one).first.evaluate("one => getComputedStyle(one).breakInside")
        for one in (".card", "tbody tr", ".claim", ".facts > .finding")
    } == {"avoid"}


def test_a_part_says_on_paper_of_how_much_it_is_a_part(open_file):
    page = open_file(render(sample()))
    assert seen(on_paper(page), "#panel") == 0

    page.emulate_media(media="screen")
    page.click(".kinds button >> text=conflict")

    assert seen(on_paper(page), "#panel *") == 2
    assert page.inner_text("#panel") == "3 of 9 facts shown"


def test_paper_is_white_in_the_dark_too(open_file):
    page = open_file(render(sample()), **DARK)

    def colours():
        return page.evaluate(
            "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
        )

    assert colours() == ["rgb(232, 234, 237)", "rgb(21, 23, 28)"]
    on_paper(page)
    assert colours() == ["rgb(27, 31, 36)", "rgb(255, 255, 255)"]
