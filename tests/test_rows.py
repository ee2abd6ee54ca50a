"""The rows that CSV and data frames share."""

from sample_report import CLAIMS, VERDICTS, drafted, report_of, sample

from checker.report.rows import rows


def of_claim(report, claim):
    (row,) = [one for one in rows(report) if one.claim.startswith(claim)]
    return row


def test_every_claim_has_one_row():
    assert sorted(row.claim for row in rows(sample())) == sorted(claim.text for claim in sample().claims)


def test_a_row_gives_its_own_value_first():
    # The verdict says 14 of coast-1 and 12 of post-3.
    assert of_claim(sample(), "The coast guard").differs == "12 / 14"
    assert of_claim(sample(), "Fourteen people").differs == "14 / 12"
    assert of_claim(sample(), "Fourteen people").value == "14"


def test_a_claim_without_a_conflict_of_its_own_has_no_value():
    row = of_claim(sample(), "The hospital said")

    assert (row.value, row.differs, row.reason, row.aspects) == (None, None, None, None)
    assert (row.kind, row.camp, row.n_texts) == ("conflict", "B", 3)


def test_a_place_is_a_line_of_a_text_or_a_record_of_a_json_file():
    # The sentence about the twelve stands in the fourth line.
    assert of_claim(sample(), "The coast guard").line == 4
    assert of_claim(sample(), "Fourteen people").line is None
    assert (of_claim(sample(), "Divers").record, of_claim(sample(), "Divers").line) == (2, None)


def test_several_quotes_stand_one_after_another():
    assert of_claim(sample(), "Fourteen").quotes == "14 hurt on stranded ferry … Fourteen people were injured"


def test_a_draft_is_told_from_its_sources():
    assert {row.path for row in rows(drafted()) if row.draft} == {"ferry/coast-news.html"}
    assert not any(row.draft for row in rows(sample()))


def test_what_is_not_judged_has_no_label():
    row = of_claim(sample(), "Divers")

    assert (row.kind, row.label) == ("not_judged", None)


def test_what_was_accepted_keeps_its_row_and_tells_why():
    name = next(iter(rows(sample()))).finding
    report = report_of(CLAIMS, VERDICTS, accepted={name: "two counts, both printed"})

    assert of_claim(report, "Fourteen").accepted == "two counts, both printed"
    assert of_claim(report, "The eastern fairway is closed until Friday").accepted is None
