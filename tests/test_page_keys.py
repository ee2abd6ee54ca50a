"""The keys of the HTML page, and the page by keyboard alone."""

import pytest
from browser import STILL
from reader import focused, fragment, in_sight, left, seen
from sample_report import drafted, sample

from checker.report.html import render

# F8 and F9 stand before F7: what one article alone tells comes before the agreements.
IN_ORDER = ["F1", "F2", "F3", "F4", "F5", "F6", "F8", "F9", "F7"]
# The frame of a page that a browser lets keep nothing.
SANDBOX = '<!DOCTYPE html><title>A</title><iframe sandbox="allow-scripts" srcdoc="{}"></iframe>'


def walk(page, key, times):
    """Where *key* leads, pressed *times*."""
    stops = []
    for _ in range(times):
        page.keyboard.press(key)
        stops.append(focused(page))
    return stops


def test_j_and_k_go_through_all_findings_and_stay_at_the_ends(open_file):
    page = open_file(render(sample()), **STILL)

    assert walk(page, "j", 10) == [*IN_ORDER, "F7"]
    assert fragment(page) == "#F7"
    assert seen(page, "#F9 blockquote") == 1
    assert walk(page, "k", 9) == [*reversed(IN_ORDER[:-1]), "F1"]
    assert in_sight(page, "#F1 h3")


def test_j_and_k_go_through_what_the_filters_leave(open_file):
    page = open_file(render(sample()), **STILL)
    page.fill("#search", "steering")
    page.click(".kinds button >> text=conflict")

    assert walk(page, "k", 2) == ["F2", "F2"]
    assert fragment(page) == "#?show=conflict&q=steering&at=F2"


def test_j_goes_on_where_it_was_after_a_click_beside_everything(open_file):
    page = open_file(render(sample()), **STILL)
    walk(page, "j", 2)

    page.evaluate("document.activeElement.blur()")

    assert walk(page, "j", 1) == ["F3"]


def test_slash_goes_to_the_search_where_keys_are_letters_and_escape_leaves_it(open_file):
    page = open_file(render(sample()), **STILL)

    page.keyboard.press("/")
    assert focused(page) == "search"
    page.keyboard.type("j/?gku")
    assert page.input_value("#search") == "j/?gku"
    assert not page.is_visible("#help")

    page.keyboard.press("Escape")
    assert focused(page) == "body"


def test_keys_are_letters_in_a_note_and_keys_on_its_radio_buttons(open_file):
    page = open_file(render(sample()), **STILL)

    page.locator("#F1 .note input").press_sequentially("j?")
    assert page.input_value("#F1 .note input") == "j?"
    page.check("#F1 input[value=conflict]")

    assert walk(page, "j", 1) == ["F2"]


def test_a_key_with_a_modifier_is_left_to_the_browser(open_file):
    page = open_file(render(sample()), **STILL)

    assert [walk(page, f"{modifier}+g", 1) for modifier in ("Control", "Meta", "Alt")] == [["body"]] * 3


def test_question_mark_shows_the_keys_and_escape_hides_them(open_file):
    page = open_file(render(sample()), **STILL)

    page.keyboard.press("?")
    assert page.is_visible("#help")
    assert page.get_attribute("#help-toggle", "aria-expanded") == "true"
    page.focus("#keys")
    page.keyboard.press("Escape")

    assert not page.is_visible("#help")
    assert page.get_attribute("#help-toggle", "aria-expanded") == "false"
    assert focused(page) == "help-toggle"


def test_g_goes_to_the_grid_and_u_up_to_it(open_file):
    page = open_file(render(sample()), **STILL)

    assert walk(page, "g", 1) == ["scroll"]
    walk(page, "j", 2)
    page.keyboard.press("u")

    assert page.evaluate("document.activeElement.closest('tr').id") == "row-2"
    assert in_sight(page, "#row-2 th a")


def test_u_goes_from_an_article_to_its_finding_and_on_to_the_grid(open_file):
    page = open_file(render(sample()), **STILL)
    page.click("#F2 .place >> nth=0")
    assert page.inner_text("mark.here").startswith('"The steering failed')

    assert walk(page, "u", 1) == ["F2"]
    page.keyboard.press("u")

    assert page.evaluate("document.activeElement.closest('tr').id") == "row-2"


def test_the_keys_can_be_turned_off_and_stay_off(open_file):
    page = open_file(render(sample()), **STILL)
    page.click("text=Keys")
    page.uncheck("#keys")
    assert walk(page, "j", 1) == ["keys"]

    page.reload()

    assert not page.is_checked("#keys")
    assert walk(page, "j", 1) == ["body"]


def test_a_browser_that_keeps_nothing_still_has_the_whole_page(open_file):
    inside = render(sample()).replace("&", "&amp;").replace('"', "&quot;")
    frame = open_file(SANDBOX.format(inside), **STILL).frames[1]

    frame.click(".kinds button >> text=conflict")
    frame.check("#F1 input[value=unsure]")
    frame.click("text=Keys")
    frame.uncheck("#keys")
    frame.press("#F1", "j")

    assert left(frame) == ["F1", "F2", "F3"]
    assert frame.inner_text("#judged") == "1 of 3 judged"


@pytest.mark.parametrize("make", [sample, drafted])
def test_tab_reaches_every_control_in_the_order_of_the_page_and_shows_where_it_is(make, open_file):
    page = open_file(render(make()), **STILL)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    # One radio button of a group is a stop, the others are reached by arrows.
    stops = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input, summary, [tabindex="0"]')]
            .filter(one => one.checkVisibility() && !one.disabled)
            .filter(one => one.type !== 'radio' || one.value === 'conflict')
            .map((one, place) => { one.dataset.stop = place; return String(place); })"""
    )

    reached = []
    for _ in stops:
        page.keyboard.press("Tab")
        stop, outline = page.evaluate(
            "(one => [one.dataset.stop, getComputedStyle(one).outlineStyle])(document.activeElement)"
        )
        reached.append(stop)
        assert outline != "none"

    assert reached == stops


def test_the_skip_link_takes_the_focus_to_the_conflicts(open_file):
    page = open_file(render(sample()), **STILL)

    page.keyboard.press("Tab")
    assert in_sight(page, ".skip")
    page.keyboard.press("Enter")
    assert focused(page) == "conflicts"
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('.card').id") == "F1"
