"""The page of a scorecard, read back with an HTML parser."""

import re
from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from checker.evaluate.page import render
from checker.evaluate.scorecard import (
    ClaimItem,
    Cost,
    Item,
    Outcome,
    Point,
    Ratio,
    RunInfo,
    Score,
    Scorecard,
    SetInfo,
    Share,
    Side,
    Stage,
    Table,
)
from checker.report.template import shelf
from checker.schema import Aspect, Between, Label, Usage

SYSTEM, RULE = "Recorded answers", "lexical rule"
EVENTS = ("cup-final", "museum-theft", "port-strike")
VOID = {"meta", "link", "img", "br", "hr", "input", "line", "path", "circle", "polyline"}


def ratio(hits, n, spread=0.06):
    """A ratio with a made-up interval around it."""
    value = hits / n
    return Ratio(value=value, low=max(value - spread, 0), high=min(value + spread, 1))


def score(stage, label, counts, what="pairs", system=SYSTEM):
    """A score of *counts*: right, given, labelled."""
    right, given, wanted = counts
    return Score(
        stage=stage,
        system=system,
        what=what,
        label=label,
        right=right,
        given=given,
        wanted=wanted,
        precision=ratio(right, given) if given else None,
        recall=ratio(right, wanted) if wanted else None,
        f1=ratio(2 * right, given + wanted),
    )


def share(stage, what, counts, part=None, **more):
    """A share of *counts*: hits, n; a part of fewer than ten says nothing."""
    hits, n = counts
    says = n >= (10 if part else 1)
    return Share(
        stage=stage,
        what=what,
        slice=part,
        hits=hits,
        n=n,
        ratio=ratio(hits, n, 0.001 if "per" in more else 0.06) if says else None,
        by_event={"cup-final": (hits, n)},
        **{"system": SYSTEM, **more},
    )


def side(where, text, *quotes, speaker=None):
    return Side(where=where, text=text, quotes=quotes or (text,), speaker=speaker)


def item(stage, event, label, given, words=None, **more):
    """An item between claims a1 and b2; *words* are the two claims, where it is wrong."""
    sides = (side("a.txt:4", words[0]), side("b.txt:9", words[1], speaker="Ines Holt")) if words else None
    return Item(stage=stage, event=event, a="a1", b="b2", label=label, given=given, sides=sides, **more)


RIGHT = item(
    Stage.JUDGE,
    "cup-final",
    Label.AGREEING,
    Outcome.AGREEING,
    ("Kick-off was at 8 p.m.", "It began at eight."),
)
MISSED = item(
    Stage.JUDGE,
    "museum-theft",
    Label.CONFLICTING,
    Outcome.UNIQUE,
    ("Two men climbed in through a window of the east wing.", "Three people entered by the main door."),
    aspect=Aspect.QUANTITY,
    between=Between.ARTICLES,
    phenomenon="count",
    reason="The two claims speak of different doors, so they need not be about the same moment.",
)
FALSE = item(
    Stage.WHOLE,
    "port-strike",
    Label.AGREEING,
    Outcome.CONFLICTING,
    ("More than 600 dockers walked out.", "629 dockers stopped work, the union said."),
    given_aspect=Aspect.QUANTITY,
    given_between=Between.ARTICLES,
    phenomenon="bound",
    reason="600 is not 629.",
)
UNLABELLED = item(
    Stage.WHOLE,
    "cup-final",
    None,
    Outcome.CONFLICTING,
    ("The referee was booed.", "The referee was applauded."),
    given_aspect=Aspect.POLARITY,
    given_between=Between.SPEAKERS,
)
LOST = item(
    Stage.WHOLE,
    "port-strike",
    Label.CONFLICTING,
    Outcome.NOT_FOUND,
    ("The port reopens on Monday.", "The port stays closed until Thursday."),
    aspect=Aspect.TIME,
    between=Between.SPEAKERS,
)
NOT_SEEN = item(
    Stage.JUDGE,
    "cup-final",
    Label.AGREEING,
    Outcome.UNIQUE,
    ("Lindqvist scored twice in the second half.", "Both goals after the break were Lindqvist's."),
    phenomenon="paraphrase",
)
WITHOUT_WORDS = item(Stage.JUDGE, "cup-final", Label.UNIQUE, Outcome.NOT_JUDGED)

ASPECTS = {
    "quantity": (31, 34),
    "time": (11, 12),
    "place": (8, 10),
    "entity": (3, 6),
    "polarity": (4, 5),
    "attribution": (1, 3),
    "cause": (2, 2),
    "modality": (1, 2),
    "other": (0, 1),
}


def sample():
    """A scorecard with everything a page can show."""
    judged = {
        "conflicting": {"conflicting": 69, "agreeing": 2, "unique": 4, "not judged": 1},
        "agreeing": {"conflicting": 3, "agreeing": 190, "unique": 17},
        "unique": {"conflicting": 10, "agreeing": 21, "unique": 12683, "not judged": 6},
    }
    whole = {
        "conflicting": {"conflicting": 41, "agreeing": 1, "unique": 9, "not found": 25},
        "agreeing": {"conflicting": 2, "agreeing": 118, "unique": 22, "not found": 68},
        "not labelled": {"conflicting": 11, "agreeing": 33},
    }
    return Scorecard(
        run=RunInfo(
            checker="0.3.0",
            notes=(
                "Labelled by two language models on their own and adjudicated by a third; no person has read the labels.",
                "Answers were replayed from recordings of a language model; no model was called.",
            ),
            seconds={SYSTEM: 12.34},
        ),
        system=SYSTEM,
        prompts={"extract.v2": "9f2c11ab03de", "judge.v1": "77d0e41c92ab"},
        sets={
            name: SetInfo(
                digest="9b0c1d2e3f4a",
                articles=2 + n,
                article_pairs=1 + 2 * n,
                claims=70 + 9 * n,
                pairs=1200 + 3000 * n,
                agreeing=70,
                conflicting=(25, 25, 26)[n],
            )
            for n, name in enumerate(EVENTS)
        },
        scores=(
            score(Stage.EXTRACT, "claim", (201, 260, 237), "claims"),
            score(Stage.JUDGE, "conflicting", (69, 82, 76)),
            score(Stage.JUDGE, "agreeing", (190, 213, 210)),
            score(Stage.JUDGE, "unique", (12683, 12704, 12720)),
            score(Stage.JUDGE, "conflicting", (30, 91, 76), system=RULE),
            score(Stage.JUDGE, "agreeing", (112, 410, 210), system=RULE),
            score(Stage.JUDGE, "conflicting", (60, 71, 66), "status"),
            score(Stage.WHOLE, "conflicting", (41, 54, 76)),
            score(Stage.WHOLE, "agreeing", (118, 152, 210)),
            score(Stage.WHOLE, "conflicting", (0, 0, 76), system="one prompt"),
        ),
        shares=(
            share(Stage.EXTRACT, "speakers right", (188, 201)),
            share(Stage.PAIR, "pairs kept", (2210, 12720)),
            share(Stage.JUDGE, "false conflicts among pairs that are not", (13, 12930), per=1000),
            share(
                Stage.JUDGE, "false conflicts among pairs that are not", (61, 12930), per=1000, system=RULE
            ),
            share(Stage.JUDGE, "same label, articles swapped", (12988, 13006)),
            share(Stage.WHOLE, "aspects right", (0, 0)),
            *(share(Stage.JUDGE, "conflicts found", n, ("aspect", name)) for name, n in ASPECTS.items()),
            share(Stage.JUDGE, "conflicts found", (44, 48), ("between", "articles")),
            share(Stage.JUDGE, "conflicts found", (25, 28), ("between", "speakers")),
            share(Stage.JUDGE, "conflicts found", (4, 6), ("kind of article", "interview")),
            share(Stage.JUDGE, "false conflicts", (9, 8930), ("kind of article", "news"), per=1000),
            share(Stage.JUDGE, "false conflicts", (4, 4000), ("kind of article", "live blog"), per=1000),
            share(Stage.JUDGE, "conflicts found", (12, 20), ("aspect", "quantity"), system=RULE),
        ),
        tables=(
            Table(
                stage=Stage.EXTRACT,
                system=SYSTEM,
                what="claims",
                by_event={
                    "cup-final": {"claim": {"claim": 201, "not found": 36}, "not labelled": {"claim": 59}}
                },
            ),
            # Two events: the page adds them up.
            Table(
                stage=Stage.JUDGE,
                system=SYSTEM,
                what="pairs",
                by_event={"cup-final": judged, "museum-theft": {"conflicting": {"conflicting": 1}}},
            ),
            Table(stage=Stage.WHOLE, system=SYSTEM, what="pairs", by_event={"cup-final": whole}),
            Table(
                stage=Stage.WHOLE,
                system=SYSTEM,
                what="status",
                by_event={
                    "cup-final": {"unique": {"unique": 999, "conflicting": 1}, "agreeing": {"agreeing": 90}}
                },
            ),
        ),
        curve=tuple(
            Point(k=k, kept=kept, pairs=12720, agreeing=agreeing, conflicting=conflicting)
            for k, kept, agreeing, conflicting in (
                (5, 420, 121, 51),
                (10, 830, 160, 62),
                (25, 1900, 188, 70),
                (50, 3300, 201, 74),
                (None, 6100, 206, 76),
            )
        ),
        costs=(
            Cost(
                part="judge",
                article_pairs=16,
                usage=(
                    Usage(
                        stage="judge",
                        calls=10,
                        kept=38,
                        tokens_in=90000,
                        kept_tokens_in=310400,
                        tokens_out=51200,
                    ),
                    Usage(stage="verify", kept=12, kept_tokens_in=40210, kept_tokens_out=8020),
                ),
            ),
            Cost(part="one prompt", article_pairs=16, usage=(Usage(stage="baseline", kept=16),)),
        ),
        items=(RIGHT, NOT_SEEN, UNLABELLED, FALSE, LOST, MISSED, WITHOUT_WORDS),
        claims=(
            ClaimItem(event="cup-final", kind="missed", side=side("a.txt:12", "The match was sold out.")),
            ClaimItem(event="cup-final", kind="missed", side=side("b.txt:3", "The roof was closed.")),
            ClaimItem(
                event="port-strike",
                kind="merged",
                side=side(
                    "a.txt:7",
                    "The strike cost 4 million a day, Rolf Adeyemi said.",
                    "cost 4 million a day",
                    speaker="Rolf Adeyemi",
                ),
            ),
            ClaimItem(event="museum-theft", kind="extra", side=side("b.txt:1", "The museum is old.")),
            ClaimItem(event="museum-theft", kind="split", side=side("b.txt:1", "The museum has nine rooms.")),
        ),
    )


def empty():
    return Scorecard(
        run=RunInfo(checker="0"), system="none", prompts={}, sets={}, scores=(), shares=(), tables=()
    )


TRICK = '</script><img src=x onerror="alert(1)">\u202e{{ 7*7 }}{% raw %}\x1b[31m\U000e0041'


def hostile():
    """The smallest scorecard whose every outside text tries to be more than text."""
    one = Side(where=TRICK, text=TRICK, quotes=(TRICK,), speaker=TRICK)
    wrong = MISSED.model_copy(
        update={"event": TRICK, "a": TRICK, "phenomenon": TRICK, "reason": TRICK, "sides": (one, one)}
    )
    return Scorecard(
        run=RunInfo(checker=TRICK, notes=(TRICK,)),
        system=TRICK,
        prompts={TRICK: TRICK},
        sets={
            TRICK: SetInfo(
                digest=TRICK, articles=2, article_pairs=1, claims=2, pairs=1, agreeing=0, conflicting=1
            )
        },
        scores=(
            score(Stage.JUDGE, "conflicting", (0, 1, 1), system=TRICK),
            score(Stage.JUDGE, TRICK, (0, 1, 1), TRICK),
        ),
        shares=(
            share(Stage.JUDGE, TRICK, (1, 2), system=TRICK),
            share(Stage.JUDGE, TRICK, (11, 12), (TRICK, TRICK), system=TRICK),
            share(Stage.JUDGE, TRICK, (1, 2), (TRICK, TRICK)),
        ),
        tables=(
            Table(
                stage=Stage.JUDGE,
                system=TRICK,
                what="pairs",
                by_event={TRICK: {TRICK: {TRICK: 1, "not judged": 1}}},
            ),
        ),
        costs=(Cost(part=TRICK, article_pairs=0, usage=(Usage(stage=TRICK),)),),
        items=(wrong,),
        claims=(ClaimItem(event=TRICK, kind="extra", side=one),),
    )


EVERY = pytest.mark.parametrize("make", [sample, empty, hostile])


class Page(HTMLParser):
    """A page as a list of (tag, attributes, the text inside it)."""

    def __init__(self, card):
        super().__init__(convert_charrefs=True)
        self.elements, self.open = [], []
        self.source = render(card)
        self.feed(self.source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        element = [tag, dict(attrs), ""]
        assert len(attrs) == len(element[1])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append([tag, dict(attrs), ""])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for element in self.open:
            element[2] += data

    def all(self, tag, **attributes):
        """The elements of *tag* that have *attributes*."""
        return [e for e in self.elements if e[0] == tag and attributes.items() <= e[1].items()]

    def text(self, tag, **attributes):
        return [" ".join(e[2].split()) for e in self.all(tag, **attributes)]

    def attribute(self, name):
        return [e[1][name] for e in self.elements if name in e[1]]


@cache
def page_of(make):
    """The page of the scorecard that *make* gives."""
    return Page(make())


def rows(caption):
    """The rows of the sample's table whose caption begins with *caption*, as texts of cells."""
    page = page_of(sample)
    (table,) = [e for e in page.all("table") if e[2].lstrip().startswith(caption)]
    rest = page.elements[page.elements.index(table) + 1 :]
    found = []
    for element in rest:
        if element[0] == "table":
            break
        if element[0] == "tr":
            found.append([])
        elif element[0] in {"td", "th"}:
            found[-1].append(" ".join(element[2].split()))
    return found


def test_the_heading_is_the_system():
    assert page_of(sample).text("h1") == [SYSTEM]


def test_the_main_numbers_come_with_counts_and_interval():
    # 2 * 69 / (82 + 76) = 0.8734
    assert page_of(sample).text("li", **{"class": "conflicting"})[0] == (
        "▲ Conflicting, claims given (judge): 69 right of 82 given, 76 labelled; F1 0.87 (0.81\N{EN DASH}0.93)."
    )


def test_extraction_is_told_as_recall_and_precision():
    # 201 / 237 = 0.8481, 201 / 260 = 0.7731
    assert page_of(sample).text("li", **{"class": "unique"})[0] == (
        "■ Claims found (extract): 201 right of 260 given, 237 labelled; "
        "recall 0.85 (0.79\N{EN DASH}0.91); precision 0.77 (0.71\N{EN DASH}0.83)."
    )


def test_what_is_not_judged_is_a_banner():
    (banner,) = page_of(sample).text("div", role="note")

    # 76 + 210 + 12720 in one event, one more in the other
    assert "Not judged: 7 of 13,007 pairs (judge, Recorded answers)." in banner


def test_without_gaps_there_is_no_banner():
    assert page_of(empty).all("div", role="note") == []


def test_the_notes_say_who_labelled():
    assert any("Labelled by two language models" in words for words in page_of(sample).text("p"))


def test_the_sets_are_added_up():
    # articles 2 + 3 + 4, claims 70 + 79 + 88, pairs 1200 + 4200 + 7200
    assert rows("The labelled sets")[-1] == ["All", "9", "237", "12,600", "210", "76", ""]


def test_a_score_has_counts_before_ratios():
    assert [
        "pairs: conflicting", SYSTEM, "69", "82", "76",
        "0.84 0.78\N{EN DASH}0.90", "0.91 0.85\N{EN DASH}0.97", "0.87 0.81\N{EN DASH}0.93",
    ] in rows("How each label")  # fmt: skip


def test_a_ratio_over_nothing_is_no_number():
    (row,) = [cells for cells in rows("How each label") if "one prompt (baseline)" in cells]

    assert row[2:6] == ["0", "0", "76", "n/a"]


def test_a_baseline_stands_below_the_system_and_says_so():
    systems = [cells[1] for cells in rows("How each label") if cells[0] == "pairs: conflicting"]

    assert systems == [SYSTEM, "lexical rule (baseline)", SYSTEM, "one prompt (baseline)"]


def test_stages_come_in_the_order_of_the_check():
    found = rows("How each label")

    assert [cells[0].split()[0] for cells in found if len(cells) == 1] == ["extract", "judge", "whole"]


def test_a_status_is_called_claim_status():
    assert "claim status: conflicting" in [cells[0] for cells in rows("How each label")]


def test_a_confusion_is_summed_over_events_and_its_diagonal_is_named():
    found = rows("13,007 in all")

    # 69 and 1 of 77: 0.909
    assert found[0] == ["Labelled", "conflicting", "agreeing", "unique", "not judged", "All"]
    assert found[1] == ["▲ conflicting", "70 ✓ right, 0.91", "2 0.03", "4 0.05", "1 0.01", "77"]


def test_the_last_row_of_a_confusion_is_the_totals():
    # 70 + 3 + 10, 2 + 190 + 21, 4 + 17 + 12683, 1 + 6
    assert rows("13,007 in all")[-1] == ["All", "83", "213", "12,704", "7", "13,007"]


def test_a_confusion_is_rounded_neither_to_none_nor_to_all():
    cells = rows("1,090 in all")[2]

    assert cells == ["○ unique", "1 <0.01", "0", "999 ✓ right, >0.99", "1,000"]


def test_a_share_is_told_as_counts_and_ratio():
    assert ["speakers right", SYSTEM, "188", "201", "0.94 0.88\N{EN DASH}>0.99"] in rows("How many are")


def test_a_share_of_a_thousand_says_so():
    (row,) = [cells for cells in rows("How many are") if "13" in cells]

    # 13 / 12930 is 1.005 per 1000; the interval was made 1 per 1000 wide on each side
    assert row[4] == "1.01 per 1,000 0.01\N{EN DASH}2.01"


def test_a_share_of_nothing_is_too_few_to_say():
    assert ["aspects right", SYSTEM, "0", "0", "too few to say"] in rows("How many are")


def test_a_slice_is_a_bar_as_wide_as_its_share():
    # 31 / 34 = 91.2 %
    assert "width: 91.2%" in page_of(sample).attribute("style")


def test_slices_come_largest_first_and_those_too_few_are_folded():
    page = page_of(sample)
    names = page.text("bdi", **{"class": "name"})[:9]

    assert names == sorted(ASPECTS, key=lambda name: (-ASPECTS[name][1], name))
    assert page.text("summary")[0] == "6 more with too few to say"


def test_a_slice_with_too_few_items_has_no_bar():
    items = [words for words in page_of(sample).text("li") if words.startswith("interview")]

    assert items == ["interview 4 of 6 too few to say"]


def test_the_curve_is_told_in_numbers():
    # 420 / 12720, 121 / 210, 51 / 76
    assert rows("Recall of the labelled")[1] == [
        "5", "420 of 12,720", "0.03", "0.58 121 of 210", "0.67 51 of 76",
    ]  # fmt: skip


def test_calls_and_tokens_are_paid_and_kept_together_and_for_one_article_pair():
    # 10 + 38 calls, 90000 + 310400 tokens in, of 16 pairs of articles
    assert rows("Paid and kept")[1] == [
        "judge", "judge", "16", "48 3 each", "400,400 25,025 each", "51,200 3,200 each",
    ]  # fmt: skip


def test_wrong_items_come_with_both_quotes_and_the_reason():
    (card,) = [words for words in page_of(sample).text("article") if words.startswith("museum-theft")]

    assert "“Two men climbed in through a window of the east wing.”" in card
    assert "“Three people entered by the main door.”" in card
    assert "Expected ▲ conflicting, given ○ unique" in card
    assert "aspect: quantity labelled" in card
    assert "Reason given: The two claims speak of different doors" in card


def test_right_items_are_left_out():
    assert "Kick-off was at 8 p.m." not in page_of(sample).source


def test_missed_conflicts_come_first_then_false_ones():
    page = page_of(sample)

    # by kind, then by event
    events = [element[1]["data-event"] for element in page.all("article")]
    assert events == ["museum-theft", "port-strike", "cup-final", "port-strike", "cup-final", "cup-final"]
    assert [words for words in page.text("h3") if "onflicts" in words][-2:] == [
        "Conflicts missed (2)",
        "False conflicts (2)",
    ]


def test_an_item_without_words_says_so():
    assert (
        page_of(sample).text("article")[-1].endswith("The words of the two claims are not in the scorecard.")
    )


def test_claims_without_a_partner_are_grouped_by_kind():
    headings = page_of(sample).text("h3")[-4:]

    assert headings == [
        "Labelled, not found (2)",
        "Labelled, found only inside another claim (1)",
        "Found, not labelled (1)",
        "Found, a part of a labelled claim (1)",
    ]


def test_the_controls_are_hidden_until_the_script_shows_them():
    (form,) = page_of(sample).all("form")

    assert "hidden" in form[1]


def test_every_control_has_a_label():
    page = page_of(sample)
    controls = [e[1]["id"] for e in page.elements if e[0] in {"select", "input"}]

    assert controls == [e[1]["for"] for e in page.all("label")]
    assert len(controls) == 6


def test_an_item_can_be_filtered_by_its_marks():
    page = page_of(sample)
    offered = {element[1]["value"] for element in page.all("option")}

    for card in page.all("article"):
        marks = {value for name, value in card[1].items() if name.startswith("data-")}
        assert marks - {""} <= offered


@EVERY
def test_only_the_script_of_the_page_may_run(make):
    page = page_of(make)
    (script,) = page.all("script")
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0][1]["content"]

    digest = b64encode(sha256(script[2].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


@EVERY
def test_nothing_comes_from_elsewhere(make):
    page = page_of(make)

    assert page.attribute("src") == []
    assert not re.search(r"url\(|@import|expression|https?:", page.source)
    assert all(link.startswith("#") for link in page.attribute("href"))


@EVERY
def test_ids_are_unique_and_every_link_leads_to_one(make):
    page = page_of(make)
    ids = page.attribute("id")
    named = page.attribute("aria-labelledby") + page.attribute("for")

    assert [name for name, times in Counter(ids).items() if times > 1] == []
    assert {link.removeprefix("#") for link in page.attribute("href")} | set(named) <= set(ids)


@EVERY
def test_headings_are_nested(make):
    levels = [int(element[0][1]) for element in page_of(make).elements if re.fullmatch(r"h\d", element[0])]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@EVERY
def test_every_table_has_a_caption_and_scopes(make):
    page = page_of(make)

    assert len(page.all("caption")) == len(page.all("table"))
    assert all("scope" in element[1] for element in page.all("th"))


def test_an_empty_scorecard_says_that_there_is_nothing():
    page = page_of(empty)

    assert "There are no scores of this system." in page.text("p")
    assert page.all("table") == page.all("article") == page.all("form") == []


def test_hostile_text_makes_no_tag_and_no_handler():
    page = page_of(hostile)

    assert page.all("img") == []
    assert len(page.all("script")) == 1
    assert not [name for element in page.elements for name in element[1] if name.startswith("on")]


def test_hostile_text_is_no_template():
    assert "{{ 7*7 }}{% raw %}" in page_of(hostile).text("blockquote")[0]


@EVERY
def test_nothing_steers_the_page(make):
    assert not set(page_of(make).source) & set("\x1b\x07\x9b\u202e\u2066\ufeff\U000e0041\u2028")


def test_the_script_writes_no_html():
    (script,) = page_of(sample).text("script")

    assert not re.search("innerHTML|outerHTML|insertAdjacent|document.write|eval", script)


def test_the_colours_are_those_of_the_report():
    assert shelf("base.css") in render(sample())


def test_swapped_pairs_without_an_answer_are_in_the_banner():
    shown = render(sample().model_copy(update={"gaps": {"swap": 1120}}))

    assert "1,120 (swap)" in shown
