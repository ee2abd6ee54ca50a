"""What is done with a result, as a user does it: gates, what was accepted, other formats, findings, changes."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import A, B, checker_, environment, result
from thinking import thinking

README = Path(__file__).parent.parent / "README.md"
ALARMING = ("conflict", "unsupported", "missing")


def make(place):
    """A draft with a fact that no source has, and a folder of two sources."""
    (place / "event").mkdir()
    (place / "draft.txt").write_text(f"{A} The stadium was closed on Monday.")
    (place / "event" / "a.txt").write_text("It rained for two hours in the evening.")
    (place / "event" / "b.txt").write_text(f"{B} It rained for two hours in the evening.")
    return place


@pytest.fixture
def place(tmp_path):
    return make(tmp_path)


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """The same, held against its sources once; the tests that use it write nothing that others read."""
    place = make(tmp_path_factory.mktemp("checked"))
    kept(place, "-o", "first.md")
    return place


@pytest.fixture
def equals(place):
    """Two articles that a model finds to conflict."""
    (place / "event" / "a.txt").write_text(A)
    (place / "event" / "b.txt").write_text(B)
    return place


def kept(place, *arguments):
    """Hold the draft against its sources, with the built-in engine."""
    return checker_(place, "check", "draft.txt", "--against", "event", "-o", "result.json", *arguments)


def test_a_draft_is_held_against_its_sources(place):
    code, _, err = kept(place)

    assert (code, err) == (0, "")
    assert result(place)["drafts"] == ["draft"]


def test_sources_may_be_several(place):
    code, _, _ = checker_(
        place,
        "check",
        "draft.txt",
        "--against",
        "event/a.txt",
        "--against",
        "event/b.txt",
        "-o",
        "result.json",
    )

    assert (code, result(place)["counts"]["articles"]) == (0, 3)


def test_a_dry_run_tells_draft_from_source(place):
    code, out, _ = kept(place, "--dry-run")

    assert code == 0
    assert "Would read 1 draft and 2 sources:" in out
    assert "  draft   draft.txt" in out
    assert "  source  event/a.txt" in out


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["conflict,missing"], 1),
        (["unsupported"], 1),
        (["conflict", "--fail-on", "unsupported"], 1),
        (["never"], 0),
    ],
)
def test_a_draft_fails_on_the_kinds_that_were_asked_for(place, kinds, expected):
    code, _, err = kept(place, "--fail-on", *kinds)

    assert code == expected
    assert err.startswith("found: ") == bool(expected)


def test_what_only_a_draft_can_have_needs_sources(place):
    code, _, err = checker_(place, "check", "event", "--fail-on", "unsupported")

    assert code == 2
    assert "--against" in err


def test_what_a_file_asks_of_drafts_leaves_equals_alone(place):
    (place / "checker.toml").write_text('fail_on = "conflict,unsupported"')
    code, _, err = checker_(place, "check", "event", "--format", "line")

    assert (code, err) == (0, "")


def test_the_environment_can_say_what_fails(place):
    code, _, _ = checker_(
        place, "check", "draft.txt", "--against", "event", CHECKER_FAIL_ON="missing,unsupported"
    )

    assert code == 1


def test_findings_and_gaps_exit_3_and_both_are_said(equals):
    (equals / "event" / "c.txt").write_text("It rained. The mayor resigned on Monday.")
    with thinking() as endpoint:
        # two articles first, so that the answers for their conflict are kept
        bought = ("check", "event/a.txt", "event/b.txt", "-m", "rules")
        checker_(equals, *bought, **endpoint.environment)
        code, _, err = checker_(
            equals,
            "check",
            "event",
            "-m",
            "rules",
            "--max-calls",
            "0",
            "--fail-on",
            "conflict",
            **endpoint.environment,
        )

    assert code == 3
    assert "found: 1 conflict; not complete: " in err


def listed(place, *kinds):
    """The lines of `show` for the findings of these kinds."""
    _, out, _ = checker_(place, "show", "result.json", *(f"--kind={kind}" for kind in kinds))
    return out.splitlines()


def test_what_is_accepted_for_a_reason_fails_nothing(place):
    kept(place)
    numbers = [line.split()[0] for line in listed(place, *ALARMING)]
    added, out, _ = checker_(place, "baseline", "add", "result.json", *numbers, "--reason", "known")
    code, _, err = kept(place, "--fail-on", ",".join(ALARMING), "--baseline", ".checker-baseline.json")

    assert (added, out.count("accepted: ")) == (0, len(numbers))
    assert (code, err) == (0, "")
    assert set(result(place)["accepted"].values()) == {"known"}


def test_the_commands_that_the_readme_has_for_a_draft_work_one_after_the_other(place):
    text = README.read_text(encoding="utf-8")
    section = text.split("## Check a draft against its sources\n")[1].split("\n## ")[0]
    commands = re.findall(r"(?:^    |`)checker ((?:check|baseline) [^`\n]+)", section, re.MULTILINE)
    (place / "event").rename(place / "sources")
    draft = "The stadium was closed on Monday. The mayor resigned on Tuesday. A mill burned on Friday."
    (place / "draft.md").write_text(draft)
    codes = [checker_(place, *shlex.split(command))[0] for command in commands]

    # The draft says three things that no source does, of which F3 is one; the second check asks for conflicts alone.
    assert [command.split(" ")[0] for command in commands] == ["check", "baseline", "check", "baseline"]
    assert codes == [1, 0, 0, 0]


def test_a_baseline_that_nobody_named_is_not_written_through_a_link(place):
    kept(place)
    (place / ".checker-baseline.json").symlink_to("theirs.json")
    code, _, err = checker_(place, "baseline", "add", "result.json", "F1", "--reason", "x")

    assert (code, (place / "theirs.json").exists()) == (2, False)
    assert "remove it, or name a file with --baseline" in err


def test_adding_ends_with_how_the_check_reads_the_file(place):
    kept(place)
    _, out, _ = checker_(
        place, "baseline", "add", "result.json", "F1", "--reason", "known", "--baseline", "my b.json"
    )

    assert out.splitlines()[-1] == "the check reads it with: checker check … --baseline 'my b.json'"


def test_pruning_with_another_result_drops_nothing(place):
    kept(place)
    checker_(place, "baseline", "add", "result.json", "1", "2", "--reason", "known", "--baseline", "b.json")
    before = (place / "b.json").read_bytes()
    checker_(place, "check", "event", "-o", "other.json")
    code, out, err = checker_(place, "baseline", "prune", "other.json", "--baseline", "b.json")

    assert (code, out, (place / "b.json").read_bytes()) == (2, "", before)
    assert "none of the 2 accepted findings" in err
    assert "--all" in err


def test_what_is_no_longer_found_is_told_and_can_be_pruned(place):
    kept(place)
    checker_(place, "baseline", "add", "result.json", "1", "2", "--reason", "known", "--baseline", "b.json")
    (place / "draft.txt").write_text("Rovers won the match 3-2. It rained for two hours in the evening.")
    code, _, err = kept(place, "--baseline", "b.json")
    told = "note: 2 of 2 accepted findings were not found: checker baseline prune result.json --baseline b.json --all\n"
    entries = json.loads((place / "b.json").read_text())["accepted"]
    rows = [f"dropped: {one['id']} {one['kind']} {one['title']} (accepted: known)" for one in entries]

    assert (code, err) == (0, told)
    pruned, out, _ = checker_(place, *told.split("checker ")[1].split())
    assert (pruned, out.splitlines()) == (0, [*rows, "b.json: 2 dropped, 0 kept"])
    assert json.loads((place / "b.json").read_text()) == {"version": 1, "accepted": []}


def test_a_finding_is_not_accepted_without_a_reason(checked):
    code, _, _ = checker_(checked, "baseline", "add", "result.json", "F1")

    assert code == 2
    assert not (checked / ".checker-baseline.json").exists()


def test_a_broken_baseline_is_an_error_before_the_run(place):
    (place / "b.json").write_text('{"version": 1, "accepted": [{"id": "0123456789ab"}]}')
    code, out, err = kept(place, "--baseline", "b.json")

    assert (code, out) == (2, "")
    assert err.startswith("error: b.json: entry 1 (0123456789ab): kind: ")


def test_a_report_is_not_written_over_what_was_accepted(place):
    (place / "b.json").write_text('{"version": 1, "accepted": []}')
    code, _, _ = kept(place, "--baseline", "b.json", "-o", "b.json")

    assert (code, json.loads((place / "b.json").read_text())["version"]) == (2, 1)


def test_what_was_accepted_is_not_read_as_an_article(place):
    (place / "event" / ".checker-baseline.json").write_text('{"version": 1, "accepted": []}')
    code, out, err = checker_(place, "check", "event", "--format", "json")

    assert (code, err, len(json.loads(out)["articles"])) == (0, "", 2)


def test_a_result_is_rendered_again(checked):
    code, out, err = checker_(checked, "report", "result.json", "-o", "again.md", "-o", "page.html")

    assert (code, err) == (0, "")
    assert (checked / "again.md").read_bytes() == (checked / "first.md").read_bytes()
    assert "Written: again.md, page.html" in out


def test_a_result_is_printed_in_any_format(checked):
    _, out, _ = checker_(checked, "report", "result.json", "--format", "json")

    assert out == (checked / "result.json").read_text(encoding="utf-8")


def test_a_result_that_names_an_impossible_path_is_rendered(checked):
    odd = result(checked)
    odd["articles"][0]["path"] = "a\0b"
    (checked / "odd.json").write_text(json.dumps(odd))
    code, _, err = checker_(checked, "report", "odd.json", "-o", "odd.md")

    assert (code, err) == (0, "")


def test_a_result_can_come_on_stdin(checked):
    done = subprocess.run(
        [sys.executable, "-m", "checker", "show", "-"],
        cwd=checked,
        env=environment(checked),
        input=(checked / "result.json").read_text(encoding="utf-8"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("F1  ")


@pytest.mark.parametrize("command", [["report"], ["show"], ["diff", "event/a.txt"], ["baseline", "prune"]])
def test_what_is_no_result_is_one_line_and_exit_2(place, command):
    (place / ".checker-baseline.json").write_text('{"version": 1, "accepted": []}')
    code, out, err = checker_(place, *command, "event/b.txt")

    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_finding_is_shown_in_full(checked):
    code, out, _ = checker_(checked, "show", "result.json", "F1")

    assert code == 0
    assert "draft.txt:1 · no date · draft" in out
    assert "\x1b" not in out


def test_an_unknown_finding_says_what_there_is(checked):
    code, _, err = checker_(checked, "show", "result.json", "F99")

    assert code == 2
    assert "they are F1 to F" in err


def test_one_finding_and_a_kind_do_not_go_together(checked):
    assert checker_(checked, "show", "result.json", "F1", "--kind", "conflict")[0] == 2


def test_what_is_new_between_two_results_can_fail(place):
    kept(place)
    (place / "old.json").write_bytes((place / "result.json").read_bytes())
    (place / "draft.txt").write_text(f"{A} The stadium was closed on Monday. Ines Holt owns the club.")
    kept(place)
    code, out, _ = checker_(place, "diff", "old.json", "result.json", "--exit-code")

    assert (code, out.split("\n")[0][:5]) == (1, "1 new")
    assert checker_(place, "diff", "old.json", "result.json")[0] == 0
    assert checker_(place, "diff", "result.json", "old.json", "--exit-code")[0] == 0
    assert checker_(place, "diff", "old.json", "result.json", "--format", "json")[1].startswith("{")


def test_a_gap_in_the_new_result_comes_before_what_is_new(equals):
    with thinking() as endpoint:
        checker_(equals, "check", "event", "-m", "rules", "-o", "old.json", **endpoint.environment)
    with thinking() as endpoint:
        limited = ("--max-calls", "2", "--cache", "other", "-o", "new.json")
        checker_(equals, "check", "event", "-m", "rules", *limited, **endpoint.environment)
    code, _, err = checker_(equals, "diff", "old.json", "new.json", "--exit-code")

    assert code == 3
    assert "note: new.json is not complete: " in err
