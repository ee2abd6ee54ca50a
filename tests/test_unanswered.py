"""What one reply left open is counted and told once, with all its pairs."""

import pytest
from sample_report import CLAIMS, VERDICTS, report_of, sample

from checker.report import Format, render
from checker.report.unanswered import Unanswered, unanswered
from checker.report.words import gaps, subject
from checker.schema import Failure

ERROR = "no JSON came"
OTHER = "the endpoint answered 503"


def failure(a, b, error=ERROR):
    """One pair without a verdict, as a second look leaves it."""
    return Failure(step="verify", articles=("post", "coast"), a=(a,), b=(b,), error=error)


def unread():
    """A reply that was to judge three pairs and could not be used, and another failure of the same articles."""
    pairs = [("post-4", "coast-5"), ("post-4", "coast-6"), ("post-5", "coast-5")]
    return report_of(
        CLAIMS, VERDICTS, (*(failure(a, b) for a, b in pairs), failure("post-5", "coast-6", OTHER))
    )


def test_failures_are_gathered_by_step_articles_and_error():
    assert unanswered(unread()) == (
        Unanswered("verify", ("post", "coast"), ERROR, 3),
        Unanswered("verify", ("post", "coast"), OTHER, 1),
    )


def test_claims_against_claims_are_counted_in_pairs():
    # two claims against two
    assert [one.n_pairs for one in unanswered(sample())] == [4]


def test_the_sum_counts_steps_and_the_result_file_keeps_every_pair():
    assert gaps(unread()).startswith("2 steps gave no answer; ")
    assert unread().counts.failures == 4


def test_a_step_that_compared_nothing_has_no_pairs():
    step = Unanswered("extract", ("post",), ERROR, 0)

    assert subject(step, {"post": "a.txt"}) == "a.txt"


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.HTML, Format.LINE, Format.GITHUB])
def test_the_same_error_is_told_once_with_its_pairs(form):
    text = render(unread(), form)

    assert text.count(ERROR) == 1
    assert "3 pairs of claims" in text
