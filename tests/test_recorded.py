"""The recorded run of the seeds: it replays with no key and no network, and keeps every promise."""

import json
import re

import pytest

from checker import Settings, check
from checker.data import shelf
from checker.prompt import load_prompt
from checker.report import Format, render
from checker.schema import Label

RECORDED = shelf("recorded/seeds").parent
SETS = RECORDED.parent.parent / "sets"
EVENTS = {
    "seeds": shelf("seeds"),
    **{
        f"newswire/{folder.name}": SETS / "newswire" / folder.name / "articles"
        for folder in sorted((RECORDED / "newswire").iterdir())
    },
}
FILES = sorted(RECORDED.rglob("*.json"))
SECRET = re.compile(r"sk-[A-Za-z0-9]|Bearer |api[-_]key|authorization", re.IGNORECASE)


def replay(name):
    return check(EVENTS[name], settings=Settings(replay=RECORDED / name))


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


def test_every_recording_is_used(report):
    folder = RECORDED / next(name for name, place in EVENTS.items() if str(place) in report.articles[0].path)
    n_kept = sum(stage.kept for stage in report.run.usage)

    assert n_kept == len(list(folder.glob("*.json")))


def test_the_seeds_agree_and_do_not_conflict():
    report = replay("seeds")

    # by hand: 47 agreeing pairs, no conflict
    assert len(report.labelled(Label.CONFLICTING)) == 0
    assert len(report.labelled(Label.AGREEING)) >= 40


def test_two_replays_give_the_same_bytes():
    assert render(replay("seeds"), Format.JSON) == render(replay("seeds"), Format.JSON)


def test_five_calls_were_enough_for_the_seeds():
    assert len(list((RECORDED / "seeds").glob("*.json"))) == 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(RECORDED).as_posix())
def test_a_recording_says_how_it_was_made_and_with_which_words(path):
    record = json.loads(path.read_text(encoding="utf-8"))

    assert "language model" in record["meta"]["note"]
    assert record["prompt"] == load_prompt(record["prompt"].split()[0]).label


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(RECORDED).as_posix())
def test_no_recording_holds_a_secret(path):
    assert SECRET.findall(path.read_text(encoding="utf-8")) == []
