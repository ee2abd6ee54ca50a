"""The summary at the end of a run."""

import re

import pytest
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
)

from checker.report.overview import overview
from checker.report.paper import Paper, columns
from checker.report.terminal import render, summary
from checker.schema import Article, Aspect, Coverage, Failure, Label, Usage, Verdict

DASH = "\N{EN DASH}"
FILES = ("out/result.json", "out/report.html")
EVERY = [sample, complete, builtin, calm, hostile, lambda: many_conflicts(30)]


def failed(number):
    """The sample with *number* failures."""
    errors = tuple(Failure(step="extract", articles=("coast",), error=f"error {i}") for i in range(number))
    return sample().model_copy(update={"failures": errors})


def without_notes(report):
    return report.model_copy(update={"run": report.run.model_copy(update={"notes": ()})})


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
def test_the_summary_is_at_most_24_lines_and_has_no_escape_codes(make, width):
    text = summary(make(), files=FILES, paper=Paper(width))

    assert len(text.splitlines()) <= 24
    assert re.sub(r"\n", "", text).isprintable()


@pytest.mark.parametrize("make", EVERY)
def test_colour_adds_escape_codes_to_our_own_words_and_nothing_else(make):
    plain, coloured = summary(make()), summary(make(), paper=Paper(colour=True))
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
    text = summary(complete(), paper=Paper(160))

    block = """
CONFLICT  F2 polarity  The steering of the Margarethe …
  ferry/harbour-post.txt:6  2031-05-04 18:40  Ines Holt  “"The steering failed without warning," captain Ines Holt told reporters”
  ferry/coast-news.html     2031-05-05        Oda Lien   “The steering worked, she said.”
  differs: failed / worked · different speaker: Ines Holt / Oda Lien
"""
    assert block in text


def test_a_conflict_without_values_says_why():
    verdicts = (VERDICTS[0].model_copy(update={"differs": None}),)

    text = summary(report_of(CLAIMS, verdicts), paper=Paper(160))

    assert "  why: The captain and the union contradict each other about the steering. · diff" in text


def test_a_tiny_price_is_not_nothing():
    run = complete().run.model_copy(update={"usage": (Usage(stage="judge", calls=1, cost=0.00001),)})

    assert "under $0.0001" in summary(complete().model_copy(update={"run": run}))


def test_the_conflict_of_more_articles_comes_first():
    titles = re.findall(r"CONFLICT +(F\d \w+)", summary(complete(), paper=Paper(160)))

    # The injured are a conflict of three articles; the other two, of two, keep their order.
    assert titles == ["F1 quantity", "F2 polarity", "F3 time"]


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
    text = summary(many_conflicts(11), files=FILES)

    # 24 lines: 4 of the answer, 5 for each of two conflicts, 1 for those left, usage, 2 of what was measured,
    # the next step, the files: 20. A third conflict would be one too many.
    assert text.count("CONFLICT") == 2
    assert "… 9 more in out/report.html" in text


def test_without_a_file_the_rest_is_asked_for():
    assert "… 8 more in the whole report: -o report.html" in summary(many_conflicts(11))


def test_no_conflict_is_said_and_counted():
    text = summary(calm())

    assert text.startswith("No conflict found, 3 agree, 9 are in one article only.\n")
    assert "0 conflicting" in text
    assert "CONFLICT" not in text


def test_a_broken_step_is_never_no_conflict():
    claims = tuple(one for one in CLAIMS if one.article != "coast")
    broken = Failure(step="extract", articles=("coast",), error="the reply was cut")

    text = summary(report_of(claims, (), (broken,)))

    assert text.startswith("No conflict found in what was judged, 9 are not judged.")
    assert "NOT COMPLETE: 1 step gave no answer; not judged: 9 facts, 9 claims" in text


def test_a_failure_is_shown_with_its_error_and_the_way_to_finish():
    text = summary(sample(), paper=Paper(160))

    assert (
        "  judge: bulletins.json, coast-news.html (4 pairs of claims): the endpoint answered 503 four times in 62 s"
        in text
    )
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
    text = summary(without_notes(calm()), paper=Paper(160))

    assert (
        "Asked: 5 calls (1 re-ask), 7,310 tokens in, 2,295 out, price unknown; 1 kept answer (1,500" in text
    )
    assert "\n  extract: 3 calls, 4,210 tokens in, 1,875 out, $0.0123\n" in text
    assert (
        "\n  judge: 2 calls (1 re-ask), 3,100 tokens in, 420 out, price unknown; 1 kept answer (1,500" in text
    )


def test_one_stage_is_told_once():
    run = calm().run.model_copy(update={"usage": (Usage(stage="judge", calls=1, cost=0.5),)})

    text = summary(calm().model_copy(update={"run": run}))

    assert text.count("$0.5000") == 1


def test_many_stages_share_a_line():
    # Ten stages of one call each, none with a price.
    assert "Asked: 10 calls, 0 tokens in, 0 out, price unknown" in summary(crowd())


@pytest.mark.parametrize(
    ("quoted", "total", "words"),
    [(1, 3, "33%"), (1, 500, "under 1%"), (499, 500, "over 99%"), (5, 5, "100%")],
)
def test_a_share_is_all_or_nothing_only_where_it_is_exact(quoted, total, words):
    report = calm().model_copy(update={"coverage": (Coverage(article="post", quoted=quoted, total=total),)})

    assert f"Quoted: {words} of the text." in summary(report)


def test_the_written_files_are_named_and_the_most_readable_is_to_be_opened():
    text = summary(calm(), files=FILES)

    assert "Next: open out/report.html.\n" in text
    assert text.endswith("Written: out/result.json, out/report.html\n")


def test_what_was_not_shown_can_be_shown_from_the_result():
    text = summary(many_conflicts(11), files=("out/report.html", "my out/result.json"))

    assert "Next: checker show 'my out/result.json'\n" in text


@pytest.mark.parametrize("files", [("r2.xml",), ("r2.sarif", "r2.csv"), ("r2.jsonl",)])
def test_a_file_that_nobody_reads_is_not_to_be_opened(files):
    text = summary(many_conflicts(11), files=files)

    assert "Next: see every claim with its quotes: the same command with -o report.html.\n" in text
    assert "more in the whole report: -o report.html" in text


def test_beside_a_file_that_nobody_reads_the_result_is_to_be_shown():
    assert "Next: checker show r.json\n" in summary(calm(), files=("r2.xml", "r.json"))
    assert "more with checker show r.json\n" in summary(many_conflicts(11), files=("r2.xml", "r.json"))


def test_a_text_file_can_be_read():
    assert "Next: open r.txt.\n" in summary(calm(), files=("r.xml", "r.txt"))


@pytest.mark.parametrize("make", [*EVERY, crowd, drafted])
@pytest.mark.parametrize("size", [(60, 20), (80, 20), (80, 8), (100, 24)])
def test_no_line_is_wider_than_the_screen_and_the_files_are_counted(make, size):
    files = tuple(f"{'long-' * 12}{number}/report.html" for number in range(9))

    lines = summary(make(), files=files, paper=Paper(*size)).splitlines()

    assert max(map(columns, lines)) <= size[0]
    assert len(lines) <= size[1]


@pytest.mark.parametrize("words", ["::error::x ", "##[error]x "])
@pytest.mark.parametrize("drafts", [(), ("a",)])
def test_no_line_is_a_command_to_a_build_server(words, drafts):
    report = many_conflicts(3)
    named = tuple(one.model_copy(update={"path": words + one.path}) for one in report.articles)
    report = report.model_copy(update={"articles": named, "drafts": drafts})

    text = summary(report, files=(words * 30,), paper=Paper(60))

    assert not [line for line in text.splitlines() if line.lstrip().startswith(("::", "##["))]


def test_what_was_measured_stands_before_the_next_step():
    lines = summary(calm(), paper=Paper(200)).splitlines()

    assert lines[-2].startswith("Measured with another model (stand-in); this one was not measured: on 11 ")
    assert lines[-1].startswith("Next: ")


def test_what_was_accepted_is_counted_and_not_shown():
    name = overview(complete()).findings[0].id

    text = summary(complete().model_copy(update={"accepted": {name: "both are right"}}), paper=Paper(160))

    assert "1 accepted before" in text
    assert re.findall(r"CONFLICT +(F\d)", text) == ["F2", "F3"]


def test_fewer_independent_texts_than_articles_are_told():
    twin = POST.model_copy(update={"id": "twin", "path": "twin.txt"})
    claims = (*CLAIMS, CLAIMS[5].model_copy(update={"id": "twin-6", "article": "twin"}))
    verdicts = (VERDICTS[1], VERDICTS[1].model_copy(update={"b": "twin-6"}))

    text = summary(report_of(claims, verdicts, articles=(*complete().articles, twin)))

    assert "3 articles, 2 independent texts" in text


def test_a_draft_is_told_by_its_own_lines_worst_first():
    lines = summary(drafted(), paper=Paper(160)).splitlines()
    told = [line for line in lines if re.search(r"  F\d  ", line)]

    assert [line.split()[1:3] for line in told] == [
        ["conflict", "F1"],
        ["conflict", "F2"],
        ["conflict", "F3"],
        ["unsupported", "F4"],
        ["unsupported", "F5"],
        ["missing", "F6"],
    ]
    assert told[0] == (
        f"ferry/coast-news.html  conflict     F1  “14 hurt on stranded ferry” {DASH} sources: "
        "“Twelve people were injured, the coast guard said.” (ferry/harbour-post.txt:4)"
    )
    assert told[4].endswith(
        f"“A tug from Nordhavn reached the ship within the hour.” {DASH} in none of 2 sources"
    )
    assert told[5].endswith(f"“with 212 people on board” {DASH} in every source (2), not in the draft")


def test_what_is_missing_is_in_none_of_two_drafts():
    report = report_of(CLAIMS, VERDICTS, drafts=("bulletin", "coast"))

    # One source, the post, alone has that 40 cars were aboard.
    assert f"40 cars” {DASH} in every source (1), not in the drafts" in summary(report, paper=Paper(160))


def test_a_source_whose_quote_does_not_fit_beside_the_draft_has_a_line_of_its_own():
    text = summary(drafted())

    assert (
        "conflict     F1  “14 hurt on stranded ferry”\n  sources: “Twelve people were injured, the coast"
        in text
    )


@pytest.mark.parametrize("make", [*EVERY, crowd, drafted])
@pytest.mark.parametrize("height", [1, 5, 10, 15, 23])
def test_a_smaller_screen_is_never_run_over(make, height):
    lines = summary(make(), files=FILES, paper=Paper(height=height)).splitlines()

    assert len(lines) <= height


def test_the_first_finding_outlives_what_the_run_used():
    text = summary(many_conflicts(11), paper=Paper(height=9))

    assert "CONFLICT  F1" in text
    assert "Asked" not in text


def test_for_a_second_finding_the_counts_of_pairs_go():
    # The answer, the engine, 5 for each of two conflicts, those left, usage, 2 of what was measured, the next
    # step: 17. The pairs would be one too many.
    text = summary(many_conflicts(11), paper=Paper(height=17))

    assert text.count("CONFLICT") == 2
    assert "pairs of claims" not in text


def test_for_a_third_finding_nothing_of_weight_goes():
    text = summary(many_conflicts(11), paper=Paper(height=22))

    assert text.count("CONFLICT") == 2
    assert "pairs of claims" in text


def test_wide_characters_fill_two_columns():
    one, two = (
        Article(id=name, path=f"{name}.txt", format="text", text="大雨で十四人が負傷した" * 20)
        for name in "ab"
    )
    claims = (claim(one, 1, "14", one.text), claim(two, 1, "12", two.text))
    verdict = Verdict(a="a-1", b="b-1", label=Label.CONFLICTING, differs=("14", "12"))

    text = summary(report_of(claims, (verdict,), articles=(one, two)), paper=Paper(80))
    quotes = [line for line in text.splitlines() if "“" in line]

    # 6 of the indent, 2 for the marks, 1 for the ellipsis, and 35 characters of two columns: 79.
    assert [len(line) for line in quotes] == [44, 44]


def test_a_long_path_keeps_its_end():
    assert re.search(r"^  …\S*/n0\.txt:1  no date$", summary(crowd(), paper=Paper(60)), re.MULTILINE)


def test_without_files_the_next_step_is_to_write_one():
    assert summary(complete()).endswith("the same command with -o report.html.\n")


def test_a_text_file_holds_the_plain_summary():
    assert render(sample()) == summary(sample())
