"""What was accepted: read strictly, held against a report, and never passed off as more than it is."""

import json

import pytest
from sample_report import complete, drafted, sample

from checker.errors import InputError, SettingsError
from checker.report.baseline import Baseline, accept, added, parse, pruned, read_baseline, render, unfound
from checker.report.findings import Kind
from checker.report.gate import failing
from checker.report.overview import overview

ENTRY = {"id": "0123456789ab", "kind": "conflict", "title": "How many?", "reason": "an old count"}
GONE = parse(json.dumps({"version": 1, "accepted": [ENTRY]}), "b.json")


def findings(report, *kinds):
    return overview(report).of(*kinds)


def file(*entries, **more):
    return json.dumps({"version": 1, "accepted": list(entries), **more})


def problem(text):
    with pytest.raises(InputError) as caught:
        parse(text, "b.json")
    return str(caught.value)


def test_what_was_written_can_be_read():
    baseline = added(GONE, findings(drafted(), Kind.CONFLICT, Kind.MISSING), "known")

    assert set(parse(render(baseline), "b.json").accepted) == set(baseline.accepted)


def test_the_file_is_sorted_by_id_whatever_the_order():
    some = findings(complete(), Kind.CONFLICT)

    assert render(added(Baseline(), some, "x")) == render(added(Baseline(), some[::-1], "x"))
    names = [entry["id"] for entry in json.loads(render(added(Baseline(), some, "x")))["accepted"]]
    assert names == sorted(names)


@pytest.mark.parametrize("reason", ["", "  ", "\n\t", "\u200b"])
def test_a_blank_reason_is_refused_with_its_entry(reason):
    said = problem(file(ENTRY | {"id": "ba9876543210"}, ENTRY | {"reason": reason}))

    assert said.startswith("b.json: entry 2 (0123456789ab): reason: it is blank")
    assert "say why" in said


def test_a_missing_reason_is_refused():
    said = problem(file({name: value for name, value in ENTRY.items() if name != "reason"}))

    assert "reason" in said
    assert "add it" in said


@pytest.mark.parametrize("text", [file(ENTRY | {"note": "x"}), file(ENTRY, accept=[])])
def test_an_unknown_key_is_refused_with_what_to_do(text):
    assert "mend its spelling" in problem(text)


def test_an_id_that_stands_twice_is_refused():
    assert "0123456789ab is accepted 2 times" in problem(file(ENTRY, ENTRY))


def test_a_key_that_stands_twice_is_refused():
    assert "duplicate key" in problem('{"version": 1, "version": 1, "accepted": []}')


@pytest.mark.parametrize("value", ["{}", "5", '"x"', "null"])
def test_what_is_accepted_must_be_a_list(value):
    said = problem(f'{{"version": 1, "accepted": {value}}}')

    assert said == "b.json: accepted: it must be a list → mend it"


def test_an_entry_must_be_an_object():
    assert problem(file("F3")) == "b.json: entry 1: it must be an object → mend it"


def test_an_id_that_is_none_is_refused():
    assert "checker show" in problem(file(ENTRY | {"id": "F3"}))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "nul", "[1,]"])
def test_what_is_no_json_is_refused(text):
    assert problem(text).startswith("b.json: not JSON")


@pytest.mark.parametrize("text", ["[]", "{}", '{"version": "1"}', '{"version": true}', "5"])
def test_what_has_no_version_is_refused(text):
    assert "no version" in problem(text)


def test_another_version_is_refused():
    assert "version 2; this program reads version 1" in problem('{"version": 2, "accepted": []}')


@pytest.mark.parametrize("kind", ["agreement", "not_judged", "odd"])
def test_only_what_can_fail_a_run_stands_in_the_file(kind):
    assert "entry 1 (0123456789ab): kind: " in problem(file(ENTRY | {"kind": kind}))


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.json"):
        read_baseline(tmp_path / "none.json")


def test_only_what_is_found_is_accepted_in_the_report():
    (first, *_) = findings(complete(), Kind.CONFLICT)
    baseline = added(GONE, [first], "an old count")

    report = accept(complete(), baseline)

    assert report.accepted == {first.id: "an old count"}
    assert [entry.id for entry in unfound(report, baseline)] == ["0123456789ab"]


def test_an_id_under_another_kind_is_not_found():
    (first, *_) = findings(complete(), Kind.CONFLICT)
    baseline = parse(file(ENTRY | {"id": first.id, "kind": "missing"}), "b.json")

    assert accept(complete(), baseline).accepted == {}


def test_what_is_accepted_fails_nothing():
    conflicts = findings(complete(), Kind.CONFLICT)
    report = accept(complete(), added(Baseline(), conflicts[:2], "known"))

    assert failing(overview(report), ["conflict"]) == findings(report, Kind.CONFLICT)[2:]


def test_accepting_again_gives_the_new_reason():
    some = findings(complete(), Kind.CONFLICT)[:1]

    twice = added(added(Baseline(), some, "first"), some, "second")

    assert [entry.reason for entry in twice.accepted] == ["second"]


@pytest.mark.parametrize("kind", [Kind.NOT_JUDGED, Kind.AGREEMENT, Kind.SINGLE])
def test_what_cannot_fail_a_run_cannot_be_accepted(kind):
    with pytest.raises(InputError, match="can be accepted"):
        added(Baseline(), findings(sample(), kind), "x")


def test_a_finding_needs_a_reason():
    with pytest.raises(SettingsError, match="--reason"):
        added(Baseline(), findings(complete(), Kind.CONFLICT), " ")


def test_pruning_drops_what_is_not_found():
    kept = added(Baseline(), findings(complete(), Kind.CONFLICT)[:1], "known")

    assert pruned(added(GONE, findings(complete(), Kind.CONFLICT)[:1], "known"), complete()) == kept


def test_a_result_that_has_none_of_them_prunes_nothing():
    with pytest.raises(InputError, match=r"none of the 1 accepted findings.*--all"):
        pruned(GONE, complete())


def test_all_are_dropped_where_that_is_wanted():
    assert pruned(GONE, complete(), may_empty=True) == Baseline()


def test_an_empty_baseline_stays_empty():
    assert pruned(Baseline(), complete()) == Baseline()


def test_a_gap_prunes_nothing():
    # what was not judged is not known to be gone
    with pytest.raises(InputError, match="not complete"):
        pruned(GONE, sample())
