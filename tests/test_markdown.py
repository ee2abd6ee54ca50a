"""The Markdown report, read back with a Markdown parser."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sample_report import builtin, calm, hostile, many_conflicts, report_of, sample

from checker.report.markdown import escaped, render
from checker.report.where import clean

# Besides CommonMark, what GitHub adds and the parser knows.
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
APART = "\u200b"


def tokens(markdown):
    """All tokens, those inside lines too."""
    for token in PARSER.parse(markdown):
        yield token
        yield from token.children or ()


def seen(markdown):
    """The text that a reader sees, without the zero-width spaces that keep links apart."""
    return "".join(token.content for token in tokens(markdown) if token.type == "text").replace(APART, "")


def kinds(markdown):
    return {token.type for token in tokens(markdown)}


def section(markdown, heading):
    return re.split(r"^## ", markdown.split(f"## {heading}\n")[1], flags=re.MULTILINE)[0]


@pytest.mark.parametrize("make", [sample, builtin, calm, hostile, lambda: many_conflicts(20)])
def test_every_quote_is_there_word_for_word(make):
    report = make()
    text = seen(render(report))

    for claim in report.claims:
        for quote in claim.quotes:
            assert f"“{clean(quote.text)}”" in text


def test_hostile_text_makes_nothing_but_text():
    # The hostile sample has two facts at most; all of these are the report's own.
    own = {
        "blockquote", "bullet_list", "em", "heading", "list_item", "paragraph", "strong",
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    found = {re.sub("_(open|close)$", "", kind) for kind in kinds(render(hostile()).split("\n", 1)[1])}

    assert found <= own | {"inline", "text", "softbreak", "text_special"}


def test_hostile_text_adds_no_heading_row_or_list():
    def shape(report):
        return [token.type for token in PARSER.parse(render(report))]

    assert shape(hostile()) == shape(hostile("plain"))


def test_nothing_github_would_link_or_mention_is_left_whole():
    text = "".join(token.content for token in tokens(render(hostile())) if token.type == "text")

    assert not re.search(r"@\w|https?://|www\.\w|#\d", text)


@pytest.mark.parametrize(
    "text",
    [
        "# heading", "## heading", "> quote", "- item", "+ item", "* item", "1. item", "1) item", "12) item",
        "---", "===", "***", "```", "~~~", "    code", "\tcode", "| a | b |", "- [ ] task",
        "[x](y)", "![x](y)", "[x]: y", "<b>", "<!-- x -->", "&lt;", "&#35;", "`code`", "*em*", "_em_", "**b**",
        "~~gone~~", "\\", "a\\", "<https://x.example>", "<a@b.example>", "[^1]", "$x$", "{{ x }}", "{: .x}",
    ],
)  # fmt: skip
def test_what_would_be_markup_is_text(text):
    assert kinds(f"{escaped(text)}\n") == {"paragraph_open", "inline", "text", "paragraph_close"} | (
        {"text_special"} & kinds(f"{escaped(text)}\n")
    )
    assert seen(f"{escaped(text)}\n") == clean(text)


@given(st.text(alphabet="#>-+*_=~`|[]()!<>&;:\\ \n\tab1.@$^{}'\"/w", max_size=40))
def test_no_mixture_of_signs_is_markup(text):
    markdown = f"x {escaped(text)} x\n\n- {escaped(text)} x\n\n> {escaped(text)} x\n"
    own = {"paragraph", "bullet_list", "list_item", "blockquote"}

    assert {re.sub("_(open|close)$", "", kind) for kind in kinds(markdown)} - {
        "inline",
        "text",
        "text_special",
    } == own


def test_the_answer_comes_first():
    lines = render(sample()).splitlines()

    assert lines[:2] == ["<!-- fact-consistency-checker report -->", "# Fact consistency report"]
    assert lines[3].startswith("**3 facts conflict, 1 agrees")


def test_what_is_not_complete_is_said_at_the_top_and_in_its_own_section():
    text = render(sample())

    assert (
        "> **Not complete:** 1 step gave no answer; not judged: 3 facts, 3 claims, 4 pairs of claims." in text
    )
    assert "the endpoint answered 503 four times in 62 s" in section(text, "Not judged")
    assert "212 people were on board" in section(text, "Not judged")


def test_a_complete_run_has_no_section_for_what_is_missing():
    assert "## Not judged" not in render(calm())


def test_a_conflict_shows_who_says_what_and_what_differs():
    conflicts = section(render(sample()), "Conflicts")

    assert "**3** · ferry/harbour-post.txt:4, 2031-05-04 18:40, speaker the coast guard:" in conflicts
    assert "> “Twelve people were injured, the coast guard said.”" in conflicts
    assert "- **3** and **7** cannot both be true (quantity, between the articles): 12 / 14." in conflicts
    assert "  Both count the injured of the same accident." in conflicts
    assert "(polarity, between the people they quote): failed / worked." in conflicts


def test_an_agreement_names_its_articles():
    agreements = section(render(sample()), "Agreements")

    assert "ferry/harbour-post.txt:3" in agreements
    assert "ferry/coast-news.html" in agreements


def test_what_stands_alone_is_listed_by_article():
    alone = section(render(sample()), "Only in one article")

    assert re.findall("^### (.*)$", alone, re.MULTILINE) == [
        "ferry/harbour-post.txt",
        "ferry/coast-news.html",
    ]


def test_words_that_no_article_holds_are_shown_but_never_as_a_quote():
    not_kept = section(render(sample()), "Not kept")

    assert "passengers got no warning at all" in not_kept
    assert "“" not in not_kept
    assert ">" not in not_kept


def test_the_run_is_described():
    text = render(sample())
    run = section(text, "About this run")

    assert "- Model: example-model-9" in run
    assert "- Prompt judge.v1: 0f1e2d3c" in run
    assert "price unknown" in run
    assert "ferry/notes.pdf: no reader for .pdf → save it as .txt" in text


def test_no_claims_at_all_is_a_report_too():
    text = render(report_of((), ()))

    assert "No conflict found, 0 agree, 0 are in one article only." in text
    assert section(text, "Conflicts").strip() == "None."


def test_equal_reports_give_equal_bytes():
    assert render(sample()) == render(sample())
