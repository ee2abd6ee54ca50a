"""The HTML page where it is not itself: without its script, without its style, in a notebook, very large."""

import pytest
from browser import JENKINS, NARROW, NO_SCRIPT, STILL, axe
from reader import left, seen, widest
from sample_report import claim, complete, hostile, report_of, sample

from checker.report.html import notebook, render
from checker.report.overview import overview
from checker.schema import Article, Aspect, Label, Verdict

MOST_BYTES = 2_000_000
NOTEBOOK = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A</title></head>'
    '<body><h1 id="conflicts">My notebook</h1><p class="card">Mine</p>{}</body></html>'
)


def copied():
    """The complete sample with one article once more, under another name."""
    first = complete().articles[0]
    copy = first.model_copy(update={"id": "copy", "path": "ferry/copy.txt", "text": f"{first.text}\n"})
    return report_of(complete().claims, complete().verdicts, articles=(*complete().articles, copy))


def accepted():
    """The complete sample with its first conflict accepted before."""
    first = overview(complete()).findings[0]
    return complete().model_copy(update={"accepted": {first.id: "Both <b>counts</b> were true."}})


def large(n_articles=20, n_claims=40):
    """
    Twenty made-up articles of forty claims.

    Of the claims of one article 6 contradict another article, 20 are told alike by five
    articles, and 14 stand alone.
    """
    texts = [
        [f"Sentence {n} of article {a} says that {n * 100 + a % 2} people came to the river on that day." for n in range(n_claims)]
        for a in range(n_articles)
    ]  # fmt: skip
    articles = [
        Article(id=f"article-{a}", path=f"large/{a}.txt", format="text", text="\n\n".join(text))
        for a, text in enumerate(texts)
    ]
    claims = tuple(
        claim(articles[a], n, text, text) for a in range(n_articles) for n, text in enumerate(texts[a])
    )
    verdicts = []
    for a in range(n_articles):
        for n in range(26):
            one, other = f"article-{a}-{n}", f"article-{a + 1}-{n}"
            if n < 6 and a % 2 == 0:
                values = (str(n * 100), str(n * 100 + 1))
                verdicts.append(
                    Verdict(a=one, b=other, label=Label.CONFLICTING, aspect=Aspect.QUANTITY, differs=values)
                )
            elif n >= 6 and a % 5 < 4:
                verdicts.append(Verdict(a=one, b=other, label=Label.AGREEING))
    return report_of(claims, tuple(verdicts), articles=tuple(articles))


def test_without_a_script_there_is_nothing_to_press_but_what_works(open_file):
    page = open_file(render(sample()), **NO_SCRIPT)

    assert seen(page, "button") == 0
    assert [one.get_attribute("id") for one in page.locator("input:visible").all()] == ["print-texts"]
    assert seen(page, ".text") == 3
    page.click("#F7 summary")
    assert seen(page, "#F7 blockquote") == 2
    page.click(".grid >> text=F3")
    assert page.url.endswith("#F3")


def test_without_its_style_the_page_is_told_in_a_sensible_order(open_served, troubles):
    page = open_served(render(complete()), JENKINS)
    text = page.inner_text("body")

    order = [
        "Skip to the conflicts",
        "3 facts conflict, 2 agree, 4 are in one article only.",
        "Facts by article",
        "conflicting, side A: 12",
        "Conflicts 3",
        "“Twelve people were injured, the coast guard said.”",
        "cannot both be true: 12 / 14.",
        "Only in one article 4",
        "Agreements 2",
        "The articles in full",
        "The harbour office has closed the eastern fairway",
        "About this run",
    ]
    # The links at the top name the sections as well: what counts is the last place of each.
    places = [text.rindex(words) for words in order]
    assert places == sorted(places)
    assert seen(page, "button, fieldset") == 0
    troubles.clear()  # Chromium says on the console what the header refused


@pytest.mark.parametrize("make", [sample, hostile])
def test_a_frame_in_a_notebook_keeps_to_itself(make, open_file, troubles):
    page = open_file(NOTEBOOK.format(notebook(make())), **STILL)
    frame = page.frames[1]

    assert frame.inner_text("h1")
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).borderTopStyle") == "none"
    assert page.inner_text("h1") == "My notebook"
    # A link would open the notebook, or a page from elsewhere, within the frame.
    assert frame.locator("a, button, input, script").count() == 0
    troubles.clear()  # Chromium says on the console that the frame runs no script


def test_a_page_from_elsewhere_is_a_link_at_the_words_and_opens_nothing_by_itself(open_file):
    page = open_file(render(sample()), **STILL)

    (link,) = page.locator("#F3 .live").all()

    assert link.get_attribute("href").endswith(
        "page=1#:~:text=The%20eastern%20fairway%20stays%20closed%20until%20Friday."
    )
    assert link.inner_text().startswith("live page")
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"


def test_a_copy_and_what_was_accepted_are_told_where_they_matter(open_file):
    page = open_file(render(copied()), **STILL)
    assert page.locator(".copy").all_inner_texts()[0].startswith("No independent source: ")
    assert axe(page) == []

    page = open_file(render(accepted()), **STILL, **NARROW)
    assert page.inner_text("#F1 .accepted") == "Accepted before: Both <b>counts</b> were true."
    assert widest(page) <= 320
    assert axe(page) == []


def test_a_large_report_is_of_moderate_size_and_can_be_filtered(open_file):
    html = render(large())
    assert len(html.encode()) < MOST_BYTES

    page = open_file(html, **STILL)
    # 20 articles of 40 claims: 6 x 10 conflicts of two, 20 x 4 agreements of five, the other 14 x 20 single.
    assert page.inner_text("#shown") == "420 facts"
    page.click(".kinds button >> text=conflict")
    assert len(left(page)) == 60
    page.fill("#search", "sentence 3 ")
    assert left(page, "tbody tr") == [f"row-{name[1:]}" for name in left(page)]
    assert len(left(page)) == 10


def test_a_large_report_is_whole_without_its_script(open_file):
    page = open_file(render(large()), **NO_SCRIPT)

    assert page.locator("blockquote").count() == 20 * 40
    assert seen(page, ".card") == 60
