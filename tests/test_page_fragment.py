"""The fragment of the page's address: it holds the view, so that it can be sent and gone back to."""

from browser import STILL
from reader import focused, fragment, in_sight, left, pressed, reopened, seen
from sample_report import hostile, report_of, sample

from checker.report.html import render
from checker.schema import Article

# Fragments that are broken, unknown or meant ill.
ODD = [
    "#?show=elephant&in=nobody&pin=nothing&at=nowhere",
    "#?q=<img src=x onerror=alert(1)>",
    "#?q=%3Cimg%20src=x%20onerror=alert(1)%3E",
    "#?show=%00&pin=%F0%9F&in=%",
    "#?at=__proto__&show=constructor",
    "#%F0%9F",
    "#%",
    "#%00",
    "#?",
    "#javascript:alert(1)",
]


def view(page):
    """All that the fragment is to bring back."""
    return (
        left(page),
        pressed(page),
        page.input_value("#search"),
        page.inner_text("#shown"),
        seen(page, ".panes > .article"),
    )


def test_what_is_clicked_stands_in_the_address_and_opens_the_same_view(open_file):
    page = open_file(render(sample()))
    page.click(".kinds button >> text=conflict")
    page.click("[data-article='2']")
    page.fill("#search", "14 hurt & “train”")
    page.click("#pins button >> text=Harbour Post")
    before = view(page)

    assert fragment(page) == "#?show=conflict&in=coast&pin=post&q=14+hurt+%26+%E2%80%9Ctrain%E2%80%9D"
    assert view(reopened(page, fragment(page))) == before
    assert before[0] == []


def test_back_and_forward_go_through_the_views(open_file):
    page = open_file(render(sample()))
    page.click(".grid >> text=F3")
    views = [view(page)]
    for button in (
        ".kinds button >> text=conflict",
        "[data-article='3']",
        "#pins button >> text=Harbour Post",
    ):
        page.click(button)
        views.append(view(page))

    for before in reversed(views[:-1]):
        page.go_back()
        assert view(page) == before
    for after in views[1:]:
        page.go_forward()
        assert view(page) == after


def test_a_place_in_the_address_is_opened_and_gets_the_focus(open_file):
    page = open_file(render(sample()))

    for name in ("F3", "F7", "F9"):
        reopened(page, f"#{name}")
        assert focused(page) == name
        assert in_sight(page, f"#{name} blockquote")


def test_filters_and_a_place_come_together(open_file):
    page = reopened(open_file(render(sample())), "#?show=conflict,agreement&at=F7")

    assert left(page) == ["F1", "F2", "F3", "F7"]
    assert focused(page) == "F7"
    assert in_sight(page, "#F7 blockquote")


def test_a_place_that_the_filters_hide_takes_them_off(open_file):
    page = reopened(open_file(render(sample()), **STILL), "#?show=conflict")

    page.click(".text a[href='#claim-1']")

    assert len(left(page)) == 9
    assert fragment(page) == "#claim-1"
    assert focused(page) == "claim-1"
    assert in_sight(page, "#claim-1")


def test_an_unknown_or_broken_fragment_leaves_the_page_at_rest(open_file):
    page = open_file(render(sample()))

    for odd in ODD:
        reopened(page, odd)
        assert len(left(page)) == (0 if "img" in odd else 9)
        assert page.query_selector("img") is None
        assert pressed(page) == []


def test_the_id_of_an_article_may_hold_any_sign(open_file):
    names = ("post", "a,b", "a b&c=d", "ä%20+")
    articles = tuple(Article(id=name, path=f"{name}.txt", format="text", text=name) for name in names)
    page = open_file(render(report_of((), (), articles=articles)))

    for place, name in enumerate(names[1:], 2):
        reopened(page, "")
        page.click(f"[data-article='{place}']")
        page.click(f"#pins [data-pin='{place}']")
        reopened(page, fragment(page))
        assert pressed(page) == ["Only facts that it tells", f"{name}.txt"]


def test_hostile_words_go_through_the_address_as_words(open_file):
    page = open_file(render(hostile()))

    page.click("#pins button >> nth=0")
    page.fill("#search", "</script><img src=x onerror=alert(1)>")
    reopened(page, fragment(page))

    assert left(page) == ["F1"]
    assert page.query_selector("img") is None
    assert seen(page, ".panes > .article") == 1
