"""What people call a finding leads to it, or to an error that helps."""

import pytest
from sample_report import complete

from checker.errors import InputError
from checker.report.findings import Overview
from checker.report.overview import overview
from checker.report.pick import pick

VIEW = overview(complete())
SECOND = VIEW.findings[1]


@pytest.mark.parametrize("name", ["F2", "f2", "2", "02", SECOND.id, SECOND.id[:4]])
def test_a_number_an_id_or_its_beginning_will_do(name):
    assert pick(VIEW, name) == SECOND


def renamed(*names):
    """The view, its first findings under other ids."""
    found = [type(one)(**{**vars(one), "id": name}) for one, name in zip(VIEW.findings, names, strict=False)]
    return Overview((*found, *VIEW.findings[len(found) :]), VIEW.chapters, VIEW.texts)


def test_an_id_comes_before_a_number():
    assert pick(renamed("x", "y", "1"), "1").number == 3


def test_a_beginning_of_several_ids_names_them():
    with pytest.raises(InputError, match=r"F1 \(abcd0\), F2 \(abcd1\) .* more of the id"):
        pick(renamed("abcd0", "abcd1"), "abcd")


def test_an_id_that_is_nearly_one_gets_a_guess():
    wrong = SECOND.id[:5] + "z" + SECOND.id[6:]

    with pytest.raises(InputError, match=rf"did you mean F2 \({SECOND.id}\)"):
        pick(VIEW, wrong)


@pytest.mark.parametrize("name", ["F99", "", "0", "F", "-1", "zz", SECOND.id[:3], "9" * 5000])
def test_what_means_nothing_is_told_what_there_is(name):
    with pytest.raises(InputError, match=f"F1 to F{len(VIEW.findings)}"):
        pick(VIEW, name)


def test_a_report_without_findings_says_so():
    with pytest.raises(InputError, match="the report has none"):
        pick(Overview((), (), VIEW.texts), "1")
