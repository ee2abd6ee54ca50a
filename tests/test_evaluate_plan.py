"""Which costly looks a folder of recordings holds answers for."""

import pytest

from checker.evaluate.plan import Plan, recorded_plan
from checker.evaluate.scorecard import Stage


def folder(path, *names):
    for name in names:
        (path / name).mkdir(parents=True)
    return path


def test_a_plan_is_all_stages_once_without_costly_looks():
    plan = Plan()

    assert plan.stages == {Stage.EXTRACT, Stage.PAIR, Stage.JUDGE, Stage.WHOLE}
    assert (plan.swap, plan.draws, plan.one_prompt) == (False, 1, False)


@pytest.mark.parametrize("names", [(), ("whole", "judge")])
def test_without_their_folders_no_costly_looks_are_taken(tmp_path, names):
    assert recorded_plan(Plan(), folder(tmp_path, *names)) == Plan()


def test_a_folder_that_is_not_there_changes_nothing(tmp_path):
    assert recorded_plan(Plan(swap=True, draws=2), tmp_path / "none") == Plan(swap=True, draws=2)


def test_a_recorded_swap_is_looked_at(tmp_path):
    assert recorded_plan(Plan(), folder(tmp_path, "swap")) == Plan(swap=True)


def test_a_recorded_baseline_of_one_prompt_is_looked_at(tmp_path):
    assert recorded_plan(Plan(), folder(tmp_path, "one-prompt")) == Plan(one_prompt=True)


@pytest.mark.parametrize(
    ("names", "draws"),
    [
        (("draw-2",), 2),
        (("draw-2", "draw-3"), 3),
        (("draw-9", "draw-10"), 10),  # as numbers, not as words
        (("draw-2", "draw-x", "draw-", "draw-2.5", "draws"), 2),
        (("draw-1",), 1),
        (("judge/draw-3",), 1),  # an event of that name, not a draw
    ],
)
def test_there_are_as_many_draws_as_the_last_that_is_recorded(tmp_path, names, draws):
    assert recorded_plan(Plan(), folder(tmp_path, *names)) == Plan(draws=draws)


def test_more_draws_than_are_recorded_stay_asked_for(tmp_path):
    assert recorded_plan(Plan(draws=5), folder(tmp_path, "draw-2")).draws == 5


def test_what_was_asked_for_stays_asked_for(tmp_path):
    plan = Plan(swap=True, one_prompt=True)

    assert recorded_plan(plan, tmp_path) == plan


def test_the_stages_stay_as_they_were(tmp_path):
    plan = Plan(stages=frozenset({Stage.JUDGE}))

    assert recorded_plan(plan, folder(tmp_path, "swap")).stages == {Stage.JUDGE}


@pytest.mark.parametrize("name", ["swap", "one-prompt", "draw-2"])
def test_a_file_of_that_name_holds_no_answers(tmp_path, name):
    (tmp_path / name).write_text("", encoding="utf-8")

    assert recorded_plan(Plan(), tmp_path) == Plan()
