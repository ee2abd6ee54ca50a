"""Every fact is one finding: of the right kind, in the right order, under an id that stays."""

import json

import pytest
from sample_report import CLAIMS, POST, VERDICTS, complete, drafted, many_conflicts, report_of, sample

from checker.report import detail, jsonl, markdown
from checker.report.findings import Kind
from checker.report.overview import overview


def kinds(report):
    return [one.kind.value for one in overview(report).findings]


def titled(report, words):
    return next(one for one in overview(report).findings if words in one.fact.title)


def test_the_worst_kind_comes_first_and_every_fact_once():
    found = overview(sample()).findings

    assert [one.kind.value for one in found] == 3 * ["conflict"] + 3 * ["not_judged"] + ["agreement"] + 2 * [
        "single"
    ]
    assert {one.fact.id for one in found} == {fact.id for fact in sample().facts}
    assert [one.number for one in found] == list(range(1, 10))


def test_a_finding_of_more_independent_texts_comes_first():
    # The injured are in three articles, the other two conflicts in two.
    assert [one.n_texts for one in overview(complete()).of(Kind.CONFLICT)] == [3, 2, 2]


def test_the_columns_are_in_the_order_of_time_and_what_has_no_date_comes_last():
    # coast: 5 May; post: 4 May, 18:40; bulletin: not known.
    assert [chapter.article.id for chapter in overview(complete()).chapters] == ["post", "coast", "bulletin"]


def test_an_offset_counts_in_the_order_of_time():
    # 18:40 at +05:00 is 13:40 in UTC, before 14:00.
    early = POST.model_copy(update={"id": "early", "published": "2031-05-04T18:40:00+05:00"})
    late = POST.model_copy(update={"id": "late", "published": "2031-05-04T14:00:00+00:00"})

    found = overview(report_of((), (), articles=(late, early)))

    assert [chapter.article.id for chapter in found.chapters] == ["early", "late"]


def test_the_camps_of_a_conflict_have_letters():
    injured = overview(complete()).findings[0]

    assert [(camp.letter, [one.claim.id for one in camp.spoken]) for camp in injured.camps] == [
        ("A", ["post-3"]),
        ("B", ["coast-1", "bulletin-1"]),
    ]


def test_an_id_does_not_change_when_the_words_move():
    moved = POST.model_copy(update={"text": "New first line.\n" + POST.text})
    claims = tuple(
        one.model_copy(
            update={
                "quotes": tuple(
                    q.model_copy(update={"start": q.start + 16, "end": q.end + 16}) for q in one.quotes
                )
            }
        )
        if one.article == "post"
        else one
        for one in CLAIMS
    )
    articles = tuple(moved if one.id == "post" else one for one in complete().articles)

    before, after = (
        overview(report) for report in (complete(), report_of(claims, VERDICTS, articles=articles))
    )

    assert [one.id for one in before.findings] == [one.id for one in after.findings]


def test_an_article_that_joins_does_not_change_the_id_of_a_conflict_it_is_not_in():
    fewer = tuple(one for one in VERDICTS if one.a != "bulletin-1")
    with_one, with_two = (
        overview(report).of(Kind.CONFLICT) for report in (report_of(CLAIMS, fewer), complete())
    )

    assert {one.id for one in with_one} == {one.id for one in with_two}


def test_two_findings_of_the_same_words_have_two_ids():
    report = many_conflicts(2)
    twins = tuple(
        one.model_copy(update={"quotes": report.claims[0].quotes}) if one.article == "a" else one
        for one in report.claims
    )
    alone = tuple(one for one in twins if one.article == "a")

    ids = [one.id for one in overview(report_of(alone, (), articles=report.articles)).findings]

    assert ids == [ids[0], f"{ids[0]}-2"]


def test_what_is_accepted_says_why():
    name = overview(complete()).findings[0].id
    report = complete().model_copy(update={"accepted": {name: "checked by the desk"}})

    assert overview(report).findings[0].accepted == "checked by the desk"
    assert overview(report).findings[1].accepted is None


def test_a_draft_is_the_first_column():
    assert overview(drafted()).chapters[0].is_draft
    assert overview(drafted()).chapters[0].article.id == "coast"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        # coast-1 against post-3; coast-4 against post-4; coast-5 against post-6
        ("12 / 14", Kind.CONFLICT),
        ("steering", Kind.CONFLICT),
        ("fairway", Kind.CONFLICT),
        # in post and in bulletin, not in coast
        ("212 people", Kind.MISSING),
        # in coast and in post
        ("ran aground", Kind.SUPPORTED),
        # in coast alone
        ("tug", Kind.UNSUPPORTED),
        # in one of two sources
        ("40 cars", Kind.SOURCES),
        ("Divers", Kind.SOURCES),
    ],
)
def test_a_fact_is_what_it_is_to_the_draft(words, kind):
    assert titled(drafted(), words).kind == kind


def test_with_one_source_all_that_the_draft_leaves_out_is_missing():
    two = tuple(one for one in complete().articles if one.id != "bulletin")
    claims = tuple(one for one in CLAIMS if one.article != "bulletin")
    verdicts = tuple(one for one in VERDICTS if "bulletin" not in one.a)

    found = titled(report_of(claims, verdicts, articles=two, drafts=("coast",)), "40 cars")

    assert found.kind == Kind.MISSING


def test_a_conflict_among_sources_is_no_conflict_of_the_draft():
    report = report_of(CLAIMS, VERDICTS, drafts=("bulletin",))

    assert titled(report, "steering").kind == Kind.SOURCES


def test_a_draft_that_agrees_with_one_of_two_sources_that_differ_is_supported():
    # bulletin-1 agrees with coast-1, which conflicts with post-3.
    report = report_of(CLAIMS, VERDICTS, drafts=("bulletin",))

    assert titled(report, "12 / 14").kind == Kind.SUPPORTED


def test_what_a_gap_leaves_open_in_a_draft_is_not_judged():
    report = report_of(CLAIMS, VERDICTS, sample().failures, drafts=("coast",))

    assert titled(report, "tug").kind == Kind.NOT_JUDGED


def test_the_draft_is_the_first_of_two_that_differ():
    first = titled(drafted(), "fairway").differences[0]

    assert (first.a.article.id, first.differs) == ("coast", ("Friday", "Wednesday"))


def against_both():
    """The bulletin, which has no date, as a draft that contradicts both sources, which contradict each other."""
    own = tuple(
        VERDICTS[2].model_copy(update={"a": "bulletin-1", "b": name}) for name in ("coast-1", "post-3")
    )
    return report_of(CLAIMS, (VERDICTS[2], *own), drafts=("bulletin",))


def test_a_conflict_of_a_draft_has_no_hint_that_belongs_to_two_sources():
    # The Harbour Post and Coast News are a day apart; the draft has no date, so nothing updates it.
    (conflict,) = [one for one in overview(against_both()).findings if one.kind == Kind.CONFLICT]

    assert "update" not in [hint.kind for hint in conflict.hints]
    assert conflict.hints


def test_what_the_sources_alone_disagree_on_keeps_its_hints():
    report = report_of(CLAIMS, (VERDICTS[2],), drafts=("bulletin",))
    (found,) = [one for one in overview(report).findings if one.differences]

    assert (found.kind, [hint.kind for hint in found.hints]) == (Kind.SOURCES, ["update", "speaker"])


def test_the_differences_of_a_draft_come_before_those_of_its_sources():
    (conflict,) = [one for one in overview(against_both()).findings if one.kind == Kind.CONFLICT]

    assert [one.a.article.id for one in conflict.differences] == ["bulletin", "bulletin", "post"]


def test_no_articles_no_findings():
    assert kinds(report_of((), ())) == []


def test_a_conflict_tells_the_value_of_each_side_that_it_names():
    injured = overview(complete()).findings[0]

    # post says 12, coast 14; bulletin agrees with coast, and no conflict names its value.
    assert [injured.value(side) for side in injured.sides] == ["12", "14", None]


def test_an_agreement_has_no_values():
    agreement = overview(complete()).of(Kind.AGREEMENT)[0]

    assert [agreement.value(side) for side in agreement.sides] == [None, None]


def test_a_source_that_carries_the_text_of_the_draft_is_no_independent_text():
    twin = complete().articles[0].model_copy(update={"id": "twin", "path": "ferry/twin.txt"})
    report = report_of(CLAIMS, VERDICTS, articles=(*complete().articles, twin), drafts=("post",))

    # coast and bulletin support "ran aground" or tell the injured; the twin of the draft counts for nothing.
    assert titled(report, "ran aground").n_texts == 1


def test_a_claim_that_is_on_neither_side_has_no_letter_in_any_format():
    # The bulletin agrees with both who contradict each other about the injured.
    both = VERDICTS[3].model_copy(update={"a": "bulletin-1", "b": "post-3"})
    report = report_of(CLAIMS, (*VERDICTS, both))
    told = json.loads(jsonl.render(report).split("\n")[0])
    finding = overview(report).findings[0]

    assert [camp.letter for camp in finding.camps] == ["A", "B"]
    assert [value["claims"][0]["camp"] for value in told["values"]] == ["A", "B", None]
    assert "**13** ● · ferry/bulletins.json" in markdown.render(report)
    assert "\n- ferry/bulletins.json" in detail.detail(report, finding)
