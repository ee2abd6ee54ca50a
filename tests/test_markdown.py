"""The Markdown report, read back with a Markdown parser."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sample_report import (
    CLAIMS,
    POST,
    VERDICTS,
    builtin,
    calm,
    claim,
    complete,
    drafted,
    hostile,
    many_conflicts,
    report_of,
    sample,
    silent,
)

from checker.report.inert import LONGEST_QUOTE, escaped, quoted
from checker.report.markdown import MOST_BYTES, render
from checker.report.overview import overview
from checker.report.where import clean
from checker.schema import Article, Failure, Label, Remark, Verdict

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
    return re.split(r"^(?:## |<details>)", markdown.split(f"\n## {heading}\n")[1], flags=re.MULTILINE)[0]


def folded(markdown, heading):
    return re.split(rf"<summary>{heading} \(\d+\)</summary>", markdown)[1].split("</details>")[0]


def headings(markdown):
    """The headings of the sections and the folded ones, in their order."""
    return re.findall(r"^(?:## |<summary>)([^(<\n]*\w)", markdown, re.MULTILINE)


def pair(*texts, **differs):
    """Two articles with these texts, which conflict in all that they say."""
    articles = tuple(
        Article(id=name, path=f"{name}.txt", format="text", text=text)
        for name, text in zip("ab", texts, strict=True)
    )
    claims = tuple(claim(one, 1, "a claim", one.text) for one in articles)
    verdict = Verdict(a="a-1", b="b-1", label=Label.CONFLICTING, **differs)
    return report_of(claims, (verdict,), articles=articles)


@pytest.mark.parametrize("make", [sample, builtin, calm, drafted, lambda: many_conflicts(20)])
def test_every_quote_is_there_word_for_word(make):
    report = make()
    text = seen(render(report))

    for one in report.claims:
        for quote in one.quotes:
            assert f"“{clean(quote.text)}”" in text


def test_a_long_quote_is_its_beginning_and_says_so_outside_the_marks():
    text = "word " * 300
    shown = re.findall(r"“([^”]*)”(… \(cut\))?", section(render(pair(text, text)), "Conflicts"))

    # 120 words of five characters are 600, but the last one needs no space, and the ellipsis a place: 599 + 1.
    assert shown == [(" ".join(["word"] * 120), "… (cut)")] * 2


def test_a_quote_that_just_fits_is_whole():
    text = "x" * LONGEST_QUOTE

    assert quoted(text) == f"“{text}”"
    assert quoted(text + "x").endswith("”… (cut)")


def test_a_paragraph_of_a_megabyte_stays_small():
    text = "<script>alert(1)</script> #1 @all " * 30_000

    assert len(render(pair(text, text)).encode()) < 12_000


@pytest.mark.parametrize("signs", ["#", "@", "://", "大", "\U0001f6a2", "a", "a ", "|`"])
def test_no_text_makes_the_report_longer_than_a_comment_may_be(signs):
    report = hostile(signs * 5_000)
    many = {f"{signs * 200}{i}": signs * 200 for i in range(100)}
    run = report.run.model_copy(update={"settings": many, "prompts": many, "notes": tuple(many) * 10})
    noted = tuple(Remark(path=signs * 900, problem=signs * 900, mend=signs * 900) for _ in range(200))
    failures = tuple(Failure(step="judge", articles=("a",) * 99, error=signs * 900) for _ in range(200))
    more = {"run": run, "skipped": noted, "remarks": noted, "failures": failures}

    text = render(report.model_copy(update=more))

    assert len(text.encode()) <= MOST_BYTES
    assert "### F1 other" in text
    assert "**Not all is shown here**" in text


def test_a_report_of_any_size_fits_and_says_what_is_left_out():
    text = render(many_conflicts(500))
    n_shown = text.count("\n### F")

    assert MOST_BYTES * 0.95 < len(text.encode()) <= MOST_BYTES
    assert f"Left out: Conflicts {500 - n_shown}, Facts by article 500, Articles 2." in text
    assert "`checker report result.json -o report.html`" in text


def test_what_is_left_out_is_the_end_of_a_section():
    numbers = re.findall(r"^### F(\d+) ", render(many_conflicts(500)), re.MULTILINE)

    assert numbers == [str(n + 1) for n in range(len(numbers))]


def test_what_matters_least_is_left_out_first():
    lines = [f"Line {i} of many says nothing that another article says." for i in range(400)]
    long = Article(id="long", path="long.txt", format="text", text="\n".join(lines))
    claims = (*CLAIMS, *(claim(long, i, line, line) for i, line in enumerate(lines)))

    text = render(report_of(claims, VERDICTS, articles=(*complete().articles, long)))

    assert re.search(r"Left out: Only in one article \d+\.", text)
    assert len(text.encode()) <= MOST_BYTES


def test_a_small_report_leaves_nothing_out():
    assert "Not all is shown" not in render(sample())


def test_a_fact_of_many_claims_shows_those_that_contradict_each_other():
    articles = tuple(
        Article(id=f"n{i}", path=f"n{i}.txt", format="text", text=f"{i // 9} people.") for i in range(10)
    )
    claims = tuple(claim(one, 1, one.text, one.text) for one in articles)
    verdicts = (
        *(Verdict(a="n0-1", b=f"n{i}-1", label=Label.AGREEING) for i in range(1, 9)),
        Verdict(a="n0-1", b="n9-1", label=Label.CONFLICTING, differs=("0", "1")),
    )

    conflicts = section(render(report_of(claims, verdicts, articles=articles)), "Conflicts")

    assert "n9.txt:1" in conflicts
    assert "- **1** and **10** cannot both be true: 0 / 1." in conflicts
    assert "and 4 more claims, in the whole report" in conflicts


def test_hostile_text_makes_nothing_but_text():
    # The hostile sample has two facts at most; all of these are the report's own.
    own = {
        "blockquote", "bullet_list", "em", "heading", "list_item", "paragraph", "strong",
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    found = {re.sub("_(open|close)$", "", kind) for kind in kinds(render(hostile()).split("\n", 1)[1])}

    assert found <= own | {"inline", "text", "softbreak", "text_special", "html_block"}


def test_the_only_html_is_our_own_folds():
    html = [token.content for token in tokens(render(hostile())) if token.type.startswith("html")]

    assert html == [
        "<!-- fact-consistency-checker report -->\n",
        "<details>\n<summary>Not kept (1)</summary>\n",
        "</details>\n",
    ]


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


def test_the_sections_come_worst_first():
    assert headings(render(drafted())) == [
        "Conflicts",
        "In no source",
        "Missing from the draft",
        "Facts by article",
        "Supported",
        "Of the sources alone",
        "Articles",
        "About this run",
    ]


def test_a_conflict_shows_who_says_what_and_what_differs():
    conflicts = section(render(sample()), "Conflicts")

    assert "**3** ▲A · ferry/harbour-post.txt:4, 2031-05-04 18:40, speaker the coast guard:" in conflicts
    assert "> “Twelve people were injured, the coast guard said.”" in conflicts
    assert "- **3** and **7** cannot both be true (quantity, between the articles): 12 / 14." in conflicts
    assert "  Both count the injured of the same accident." in conflicts
    assert "(polarity, between the people they quote): failed / worked." in conflicts


def test_a_conflict_says_what_to_consider_first():
    conflicts = section(render(sample()), "Conflicts")

    assert "To consider first: possible update: coast-news.html is 1 day later; only one side" in conflicts


def test_fewer_independent_texts_than_articles_are_told():
    twin = POST.model_copy(update={"id": "twin", "path": "ferry/twin.txt"})
    claims = (*CLAIMS, CLAIMS[5].model_copy(update={"id": "twin-6", "article": "twin"}))
    verdicts = (VERDICTS[1], VERDICTS[1].model_copy(update={"b": "twin-6"}))

    text = render(report_of(claims, verdicts, articles=(*complete().articles, twin)))

    assert "\n3 articles, 2 independent texts.\n" in section(text, "Conflicts")
    assert "100% of it is also in ferry/twin.txt" in section(text, "Articles")


def test_the_table_gives_the_value_of_each_article():
    rows = section(render(complete()), "Facts by article").splitlines()

    assert "| Fact | 1 harbour-post.txt | 2 coast-news.html | 3 bulletins.json |" in rows
    assert "| **F2** The steering of the Margarethe … | ▲A failed | ▲B worked | \N{EN DASH} |" in rows


def test_the_table_gives_a_short_quote_where_no_value_is_named():
    table = section(render(complete()), "Facts by article")

    assert "| ● “with 212 people on board” |" in table
    assert "| ● “the Margarethe stranded near Varsund at”… (cut) |" in table


def test_the_table_explains_its_signs():
    assert "▲A and ▲B cannot both be true, ● agrees" in section(render(complete()), "Facts by article")


def test_a_fact_of_one_article_is_no_row_of_the_table():
    assert "40 cars" not in section(render(complete()), "Facts by article")


def test_an_agreement_names_its_articles():
    agreements = folded(render(sample()), "Agreements")

    assert "ferry/harbour-post.txt:3" in agreements
    assert "ferry/coast-news.html" in agreements


def test_what_stands_alone_is_listed_by_article():
    alone = folded(render(sample()), "Only in one article")

    assert re.findall("^### (.*)$", alone, re.MULTILINE) == [
        "ferry/harbour-post.txt",
        "ferry/coast-news.html",
    ]


def test_what_was_accepted_is_told_apart_with_its_reason():
    name = overview(complete()).findings[0].id

    text = render(complete().model_copy(update={"accepted": {name: "both <b>are</b> right"}}))

    assert "### F1" not in text
    assert folded(text, "Accepted before").strip() == (
        r"- **F1** Margarethe: 12 / 14: both \<b\>are\</b\> right"
    )


def test_a_report_whose_conflicts_were_all_accepted_has_none():
    names = [one.id for one in overview(complete()).findings]

    text = render(complete().model_copy(update={"accepted": dict.fromkeys(names, "known")}))

    assert section(text, "Conflicts").strip() == "None."


def test_words_that_no_article_holds_are_shown_but_never_as_a_quote():
    not_kept = folded(render(sample()), "Not kept")

    assert "passengers got no warning at all" in not_kept
    assert "“" not in not_kept
    assert "\n>" not in not_kept


def test_the_run_is_described():
    text = render(sample())
    run = section(text, "About this run")

    assert "- Measured with another model (stand-in); this one was not measured: on " in run
    assert "- Read these with care." in run
    assert "- Model: example-model-9" in run
    assert "- Prompt judge.v1: 0f1e2d3c" in run
    assert "price unknown" in run
    assert "ferry/notes.pdf: no reader for .pdf → save it as .txt" in text


def test_no_claims_at_all_is_a_report_too():
    text = render(report_of((), ()))

    assert "**No conflict found.**" in text
    assert section(text, "Conflicts").strip() == "None."


def test_a_run_that_judged_nothing_has_not_found_no_conflict():
    text = render(silent())

    assert "**Nothing could be judged.**" in text
    assert section(text, "Conflicts").strip() == "Nothing could be judged."


def test_equal_reports_give_equal_bytes():
    assert render(sample()) == render(sample())
