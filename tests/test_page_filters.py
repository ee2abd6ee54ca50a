"""The filters and the search of the HTML page: what they leave, what they count, how they are cleared."""

from reader import focused, fragment, left, pressed, seen
from sample_report import drafted, sample

from checker.report.html import render


def kind(page, words):
    """The toggle of a kind of findings."""
    return page.locator(".kinds button", has_text=words)


def article(page, number):
    """The toggle of an article, by its column."""
    return page.locator(f"[data-article='{number}']")


def counts(page):
    """What the headings count, in their order."""
    return [one.inner_text() for one in page.locator(".many").all()]


def test_at_rest_everything_is_there(open_file):
    page = open_file(render(sample()))

    assert left(page) == ["F1", "F2", "F3", "F4", "F5", "F6", "F8", "F9", "F7"]
    assert page.inner_text("#shown") == "9 facts"
    assert counts(page) == ["3", "3", "2", "1"]
    assert pressed(page) == []
    assert not page.is_visible("#clear")


def test_a_kind_leaves_its_findings_in_the_grid_and_below(open_file):
    page = open_file(render(sample()))

    kind(page, "conflict").click()

    assert left(page) == ["F1", "F2", "F3"]
    assert left(page, "tbody tr") == ["row-1", "row-2", "row-3"]
    assert page.inner_text("#shown") == "3 of 9 facts shown"
    assert counts(page) == ["3 of 3", "0 of 3", "0 of 2", "0 of 1"]


def test_of_several_kinds_either_is_left_and_a_second_click_takes_one_off(open_file):
    page = open_file(render(sample()))

    kind(page, "conflict").click()
    kind(page, "agree").click()
    assert left(page) == ["F1", "F2", "F3", "F7"]

    kind(page, "conflict").click()
    assert left(page) == ["F7"]
    assert pressed(page) == ["● agree 1"]


def test_of_several_articles_all_must_tell_the_fact(open_file):
    page = open_file(render(sample()))

    article(page, 1).click()
    assert left(page) == ["F1", "F2", "F3", "F4", "F8", "F7"]
    article(page, 2).click()
    assert left(page) == ["F1", "F2", "F3", "F7"]
    article(page, 3).click()
    assert left(page) == ["F1"]
    assert left(page, "tbody tr") == ["row-1"]


def test_the_search_takes_words_as_they_are_typed(open_file):
    page = open_file(render(sample()))

    def found(query):
        page.fill("#search", query)
        return left(page)

    assert found("STEERING") == ["F2"]
    assert found("  \N{FULLWIDTH LATIN SMALL LETTER S}teering  failed ") == ["F2"]
    assert found("steéring") == ["F2"]
    assert found("the union contradict") == ["F2"]
    assert found("bulletins.json") == ["F1", "F4", "F6"]


def test_the_words_of_the_buttons_are_none_of_the_facts(open_file):
    page = open_file(render(sample()))

    for query in ("your judgement", "side by side", "prompts:", "live page", "claim"):
        page.fill("#search", query)
        assert left(page) == []


def test_kinds_articles_and_words_narrow_each_other(open_file):
    page = open_file(render(sample()))

    kind(page, "conflict").click()
    article(page, 3).click()
    page.fill("#search", "injured")
    assert left(page) == ["F1"]
    page.fill("#search", "steering")

    assert left(page) == []
    assert page.is_visible("text=No facts match. Fewer filters show more.")
    assert page.inner_text("#shown") == "0 of 9 facts shown"


def test_the_filters_are_cleared_at_once_and_the_focus_stays_with_them(open_file):
    page = open_file(render(sample()))
    kind(page, "agree").click()
    article(page, 1).click()
    page.fill("#search", "aground")

    page.click("text=Clear filters")

    assert len(left(page)) == 9
    assert pressed(page) == []
    assert page.input_value("#search") == ""
    assert focused(page) == "search"
    assert fragment(page) == ""
    assert not page.is_visible("#clear")


def test_an_article_without_a_match_goes_and_one_with_a_match_opens(open_file):
    page = open_file(render(sample()))

    page.fill("#search", "exhaustion")

    summaries = page.locator(".chapter:not([hidden]) summary")
    assert summaries.all_inner_texts() == ["“It shook like a train”: 14 hurt on stranded ferry 1 of 1 fact"]
    assert seen(page, "#F9") == 1


def test_where_no_row_is_left_the_grid_says_where_to_look(open_file):
    page = open_file(render(sample()))

    kind(page, "only in one").click()

    assert seen(page, "table") == 0
    assert page.is_visible("text=What matches stands below.")


def test_the_kinds_of_a_draft_are_filters_as_well(open_file):
    page = open_file(render(drafted()))

    kind(page, "in no source").click()

    assert left(page) == ["F4", "F5"]
    assert left(page, "tbody tr") == ["row-4", "row-5"]
    assert counts(page) == ["0 of 3", "2 of 2", "0 of 1", "0 of 1", "0 of 2"]
