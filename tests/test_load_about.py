"""What a page says about itself is cut before patterns are searched in it."""

from __future__ import annotations

import json

import pytest
from lxml.html import document_fromstring

from checker.load.about import LONGEST, MOST_DATA, MOST_META, MOST_WORDS, shortened
from checker.load.html import read_html

PARAGRAPH = "<p>Thieves lowered themselves through a skylight of the museum at about three and made off with the crown.</p>"


def head(inner):
    return document_fromstring(f"<html><head>{inner}</head><body>{PARAGRAPH}</body></html>")


def data(text):
    """What is left of the page's data *text*."""
    (script,) = shortened(head(f'<script type="application/ld+json">{text}</script>')).iter("script")
    return script.text


def contents(tree):
    return [meta.get("content") for meta in shortened(tree).iter("meta")]


def test_the_page_itself_stays_as_it_is():
    tree = head(f'<meta name="author" content="A B"><title>{"x" * 2000}</title>')
    shortened(tree)

    assert len(tree.findtext(".//title")) == 2000
    assert tree.find(".//meta").get("content") == "A B"


def test_words_are_cut_one_by_one():
    (title,) = shortened(head(f"<title>{'x' * 2000}</title>")).iter("title")

    assert len(title.text) == LONGEST


def test_words_are_cut_all_together():
    body = "<p>" + "x" * LONGEST + "</p>" + "y" * LONGEST
    tree = shortened(document_fromstring(f"<html><body>{body * 100}</body></html>"))

    assert len(tree.text_content()) == MOST_WORDS


def test_a_long_attribute_goes_for_half_an_address_is_a_wrong_one():
    tree = shortened(head(f'<link rel="canonical" href="https://example.org/{"x" * LONGEST}">'))

    assert tree.find(".//link").attrib == {"rel": "canonical"}


def test_meta_elements_are_kept_until_they_say_too_much():
    left = contents(head(f'<meta property="og:title" content="{"x" * LONGEST}">' * 30))

    assert left == ["x" * LONGEST] * (MOST_META // LONGEST) + [None] * 10


@pytest.mark.parametrize(
    "name", ['name="author"', 'name="DC.Creator"', 'name="byl"', 'property="og:author"', 'itemprop="author"']
)
def test_authors_of_meta_elements_go(name):
    assert contents(head(f'<meta {name} content="A B">')) == [None]


@pytest.mark.parametrize(
    "text", ['{"publisher": "A",}', '"author": "name', "[" * 100_000, "1" * 5000, "", "<!-- {} -->"]
)
def test_data_that_is_no_json_goes(text):
    assert not data(text)


def test_data_keeps_names_titles_and_dates():
    given = {
        "@type": "NewsArticle",
        "headline": "Crown stolen",
        "datePublished": "2025-02-04",
        "n": [1, None],
    }

    assert json.loads(data(json.dumps(given))) == given


def test_data_loses_its_authors_and_persons():
    given = {
        "@graph": [{"@type": "Person", "name": "A B"}, {"@type": ["X", "Person"]}, {"@type": "Article"}],
        "author": ["A B"],
        "editor": {"@type": "Person"},
    }

    assert json.loads(data(json.dumps(given))) == {"@graph": [{"@type": "Article"}]}


def test_long_texts_of_data_go():
    assert json.loads(data(json.dumps({"articleBody": "x" * (LONGEST + 1)}))) == {"articleBody": ""}


def test_texts_of_data_hold_no_markup_escapes_or_signs_that_cannot_be_printed():
    given = {"a": "a <b>b</b> <<c", "d": "d\\ \\u0022 &quot;e&lt;", "f": "f\n\ud800& g"}

    assert json.loads(data(json.dumps(given))) == {"a": "a b c", "d": 'd u0022 "e', "f": "f &amp; g"}


def test_data_of_more_than_there_may_be_goes_and_what_fits_after_it_stays():
    large = json.dumps([str(number) for number in range(MOST_DATA // 5)])
    scripts = "".join(f'<script type="application/ld+json">{text}</script>' for text in (large, "[1]"))

    assert [script.text for script in shortened(head(scripts)).iter("script")] in (["", "[1]"], [None, "[1]"])


def read(inner, body=""):
    (reading,) = read_html(
        "a.html", f"<html><head>{inner}</head><body><article>{PARAGRAPH}{body}</article></body></html>"
    ).readings
    return reading


def test_a_title_with_quotes_and_an_ampersand_is_read_from_the_data():
    given = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": 'The "Crown" & more'}

    assert (
        read(f'<script type="application/ld+json">{json.dumps(given)}</script>').title == 'The "Crown" & more'
    )


@pytest.mark.parametrize(
    ("inner", "source"),
    [
        ('<meta name="twitter:site" content="@vellin_post">', "Vellin_Post"),
        ('<meta property="og:site_name" content="vellin.example">', "vellin.example"),
        ('<link rel="canonical" href="https://www.vellin.example/crown">', "vellin.example"),
        ("<title>Crown stolen - vellin.example</title>", "vellin.example"),
        ("", None),
    ],
)
def test_the_source_is_the_name_of_the_site_or_its_host(inner, source):
    assert read(inner).source == source


@pytest.mark.parametrize(
    ("inner", "body"),
    [
        ('<script type="application/ld+json">{"a":1,' + '"publisher":' * 80_000 + "</script>", ""),
        ('<script type="application/ld+json">{"a":1,' + '"author": "name' * 60_000 + "</script>", ""),
        ('<script type="application/ld+json">{"headline":"' + "<a " * 300_000 + '"}</script>', ""),
        (f'<meta property="og:title" content="{"<" * 1_000_000}">', ""),
        (f'<meta property="og:title" content="{"<" * 990}">' * 1_000, ""),
        (f'<meta name="author" content="{"".join(f"A {n};" for n in range(100))}">' * 1_000, ""),
        (
            '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Article","author":'
            + json.dumps([f"A {number}" for number in range(50_000)])
            + "}</script>",
            "",
        ),
        ("", "<div class='author date'>" * 200 + "by a, " * 150_000 + "</div>" * 200),
        ("", ("<footer>w " * 200 + "</footer>" * 200) * 60),
    ],
    ids=["publisher", "author", "headline", "meta", "metas", "authors", "persons", "byline", "footers"],
)
def test_a_page_with_a_hostile_head_is_read(inner, body):
    # Each of these took from ten seconds to hours.
    assert read(inner, body).text.startswith("Thieves")
