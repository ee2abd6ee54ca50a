"""The HTML page in every state for every reader: axe, forced colours, a narrow window, less motion."""

import pytest
from browser import DARK, FORCED, LIGHT, NARROW, STILL, axe
from reader import reopened, widest
from sample_report import CLAIMS, VERDICTS, calm, drafted, hostile, report_of, sample

from checker.report.html import render
from checker.schema import Article


def undated():
    """The sample as if no article told when it was published."""
    report = sample()
    articles = tuple(one.model_copy(update={"published": None}) for one in report.articles)
    return report_of(CLAIMS, VERDICTS, report.failures, articles)


def unbroken():
    """The hostile report with words of 400 letters and no spaces."""
    return hostile("w" * 400)


def opened(page):
    """*page* with all opened that can be: details, keys, two articles side by side."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.click("#help-toggle")
    for button in page.locator("#pins .toggle").all()[:2]:
        button.click()
    return page


def style(page, query, name):
    """A computed value of the first that *query* finds."""
    return page.locator(query).first.evaluate("(one, name) => getComputedStyle(one)[name]", name)


@pytest.mark.parametrize("make", [sample, drafted, hostile, calm, undated])
def test_axe_finds_nothing_wrong_with_all_opened_in_the_light(make, open_file):
    assert axe(opened(open_file(render(make()), **LIGHT, **STILL))) == []


@pytest.mark.parametrize("make", [sample, drafted])
def test_axe_finds_nothing_wrong_with_all_opened_in_the_dark(make, open_file):
    assert axe(opened(open_file(render(make()), **DARK, **STILL))) == []


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_axe_finds_nothing_wrong_with_filters_on(scheme, open_file):
    page = open_file(render(sample()), **scheme, **STILL)

    reopened(page, "#?show=conflict,single&in=post&q=steering&at=F2")
    page.check("#F2 input[value=unsure]")
    assert axe(page) == []

    page.fill("#search", "nothing of the kind")
    assert axe(page) == []


@pytest.mark.parametrize("make", [sample, drafted, hostile, unbroken])
def test_nothing_sticks_out_of_a_narrow_window_with_all_opened(make, open_file):
    page = opened(open_file(render(make()), **NARROW, **STILL))

    assert widest(page) <= 320
    page.fill("#search", "w" * 200)
    assert widest(page) <= 320


def test_a_long_title_leaves_room_for_the_words_of_a_pinned_article(open_file):
    page = opened(open_file(render(unbroken()), **NARROW, **STILL))

    pane, head = (
        page.locator(one).first.bounding_box()["height"] for one in (".pinned > *", ".pinned header")
    )

    assert head < pane / 3


def test_forced_colours_tell_marks_and_pressed_toggles_apart(open_file):
    page = reopened(open_file(render(sample()), **FORCED, **STILL), "#?show=conflict")

    plain = style(page, "body", "backgroundColor")
    assert style(page, ".kinds [aria-pressed=true]", "backgroundColor") != plain
    assert style(page, ".kinds [aria-pressed=false]", "backgroundColor") == plain
    assert style(page, ".differs", "backgroundColor") != plain
    assert style(page, ".text mark.conflicting", "backgroundColor") != plain
    assert style(page, ".text mark.agreeing", "backgroundColor") == plain


def test_less_motion_is_respected(open_file):
    page = open_file(render(calm()), reduced_motion="no-preference")
    assert style(page, "html", "scrollBehavior") == "smooth"

    page.emulate_media(reduced_motion="reduce")

    assert style(page, "html", "scrollBehavior") == "auto"


def test_the_filters_stay_at_hand_and_cover_nothing_that_is_gone_to(open_file):
    page = open_file(render(sample()), viewport={"width": 800, "height": 700}, **STILL)

    page.keyboard.press("?")
    page.click("nav >> text=Agreements")

    panel = page.locator("#panel").bounding_box()
    assert panel["y"] == 0
    assert page.locator("#agreements").bounding_box()["y"] >= panel["height"]


def test_in_a_low_window_the_filters_scroll_away(open_file):
    page = open_file(render(sample()), viewport={"width": 800, "height": 400}, **STILL)

    page.click("nav >> text=Agreements")

    assert page.locator("#panel").bounding_box()["y"] < 0
    assert page.locator("#agreements").bounding_box()["y"] < 100


def test_an_article_without_text_is_no_trouble(open_file):
    empty = tuple(Article(id=name, path=f"{name}.txt", format="text", text="") for name in "ab")

    assert axe(opened(open_file(render(report_of((), (), articles=empty)), **STILL))) == []
