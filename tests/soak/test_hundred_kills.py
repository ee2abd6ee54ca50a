"""kill -9 at 120 moments that a seed draws, with pauses that no event of the run decides."""

import random
import sys
from itertools import count

import pytest
from killing import TEXTS, Check, Moment
from thinking import thinking

pytestmark = pytest.mark.soak
N_KILLS = 10


def drawn(chance, n_questions):
    """A moment: before the first question, at a question or an answer, or while reports are written."""
    what = chance.choices(["start", "asked", "delivered", "end"], [1, 4, 4, 3])[0]
    if what == "start":
        return Moment("asked", 0, chance.uniform(0, 2))
    if what == "end":
        return Moment("delivered", n_questions, chance.uniform(0, 1), in_all_runs=True)
    return Moment(what, chance.randint(1, 6), chance.uniform(0, 0.03))


@pytest.mark.parametrize("seed", range(12))
def test_no_kill_loses_or_halves_anything(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    n_killed, n_lost, n_drafts, halves, overbought = 0, 0, 0, [], []
    with thinking() as endpoint:
        undisturbed = Check(tmp_path / "undisturbed", endpoint)
        assert undisturbed.finish() == (0, "")
        n_questions = len(endpoint.asked)
        for number in count():
            check = Check(tmp_path / str(number), endpoint)
            while n_killed < N_KILLS and check.kill(drawn(chance, n_questions), chance.choice([1, 4])):
                n_killed += 1
                halves += check.halves(undisturbed)
            assert check.finish() == (0, "")
            assert check.findings() == undisturbed.findings()
            assert check.recordings() == undisturbed.recordings()
            assert check.result()["run"]["notes"] == []
            overbought += check.overbought()
            n_lost += check.lost()
            n_drafts += len([path for path in check.place.rglob("*") if path.suffix in {".tmp", ".new"}])
            if n_killed == N_KILLS:
                break

    sys.stdout.write(
        f"seed {seed}: {n_killed} kills, {len(TEXTS)} articles, {n_questions} questions; "
        f"{n_lost} answers overtaken on their way to the disk, {n_drafts} drafts left\n"
    )
    assert (halves, overbought) == ([], [])
