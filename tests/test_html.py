"""The HTML page, read back with an HTML parser."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from sample_report import (
    CLAIMS,
    VERDICTS,
    builtin,
    calm,
    claim,
    complete,
    drafted,
    hostile,
    many_conflicts,
    quote,
    report_of,
    sample,
    silent,
)

from checker.report.html import notebook, render
from checker.report.overview import overview
from checker.report.page.links import live_link, safe_link
from checker.report.template import digest, shelf
from checker.report.where import harmless
from checker.schema import Article, Claim
from checker.session import Session
from checker.settings import Settings

EVERY = [
    sample,
    complete,
    builtin,
    calm,
    hostile,
    drafted,
    silent,
    lambda: many_conflicts(3),
    lambda: report_of((), ()),
]
VOID = {"meta", "link", "img", "br", "hr", "input"}
TAGS = """
    html head meta title style body a header p h1 h2 h3 h4 strong b div ul li nav main section table caption
    thead tbody tr th td bdi span article blockquote mark dl dt dd footer form button input label fieldset
    legend details summary time code kbd script
"""
ATTRIBUTES = """
    lang charset http-equiv content name class href role aria-label aria-labelledby aria-hidden id scope style
    dir rel hidden type for placeholder autocomplete spellcheck aria-pressed aria-expanded aria-controls
    checked value maxlength tabindex colspan data-label data-show data-article data-name data-pin
    data-kind data-in data-accepted data-id data-a data-b data-text-a data-text-b data-aspect data-between
"""


class Page(HTMLParser):
    """A page as a list of (tag, attributes, the text inside it)."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.comments = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        element = [tag, dict(attrs), ""]
        assert len(attrs) == len(element[1])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        # The number behind a quote is no text of the article.
        number = self.open and self.open[-1][1].get("class", "").startswith("ref ")
        for element in self.open[-1:] if number else self.open:
            element[2] += data

    def handle_comment(self, data):
        self.comments.append(data)

    def all(self, tag, **attributes):
        """The elements of *tag* that have *attributes*."""
        return [e for e in self.elements if e[0] == tag and attributes.items() <= e[1].items()]

    def text(self, tag, **attributes):
        return [e[2] for e in self.all(tag, **attributes)]

    def attribute(self, name):
        return [e[1][name] for e in self.elements if name in e[1]]


def page(report):
    return Page(render(report))


@pytest.mark.parametrize("make", EVERY)
def test_only_known_tags_and_attributes_are_there(make):
    found = page(make())

    assert {element[0] for element in found.elements} <= set(TAGS.split())
    assert {name for element in found.elements for name in element[1]} <= set(ATTRIBUTES.split())
    assert found.comments == []


@pytest.mark.parametrize("make", EVERY)
def test_every_link_leads_into_the_page_or_to_a_web_address(make):
    found = page(make())
    ids = found.attribute("id")

    assert [name for name, times in Counter(ids).items() if times > 1] == []
    for link in found.attribute("href"):
        assert link.removeprefix("#") in ids if link.startswith("#") else safe_link(link)


@pytest.mark.parametrize("make", EVERY)
def test_the_page_asks_nothing_from_elsewhere(make):
    text = render(make())
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)[1]

    assert not re.search(r"url\(|@import|expression", style)
    (policy,) = [
        e[1]["content"] for e in page(make()).all("meta", **{"http-equiv": "Content-Security-Policy"})
    ]
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src '{digest(shelf('page.js'))}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert set(page(make()).attribute("style")) <= {f"flex-grow: {number}" for number in range(100)}


@pytest.mark.parametrize("make", EVERY)
def test_every_quote_is_there_word_for_word(make):
    report = make()
    quotes = page(report).text("blockquote")

    for one in report.claims:
        for words in one.quotes:
            assert f"“{harmless(words.text)}”" in quotes


@pytest.mark.parametrize("make", EVERY)
def test_every_article_is_there_in_full(make):
    report = make()
    texts = page(report).text("div", **{"class": "text"})

    assert len(texts) == len(report.articles)
    chapters = overview(report).chapters
    for article, text in zip([chapter.article for chapter in chapters], texts, strict=True):
        # Only white space at the ends of paragraphs may differ.
        assert text.split() == harmless(article.text).split()


@pytest.mark.parametrize("make", EVERY)
def test_headings_are_nested(make):
    levels = [int(element[0][1]) for element in page(make()).elements if re.fullmatch(r"h\d", element[0])]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_hostile_text_is_only_text():
    text = render(hostile())

    assert "<img" not in text
    assert re.findall("<script[^>]*>", text, re.IGNORECASE) == ["<script>"]
    assert page(hostile()).text("script") == [shelf("page.js")]
    assert "{{ 7*7 }}{% raw %}" in "".join(page(hostile()).text("blockquote"))


def test_nothing_steers_the_page():
    assert not set(render(hostile())) & set("\x1b\x07\x9b\u202e\u2066\ufeff\U000e0041\u2028")


def test_a_script_address_is_shown_and_not_linked():
    found = page(hostile())

    assert not [link for link in found.attribute("href") if link.lower().startswith("javascript")]
    assert "javascript:alert(1)" in found.text("bdi")


def test_a_language_that_is_none_is_left_out():
    assert set(page(hostile()).attribute("lang")) == {"en"}


def test_a_language_is_on_the_text_and_its_quotes():
    assert page(sample()).all("div", **{"class": "text"})[0][1]["lang"] == "en"


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JavaScript:alert(1)", " https://x.example", "data:text/html,x", "//x.example",
        "https:", "https:///path", "ftp://x.example", "https://x.example/\n", "https://x.example/\u202e", "http://[",
        "file:///etc/hosts", "x.example",
    ],
)  # fmt: skip
def test_only_whole_web_addresses_are_links(url):
    assert safe_link(url) is None


def test_a_web_address_is_a_link():
    link = "https://coast-news.example/2031/margarethe?id=7&page=1"

    assert safe_link(link) == link
    assert page(sample()).all("a", href=link)[0][1]["rel"] == "noopener noreferrer nofollow"


def test_the_answer_is_the_heading():
    assert page(sample()).text("h1") == [
        "3 facts conflict, 1 agrees, 2 are in one article only, 3 are not judged."
    ]


def test_what_is_not_judged_is_a_banner_above_the_counts():
    text = render(sample())

    assert (
        "Not complete: 1 step gave no answer; not judged: 3 facts"
        in page(sample()).text("div", role="note")[0]
    )
    assert text.index('role="note"') < text.index('class="bar"')
    assert "the endpoint answered 503 four times in 62 s" in text


def test_a_page_of_a_run_that_judged_nothing_counts_nothing():
    found = page(silent())

    assert found.text("title") + found.text("h1") == ["Nothing could be judged", "Nothing could be judged."]
    assert "told by more than one" not in render(silent())
    assert found.text("h2", id="not-judged") == ["Not judged"]


def test_a_zero_of_a_complete_page_is_told():
    assert page(calm()).text("h2", id="conflicts") == ["Conflicts 0"]


def test_a_complete_page_has_no_banner():
    assert page(complete()).all("div", role="note") == []


def test_a_conflict_is_a_card_with_its_sides_and_what_differs():
    card = page(sample()).text("article", id="F1")[0]
    words = " ".join(card.split())

    assert "Conflict: quantity, between the articles · 3 articles" in words
    assert "“Twelve people were injured, the coast guard said.”" in words
    assert "“Fourteen people were injured”" in words
    assert "cannot both be true: 12 / 14. Both count the injured of the same accident." in words


def test_a_quote_is_marked_in_the_article_and_numbered():
    found = page(sample())

    assert "Twelve people were injured, the coast guard said." in found.text(
        "mark", **{"class": "conflicting"}
    )
    assert found.text("a", href="#claim-3")[-1] == "▲3"
    assert found.all("a", href="#quote-3-1")


def test_words_that_no_article_holds_are_never_a_quote():
    found = page(sample())

    assert "passengers got no warning at all" in found.text("bdi")
    assert not any("passengers got" in words for words in found.text("blockquote"))


def test_quotes_that_overlap_or_cross_paragraphs_are_all_marked():
    article = Article(id="x", path="x.txt", format="text", text="one two three\n\nfour five")
    crossing = Claim(
        id="x-1", article="x", text="One.", speaker=None, quotes=(quote(article, "two three\n\nfour"),)
    )
    inside = claim(article, 2, "Two.", "three")
    other = Article(id="y", path="y.txt", format="text", text="six")

    text = re.search(
        r'<div class="text".*?</div>',
        render(report_of((crossing, inside), (), articles=(article, other))),
        re.DOTALL,
    )[0]

    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", text)
    assert marks == ["two ", "three", "four"]
    # The inner quote ends with its paragraph, the outer one in the next.
    assert re.findall(r'</mark><a class="ref tag unique" href="#claim-(\d)"', text) == ["2", "1"]
    assert re.findall(r'id="(quote-\d-\d)"', text) == ["quote-1-1", "quote-2-1"]


def test_a_table_has_a_caption_and_scopes():
    found = page(sample())

    assert len(found.all("caption")) == len(found.all("table")) == 1
    assert len(found.all("th", scope="col")) == 1 + 3
    assert all("scope" in element[1] for element in found.all("th"))


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_measured_right():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(scheme):
    style = shelf("base.css")
    colours = dict(
        re.findall(r"--([\w-]+): (#\w{6})", re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme])
    )
    states = ("conflicting", "agreeing", "unique", "open")
    tints = [f"{state}-tint" for state in states]
    pairs = [(text, ground) for text in ("text", "soft", "link") for ground in ("page", "paper")]
    pairs += [(state, ground) for state in states for ground in ("page", "paper", f"{state}-tint")]
    pairs += [("text", tint) for tint in tints] + [("link", "open-tint")]

    assert [(a, b) for a, b in pairs if contrast(colours[a], colours[b]) < 4.5] == []


def test_the_values_that_differ_are_marked_inside_the_quotes():
    found = page(sample()).text("mark", **{"class": "differs"})

    # "12" and "Fourteen" are not in the quotes as the verdict writes them; the others are.
    assert found == ["14", "failed", "worked", "Wednesday", "Friday"]


def test_what_differs_is_said_after_the_quote_and_not_in_it():
    found = page(sample()).text("p", **{"class": "unseen"})

    assert found == [f"differs: {words}" for words in ("14", "failed", "worked", "Wednesday", "Friday")]
    assert "::before" not in re.sub("td.data-label.*", "", shelf("page.css"))


def test_the_script_writes_no_html():
    script = shelf("page.js")

    assert not re.search("innerHTML|outerHTML|insertAdjacent|document.write|eval|fetch|XMLHttp", script)
    assert "</script" not in script.lower()


def test_every_control_waits_for_the_script():
    found = page(sample())

    for tag, name in (("form", "panel"), ("fieldset", "review"), ("p", "tools")):
        assert all("hidden" in e[1] for e in found.all(tag, **{"class": name})) is True


def test_an_article_with_an_address_is_linked_at_the_words():
    link = (
        "https://coast-news.example/2031/margarethe?id=7&page=1"
        "#:~:text=The%20steering%20worked%2C%20she%20said."
    )

    assert page(sample()).all("a", href=link)


def test_a_long_quote_is_named_by_its_ends_and_a_dash_is_no_mark():
    words = "one-two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    article = Article(id="x", path="x.txt", format="text", url="https://x.example/#top", text=words)

    assert live_link(article, quote(article, words)) == (
        "https://x.example/#top:~:text=one%2Dtwo%20three%20four%20five%20six,ten%20eleven%20twelve%20thirteen%20fourteen"
    )


@pytest.mark.parametrize("url", [None, "javascript:alert(1)"])
def test_an_article_without_a_safe_address_has_no_live_link(url):
    article = Article(id="x", path="x.txt", format="text", url=url, text="one two")

    assert live_link(article, quote(article, "one two")) is None


def test_the_draft_has_sections_of_its_own():
    headings = [words.rsplit(" ", 1)[0] for words in page(drafted()).text("h2")]

    assert headings[2:7] == [
        "Contradicted by the sources",
        "In no source",
        "Missing from the draft",
        "Supported",
        "Of the sources alone",
    ]


def test_what_is_accepted_says_why():
    name = overview(complete()).findings[0].id
    found = page(complete().model_copy(update={"accepted": {name: "a <known> slip"}}))

    assert found.text("p", **{"class": "accepted"}) == ["Accepted before: a <known> slip"]


def test_what_is_accepted_counts_apart():
    name = overview(complete()).findings[0].id
    found = page(complete().model_copy(update={"accepted": {name: "a slip"}}))

    assert found.text("h1")[0].startswith("2 facts conflict")
    assert found.text("b")[0] == "2"
    assert found.text("button", **{"data-show": "conflict"})[0].endswith("conflict 2")
    assert "Conflicts 2 and 1 accepted before" in found.text("h2")
    assert len(found.all("article", **{"data-accepted": ""})) == 1


def test_no_two_columns_read_the_same():
    first, second, third = complete().articles
    articles = (
        first,
        second.model_copy(update={"source": "Radio", "path": "a/news.txt"}),
        third.model_copy(update={"source": "Radio"}),
        third.model_copy(update={"id": "b3", "source": "Radio", "record": 3}),
        third.model_copy(update={"id": "b4", "source": None, "path": "a/x.json"}),
        third.model_copy(update={"id": "b5", "source": None, "path": "b/x.json"}),
    )
    found = page(report_of(CLAIMS, VERDICTS, articles=articles))

    names = [
        "The Harbour Post",
        "Radio · news.txt",
        "Radio · bulletins.json#2",
        "Radio · bulletins.json#3",
        "x.json#2 · 5",
        "x.json#2 · 6",
    ]
    assert [e[2] for e in found.all("button") if "data-pin" in e[1]] == names
    assert [words.split(" 2031")[0] for words in found.text("th", scope="col")[1:]] == names
    assert set(found.attribute("data-label")) == set(names[:3])


def test_copies_are_no_independent_source():
    twin = complete().articles[1].model_copy(update={"id": "twin", "path": "ferry/twin.txt"})
    found = page(report_of(CLAIMS, VERDICTS, articles=(*complete().articles, twin)))

    assert [" ".join(words.split()) for words in found.text("p", **{"class": "copy"})] == [
        "No independent source: 100% of its text is also in “It shook like a train”: 14 hurt on stranded ferry."
    ] * 2


def test_the_command_makes_the_report_again():
    assert page(complete()).text("code")[-1] == (
        "checker check ferry/harbour-post.txt ferry/coast-news.html ferry/bulletins.json --model example-model-9"
    )
    assert page(drafted()).text("code")[-1] == (
        "checker check ferry/coast-news.html --against ferry/harbour-post.txt ferry/bulletins.json"
        " --model example-model-9"
    )


def test_the_command_names_eight_files_and_counts_the_rest():
    articles = tuple(
        Article(id=str(n), path=f"{n // 2}.json", format="json", record=n % 2 + 1, text="") for n in range(20)
    )

    found = page(report_of((), (), articles=articles))

    # Twenty records of ten files.
    named = " ".join(f"{n}.json" for n in range(8))
    assert found.text("code") == [f"checker check {named} … --model example-model-9"]
    assert found.text("dd")[-1].endswith(" and 2 more files")


def test_the_command_of_a_replay_asks_no_model():
    (note, *_) = Session(Settings(replay=Path("nowhere"))).notes()
    run = complete().run.model_copy(update={"notes": (note,)})

    command = page(complete().model_copy(update={"run": run})).text("code")[-1]

    assert command.endswith(" --model example-model-9 --replay FOLDER")


def test_a_hostile_path_is_one_quoted_word_of_the_command():
    article = Article(id="x", path="a; rm -rf $HOME/`x`.txt", format="text", text="one")

    assert page(report_of((), (), articles=(article,))).text("code")[-1] == (
        "checker check 'a; rm -rf $HOME/`x`.txt' --model example-model-9"
    )


def test_a_notebook_gets_the_answer_the_grid_and_the_conflicts_in_a_frame_of_its_own():
    frame = Page(notebook(sample()))
    ((_, attributes, _),) = frame.elements
    inside = Page(attributes["srcdoc"])

    assert "sandbox" in attributes
    assert [words.rsplit(" ", 1)[0] for words in inside.text("h2")] == ["Facts by", "Conflicts"]
    assert inside.all("script") == []
    ids = inside.attribute("id")
    assert all(link.removeprefix("#") in ids for link in inside.attribute("href") if link.startswith("#"))


def test_a_report_shows_itself_in_a_notebook():
    assert sample()._repr_html_() == notebook(sample())


def test_what_was_measured_of_the_engine_is_told():
    (said,) = [words for words in page(builtin()).text("p") if "was measured on" in words]

    assert said.startswith("The built-in engine was measured on 11 sets")
