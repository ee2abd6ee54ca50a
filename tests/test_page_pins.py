"""Two articles of the HTML page side by side: which, at which words, and how one follows the other."""

from browser import NARROW, STILL
from reader import focused, fragment, in_sight, pressed, reopened, seen
from sample_report import claim, report_of, sample

from checker.report.html import render
from checker.schema import Article, Label, Verdict

FILLER = "\n\n".join(f"Nothing of note is in paragraph {n}, as in those before." for n in range(40))


def article(name, *sentences):
    """An article in which each of *sentences* stands far from the others."""
    return Article(
        id=name, path=f"{name}.txt", format="text", text="\n\n".join([FILLER, *(f"{s}\n\n{FILLER}" for s in sentences)])
    )  # fmt: skip


def long():
    """
    Three long articles: of the fire, `first` agrees with `third`, against `second`.

    In `third` two claims end at the same word, and one lies in the other.
    """
    first = article("first", "A fire broke out at night.", "The bridge is closed.")
    second = article("second", "Nothing burned, they said.", "The bridge is open.")
    third = article("third", "At night a fire broke out in the old mill.")
    claims = (
        claim(first, 1, "A fire broke out.", "A fire broke out at night."),
        claim(first, 2, "The bridge is closed.", "The bridge is closed."),
        claim(second, 1, "Nothing burned.", "Nothing burned, they said."),
        claim(second, 2, "The bridge is open.", "The bridge is open."),
        claim(third, 1, "The mill burned.", "At night a fire broke out in the old mill."),
        claim(third, 2, "The mill is old.", "the old mill."),
    )
    verdicts = (
        Verdict(a="second-1", b="third-1", label=Label.CONFLICTING),
        Verdict(a="first-1", b="third-1", label=Label.AGREEING),
        Verdict(a="first-2", b="second-2", label=Label.CONFLICTING),
    )
    return report_of(claims, verdicts, articles=(first, second, third))


def panes(page):
    """The articles that are to be seen."""
    return [one.get_attribute("data-name") for one in page.locator(".panes > .article:visible").all()]


def here(page):
    """The words that are pointed at, by article."""
    marks = page.locator("mark.here").all()
    return [(one.evaluate("one => one.closest('.article').dataset.name"), one.inner_text()) for one in marks]


def test_two_articles_are_pinned_at_most_and_a_third_takes_the_place_of_the_oldest(open_file):
    page = open_file(render(sample()), **STILL)
    post, coast, bulletin = page.locator("#pins .toggle").all()
    assert panes(page) == ["post", "coast", "bulletin"]

    post.click()
    assert panes(page) == ["post"]
    coast.click()
    assert panes(page) == ["post", "coast"]
    assert page.inner_text("#pinned") == "2 of 3 articles pinned."
    bulletin.click()
    assert panes(page) == ["coast", "bulletin"]
    coast.click()
    assert panes(page) == ["bulletin"]
    assert pressed(page, "#pins .toggle") == ["Varsund Radio"]
    bulletin.click()
    assert panes(page) == ["post", "coast", "bulletin"]
    assert fragment(page) == ""


def test_all_articles_are_shown_again_at_once_and_the_focus_stays_there(open_file):
    page = open_file(render(sample()), **STILL)
    page.click("#pins .toggle >> nth=0")

    page.click("text=Show all articles")

    assert len(panes(page)) == 3
    assert focused(page) == "texts"


def test_a_conflict_shows_the_two_articles_that_contradict_each_other_at_their_words(open_file):
    page = open_file(render(long()), **STILL)

    page.click("#F1 .beside")

    assert panes(page) == ["second", "third"]
    assert fragment(page) == "#?pin=second&pin=third&at=F1"
    assert ("second", "Nothing burned, they said.") in here(page)
    assert [words for name, words in here(page) if name == "third"] == [
        "At night a fire broke out in ",
        "the old mill.",
    ]
    assert in_sight(page, ".article[data-name=second] mark.here")
    assert in_sight(page, ".article[data-name=third] mark.here")
    assert focused(page) == "article-2"
    assert page.evaluate("document.activeElement.tabIndex") == 0


def test_the_address_alone_brings_the_same(open_file):
    page = open_file(render(long()), **STILL)

    for names in ("second,third", "second&pin=third"):
        reopened(page, f"#?pin={names}&at=F1")
        assert panes(page) == ["second", "third"]
        assert in_sight(page, ".article[data-name=second] mark.here")
        assert in_sight(page, ".article[data-name=third] mark.here")
        assert focused(page) == "article-2"


def test_pins_alone_in_the_address_bring_the_articles_into_sight(open_file):
    page = reopened(open_file(render(long()), **STILL), "#?pin=first,second,third")

    assert panes(page) == ["first", "second"]
    assert in_sight(page, ".panes h3")


def test_a_click_on_marked_words_takes_the_other_article_to_what_it_says(open_file):
    page = open_file(render(long()), **STILL)
    page.click("#pins .toggle >> text=first")
    page.click("#pins .toggle >> text=second")
    page.locator("mark", has_text="The bridge is open.").scroll_into_view_if_needed()
    before = page.evaluate("document.querySelector('[data-name=second].article').scrollTop")

    page.click("mark >> text=The bridge is open.")

    assert here(page) == [("first", "The bridge is closed."), ("second", "The bridge is open.")]
    assert in_sight(page, ".article[data-name=first] mark.here")
    assert page.evaluate("document.querySelector('[data-name=second].article').scrollTop") == before


def test_words_of_two_findings_lead_to_the_one_that_the_other_article_tells(open_file):
    page = reopened(open_file(render(long()), **STILL), "#?pin=first,third")

    page.click("mark >> text=the old mill.")

    assert ("first", "A fire broke out at night.") in here(page)
    assert in_sight(page, ".article[data-name=first] mark.here")


def test_a_link_into_an_article_that_is_not_pinned_shows_it(open_file):
    page = reopened(open_file(render(long()), **STILL), "#?pin=first,second")

    page.click("#F1 .place >> text=third.txt")

    assert len(panes(page)) == 3
    assert fragment(page) == "#quote-5-1"
    assert focused(page) == "quote-5-1"
    assert in_sight(page, "[id='quote-5-1'] + mark")


def test_a_link_into_a_pinned_article_scrolls_it_there(open_file):
    page = reopened(open_file(render(long()), **STILL), "#?pin=first,third")

    page.click("#F1 .place >> text=third.txt")

    assert panes(page) == ["first", "third"]
    assert in_sight(page, "[id='quote-5-1'] + mark")


def test_on_a_phone_they_stand_one_below_the_other(open_file):
    page = open_file(render(long()), **STILL, **NARROW)

    page.click("#F1 .beside")

    assert seen(page, ".panes > .article") == 2
    assert in_sight(page, ".article[data-name=second] mark.here")
