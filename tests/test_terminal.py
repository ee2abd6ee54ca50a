"""The summary at the end of a run."""

import re

import pytest
from sample_report import (
    CLAIMS,
    VERDICTS,
    builtin,
    calm,
    claim,
    complete,
    hostile,
    many_conflicts,
    report_of,
    sample,
)

from checker.report.terminal import render, summary
from checker.schema import Article, Aspect, Coverage, Failure, Label, Usage, Verdict

FILES = ("out/result.json", "out/report.html")
EVERY = [sample, complete, builtin, calm, hostile, lambda: many_conflicts(30)]


def failed(number):
    """The sample with *number* failures."""
    errors = tuple(Failure(step="extract", articles=("coast",), error=f"error {i}") for i in range(number))
    return sample().model_copy(update={"failures": errors})


def crowd():
    """One conflict among nine articles, 30 failures and ten stages: nothing of it may run over."""
    articles = tuple(
        Article(id=f"n{i}", path=f"{'deep/' * 30}n{i}.txt", format="text", text=f"{i} people.")
        for i in range(9)
    )
    claims = tuple(claim(article, 1, article.text, article.text) for article in articles)
    verdicts = tuple(
        Verdict(a="n0-1", b=f"n{i}-1", label=Label.CONFLICTING, aspect=Aspect.QUANTITY, differs=("0", str(i)))
        for i in range(1, 9)
    )
    failures = tuple(Failure(step="extract", articles=("n1",), error="gone " * 100) for _ in range(30))
    report = report_of(claims, verdicts, failures, articles)
    usage = tuple(Usage(stage=f"stage {i}", calls=1) for i in range(10))
    return report.model_copy(update={"run": report.run.model_copy(update={"usage": usage})})


@pytest.mark.parametrize("make", [*EVERY, crowd, lambda: failed(9)])
@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_the_summary_is_at_most_25_lines_and_has_no_escape_codes(make, width):
    text = summary(make(), files=FILES, width=width)

    assert len(text.splitlines()) <= 25
    assert re.sub(r"\n", "", text).isprintable()


@pytest.mark.parametrize("make", EVERY)
def test_colour_adds_escape_codes_to_our_own_words_and_nothing_else(make):
    plain, coloured = summary(make()), summary(make(), colour=True)
    words = "".join(re.findall(r"\x1b\[(?:1|1;31)m(.*?)\x1b\[0m", coloured))

    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert re.fullmatch(r"[\w ,.]+", words)
    assert "script" not in words


def test_equal_reports_give_equal_summaries():
    assert summary(sample(), files=FILES) == summary(sample(), files=FILES)


def test_the_answer_comes_first():
    lines = summary(complete()).splitlines()

    assert lines[0] == "3 facts conflict, 2 agree, 4 are in one article only."
    # 6 + 6 + 3 claims; 6*6 + 6*3 + 6*3 = 72 pairs, of which 3 conflict and 3 agree.
    assert lines[1] == "3 articles, 15 claims, 72 pairs of claims: 3 conflicting, 3 agreeing, 66 neither."


def test_the_built_in_engine_is_named_as_no_model():
    text = summary(builtin())

    assert "built-in engine, for English; no language model was used: a rough" in text
    assert "Next: name a language model for a real judgement: --model NAME." in text


def test_a_model_is_named():
    assert "Read by the model example-model-9." in summary(complete())


def test_a_conflict_shows_each_side_with_place_date_speaker_and_quote():
    text = summary(complete(), width=160)

    block = """
CONFLICT  polarity     The steering of the Margarethe …
  ferry/harbour-post.txt:6  2031-05-04 18:40  Ines Holt
      “"The steering failed without warning," captain Ines Holt told reporters”
  ferry/coast-news.html  2031-05-05  Oda Lien
      “The steering worked, she said.”
  differs: failed / worked · between the people they quote
"""
    assert block in text


def test_a_conflict_without_values_says_why():
    verdicts = (VERDICTS[0].model_copy(update={"differs": None}),)

    text = summary(report_of(CLAIMS, verdicts))

    assert (
        "  why: The captain and the union contradict each other about the steering. · between the people"
        in text
    )


def test_a_tiny_price_is_not_nothing():
    run = complete().run.model_copy(update={"usage": (Usage(stage="judge", calls=1, cost=0.00001),)})

    assert "under $0.0001" in summary(complete().model_copy(update={"run": run}))


def test_the_conflict_of_more_articles_comes_first():
    titles = re.findall(r"CONFLICT +(\w+)", summary(complete()))

    # The injured are a conflict of three articles; the other two, of two, keep their order,
    # and there is room for two.
    assert titles == ["quantity", "polarity"]


def test_the_two_sides_that_contradict_each_other_are_shown_first():
    texts = {"a": "12 people.", "b": "Twelve people.", "c": "A dozen people.", "d": "13 people."}
    articles = tuple(Article(id=n, path=f"{n}.txt", format="text", text=text) for n, text in texts.items())
    claims = tuple(claim(article, 1, article.text, article.text) for article in articles)
    verdicts = (
        Verdict(a="a-1", b="b-1", label=Label.AGREEING),
        Verdict(a="a-1", b="c-1", label=Label.AGREEING),
        Verdict(a="a-1", b="d-1", label=Label.CONFLICTING, differs=("12", "13")),
    )

    text = summary(report_of(claims, verdicts, articles=articles))

    assert re.findall(r"^  (\w)\.txt", text, re.MULTILINE) == ["a", "d"]
    assert "differs: 12 / 13 · and 2 more articles" in text


def test_conflicts_that_do_not_fit_are_counted():
    text = summary(many_conflicts(11), files=FILES, conflicts=2)

    assert text.count("CONFLICT") == 2
    assert "… 9 more in out/report.html" in text


def test_without_a_file_the_rest_is_asked_for():
    assert "… 9 more in the whole report: -o report.html" in summary(many_conflicts(11), conflicts=2)


def test_no_conflict_is_said_and_counted():
    text = summary(calm())

    assert text.startswith("No conflict found, 3 agree, 9 are in one article only.\n")
    assert "0 conflicting" in text
    assert "CONFLICT" not in text


def test_a_broken_step_is_never_no_conflict():
    claims = tuple(one for one in CLAIMS if one.article != "coast")
    broken = Failure(step="extract", articles=("coast",), error="the reply was cut")

    text = summary(report_of(claims, (), (broken,)))

    assert text.startswith(
        "No conflict found in what was judged, 0 agree, 0 are in one article only, 9 are not judged"
    )
    assert "NOT COMPLETE: 1 step gave no answer; not judged: 9 facts, 9 claims" in text


def test_a_failure_is_shown_with_its_error_and_the_way_to_finish():
    text = summary(sample(), width=160)

    assert "  judge: bulletins.json, coast-news.html: the endpoint answered 503 four times in 62 s" in text
    assert "Next: run the same command again to finish" in text


def test_three_failures_are_shown_and_the_others_counted():
    text = summary(failed(5))

    assert "error 2" in text
    assert "error 3" not in text
    assert "and 2 more failures" in text


def test_what_was_skipped_and_not_kept_is_counted():
    text = summary(sample())

    assert "Not read: 1 input: ferry/notes.pdf: no reader for .pdf" in text
    assert "1 claim not kept: the article does not hold the quote" in text


def test_usage_has_a_line_for_each_stage_and_says_when_a_price_is_unknown():
    text = summary(sample())

    assert "Asked, extract: 3 calls, 4,210 tokens in, 1,875 out, $0.0123" in text
    assert (
        "Asked, judge: 2 calls (1 re-ask), 3,100 tokens in, 420 out, price unknown; 1 kept answer (1,500"
        in text
    )


def test_many_stages_share_a_line():
    # Ten stages of one call each, none with a price.
    assert "Asked: 10 calls, 0 tokens in, 0 out, price unknown" in summary(crowd())


@pytest.mark.parametrize(
    ("quoted", "total", "words"),
    [(1, 3, "33%"), (1, 500, "under 1%"), (499, 500, "over 99%"), (5, 5, "100%")],
)
def test_a_share_is_all_or_nothing_only_where_it_is_exact(quoted, total, words):
    report = complete().model_copy(
        update={"coverage": (Coverage(article="post", quoted=quoted, total=total),)}
    )

    assert f"Quoted: {words} of the text." in summary(report)


def test_the_written_files_are_named_and_the_most_readable_is_to_be_opened():
    text = summary(complete(), files=FILES)

    assert "Next: open out/report.html.\n" in text
    assert text.endswith("Written: out/result.json, out/report.html\n")


def test_without_files_the_next_step_is_to_write_one():
    assert summary(complete()).endswith("the same command with -o report.html.\n")


def test_a_text_file_holds_the_plain_summary():
    assert render(sample()) == summary(sample())
