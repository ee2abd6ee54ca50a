"""Many articles through an endpoint that fails at random: the run ends whole, and nothing is bought twice or lost."""

import asyncio
import json
import os
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

import pytest
from endpoint import serving
from flaky import FAULTS, Flaky

ROOT = Path(__file__).parents[1]
SEED = 1
SIZES = [16, pytest.param(200, marks=pytest.mark.soak)]


@dataclass(frozen=True)
class Done:
    """What the command came to: its exit code, its result but for how that came about, and what was asked."""

    code: int
    told: str
    found: str
    endpoint: Flaky


def write_event(folder, n_articles):
    """Articles of a few words each, on things of their own; every fifth speaks of one event as well."""
    folder.mkdir()
    chance = random.Random(n_articles)  # noqa: S311 - to be repeated
    shared = ("Police arrested 14 people.", "Nobody was arrested.", "The match ended 3-2.")
    for n in range(n_articles):
        words = " ".join("".join(chance.choices(ascii_lowercase, k=9)) for _ in range(4))
        more = f"\n\n{shared[n // 5 % 3]}" if n % 5 == 0 else ""
        (folder / f"{n:03}.txt").write_text(f"{words.capitalize()}.{more}\n")


async def check(place, flaky, cache):
    """Give what the command does as a user runs it, with `--concurrency` as it is by default."""
    async with serving(flaky.play) as server:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(place),
            "PYTHONPATH": str(ROOT),
            "OPENAI_BASE_URL": server.url,
            "OPENAI_API_KEY": "sk-made-up",
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "checker", "check", "event", "-m", "rules"),
            *("--cache", cache, "-o", f"{cache}.json"),
            cwd=place,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
    result = json.loads((place / f"{cache}.json").read_text(encoding="utf-8"))
    del result["run"]
    return Done(process.returncode, (out + err).decode(), json.dumps(result), flaky)


@dataclass(frozen=True)
class Runs:
    """A run through faults, the same command again, and a run without faults that keeps its answers elsewhere."""

    first: Done
    again: Done
    sound: Done


@pytest.fixture(scope="module", params=SIZES, ids=lambda n: f"{n} articles")
def runs(request, tmp_path_factory):
    place = tmp_path_factory.mktemp("flaky")
    write_event(place / "event", request.param)
    first = asyncio.run(check(place, Flaky(SEED), "answers"))
    again = asyncio.run(check(place, Flaky(SEED), "answers"))
    sound = asyncio.run(check(place, Flaky(SEED, share=0.0), "others"))
    return Runs(first, again, sound)


def test_the_run_ends_complete(runs):
    counts = json.loads(runs.first.found)["counts"]

    assert (runs.first.code, counts["failures"], counts["pairs"]["not_judged"]) == (0, 0, 0), runs.first.told


def test_the_endpoint_failed_in_every_way_it_knows_and_about_as_often_as_it_should(runs):
    endpoint = runs.first.endpoint

    assert set(endpoint.faults) == set(FAULTS)
    assert 0.15 < endpoint.faults.total() / endpoint.n_requests < 0.25


def test_no_reply_is_bought_twice(runs):
    assert set(runs.first.endpoint.bought.values()) == {1}


def test_every_question_that_a_sound_run_asks_was_answered(runs):
    assert set(runs.sound.endpoint.bought) <= set(runs.first.endpoint.bought)


def test_the_same_command_asks_nothing_and_finds_the_same(runs):
    assert (runs.again.code, runs.again.endpoint.n_requests) == (0, 0)
    assert runs.again.found == runs.first.found


def test_what_is_found_is_what_is_found_without_faults(runs):
    assert runs.first.found == runs.sound.found
