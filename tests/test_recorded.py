"""The recorded run of the seeds: it replays with no key and no network, and keeps every promise."""

import json
import re

import pytest

from checker import Settings, check
from checker.data import shelf
from checker.prompt import load_prompt
from checker.report import Format, render
from checker.schema import Label

FOLDER = shelf("recorded/seeds")
FILES = sorted(FOLDER.glob("*.json"))
SECRET = re.compile(r"sk-[A-Za-z0-9]|Bearer |api[-_]key|authorization", re.IGNORECASE)


@pytest.fixture(scope="module")
def report():
    return check(shelf("seeds"), settings=Settings(replay=FOLDER))


def test_no_step_failed(report):
    assert (report.failures, report.ungrounded) == ((), ())


def test_every_quote_is_in_its_article_at_its_place(report):
    texts = {article.id: article.text for article in report.articles}

    assert all(texts[c.article][q.start : q.end] == q.text for c in report.claims for q in c.quotes)


def test_the_seeds_agree_and_do_not_conflict(report):
    # by hand: 47 agreeing pairs, no conflict
    assert len(report.labelled(Label.CONFLICTING)) == 0
    assert len(report.labelled(Label.AGREEING)) >= 40


def test_two_replays_give_the_same_bytes(report):
    again = check(shelf("seeds"), settings=Settings(replay=FOLDER))

    assert render(again, Format.JSON) == render(report, Format.JSON)


def test_five_calls_were_enough():
    assert len(FILES) == 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_recording_says_how_it_was_made_and_with_which_words(path):
    record = json.loads(path.read_text(encoding="utf-8"))

    assert "language model" in record["meta"]["note"]
    assert record["prompt"] == load_prompt(record["prompt"].split()[0]).label


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_recording_holds_a_secret(path):
    assert SECRET.findall(path.read_text(encoding="utf-8")) == []
