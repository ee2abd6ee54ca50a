"""Every fault of the table over real sockets: what is asked, what comes of it, and what the same command does later."""

import asyncio
from dataclasses import dataclass

import pytest
from endpoint import serving
from faults_table import ROWS, SOUND, Outcome
from faulty import EVENT, faulty, thinks

from checker.cli.running import exit_code
from checker.errors import ExitCode, SetupError
from checker.load import load
from checker.schema import Report
from checker.session import Session
from checker.settings import Settings

IDS = [f"{row.at}: {row.fault}" for row in ROWS]
KEPT = [row for row in ROWS if row.later == (0, ExitCode.INCOMPLETE)]


@dataclass(frozen=True)
class Outcomes:
    """What a run came to; `report` is None where it was stopped."""

    exit: int
    requests: int
    message: str
    report: Report | None = None


@pytest.fixture
def event(tmp_path):
    folder = tmp_path / "event"
    folder.mkdir()
    for name, text in EVENT.items():
        (folder / name).write_text(text)
    return folder


async def checked(event, server, **settings):
    """Check *event* with the endpoint *server*, one call at a time."""
    chosen = Settings(model="rules", concurrency=1, cache=event.parent / "answers", **settings)
    environment = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-made-up"}
    try:
        async with Session(chosen, environment) as session:
            report = await session.check(load([event]))
    except SetupError as error:
        return Outcomes(ExitCode.SETUP, len(server.seen), str(error))
    told = "\n".join(failure.error for failure in report.failures)
    return Outcomes(exit_code(report, chosen), len(server.seen), told, report)


def with_fault(row, event):
    async def run():
        async with faulty(row.at, row.case, row.times) as server:
            return await checked(event, server, timeout_s=row.timeout_s)

    return asyncio.run(run())


def with_a_sound_endpoint(event, **settings):
    async def run():
        async with serving(thinks) as server:
            return await checked(event, server, **settings)

    return asyncio.run(run())


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_fault_costs_what_the_table_says(row, event):
    then = with_fault(row, event)
    later = with_a_sound_endpoint(event)

    assert (then.exit, then.requests, (later.requests, later.exit)) == (row.exit, row.requests, row.later)
    assert row.message in then.message
    assert bool(then.message) is (row.outcome in {Outcome.STOP, Outcome.FAILURE})


@pytest.mark.parametrize("row", KEPT, ids=[row.fault for row in KEPT])
def test_a_failure_that_is_kept_is_mended_with_retry_failed(row, event):
    with_fault(row, event)

    assert with_a_sound_endpoint(event, retry_failed=True).exit == ExitCode.OK


def test_without_a_fault_four_requests_are_made(event):
    then = with_a_sound_endpoint(event)

    assert (then.exit, then.requests, then.message) == (ExitCode.OK, SOUND, "")


@pytest.mark.parametrize(
    "outcome", [Outcome.RETRIED, Outcome.ASKED_AGAIN, Outcome.READ], ids=lambda outcome: outcome.value
)
def test_a_fault_that_was_got_over_changes_nothing_that_is_found(outcome, event):
    row = next(row for row in ROWS if row.outcome == outcome)
    faulted = with_fault(row, event).report
    (event.parent / "answers" / "cache.db").rename(event.parent / "elsewhere.db")
    whole = with_a_sound_endpoint(event).report

    assert faulted.model_copy(update={"run": whole.run}) == whole


def test_a_claim_that_is_left_out_is_shown_and_its_sentence_is_offered_once_more(event):
    row = next(row for row in ROWS if row.outcome == Outcome.LEFT_OUT)
    report = with_fault(row, event).report

    assert [claim.quotes for claim in report.ungrounded] == [("Nobody came.",)]
    assert "gaps" in {usage.stage for usage in report.run.usage}
