"""The recorded answers: they replay with no key and no network, keep every promise, and give the accepted scores."""

import asyncio
import json
import re
import shutil
from pathlib import Path

import pytest

from checker import Settings, check
from checker.data import shelf
from checker.errors import NotRecorded
from checker.evaluate.batch import Batch
from checker.evaluate.gate import regressions
from checker.evaluate.plan import Plan, recorded_plan
from checker.evaluate.scorecard import Outcome, Stage, read_scorecard
from checker.evaluate.sets import read_sets
from checker.prompt import load_prompt
from checker.report import Format, render
from checker.schema import Label
from checker.session import Session

EVALS = Path(__file__).parents[1] / "evals"
RECORDED, SETS = EVALS / "recorded", EVALS / "sets"
EVENTS = [path.parent.relative_to(SETS).as_posix() for path in sorted(SETS.rglob("claims.jsonl"))]
FILES = sorted(RECORDED.rglob("*.json"))
SECRETS = re.compile(
    r"\bsk-[\w-]{8,}|\bghp_\w{16,}|\bAKIA[0-9A-Z]{16}\b|\bBearer\s|-----BEGIN|authorization|api[-_ ]?key|"
    r"https?://|/(?:home|root|tmp|Users)/|\b127\.0\.0\.1\b|\blocalhost\b",
    re.IGNORECASE,
)
PARTS = {"whole", "judge", "swap", "draw-2", "one-prompt"}
ACCEPTED = read_scorecard(EVALS / "scorecards" / "accepted.json")


def replay(name):
    return check(SETS / name / "articles", settings=Settings(replay=RECORDED))


@pytest.fixture(scope="module")
def replayed():
    """The scorecard of all sets from the recorded answers, and the recordings that it did not use."""

    async def score():
        async with Session(Settings(replay=RECORDED), {}) as session:
            plan = recorded_plan(Plan(), RECORDED)
            card = await Batch(read_sets([SETS]), session, plan).score()
            return card, session.unused()

    return asyncio.run(score())


@pytest.fixture(scope="module", params=EVENTS)
def report(request):
    return replay(request.param)


def test_no_step_failed(report):
    assert (report.failures, report.ungrounded) == ((), ())


def test_every_quote_is_in_its_article_at_its_place(report):
    texts = {article.id: article.text for article in report.articles}

    assert all(texts[c.article][q.start : q.end] == q.text for c in report.claims for q in c.quotes)


def test_every_conflict_says_what_differs_and_why(report):
    conflicts = report.labelled(Label.CONFLICTING)

    assert all(v.differs and v.reason and v.aspect and v.between for v in conflicts)


def test_the_replay_gives_the_accepted_scorecard(replayed):
    card, _ = replayed

    assert card.model_copy(update={"run": ACCEPTED.run}) == ACCEPTED


def test_the_gate_passes(replayed):
    card, _ = replayed

    assert regressions(card, ACCEPTED) == ()


def test_every_recording_is_used(replayed):
    _, unused = replayed

    assert unused == []


def test_everything_was_judged(replayed):
    card, _ = replayed
    outcomes = [row for one in card.tables for event in one.by_event.values() for row in event.values()]

    assert [row for row in outcomes if row.get(Outcome.NOT_JUDGED.value)] == []


def test_the_accepted_prompts_are_the_ones_in_use():
    now = {name: load_prompt(name).hash for name in ACCEPTED.prompts}

    assert now == ACCEPTED.prompts


@pytest.mark.parametrize(
    ("stage", "label", "what", "least"),
    [
        (Stage.JUDGE, "conflicting", "pairs", 0.90),
        (Stage.JUDGE, "agreeing", "pairs", 0.90),
        (Stage.WHOLE, "conflicting", "pairs", 0.75),
        (Stage.WHOLE, "agreeing", "pairs", 0.75),
        (Stage.EXTRACT, "claim", "claims", 0.85),
    ],
)
def test_the_scores_reach_what_is_asked_of_them(stage, label, what, least):
    assert ACCEPTED.score(stage, label, what).f1.value >= least


def test_every_set_is_recorded_in_every_part():
    assert {path.relative_to(RECORDED).parts[0] for path in FILES} == PARTS
    for part in PARTS:
        assert {
            path.parent.relative_to(RECORDED / part).as_posix() for path in (RECORDED / part).rglob("*.json")
        } == {*EVENTS}


def test_the_seeds_agree_and_do_not_conflict():
    report = replay("seeds")

    # by hand: 47 agreeing pairs, no conflict
    assert len(report.labelled(Label.CONFLICTING)) == 0
    assert len(report.labelled(Label.AGREEING)) >= 40


def test_the_bundled_seeds_and_their_answers_are_enough_for_the_demo():
    report = check(shelf("seeds"), settings=Settings(replay=shelf("recorded/seeds")))

    assert report.failures == ()
    assert sum(usage.kept for usage in report.run.usage) == len(list(shelf("recorded/seeds").glob("*.json")))


def test_two_replays_give_the_same_bytes():
    assert render(replay("seeds"), Format.JSON) == render(replay("seeds"), Format.JSON)


def test_a_changed_prompt_is_a_miss_that_names_it_and_says_how_to_record(tmp_path):
    # as if the prompt had been another one when the answers were recorded
    place = shutil.copytree(RECORDED / "judge" / "seeds", tmp_path / "recorded")
    for path in place.glob("judge-*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        changed = {**record, "prompt": "judge.v1 00000000"}
        path.rename(place / f"judge-{'0' * 16}.json").write_text(json.dumps(changed), encoding="utf-8")

    async def judge():
        async with Session(Settings(replay=place, model=ACCEPTED.system), {}) as session:
            await Batch(read_sets([SETS / "seeds"]), session, Plan(stages=frozenset({Stage.JUDGE}))).score()

    with pytest.raises(
        NotRecorded, match=r"prompt judge\.v1 .*the prompt changed: .*judge\.v1 00000000; record it"
    ):
        asyncio.run(judge())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(RECORDED).as_posix())
def test_a_recording_says_how_it_was_made_and_with_which_words(path):
    record = json.loads(path.read_text(encoding="utf-8"))

    assert "language model" in record["meta"]["note"]
    assert record["prompt"] == load_prompt(record["prompt"].split()[0]).label


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(RECORDED).as_posix())
def test_no_recording_holds_a_secret(path):
    assert SECRETS.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "sk-proj-abcdefgh12345",
        "Authorization: Bearer abc",
        "OPENAI_API_KEY",
        "http://127.0.0.1:8099/v1",
        "/home/somebody/articles/a.txt",
        "AKIAIOSFODNN7EXAMPLE",
    ],
)
def test_a_secret_would_be_seen(text):
    assert SECRETS.search(text)
