"""The page about faulty endpoints, from the table that the tests play: docs/faults.md."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from faults_table import ROWS, SOUND, Outcome, Row

WORDS = {
    Outcome.STOP: (
        "The endpoint will not serve this set-up, however often it is asked: nothing more is sent, the command says how to mend it.",
        "Answers that had come are kept.",
    ),
    Outcome.RETRIED: (
        "The same request is sent again, five times at most, after the pause that the endpoint asks for, else after 0.25 to 0.5 seconds, doubled each time.",
        "After a 429 or a 503 nobody asks until the pause is over; that uses up none of the five, and after two minutes of pauses without any answer nothing more is asked.",
        "A step (extract, judge, verify) is asked no more where as many tries in a row had no answer as the calls at a time may make, six each.",
    ),
    Outcome.ASKED_AGAIN: (
        "The reply does not fit: it is sent back with what is wrong with it, twice at most.",
        "A text that is too long is asked about in halves.",
    ),
    Outcome.FAILURE: (
        "This step has no answer; the run goes on, the report names the step, and what depends on it is not judged.",
        "A reply that was refused, cut or unusable was paid for and is kept: only `--retry-failed` asks anew.",
    ),
    Outcome.LEFT_OUT: (
        "A claim whose quote is not in its article, or that has more than 20, is not kept, and shown as such; the sentence is offered once more.",
    ),
    Outcome.READ: ("Nothing is the matter.",),
}
STAGES = {"extract": "extract", "judge": "compare", "verify": "second look"}


def page() -> str:
    """The page."""
    return "\n".join(
        [
            "# A faulty endpoint",
            "",
            "Written by `python docs/generate.py` from the table that `tests/test_faulty_endpoint.py` plays over real sockets; a test holds it true.",
            f"Two short articles are checked, one call at a time: two extractions, a comparison and a second look, {SOUND} requests where nothing goes wrong.",
            "The endpoint plays one fault at one question: once, or every time where the outcome is a failure.",
            "*Requests* are those of the whole run; *later* is what the same command does once the endpoint is sound.",
            "A replay asks no endpoint and has none of this.",
            "Faults at random are played by `tests/test_flaky_endpoint.py`: one request in five meets one of eleven faults, two a question at most.",
            "There no reply is bought twice, the same command asks nothing more, and what is found is what is found without faults; `make soak` does it with 200 articles.",
            *(line for outcome in Outcome for line in _section(outcome)),
            "",
        ]
    )


def _section(outcome: Outcome) -> Iterator[str]:
    yield from ("", f"## {outcome.capitalize()}", "", *WORDS[outcome], "")
    yield "| the endpoint answers | at | requests | exit code | the user is told | later |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield from (_line(row) for row in ROWS if row.outcome == outcome)


def _line(row: Row) -> str:
    told = f"… {row.message} …" if row.message else "nothing"
    return f"| {row.fault} | {STAGES[row.at]} | {row.requests} | {row.exit} | {told} | {_later(row)} |"


def _later(row: Row) -> str:
    requests, code = row.later
    if code:
        return f"nothing asked, exit {code}; exit 0 with `--retry-failed`"
    asked = {0: "nothing asked", 1: "1 request"}.get(requests, f"{requests} requests")
    return f"{asked}, exit 0"
