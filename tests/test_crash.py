"""The whole command where something ends it, or holds it up: what stays, what it says, its exit code."""

import fcntl
import json
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from killing import OLD, Check
from test_cli import ROOT, checker_, environment, place, result, start
from thinking import thinking

from checker.model.textcache import DATABASE
from checker.report.stored import read_report

__all__ = ["place"]
MODEL = ("check", "event", "-m", "rules", "-j", "1", "--cache", "kept", "-o", "result.json")


def until(process, words):
    """Read what *process* says on stderr up to the line with *words*."""
    said = ""
    while words not in said:
        line = process.stderr.readline()
        assert line, said
        said += line
    return said


def database(place):
    return place / "kept" / DATABASE


def test_sigterm_once_writes_what_is_known_and_the_same_command_goes_on(place):
    with thinking(hold_at=3) as endpoint:
        process = start(place, *MODEL, **endpoint.environment)
        endpoint.held.wait()
        process.send_signal(signal.SIGTERM)
        said = until(process, "stopping")
        endpoint.release.set()
        process.communicate()
        partial = read_report(place / "result.json")
        code, _, _ = checker_(place, *MODEL, **endpoint.environment)

    assert process.returncode == 130
    assert "once more to end at once" in said
    assert len(partial.claims) == 4
    assert [failure.error for failure in partial.failures] != []
    # the three that had come were not bought again
    assert (code, len(endpoint.asked)) == (0, 4)


def test_ctrl_c_twice_leaves_the_old_report_and_every_kept_answer(place):
    (place / "result.json").write_text(OLD)
    with thinking(hold_at=3) as endpoint:
        process = start(place, *MODEL, **endpoint.environment)
        endpoint.held.wait()
        process.send_signal(signal.SIGINT)
        until(process, "stopping")
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
        old = (place / "result.json").read_text()
        endpoint.release.set()
        code, _, _ = checker_(place, *MODEL, **endpoint.environment)

    assert (process.returncode, old) == (130, OLD)
    assert "no report was written; the answers that are kept stay, the same command goes on" in said
    # of the four, only the one that was under way is asked for twice
    assert (code, len(endpoint.asked)) == (0, 5)


def test_ctrl_c_is_heard_while_another_program_holds_the_answers(place):
    with thinking() as endpoint:
        checker_(place, *MODEL, **endpoint.environment)
        with closing(sqlite3.connect(database(place))) as other:
            other.execute("BEGIN IMMEDIATE")
            process = start(place, *MODEL, **endpoint.environment)
            while is_free(place / "kept"):
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            _, said = process.communicate()

    assert (process.returncode, "interrupted" in said) == (130, True)


def is_free(folder):
    """Whether no run is opening the store in *folder*."""
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(place)
    return True


def test_an_error_of_the_set_up_waits_for_the_answer_under_way_and_buys_no_more(place):
    model = [*MODEL[:4], "-j", "2", *MODEL[6:]]
    with thinking(status=401, hold_at=2) as endpoint:
        process = start(place, *model, **endpoint.environment)
        said = until(process, "stopping: waiting for the answers under way")
        endpoint.status = 200
        endpoint.release.set()
        _, error = process.communicate()
        n_asked = len(endpoint.asked)
        checker_(place, *model, **endpoint.environment)

    assert (process.returncode, n_asked) == (2, 2)
    assert "refused the key" in said + error
    # the held one was answered and kept; the refused one and two more are asked
    assert len(endpoint.asked) == 5


def test_a_disk_that_fills_up_under_way_costs_no_answer_of_this_run(place):
    with thinking(hold_at=2) as endpoint:
        # without the variable, the limit could cut a module that Python compiles
        process = start(place, *MODEL, PYTHONDONTWRITEBYTECODE="1", **endpoint.environment)
        endpoint.held.wait()
        written = database(place).with_name(f"{DATABASE}-wal").stat().st_size
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (written, written))
        endpoint.release.set()
        _, said = process.communicate()
        n_claims = result(place)["counts"]["claims"]
        again, _, _ = checker_(place, *MODEL, **endpoint.environment)

    assert process.returncode == 0
    assert n_claims["not_judged"] == 0
    assert "note: " in said
    assert "an answer could not be kept" in said
    assert "make room on the disk" in said
    # the first was kept before; the other three are asked again
    assert (again, len(endpoint.asked)) == (0, 7)


def test_without_room_for_a_report_the_old_one_stays_and_the_summary_is_printed(place):
    (place / "result.json").write_text(OLD)
    run = subprocess.run(
        ["bash", "-c", 'ulimit -f 1; exec "$0" -m checker check event -o result.json', sys.executable],
        cwd=place,
        env=environment(place, PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, (place / "result.json").read_text()) == (2, OLD)
    assert "claims" in run.stdout
    assert "'result.json' cannot be written" in run.stderr
    assert "name another place" in run.stderr
    assert [path.name for path in place.iterdir() if path.suffix == ".tmp"] == []


def test_a_damaged_store_is_said_at_the_terminal_and_only_what_was_lost_is_bought(place):
    with thinking() as endpoint:
        checker_(place, *MODEL, **endpoint.environment)
        data = bytearray(database(place).read_bytes())
        pages = len(data) // 4096
        data[(pages - 1) * 4096 :] = b"\xa5" * 4096
        database(place).write_bytes(data)
        code, _, said = checker_(place, *MODEL, **endpoint.environment)

    assert code == 0
    assert "note: kept/cache.db: this store of answers is damaged" in said.replace(f"{place}/", "")
    assert 4 <= len(endpoint.asked) <= 6


def test_two_runs_at_once_on_one_cache_are_both_complete_and_buy_nothing_twice(tmp_path):
    with thinking() as endpoint:
        alone = Check(tmp_path / "alone", endpoint)
        alone.finish()
        n_questions = len(endpoint.asked)
        check = Check(tmp_path / "together", endpoint)
        runs = [check.begin(at_a_time=4) for _ in range(2)]
        ended = [(process.communicate()[1], process.returncode) for _, process in runs]
        bought = [check.asked_by(key) for key, _ in runs]
        code, said = check.finish()

    assert ended == [("", 0), ("", 0)]
    assert [len(set(one)) for one in bought] == [len(one) for one in bought]
    assert set(bought[0]) | set(bought[1]) == set(alone.asked_by(alone.keys[0]))
    assert (code, said, check.asked_by(check.keys[-1])) == (0, "", [])
    assert len(set(bought[0] + bought[1])) == n_questions
    assert check.findings() == alone.findings()
    assert check.recordings() == alone.recordings()


def test_every_recording_of_a_run_that_was_ended_can_be_replayed(place):
    with thinking(hold_at=4) as endpoint:
        process = start(place, *MODEL, "--record", "recorded", **endpoint.environment)
        endpoint.held.wait()
        process.kill()
        process.communicate()
        endpoint.release.set()
    recorded = sorted(Path(place / "recorded").glob("*.json"))

    # the three that had come; the fourth was under way
    assert [json.loads(path.read_text("utf-8"))["stage"] for path in recorded] == [
        "extract",
        "extract",
        "judge",
    ]


@pytest.mark.parametrize("size", [0, 100])
def test_a_cut_recording_is_named_with_what_to_do(place, size):
    with thinking() as endpoint:
        checker_(place, *MODEL, "--record", "recorded", **endpoint.environment)
    first = min((place / "recorded").glob("extract-*.json"))
    os.truncate(first, size)
    code, _, said = checker_(place, "check", "event", "--replay", "recorded")

    assert code == 2
    assert f"recorded/{first.name}: not a recording" in said
    assert "restore the file, or delete it and record it again" in said


def test_what_the_page_says_that_is_said_is_in_the_program():
    page = (ROOT / "docs" / "crashes.md").read_text("utf-8")
    program = "\n".join(path.read_text("utf-8") for path in (ROOT / "checker").rglob("*.py"))
    cells = [row.split(" | ")[2] for row in page.split("\n") if row.startswith("| ") and "---" not in row]
    told = [
        part for cell in cells for code in re.findall("`(.*?)`", cell) for part in re.split("[…:;]", code)
    ]

    assert len(told) > 20
    assert [part for part in told if part.strip() not in program and part != "CancelledError"] == []
