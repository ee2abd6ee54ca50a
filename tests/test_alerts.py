"""What the formats for build servers and editors share."""

from dataclasses import replace

import pytest
from sample_report import CLAIMS, VERDICTS, claim, complete, drafted, hostile, report_of, sample

from checker.report import github, junit, sarif
from checker.report.alerts import alerts, differing, failed, hinted, quoted, teller, troubles
from checker.report.findings import Kind
from checker.report.gate import ALARMS
from checker.schema import Article, Aspect, Label, Verdict


def disputed(number, reason):
    """One fact of which each of *number* claims contradicts each of as many others, for a *reason*."""
    articles = tuple(
        Article(id=name, path=f"{name}.txt", format="text", text="It was so.", language="en") for name in "ab"
    )
    claims = tuple(claim(one, i, f"{i} of {one.id}.", one.text) for one in articles for i in range(number))
    verdicts = tuple(
        Verdict(
            a=f"a-{i}", b=f"b-{j}", label=Label.CONFLICTING, aspect=Aspect.OTHER, reason=f"{i} {j} {reason}"
        )
        for i in range(number)
        for j in range(number)
    )
    return report_of(claims, verdicts, articles=articles)


def test_the_two_that_contradict_each_other_come_first():
    first = alerts(sample(), *ALARMS)[0]

    assert [one.claim.id for one in (first.first, *first.others)] == ["post-3", "coast-1", "bulletin-1"]


def test_a_draft_comes_before_its_sources():
    assert {one.first.article.id for one in alerts(drafted(), Kind.CONFLICT, Kind.UNSUPPORTED)} == {"coast"}


def test_a_claim_of_a_draft_that_is_in_the_conflict_comes_before_one_that_is_not():
    # coast-4 and coast-3 agree here, so coast has two claims of the fact; only coast-4 is in the conflict.
    more = VERDICTS[0].model_copy(
        update={
            "a": "bulletin-2",
            "b": "coast-3",
            "label": "agreeing",
            "aspect": None,
            "between": None,
            "differs": None,
        }
    )
    also = more.model_copy(update={"b": "post-4"})
    report = report_of(CLAIMS, (*VERDICTS, more, also), drafts=("coast",))
    (found,) = [
        one for one in alerts(report, Kind.CONFLICT) if "coast-3" in {s.claim.id for s in one.finding.spoken}
    ]

    assert found.first.claim.id == "coast-4"


def test_what_was_accepted_is_no_alert():
    name = alerts(complete(), *ALARMS)[0].finding.id
    report = report_of(CLAIMS, VERDICTS, accepted={name: "known"})

    assert [one.finding.number for one in alerts(report, *ALARMS)] == [2, 3]


def test_a_difference_is_told_in_one_line():
    lines = [line for one in alerts(sample(), *ALARMS) for line in differing(one.finding)]

    assert (
        lines[0] == "12 / 14 (quantity, between the articles) · Both count the injured of the same accident."
    )
    assert lines[2] == "Wednesday / Friday (time, between the articles)"


def test_twenty_differences_are_told_and_the_rest_counted():
    # 5 claims against 5: 25 pairs.
    lines = list(differing(alerts(disputed(5, "no"), *ALARMS)[0].finding))

    assert lines[19] == "(other) · 3 4 no"
    assert lines[20:] == ["and 5 more differences"]


def test_a_long_reason_is_cut():
    (line,) = differing(alerts(disputed(1, "word " * 1000), *ALARMS)[0].finding)

    assert len(line) <= len("(other) · ") + 300


def test_twenty_hints_are_told_and_the_rest_counted():
    finding = alerts(complete(), *ALARMS)[0].finding
    long = replace(finding.hints[0], text="word " * 1000)

    lines = list(hinted(replace(finding, hints=(long,) * 21)))

    assert (len(lines), max(map(len, lines)), lines[-1]) == (21, 300, "and 1 more hint")


@pytest.mark.parametrize("form", [github, sarif, junit])
def test_no_message_grows_with_the_pairs_of_a_fact(form):
    # 42 claims against 42: 1,764 pairs with reasons of 1,000 characters.
    text = form.render(disputed(42, "x" * 1000))

    assert "and 1,744 more differences" in text
    assert len(text) < 60_000


def test_a_claim_is_told_with_its_date_and_its_speaker():
    first = alerts(sample(), *ALARMS)[0]

    assert teller(first.first) == "2031-05-04 18:40, the coast guard"
    assert quoted(first.others[0]) == "“14 hurt on stranded ferry” … “Fourteen people were injured”"
    assert [teller(one) for one in first.others] == ["2031-05-05", "the hospital"]


def test_a_step_without_an_answer_is_told_after_the_sum():
    assert troubles(sample()) == (
        "Not complete: 1 step gave no answer; not judged: 3 facts, 3 claims, 4 pairs of claims",
        (
            "The step judge gave no answer for ferry/bulletins.json, ferry/coast-news.html "
            "(4 pairs of claims): the endpoint answered 503 four times in 62 s"
        ),
    )
    assert failed(sample()) == troubles(sample())[1:]


def test_a_complete_report_has_no_troubles():
    assert troubles(complete()) == ()


def test_all_words_are_one_harmless_line():
    report = hostile()
    texts = [
        *troubles(report),
        *(line for one in alerts(report, *ALARMS) for line in differing(one.finding)),
    ]
    texts += [quoted(one.first) + teller(one.first) for one in alerts(report, *ALARMS)]

    for text in texts:
        assert text.isprintable()
