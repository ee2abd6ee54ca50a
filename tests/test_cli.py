"""The command as a user runs it: a process of its own, its output, its files, its exit code."""

import contextlib
import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import get_args

import pytest
from thinking import thinking
from typer import BadParameter

import checker
from checker.cli.formats import printed
from checker.cli.show import KindName
from checker.report import extensions, printable
from checker.report.findings import Kind
from checker.settings import FAIL_ON, NEVER
from checker.version import VERSION

ROOT = Path(checker.__file__).parent.parent
A = "Police arrested 14 people. The match ended 3-2."
B = "Nobody was arrested at all. Rovers won the match 3-2."
HEAVY = [
    "openai",
    "instructor",
    "pydantic",
    "rich",
    "jinja2",
    "asyncio",
    "diskcache",
    "sqlite3",
    "trafilatura",
    "lxml",
]


@pytest.fixture
def place(tmp_path):
    """A folder with two articles, and a home of its own."""
    event = tmp_path / "event"
    event.mkdir()
    (event / "a.txt").write_text(A)
    (event / "b.txt").write_text(B)
    return tmp_path


def environment(place, **more):
    """What the command sees of the environment; the last of the kept names lets `make coverage` see the command."""
    names = ("PATH", "LANG", "COVERAGE_PROCESS_CONFIG")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {
        **kept,
        "HOME": str(place),
        "XDG_CACHE_HOME": str(place / "cache"),
        "PYTHONPATH": str(ROOT),
        **more,
    }


def start(place, *arguments, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "checker", *arguments],
        cwd=place,
        env=environment(place, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def checker_(place, *arguments, **more):
    process = start(place, *arguments, **more)
    out, err = process.communicate()
    return process.returncode, out, err


def result(place):
    return json.loads((place / "result.json").read_text(encoding="utf-8"))


def findings(place):
    """All of a result but how it came about."""
    return {name: value for name, value in result(place).items() if name != "run"}


def test_the_kinds_to_list_are_those_of_findings():
    # the command's own enum keeps heavy imports out of --help
    assert [one.value for one in KindName] == [one.value for one in Kind]


@pytest.mark.parametrize("command", ["check", "report"])
def test_the_help_names_what_can_be_printed_and_written(place, command):
    _, out, _ = checker_(place, command, "--help")

    assert {*printable(), *extensions()} <= set(out.split())


@pytest.mark.parametrize(("name", "told"), [("nope", ""), ("parquet", "; a file can be: -o FILE.parquet")])
def test_only_what_can_be_printed_is_offered(name, told):
    with pytest.raises(BadParameter) as caught:
        printed(name)

    assert str(caught.value) == f"{name!r} cannot be printed{told}; choose from {', '.join(printable())}"


def test_an_unknown_format_is_a_usage_error(place):
    code, out, err = checker_(place, "check", "event", "--format", "nope")

    assert (code, out) == (2, "")
    assert "Invalid value for '--format'" in err


@pytest.mark.parametrize(
    "command",
    [["show", "result.json", "--kind"], ["schema"], ["eval", "run", "event", "--stage"]],
)
def test_what_is_none_of_the_words_is_refused_in_our_own_words(place, command):
    code, _, err = checker_(place, *command, "foo")

    assert code == 2
    assert re.search(r": 'foo' is none of \w+", err)


def test_the_help_names_every_kind_that_can_fail_a_run(place):
    _, out, _ = checker_(place, "check", "--help")

    assert [kind for kind in (NEVER, *get_args(FAIL_ON)) if kind not in out] == []


def test_without_arguments_it_shows_help(place):
    code, out, err = checker_(place)

    assert code == 2
    assert "checker check FOLDER" in out + err


def test_the_version_is_shown(place):
    assert checker_(place, "--version") == (0, f"fact-consistency-checker {VERSION}\n", "")


def test_help_imports_nothing_heavy(place):
    code = f"import sys, checker.cli; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(place, COVERAGE_PROCESS_CONFIG=""),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "report",
        "show",
        "diff",
        "baseline add",
        "baseline prune",
        "demo",
        "doctor",
        "schema",
        "cache info",
        "cache clear",
    ],
)
def test_every_help_page_has_an_example(place, command):
    code, out, _ = checker_(place, *command.split(), "--help")

    assert code == 0
    assert f"checker {command}" in out


def test_the_built_in_engine_needs_nothing_and_says_so(place):
    code, out, err = checker_(place, "check", "event", "-o", "result.json")

    assert (code, err) == (0, "")
    assert "built-in" in out
    assert result(place)["run"]["engine"] == "builtin"


def test_without_an_output_the_report_is_written_where_it_says(place):
    code, out, _ = checker_(place, "check", "event")

    assert code == 0
    assert "checker-report/report.html" in out
    assert (place / "checker-report" / "report.html").is_file()
    assert (place / "checker-report" / "result.json").is_file()


@pytest.mark.parametrize("link", ["checker-report", "checker-report/report.html"])
def test_a_report_that_nobody_named_is_not_written_through_a_link(place, link):
    (place / "home").mkdir()
    (place / "home" / "report.html").write_text("mine")
    (place / link).parent.mkdir(exist_ok=True)
    (place / link).symlink_to(place / "home" / Path(link).relative_to("checker-report"))
    code, out, err = checker_(place, "check", "event")

    assert (code, out) == (2, "")
    assert err.startswith(f"error: {link} is a link")
    assert [one.read_text() for one in (place / "home").iterdir()] == ["mine"]


def test_a_report_that_was_named_is_written_through_a_link(place):
    (place / "home").mkdir()
    (place / "link").symlink_to("home")

    assert checker_(place, "check", "event", "-o", "link/report.html")[0] == 0
    assert (place / "home" / "report.html").is_file()


def test_the_demo_writes_through_no_link(place):
    (place / "home").mkdir()
    (place / "checker-demo").symlink_to("home")
    code, _, err = checker_(place, "demo")

    assert (code, list((place / "home").iterdir())) == (2, [])
    assert "checker-demo is a link" in err


def test_the_format_text_is_as_if_none_was_given(place):
    checker_(place, "check", "event", "--format", "text")

    assert (place / "checker-report" / "report.html").is_file()


def test_a_format_puts_nothing_else_on_stdout(place):
    code, out, _ = checker_(place, "check", "event", "--format", "json")

    assert code == 0
    assert json.loads(out)["version"] == 1
    assert not (place / "checker-report").exists()


def test_what_was_not_read_is_said_on_stderr_and_the_run_goes_on(place):
    (place / "event" / "c.docx").write_text("x")
    code, _, err = checker_(place, "check", "event")

    assert code == 0
    assert err.count("\n") == 1
    assert err.startswith("skipped: event/c.docx: ")


@pytest.mark.parametrize("form", list(printable()))
def test_neither_a_text_nor_a_name_is_a_command_to_a_build_server(place, form):
    (place / "event" / "a ##[add-mask]e.txt").write_text(
        f"{A} It was ##vso[task.complete]x.\n::error::Police left."
    )
    (place / "event" / "c ##vso[x].docx").write_text("x")
    code, out, err = checker_(place, "check", "event", "--format", form)

    assert code == 0
    assert not re.search(r"##\w*\[", out + err)
    assert form == "github" or not re.search(r"^\s*::", out, re.MULTILINE)


def test_the_words_of_an_error_are_no_command_to_a_build_server(place):
    code, _, err = checker_(place, "show", "a ##vso[task.complete]b.json")

    assert code == 2
    assert "##" not in err


def test_a_report_is_never_written_over_an_article(place):
    code, _, err = checker_(place, "check", "event", "-o", "event/a.txt")

    assert (code, (place / "event" / "a.txt").read_text()) == (2, A)
    assert "event/a.txt" in err


def test_reports_in_the_folder_are_not_read_as_articles(place):
    outputs = ("-o", "r.html", "-o", "r.json", "-o", "r.md")
    checker_(place / "event", "check", ".", *outputs)
    code, out, err = checker_(place / "event", "check", ".", "--format", "json")

    assert code == 0
    assert len(json.loads(out)["articles"]) == 2
    assert err.count("a report of this program") == 3


@pytest.mark.parametrize(
    "command",
    [
        ["check", "."],
        ["check", ".", "-o", "r.html", "-o", "r.json", "-o", "r.md"],
        ["check", ".", "-o", "r.csv", "-o", "r.jsonl", "-o", "r.xml", "-o", "r.sarif"],
        ["check", "a.txt", "--against", "."],
    ],
)
def test_the_same_command_twice_writes_its_reports_over_those_of_the_run_before(place, command):
    first, _, _ = checker_(place / "event", *command)
    second, _, err = checker_(place / "event", *command)

    assert (first, second, "error" in err) == (0, 0, False)


def test_a_result_is_written_over_a_report_that_it_names_as_not_read(place):
    checker_(place / "event", "check", ".", "-o", "r.html")
    checker_(place / "event", "check", ".", "-o", "r.json")
    code, _, err = checker_(place / "event", "report", "r.json", "-o", "r.html")

    assert (code, err) == (0, "")


@pytest.mark.parametrize("command", [["check", "."], ["report", "../r.json"]])
def test_a_report_is_never_written_over_what_could_not_be_read(place, command):
    unread = place / "event" / "c.html"
    unread.write_bytes(bytes(range(128, 228)))
    checker_(place / "event", "check", ".", "-o", "../r.json")
    code, _, err = checker_(place / "event", *command, "-o", "c.html")

    assert (code, unread.read_bytes()) == (2, bytes(range(128, 228)))
    assert "-o c.html" in err


def test_one_output_that_cannot_be_written_costs_the_others_nothing(place):
    (place / "taken").mkdir()
    (place / "taken.json").mkdir()
    code, out, err = checker_(place, "check", "event", "-o", "taken.json", "-o", "good.json")

    assert code == 2
    assert (place / "good.json").is_file()
    assert "taken.json" in err
    assert "claims" in out


def test_stdout_is_utf_8_whatever_the_locale_says(place):
    (place / "event" / "a.txt").write_text(
        "Police arrested 14 people in S\u00e3o Paulo. The match ended 3-2."
    )
    process = subprocess.run(
        [sys.executable, "-m", "checker", "check", "event", "--format", "json"],
        cwd=place,
        env=environment(place, PYTHONIOENCODING="ascii"),
        capture_output=True,
        check=False,
    )

    assert process.returncode == 0
    assert "S\u00e3o Paulo" in process.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(place):
    code = f"{sys.executable} -m checker check event --format html | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", code], cwd=place, env=environment(place), capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_gets_colours_and_no_line_longer_than_it_is_wide(place):
    screen, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 24, 60, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "checker", "check", "event"],
        cwd=place,
        env=environment(place, TERM="xterm"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = until_closed(screen)
    lines = re.split(r"[\r\n]+", re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", said))

    assert process.wait() == 0
    assert "\x1b[" in said
    assert max(map(len, lines)) <= 60
    assert any(line.startswith("2 articles, 4 claims") for line in lines)


def until_closed(screen):
    """All that comes from the pseudo-terminal *screen*."""
    pieces = []
    with contextlib.suppress(OSError):  # Linux ends it with EIO
        while piece := os.read(screen, 4096):
            pieces.append(piece)
    os.close(screen)
    return b"".join(pieces).decode("utf-8")


def test_a_folder_that_is_gone_is_one_line(place):
    code = f"mkdir gone; cd gone; rmdir ../gone; exec {sys.executable} -m checker check x"
    done = subprocess.run(
        ["bash", "-c", code], cwd=place, env=environment(place), capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stderr.endswith("error: the current folder is gone; change to another one\n")


def test_a_full_disk_behind_stdout_is_one_line(place):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "checker", "check", "event"],
            cwd=place,
            env=environment(place),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("stderr", ["2>/dev/full", "2>&-"])
@pytest.mark.parametrize(("arguments", "code"), [("check event -o result.json", 0), ("check nothere", 2)])
def test_without_a_place_for_messages_the_report_and_the_exit_code_are_the_same(
    place, stderr, arguments, code
):
    (place / "event" / "x.pdf").write_bytes(b"%PDF-1.7")  # skipped, with a line on stderr
    command = f"exec {sys.executable} -m checker {arguments} {stderr}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=place, env=environment(place), stdout=subprocess.DEVNULL, check=False
    )

    assert done.returncode == code
    assert code or result(place)["counts"]["articles"] == 2


def test_a_run_whose_messages_nobody_reads_can_be_stopped(place):
    with thinking(hold_at=2) as endpoint, Path("/dev/full").open("w") as full:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "checker",
                "check",
                "event",
                "-m",
                "rules",
                "-j",
                "1",
                "-o",
                "result.json",
            ],
            cwd=place,
            env=environment(place, **endpoint.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=full,
        )
        endpoint.held.wait()
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)

        assert process.wait() == 130
        assert len(endpoint.asked) == 2


def test_a_fault_of_the_program_is_told_from_something_found(place):
    code = "import checker.cli, checker.load; checker.load.load = None; checker.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "event"],
        cwd=place,
        env=environment(place),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 70
    assert "TypeError" in done.stderr
    assert done.stderr.endswith(
        "error: this is a fault of the program; please report it, with what stands above\n"
    )


def test_recording_without_a_model_is_refused(place):
    code, _, err = checker_(place, "check", "event", "--record", "r")

    assert code == 2
    assert "--model" in err


def test_articles_without_claims_cannot_be_compared(place):
    for name in ("a.txt", "b.txt"):
        (place / "event" / name).write_text("One. Two. " + name)
    code, _, err = checker_(place, "check", "event")

    assert code == 2
    assert "no claim was found" in err


def test_the_built_in_engine_says_where_a_text_is_not_english(place):
    german = "Der Brand in Lissabon hat am Dienstag nach Angaben der Stadt neun Menschen das Leben gekostet."
    (place / "event" / "c.txt").write_text(german)
    code, _, err = checker_(place, "check", "event")

    assert code == 0
    assert "note: event/c.txt: its words are not those of English" in err


def test_the_demo_replays_and_shows_no_place_of_this_machine(place):
    code, out, err = checker_(place, "demo")

    assert (code, err) == (0, "")
    page = (place / "checker-demo" / "report.html").read_text(encoding="utf-8")
    assert str(ROOT) not in out + page
    assert "seeds/000_3797edb1984e2faf.txt" in page


def test_one_article_is_an_input_error(place):
    code, _, err = checker_(place, "check", "event/a.txt")

    assert code == 2
    assert err.startswith("error: ")


def test_an_unknown_extension_of_an_output_is_said_before_any_work(place):
    code, _, err = checker_(place, "check", "event", "-o", "report.docx")

    assert code == 2
    assert ".html" in err


def test_a_model_is_asked_and_its_answers_are_reported(place):
    with thinking() as endpoint:
        code, out, err = checker_(
            place, "check", "event", "-m", "rules", "-o", "result.json", **endpoint.environment
        )

    assert (code, err) == (0, "")
    # two extractions, one comparison, one second look
    assert len(endpoint.asked) == 4
    assert result(place)["counts"]["pairs"]["conflicting"] == 1
    usage = {stage["stage"]: (stage["calls"], stage["tokens_in"]) for stage in result(place)["run"]["usage"]}
    assert usage == {"extract": (2, 200), "judge": (1, 100), "verify": (1, 100)}
    assert "extract" in out


def test_a_conflict_fails_the_run_only_where_it_is_asked_to(place):
    with thinking() as endpoint:
        plain, _, _ = checker_(place, "check", "event", "-m", "rules", **endpoint.environment)
        gate, _, _ = checker_(
            place, "check", "event", "-m", "rules", "--fail-on", "conflict", **endpoint.environment
        )

    assert (plain, gate) == (0, 1)


def test_a_second_run_asks_nothing_and_finds_the_same(place):
    with thinking() as endpoint:
        checker_(place, "check", "event", "-m", "rules", "-o", "result.json", **endpoint.environment)
        first, n_asked = findings(place), len(endpoint.asked)
        checker_(place, "check", "event", "-m", "rules", "-o", "result.json", **endpoint.environment)

        assert (len(endpoint.asked), findings(place)) == (n_asked, first)


@pytest.mark.parametrize("paths", [["event/b.txt", "event/a.txt"], ["event/a.txt", "event/b.txt"]])
@pytest.mark.parametrize("concurrency", ["1", "16"])
def test_neither_order_nor_concurrency_changes_the_findings(place, paths, concurrency):
    with thinking() as endpoint:
        checker_(place, "check", "event", "-m", "rules", "-o", "result.json", **endpoint.environment)
        usual = findings(place)
        checker_(
            place,
            "check",
            *paths,
            "-m",
            "rules",
            "-j",
            concurrency,
            "--cache",
            "other",
            "-o",
            "result.json",
            **endpoint.environment,
        )

        assert findings(place) == usual


def test_recordings_replay_without_key_or_network(place):
    with thinking() as endpoint:
        checker_(
            place,
            "check",
            "event",
            "-m",
            "rules",
            "--record",
            "recorded",
            "-o",
            "result.json",
            **endpoint.environment,
        )
    recorded = findings(place)
    code, _, err = checker_(place, "check", "event", "--replay", "recorded", "-o", "result.json")

    assert (code, err, findings(place)) == (0, "", recorded)


def test_a_replay_fails_on_what_was_not_recorded(place):
    with thinking() as endpoint:
        checker_(place, "check", "event", "-m", "rules", "--record", "recorded", **endpoint.environment)
    (place / "event" / "a.txt").write_text(A + " The mayor resigned on Monday.")
    code, _, err = checker_(place, "check", "event", "--replay", "recorded")

    assert code == 2
    assert "extract" in err


def test_the_key_is_written_nowhere(place):
    with thinking() as endpoint:
        _, out, err = checker_(
            place,
            "check",
            "event",
            "-m",
            "rules",
            "--record",
            "recorded",
            "-o",
            "result.json",
            "-o",
            "r.html",
            "-o",
            "r.md",
            **endpoint.environment,
        )
    written = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())

    assert b"sk-made-up-for-tests" not in written + out.encode() + err.encode()


def test_a_refused_key_stops_the_run_with_the_fix(place):
    with thinking(status=401) as endpoint:
        code, _, err = checker_(place, "check", "event", "-m", "rules", **endpoint.environment)

    assert code == 2
    assert "OPENAI_API_KEY" in err


def test_a_limit_stops_before_the_next_call_and_the_same_command_finishes(place):
    with thinking() as endpoint:
        code, out, _ = checker_(
            place,
            "check",
            "event",
            "-m",
            "rules",
            "--max-calls",
            "2",
            "-o",
            "result.json",
            **endpoint.environment,
        )

        assert (code, len(endpoint.asked)) == (3, 2)
        assert "--max-calls 2" in out
        assert result(place)["counts"]["pairs"]["not_judged"] > 0
        code, _, _ = checker_(place, "check", "event", "-m", "rules", **endpoint.environment)
        # four in all: the two that were bought were not bought again
        assert (code, len(endpoint.asked)) == (0, 4)


def test_a_limit_on_cost_needs_a_price(place):
    code, _, err = checker_(
        place,
        "check",
        "event",
        "-m",
        "no-such-model",
        "--max-cost",
        "1",
        OPENAI_BASE_URL="http://127.0.0.1:9",
    )

    assert code == 2
    assert "--price-in" in err


def test_a_dry_run_opens_no_connection_and_says_where_text_would_go(place):
    # port 9 takes no connections: a run that tried would fail
    code, out, err = checker_(
        place,
        "check",
        "event",
        "-m",
        "rules",
        "--dry-run",
        "--price-in",
        "1",
        "--price-out",
        "2",
        OPENAI_BASE_URL="http://127.0.0.1:9/v1",
    )

    assert (code, err) == (0, "")
    assert "127.0.0.1:9" in out
    assert "Nothing was sent" in out
    assert not (place / "cache").exists()


def test_an_interrupt_waits_for_the_paid_answer_and_writes_what_is_known(place):
    with thinking(hold_at=2) as endpoint:
        process = start(
            place, "check", "event", "-m", "rules", "-j", "1", "-o", "result.json", **endpoint.environment
        )
        endpoint.held.wait()
        process.send_signal(signal.SIGINT)
        # the message is printed once nothing new will be asked
        assert "stopping" in process.stderr.readline() + process.stderr.readline()
        endpoint.release.set()
        process.communicate()

        assert process.returncode == 130
        assert len(endpoint.asked) == 2
        # the answer that was under way came and counts: both articles have their claims
        assert result(place)["counts"]["claims"]["not_judged"] == 4


def test_a_second_interrupt_ends_at_once(place):
    with thinking(hold_at=1) as endpoint:
        process = start(
            place, "check", "event", "-m", "rules", "-j", "1", "-o", "result.json", **endpoint.environment
        )
        endpoint.held.wait()
        process.send_signal(signal.SIGTERM)
        process.stderr.readline(), process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate()

        assert process.returncode == 130
        assert "interrupted" in err
        assert not (place / "result.json").exists()


def test_the_schema_is_printed(place):
    code, out, _ = checker_(place, "schema", "result")

    assert code == 0
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/")


def test_doctor_says_where_text_goes(place):
    code, out, _ = checker_(place, "doctor")

    assert code == 0
    assert "no text leaves this machine" in out


def test_doctor_fails_where_the_endpoint_takes_no_connection(place):
    code, out, _ = checker_(place, "doctor", CHECKER_MODEL="m", OPENAI_BASE_URL="http://127.0.0.1:9/v1")

    assert code == 2
    assert "OPENAI_BASE_URL" in out


@pytest.mark.parametrize(
    ("settings", "finding"),
    [
        (
            {"CHECKER_MODLE": "m"},
            "settings   CHECKER_MODLE: no setting can be made so; did you mean CHECKER_MODEL?",
        ),
        (
            {"CHECKER_MODEL": "m", "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://example.org/v1"},
            "model      OPENAI_BASE_URL: example.org would be sent the key and the articles unencrypted",
        ),
        ({"CHECKER_CACHE": "event/a.txt"}, "answers cannot be kept here"),
    ],
)
def test_doctor_says_what_is_wrong_with_the_set_up(place, settings, finding):
    code, out, _ = checker_(place, "doctor", **settings)

    assert code == 2
    assert [line for line in out.splitlines() if line.startswith("  fail  ") and finding in line]


@pytest.mark.parametrize("command", [["info"], ["clear", "--yes"]])
def test_a_file_is_no_empty_cache(place, command):
    code, _, err = checker_(place, "cache", *command, "--cache", "event/a.txt")

    assert code == 2
    assert "answers cannot be kept here" in err


def test_no_answer_is_removed_unless_it_is_meant(place):
    with thinking() as endpoint:
        checker_(place, "check", "event", "-m", "rules", **endpoint.environment)

    code, out, _ = checker_(place, "cache", "clear")
    assert code == 1
    assert out.startswith("Remove all answers in ")
    assert "4 answers" in checker_(place, "cache", "info")[1]


def test_the_cache_can_be_seen_and_cleared(place):
    with thinking() as endpoint:
        checker_(place, "check", "event", "-m", "rules", **endpoint.environment)

    assert "4 answers" in checker_(place, "cache", "info")[1]
    assert "4 answers removed" in checker_(place, "cache", "clear", "--yes")[1]
    assert "0 answers" in checker_(place, "cache", "info")[1]
