"""A whole evaluation: sets in, one scorecard out, live, recorded and replayed."""

import asyncio
import json

import pytest
from thinking import thinking

from checker.errors import NotRecorded
from checker.evaluate.batch import Batch
from checker.evaluate.plan import Plan, recorded_plan
from checker.evaluate.scorecard import Stage, read_scorecard, render
from checker.evaluate.sets import read_sets
from checker.session import Session
from checker.settings import Settings

A = "Police arrested 14 people. The match ended 3-2."
B = "Nobody was arrested at all. Rovers won the match 3-2."
CLAIMS = [
    {"id": "a1", "article": "a.txt", "text": "Police arrested 14 people."},
    {"id": "a2", "article": "a.txt", "text": "The match ended 3-2."},
    {"id": "b1", "article": "b.txt", "text": "Nobody was arrested at all."},
    {"id": "b2", "article": "b.txt", "text": "Rovers won the match 3-2."},
]
LABELS = [
    {"a": "a1", "b": "b1", "label": "conflicting", "aspect": "quantity", "between": "articles"},
    {"a": "a2", "b": "b2", "label": "agreeing", "phenomenon": "result"},
]
FULL = Plan(swap=True, draws=2, one_prompt=True)


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def make_set(folder):
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "a.txt").write_text(A)
    (folder / "articles" / "b.txt").write_text(B)
    rows = [{"speaker": None, "quotes": [claim["text"]], **claim} for claim in CLAIMS]
    (folder / "claims.jsonl").write_text(lines(rows))
    (folder / "labels.jsonl").write_text(lines(LABELS))


@pytest.fixture
def sets(tmp_path):
    """Two sets of the same two articles, which the scripted endpoint reads without a mistake."""
    make_set(tmp_path / "sets" / "one")
    make_set(tmp_path / "sets" / "two")
    return tmp_path / "sets"


def score(sets, settings, plan=FULL, environment=None):
    async def run():
        async with Session(settings, environment or {}) as session:
            return await Batch(read_sets([sets]), session, plan).score()

    return asyncio.run(run())


def live(sets, tmp_path, plan=FULL, **more):
    with thinking() as endpoint:
        settings = Settings(model="rules", cache=tmp_path / "answers", **more)
        return score(sets, settings, plan, endpoint.environment), len(endpoint.asked)


def test_every_stage_is_scored(sets, tmp_path):
    card, _ = live(sets, tmp_path)

    found = card.score(Stage.EXTRACT, "claim", "claims")
    judged = card.score(Stage.JUDGE, "conflicting")
    whole = card.score(Stage.WHOLE, "agreeing")
    # four claims and one pair of each label in each of two sets, all right
    assert (found.right, found.given, found.wanted) == (8, 8, 8)
    assert (judged.right, judged.given, judged.wanted) == (2, 2, 2)
    assert (whole.right, whole.given, whole.wanted) == (2, 2, 2)


def test_baselines_stand_beside_the_system(sets, tmp_path):
    card, _ = live(sets, tmp_path)

    systems = {score.system for score in card.scores if score.stage == Stage.JUDGE}
    assert systems == {"rules", "always unique", "lexical rule", "built-in engine"}
    assert {score.system for score in card.scores if score.stage == Stage.WHOLE} == {
        "rules",
        "built-in engine",
        "one prompt",
    }


def test_the_built_in_engine_is_no_baseline_of_itself(sets):
    card = score(sets, Settings())

    assert card.system == "built-in engine"
    assert [s.label for s in card.scores if s.stage == Stage.JUDGE and s.system == card.system] == [
        "conflicting",
        "agreeing",
        "unique",
    ]


def test_only_the_stages_that_are_asked_for_are_scored(sets):
    card = score(sets, Settings(), Plan(stages=frozenset({Stage.PAIR})))

    assert {share.stage for share in card.shares} == {Stage.PAIR}
    assert card.tables == ()


def test_extraction_alone_judges_nothing(sets, tmp_path):
    _, n_asked = live(sets, tmp_path, Plan(stages=frozenset({Stage.EXTRACT})))

    # both sets hold the same two articles: two questions, none of them to judge
    assert n_asked == 2


def test_calls_are_counted_by_part_and_stage(sets, tmp_path):
    card, _ = live(sets, tmp_path)

    costs = {cost.part: {u.stage: u.calls + u.kept for u in cost.usage} for cost in card.costs}
    assert costs["whole"] == {"extract": 4, "judge": 2, "verify": 2}
    assert costs["judge"] == {"judge": 2, "verify": 2}
    assert costs["one-prompt"] == {"baseline": 2}
    assert {cost.article_pairs for cost in card.costs} == {2}


def test_what_the_swapped_pairs_have_no_answer_for_is_a_gap(sets, tmp_path):
    judged = Plan(stages=frozenset({Stage.JUDGE}))
    live(sets, tmp_path, judged)
    card, _ = live(sets, tmp_path, judged.model_copy(update={"swap": True}), max_calls=0)

    # all four pairs of each of two sets; nothing else was asked anew
    assert card.gaps == {"swap": 8}
    [share] = [share for share in card.shares if "swapped" in share.what]
    assert (share.hits, share.n) == (0, 0)


def test_an_extraction_without_an_answer_is_a_gap(sets, tmp_path):
    with thinking(status=500) as endpoint:
        settings = Settings(model="rules", cache=tmp_path / "answers", max_calls=0)
        card = score(sets, settings, Plan(stages=frozenset({Stage.EXTRACT})), endpoint.environment)

    # two articles of two sets
    assert card.gaps == {"extract": 4}
    assert card.score(Stage.EXTRACT, "claim", "claims").right == 0


def test_the_prompt_of_the_baseline_is_named_with_the_others(sets, tmp_path):
    card, _ = live(sets, tmp_path)

    assert "baseline.v1" in card.prompts


def test_a_second_run_asks_nothing_again(sets, tmp_path):
    first, _ = live(sets, tmp_path)
    second, n_asked = live(sets, tmp_path)

    assert n_asked == 0
    assert second.scores == first.scores


def test_a_replay_gives_the_same_scorecard(sets, tmp_path):
    card, _ = live(sets, tmp_path, record=tmp_path / "recorded", record_note="made by rules")
    again = score(sets, Settings(replay=tmp_path / "recorded"))

    assert again.model_copy(update={"run": card.run, "costs": card.costs}) == card


def test_two_replays_give_the_same_bytes(sets, tmp_path):
    live(sets, tmp_path, record=tmp_path / "recorded")
    settings = Settings(replay=tmp_path / "recorded")

    assert render(score(sets, settings)) == render(score(sets, settings))


def test_a_replay_takes_the_looks_that_are_recorded(sets, tmp_path):
    live(sets, tmp_path, record=tmp_path / "recorded")

    assert recorded_plan(Plan(), tmp_path / "recorded") == FULL


def test_a_replay_of_one_set_of_many_finds_its_answers(sets, tmp_path):
    live(sets, tmp_path, record=tmp_path / "recorded")
    card = score(sets / "two", Settings(replay=tmp_path / "recorded"))

    assert set(card.sets) == {"two"}


def test_a_changed_label_changes_the_score_and_the_digest(sets, tmp_path):
    live(sets, tmp_path, record=tmp_path / "recorded")
    before = score(sets, Settings(replay=tmp_path / "recorded"))
    (sets / "one" / "labels.jsonl").write_text(lines(LABELS[1:]))
    after = score(sets, Settings(replay=tmp_path / "recorded"))

    assert after.sets["one"].digest != before.sets["one"].digest
    # one of the two conflicts is now false: 1 right of 2 given, of 1 labelled
    found = after.score(Stage.JUDGE, "conflicting")
    assert (found.right, found.given, found.wanted) == (1, 2, 1)


def test_changed_articles_are_not_recorded(sets, tmp_path):
    live(sets, tmp_path, record=tmp_path / "recorded")
    (sets / "one" / "articles" / "a.txt").write_text(A + " It rained.")

    with pytest.raises(NotRecorded):
        score(sets, Settings(replay=tmp_path / "recorded"))


def test_what_a_limit_left_out_is_not_judged_and_never_right(sets, tmp_path):
    card, _ = live(sets, tmp_path, Plan(stages=frozenset({Stage.JUDGE})), max_calls=0)

    found = card.score(Stage.JUDGE, "conflicting")
    assert (found.right, found.given, found.wanted) == (0, 0, 2)
    assert card.table(Stage.JUDGE).by_event["one"]["conflicting"] == {"not judged": 1}


def test_a_scorecard_reads_back(sets, tmp_path):
    card, _ = live(sets, tmp_path)
    (tmp_path / "card.json").write_text(render(card), encoding="utf-8")

    assert read_scorecard(tmp_path / "card.json") == card
