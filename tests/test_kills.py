"""kill -9 at six moments; `make soak` does it at a hundred random ones."""

import pytest
from killing import Check, Moment
from thinking import thinking

MOMENTS = [
    (Moment("asked", 1), 1),
    (Moment("delivered", 2), 4),
    (Moment("asked", 4), 4),
    (Moment("delivered", 3), 1),
    (Moment("asked", 2), 1),
    (Moment("delivered", 2), 4),
]


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """An undisturbed check, and one that was killed six times, with what each kill left in halves."""
    place = tmp_path_factory.mktemp("kills")
    with thinking() as endpoint:
        undisturbed = Check(place / "undisturbed", endpoint)
        undisturbed.finish()
        killed, halves = Check(place / "killed", endpoint), []
        for moment, at_a_time in MOMENTS:
            assert killed.kill(moment, at_a_time)
            halves += killed.halves(undisturbed)
        ended = killed.finish()
    return undisturbed, killed, halves, ended


def test_a_killed_run_loses_no_answer_that_was_kept(runs):
    assert runs[1].overbought() == []


def test_a_kill_leaves_nothing_half(runs):
    assert runs[2] == []


def test_the_run_after_kills_says_nothing_of_them(runs):
    assert runs[3] == (0, "")


def test_the_run_after_kills_finds_what_an_undisturbed_one_does(runs):
    undisturbed, killed, *_ = runs

    assert killed.findings() == undisturbed.findings()
    assert killed.recordings() == undisturbed.recordings()
    assert killed.result()["run"]["notes"] == []
