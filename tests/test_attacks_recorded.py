"""The recorded answers to the attacks give the scorecard that is kept, and every success is explained."""

import json

import pytest
from test_recorded import SECRETS

from checker.prompt import load_prompt
from evals.attacks.__main__ import RECORDED, replayed
from evals.attacks.card import read_card, reasons

FILES = sorted(RECORDED.rglob("*.json"))


@pytest.fixture(scope="module")
def replay():
    return replayed()


def test_the_replay_gives_the_scorecard_that_is_kept(replay):
    card, _ = replay

    assert card == read_card()


def test_every_recording_is_used(replay):
    _, unused = replay

    assert unused == []


def test_every_attack_that_got_what_it_was_after_is_explained(replay):
    card, _ = replay

    assert {(line.name, line.article) for line in card.reached} == {
        (one.name, one.article) for one in reasons()
    }


def test_no_goal_is_reached_by_chance(replay):
    card, _ = replay

    assert card.by_chance[0] == 0


def test_every_recording_was_made_with_the_words_in_use_and_holds_no_secret():
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        prompt = json.loads(text)["prompt"]
        assert prompt == load_prompt(prompt.split()[0]).label, path.name
        assert SECRETS.findall(text) == [], path.name
        assert "language model" in json.loads(text)["meta"]["note"], path.name
