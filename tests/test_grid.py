"""Each row of the grid says of each article what it gives, or what its silence is."""

from sample_report import CLAIMS, VERDICTS, complete, drafted, report_of, sample

from checker.report.overview import overview
from checker.report.page.grid import grid
from checker.schema import Failure, Label

PLAIN = {"label": Label.AGREEING, "aspect": None, "between": None, "differs": None}


def rows(report):
    return grid(report, overview(report))


def cells(report, words):
    (row,) = [one for one in rows(report) if words in one.finding.fact.title]
    return [(cell.text, cell.camp, cell.width) for cell in row.cells]


def test_a_conflict_shows_the_values_and_the_sides():
    # The bulletin agrees with Coast News, and no conflict names its value: its claim stands there.
    assert cells(complete(), "12 / 14") == [
        ("12", "A", 1),
        ("14", "B", 1),
        ("The hospital said that 14 passengers of the Margarethe were treated for injuries.", "B", 1),
    ]


def test_silence_is_said():
    assert cells(complete(), "fairway")[2] == ("not mentioned", "", 1)


def test_articles_side_by_side_that_are_silent_share_a_cell():
    # In the sample, a gap leaves the tug open: it is of Coast News alone, between two others.
    assert [cell.width for row in rows(sample()) for cell in row.cells if cell.spoken is None] != []
    assert all(sum(cell.width for cell in row.cells) == 3 for row in rows(sample()))


def test_a_pair_without_an_answer_is_no_silence():
    # judge failed between bulletin-2, bulletin-3 and coast-5, coast-6.
    assert cells(sample(), "tug") == [
        ("not mentioned", "", 1),
        ("A tug from Nordhavn reached the Margarethe within the hour.", "", 1),
        ("not judged", "", 1),
    ]


def test_an_article_that_could_not_be_read_is_no_silence():
    failure = Failure(step="extract", articles=("bulletin",), error="cut")
    claims = tuple(one for one in CLAIMS if one.article != "bulletin")
    verdicts = tuple(one for one in VERDICTS if "bulletin" not in one.a)

    assert cells(report_of(claims, verdicts, (failure,)), "fairway")[2] == ("not read", "", 1)


def test_what_one_article_alone_tells_is_no_row():
    assert not [row for row in rows(complete()) if row.finding.fact.label == Label.UNIQUE]


def test_a_draft_has_rows_for_what_is_unsupported_and_missing():
    kinds = {row.finding.kind.value for row in rows(drafted())}

    assert kinds == {"conflict", "unsupported", "missing", "supported"}


def test_the_claim_that_the_conflict_is_about_stands_for_its_article():
    # post-1 and coast-2 agree; a second claim of each in the same fact conflicts.
    verdicts = (
        *VERDICTS,
        VERDICTS[2].model_copy(update={"a": "coast-2", "b": "post-1", **PLAIN}),
        VERDICTS[2].model_copy(update={"a": "coast-2", "b": "post-3", **PLAIN}),
    )

    (row,) = [one for one in rows(report_of(CLAIMS, verdicts)) if "post-1" in str(one.finding.fact.values)]

    assert [cell.text for cell in row.cells[:2]] == ["12", "14"]
    assert [cell.more for cell in row.cells[:2]] == [1, 1]
