"""Whatever a report holds, each format stays what it is, and the findings leave nothing out."""

import csv
import io
import json
from collections import Counter
from dataclasses import fields

import pytest
from any_report import reports
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_report import report_of
from schemas import junit_errors, sarif_errors
from test_html import ATTRIBUTES, TAGS, Page

from checker.report import Format, printable, render
from checker.report.overview import overview
from checker.report.result import parse
from checker.report.rows import Row
from checker.report.table import guarded
from checker.report.template import shelf

NOT_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
anything = settings(max_examples=16, deadline=None, derandomize=True, suppress_health_check=NOT_SLOW)
# A page takes as long as all the others together.
any_page = settings(anything, max_examples=8)
SHORT = [form for form in printable() if form != Format.HTML]


@pytest.mark.parametrize("form", SHORT)
@anything
@given(report=reports())
def test_a_report_read_back_gives_the_same_text(form, report):
    assert render(parse(render(report, Format.JSON)), form) == render(report, form)


@pytest.mark.parametrize("form", SHORT)
@anything
@given(report=reports())
def test_a_text_can_be_written_as_utf_8_and_ends_with_one_line_break(form, report):
    text = render(report, form)

    assert text.encode().decode() == text
    assert text == "" or text[-1:] == "\n" != text[-2:-1]


@anything
@given(reports())
def test_a_report_read_back_is_the_same_report(report):
    assert parse(render(report, Format.JSON)) == report


@any_page
@given(reports())
def test_a_report_read_back_gives_the_same_page(report):
    assert render(parse(render(report, Format.JSON)), Format.HTML) == render(report, Format.HTML)


@any_page
@given(reports())
def test_a_page_has_our_script_and_our_elements_and_no_others(report):
    found = Page(render(report, Format.HTML))

    assert found.text("script") == [shelf("page.js")]
    assert {element[0] for element in found.elements} <= set(TAGS.split())
    assert {name for element in found.elements for name in element[1]} <= set(ATTRIBUTES.split())
    assert found.comments == []


@anything
@given(reports())
def test_a_table_has_one_row_a_claim_and_no_formula(report):
    text = render(report, Format.CSV).removeprefix("\ufeff")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)

    assert header == [field.name for field in fields(Row)]
    assert len(rows) == len(report.claims)
    for row in rows:
        assert len(row) == len(header)
        assert all(cell.startswith("'") or guarded(cell) == cell for cell in row)


@anything
@given(reports())
def test_json_lines_are_one_object_a_finding(report):
    lines = [json.loads(line) for line in render(report, Format.JSONL).splitlines()]

    assert [line["id"] for line in lines] == [one.id for one in overview(report).findings]


@anything
@given(reports())
def test_a_sarif_log_fits_its_schema(report):
    assert sarif_errors(render(report, Format.SARIF)) == []


@anything
@given(reports())
def test_a_junit_report_fits_its_schema(report):
    assert junit_errors(render(report, Format.JUNIT)) == []


@anything
@given(reports())
def test_markdown_fits_a_comment(report):
    assert len(render(report, Format.MARKDOWN).encode()) <= 60_000


@pytest.mark.parametrize("form", [Format.TEXT, Format.LINE, Format.GITHUB, Format.MARKDOWN])
@anything
@given(report=reports())
def test_nothing_steers_what_a_terminal_shows(form, report):
    assert not set(render(report, form)) & set("\x00\x1b\x85\x9b\u202e\u2066\ufeff\U000e0041\u2028")


@anything
@given(reports())
def test_every_fact_is_one_finding(report):
    found = [one.fact.id for one in overview(report).findings]

    assert sorted(found) == sorted(fact.id for fact in report.facts)


@anything
@given(reports())
def test_every_claim_is_in_exactly_one_finding(report):
    counted = Counter(spoken.claim.id for one in overview(report).findings for spoken in one.spoken)

    assert counted == {claim.id: 1 for claim in report.claims}


@anything
@given(reports())
def test_every_claim_is_in_exactly_one_chapter(report):
    counted = Counter(spoken.claim.id for one in overview(report).chapters for spoken in one.spoken)

    assert counted == {claim.id: 1 for claim in report.claims}


@anything
@given(reports())
def test_no_two_findings_have_one_id(report):
    counted = Counter(one.id for one in overview(report).findings)

    assert set(counted.values()) <= {1}


@anything
@given(reports(), st.randoms(use_true_random=False))
def test_the_order_of_the_verdicts_decides_only_the_order_of_the_differences(report, random):
    mixed = random.sample(report.verdicts, len(report.verdicts))

    assert _gist(_with(report, mixed)) == _gist(report)


@anything
@given(reports())
def test_the_sides_of_a_verdict_can_be_swapped(report):
    swapped = [
        one.model_copy(update={"a": one.b, "b": one.a, "differs": one.differs and one.differs[::-1]})
        for one in report.verdicts
    ]

    assert _gist(_with(report, swapped)) == _gist(report)


def _with(report, verdicts):
    return report_of(
        report.claims,
        tuple(verdicts),
        report.failures,
        report.articles,
        drafts=report.drafts,
        accepted=report.accepted,
    )


def _gist(report):
    """What must not hang on the order of the verdicts."""
    return [
        (
            one.id,
            one.number,
            one.kind,
            one.fact,
            one.sides,
            one.camps,
            one.accepted,
            one.n_texts,
            set(one.hints),
        )
        for one in overview(report).findings
    ]
