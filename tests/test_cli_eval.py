"""`checker eval` and `checker label` as a user runs them: output, files, exit codes, errors."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import checker_, environment
from thinking import thinking

ROOT = Path(__file__).parent.parent
ACCEPTED = ROOT / "evals" / "scorecards" / "accepted.json"
A = "Police arrested 14 people. The match ended 3-2."
B = "Nobody was arrested at all. Rovers won the match 3-2."
CLAIMS = [
    ("a1", "a.txt", "Police arrested 14 people."),
    ("a2", "a.txt", "The match ended 3-2."),
    ("b1", "b.txt", "Nobody was arrested at all."),
    ("b2", "b.txt", "Rovers won the match 3-2."),
]
CONFLICT = {"a": "a1", "b": "b1", "label": "conflicting", "aspect": "quantity", "between": "articles"}
AGREEMENT = {"a": "a2", "b": "b2", "label": "agreeing"}


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def make_set(folder, more=""):
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "a.txt").write_text(A + more)
    (folder / "articles" / "b.txt").write_text(B)
    claims = [*CLAIMS, ("a3", "a.txt", more.strip())] if more else CLAIMS
    rows = [
        {"id": name, "article": article, "text": text, "speaker": None, "quotes": [text]}
        for name, article, text in claims
    ]
    write_lines(folder / "claims.jsonl", rows)
    write_lines(folder / "labels.jsonl", [CONFLICT, AGREEMENT])


def make_sets(place):
    make_set(place / "sets" / "one")
    make_set(place / "sets" / "two", " It rained all night.")
    return place


@pytest.fixture
def place(tmp_path):
    """A folder with two labelled sets below `sets`."""
    return make_sets(tmp_path)


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """The same, scored once with the built-in engine: the folder, exit code, output and errors."""
    place = make_sets(tmp_path_factory.mktemp("scored"))
    return place, *checker_(place, "eval", "run", "sets")


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """The same, scored once with a model, and its answers recorded: the folder and the output."""
    place = make_sets(tmp_path_factory.mktemp("answered"))
    _, out, _ = asked(place, "--record", "recorded", "--swap", "--repeat", "2", "--one-prompt")
    return place, out


@pytest.fixture
def recorded(answered, tmp_path):
    """A copy of that folder."""
    return shutil.copytree(answered[0], tmp_path / "copy")


def asked(place, *more):
    with thinking() as endpoint:
        return checker_(place, "eval", "run", "sets", "-m", "rules", *more, **endpoint.environment)


def test_the_built_in_engine_is_scored_without_a_model(scored):
    _, code, out, err = scored

    assert (code, err) == (0, "")
    assert "2 sets, 4 articles, 9 claims, 10 pairs: 2 labelled conflicting, 2 agreeing" in out
    assert "built-in engine" in out


def test_a_scorecard_and_a_page_are_written(scored):
    place = scored[0]

    card = json.loads((place / "checker-eval" / "scorecard.json").read_text(encoding="utf-8"))
    assert card["system"] == "built-in engine"
    assert "<!DOCTYPE html>" in (place / "checker-eval" / "scorecard.html").read_text(encoding="utf-8")


def test_one_stage_can_be_asked_for(place):
    _, out, _ = checker_(place, "eval", "run", "sets", "--stage", "judge")

    assert "judge: labels of pairs" in out
    assert "whole: from the articles" not in out


def test_a_replay_needs_no_key_and_gives_the_same_table(answered):
    place, live = answered
    code, out, err = checker_(place, "eval", "run", "sets", "--replay", "recorded")

    def scores(text):
        return text.split("\ncalls and tokens")[0]

    assert (code, err) == (0, "")
    assert scores(out) == scores(live)
    assert "same label with A and B swapped" in out
    assert "one prompt" in out


@pytest.mark.parametrize("command", ["run", "pairs"])
def test_the_help_names_the_variable_of_the_model_and_every_option_that_an_error_points_to(place, command):
    _, out, _ = checker_(place, "eval", command, "--help")

    named = ("CHECKER_MODEL", "--max-cost", "--price-in", "--price-out", "--allow-http")
    assert [name for name in named if name not in out] == []


def test_a_limit_on_cost_is_kept_where_the_price_is_given(place):
    code, out, _ = asked(place, "--stage", "judge", "--max-cost", "0", "--price-in", "1", "--price-out", "1")

    assert code == 3
    assert "not judged by rules: 10 of 10 pairs" in out


def test_a_key_may_travel_over_http_where_it_is_allowed(place):
    elsewhere = {"OPENAI_BASE_URL": "http://models.invalid/v1", "OPENAI_API_KEY": "sk-made-up"}
    command = ("eval", "run", "sets", "--stage", "judge", "-m", "rules", "--max-calls", "0")
    refused, _, err = checker_(place, *command, **elsewhere)
    code, _, _ = checker_(place, *command, "--allow-http", **elsewhere)

    assert (refused, "--allow-http" in err, code) == (2, True, 3)


def test_what_was_not_judged_is_exit_3(place):
    code, out, _ = asked(place, "--stage", "judge", "--max-calls", "0")

    assert code == 3
    assert "not judged by rules: 10 of 10 pairs" in out


def test_recordings_that_nothing_asks_for_are_named_and_kept(recorded):
    stray = recorded / "recorded" / "judge" / "one" / "judge-0000000000000000.json"
    shutil.copy(next((recorded / "recorded" / "judge" / "one").glob("judge-*.json")), stray)
    code, _, err = checker_(recorded, "eval", "run", "sets", "--replay", "recorded")

    assert code == 0
    assert "judge-0000000000000000.json" in err
    assert "--prune removes them" in err
    assert stray.exists()


def test_prune_removes_only_what_nothing_asks_for(recorded):
    before = set((recorded / "recorded").rglob("*.json"))
    stray = recorded / "recorded" / "judge" / "one" / "judge-0000000000000000.json"
    shutil.copy(next((recorded / "recorded" / "judge" / "one").glob("judge-*.json")), stray)
    checker_(recorded, "eval", "run", "sets", "--replay", "recorded", "--prune")

    assert set((recorded / "recorded").rglob("*.json")) == before


def test_prune_leaves_the_recordings_of_other_sets(recorded):
    before = set((recorded / "recorded").rglob("*.json"))
    checker_(recorded, "eval", "run", "sets/two", "--replay", "recorded", "--prune")

    assert set((recorded / "recorded").rglob("*.json")) == before


def test_prune_leaves_files_that_are_no_recordings(recorded):
    other = recorded / "recorded" / "judge" / "one" / "my-notes.json"
    other.write_text("{}")
    checker_(recorded, "eval", "run", "sets", "--replay", "recorded", "--prune")

    assert other.exists()


def test_swapped_pairs_without_an_answer_are_incomplete(answered, tmp_path):
    place = shutil.copytree(answered[0], tmp_path / "copy")
    kept = sum(1 for _ in (place / "recorded" / "judge").rglob("*.json"))
    cache = str(place / "fresh")
    code, out, _ = asked(
        place, "--stage", "judge", "--swap", "--cache", cache, "--max-calls", str(kept), "-j", "1"
    )

    assert code == 3
    assert "same label with A and B swapped            " in out


@pytest.mark.parametrize("output", ["sets/one/articles/000.html", "sets/card.json"])
def test_scores_are_not_written_into_what_is_scored(place, output):
    code, _, err = checker_(place, "eval", "run", "sets", "-o", output)

    assert (code, "write the scores elsewhere" in err) == (2, True)
    assert not (place / output).exists()


def test_scores_of_pairs_are_not_written_over_the_pairs(place):
    rows = [{"id": "1", "text_a": "A mill burned.", "text_b": "A mill burned.", "label": "agreeing"}]
    write_lines(place / "pairs.json", rows)
    code, _, err = checker_(place, "eval", "pairs", "pairs.json", "-o", "pairs.json")

    assert (code, "write the scores elsewhere" in err) == (2, True)
    assert "mill" in (place / "pairs.json").read_text()


def test_one_place_that_cannot_be_written_costs_the_others_nothing(place):
    (place / "folder.json").mkdir()
    code, out, err = checker_(place, "eval", "run", "sets", "-o", "folder.json", "-o", "good.json")

    assert code == 2
    assert "folder.json" in err
    assert "good.json" in out
    assert (place / "good.json").exists()


@pytest.mark.parametrize(
    "more", [["--stage", "pair", "--swap"], ["--stage", "extract", "--repeat", "2"], ["--one-prompt"]]
)
def test_an_option_that_would_do_nothing_is_refused(place, more):
    code, _, err = checker_(place, "eval", "run", "sets", *more)

    assert code == 2
    assert "stage" in err


def test_who_labelled_is_said_beside_the_scores(place):
    write_lines(place / "sets" / "one" / "about.jsonl", [{"labelled_by": "two editors"}])
    _, out, _ = checker_(place, "eval", "run", "sets", "--stage", "pair")

    assert "labelled by two editors" in out


@pytest.mark.parametrize("more", [["--stage", "judge", "--replay", "recorded"], []])
def test_prune_wants_a_replay_of_all_stages(answered, more):
    code, _, err = checker_(answered[0], "eval", "run", "sets", "--prune", *more)

    assert code == 2
    assert "only a replay of all stages" in err


def test_a_broken_label_file_is_named_by_file_line_and_record(place):
    write_lines(place / "sets" / "one" / "labels.jsonl", [CONFLICT, {**AGREEMENT, "label": "same"}])
    code, _, err = checker_(place, "eval", "run", "sets")

    assert code == 2
    assert "sets/one/labels.jsonl:2: a2, b2: label" in err


def test_an_edited_recording_is_refused(recorded):
    path = next((recorded / "recorded" / "judge" / "one").glob("judge-*.json"))
    path.write_text(path.read_text(encoding="utf-8").replace("Police", "Nobody"), encoding="utf-8")
    code, _, err = checker_(recorded, "eval", "run", "sets", "--replay", "recorded")

    assert code == 2
    assert "this recording was edited" in err


def test_a_missing_recording_says_how_to_record(recorded):
    for path in (recorded / "recorded").rglob("judge-*.json"):
        path.unlink()
    code, _, err = checker_(recorded, "eval", "run", "sets", "--replay", "recorded")

    assert code == 2
    assert "judge asks with the prompt judge.v1" in err
    assert "--record recorded" in err


@pytest.mark.parametrize("times", ["0", "21"])
def test_a_number_of_draws_out_of_bounds_is_refused(place, times):
    code, _, err = checker_(place, "eval", "run", "sets", "--repeat", times)

    assert (code, "from 1 to 20" in err) == (2, True)


def test_another_extension_is_refused_before_anything_is_asked(place):
    with thinking() as endpoint:
        code, _, err = checker_(
            place, "eval", "run", "sets", "-m", "rules", "-o", "card.txt", **endpoint.environment
        )

        assert endpoint.asked == []
    assert (code, "written as .json or .html" in err) == (2, True)


def test_two_scorecards_are_compared(scored, answered):
    before, after = (place / "checker-eval" / "scorecard.json" for place in (scored[0], answered[0]))
    code, out, _ = checker_(scored[0], "eval", "compare", str(before), str(after))

    assert code == 0
    assert "judge conflicting F1" in out
    assert "broke: nothing" in out


def test_the_gate_lets_the_same_scores_pass(scored):
    card = "checker-eval/scorecard.json"
    code, out, _ = checker_(scored[0], "eval", "gate", card, "--against", card)

    assert (code, out) == (0, f"no worse than {card}\n")


def test_the_gate_stops_worse_scores_with_the_reason(place):
    asked(place, "--stage", "judge", "-o", "good.json")
    asked(place, "--stage", "judge", "--max-calls", "0", "--cache", "other", "-o", "worse.json")
    code, out, _ = checker_(place, "eval", "gate", "worse.json", "--against", "good.json")

    assert code == 1
    assert "judge: F1 of conflicting fell from 1.000 to 0.000" in out
    assert "judge: 10 not judged, 0 in the baseline" in out


def test_the_gate_cannot_compare_other_sets(scored):
    code, _, err = checker_(
        scored[0], "eval", "gate", "checker-eval/scorecard.json", "--against", str(ACCEPTED)
    )

    assert code == 2
    assert "checker eval run" in err


def test_a_file_that_is_no_scorecard_is_refused(place):
    (place / "card.json").write_text("{}")
    code, _, err = checker_(place, "eval", "compare", "card.json", "card.json")

    assert code == 2
    assert "not a scorecard" in err


def test_files_of_pairs_are_scored_beside_baselines(place):
    rows = [
        {"id": "1", "text_a": "A mill burned.", "text_b": "A mill burned.", "label": "agreeing"},
        {"id": "2", "text_a": "A mill burned.", "text_b": "Swans fly.", "label": "unique"},
    ]
    write_lines(place / "pairs.jsonl", rows)
    code, out, err = checker_(place, "eval", "pairs", "pairs.jsonl", "-o", "scores.json")

    assert (code, err) == (0, "")
    assert all(name in out for name in ("most frequent label", "lexical rule", "built-in engine"))
    assert "mill" not in (place / "scores.json").read_text(encoding="utf-8")


def test_pairs_can_be_judged_by_a_model(place):
    rows = [{"id": "1", "text_a": "It ended 3-2.", "text_b": "They won 3-2.", "label": "agreeing"}]
    write_lines(place / "pairs.jsonl", rows)
    with thinking() as endpoint:
        code, out, _ = checker_(place, "eval", "pairs", "pairs.jsonl", "-m", "rules", **endpoint.environment)

    assert code == 0
    assert "rules" in out


def test_a_set_is_checked(place):
    code, out, _ = checker_(place, "label", "check", "sets")

    assert code == 0
    assert "ok one: 2 articles, 4 claims, 4 pairs: 1 conflicting, 1 agreeing" in out


def test_an_article_of_a_set_without_claims_is_named(place):
    (place / "sets" / "one" / "articles" / "tribune.md").write_text("It rained all night.")
    code, out, _ = checker_(place, "label", "check", "sets")

    assert code == 0
    assert [line for line in out.splitlines() if line.startswith("note")] == [
        "note one: tribune.md has no claims"
    ]


def test_a_set_that_is_not_whole_is_exit_2(place):
    (place / "sets" / "one" / "labels.jsonl").unlink()
    code, _, err = checker_(place, "label", "check", "sets")

    assert code == 2
    assert "labels.jsonl: no such file" in err


def test_annotators_are_compared(place):
    write_lines(place / "other.jsonl", [CONFLICT])
    code, out, _ = checker_(
        place, "label", "agree", "sets/one/labels.jsonl", "other.jsonl", "--claims", "sets/one/claims.jsonl"
    )

    assert code == 0
    assert "Cohen's kappa" in out
    assert "a2 b2: labels agreeing, other unique" in out


def test_without_the_extra_the_error_names_it(place):
    # a package of that name that cannot be imported stands before the real one
    (place / "shadow" / "scipy").mkdir(parents=True)
    (place / "shadow" / "scipy" / "__init__.py").write_text("raise ModuleNotFoundError(name='scipy')")
    more = {"PYTHONPATH": f"{place / 'shadow'}:{environment(place)['PYTHONPATH']}"}
    code, _, err = checker_(place, "eval", "run", "sets", **more)

    assert code == 2
    assert "[eval]" in err


def test_help_loads_no_library_of_the_extra(place):
    program = (
        "import sys; from checker.cli import main\n"
        "sys.argv = ['checker', 'eval', 'run', '--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([m for m in ('numpy', 'scipy', 'sklearn') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(place), capture_output=True, text=True, check=True
    )

    assert done.stdout.strip().endswith("[]")


def test_scores_that_nobody_named_are_not_written_through_a_link(place):
    (place / "home").mkdir()
    (place / "checker-eval").symlink_to("home")
    code, _, err = checker_(place, "eval", "run", "sets", "--stage", "pair")

    assert (code, list((place / "home").iterdir())) == (2, [])
    assert "checker-eval is a link" in err
