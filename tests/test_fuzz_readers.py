"""Whatever a file holds, its reader takes it or says what is wrong: no other error leaves it."""

import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from any_bytes import (
    ARTICLES,
    HOSTILE,
    baseline_file,
    load_file,
    pair_file,
    result_file,
    set_file,
    settings_file,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sample_report import sample

import checker
from checker.errors import InputError
from checker.report.result import parse, render
from checker.settings import Settings

any_file = settings(max_examples=40, deadline=None, derandomize=True)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
TEXTS = (
    "Nine people died when the ferry Margarethe sank off Varsund on Monday. The fairway is closed.",
    "Twelve people died when the ferry Margarethe sank off Varsund on Monday. Divers found a tear.",
    "The ferry Margarethe sank off Varsund on Tuesday. The fairway is not closed.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("any")


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory):
    """Gives the report on the same three articles, with the files made in the order given."""
    place = tmp_path_factory.mktemp("shuffled")

    @cache
    def report(order):
        shutil.rmtree(place)
        place.mkdir()
        for number in order:
            (place / f"{number}.txt").write_text(TEXTS[number], encoding="utf-8")
        return checker.check(
            *(place / f"{number}.txt" for number in order), settings=Settings(model="builtin")
        )

    return report


@pytest.mark.parametrize("suffix", ARTICLES)
@any_file
@given(data=HOSTILE)
def test_any_bytes_are_an_article_or_a_remark(folder, suffix, data):
    place = folder / suffix
    place.mkdir(exist_ok=True)
    load_file(place, f"any{suffix}", data)


@pytest.mark.parametrize(
    "name", ["claims.jsonl", "labels.jsonl", "articles.jsonl", "about.jsonl", "articles/a.txt"]
)
@any_file
@given(data=HOSTILE)
def test_any_bytes_are_a_file_of_a_set_or_an_input_error(folder, name, data):
    place = folder / name.replace("/", "-")
    place.mkdir(exist_ok=True)
    set_file(place, name, data)


@any_file
@given(data=HOSTILE)
def test_any_bytes_are_pairs_or_an_input_error(folder, data):
    pair_file(folder, data)


@any_file
@given(data=HOSTILE)
def test_any_bytes_are_a_result_or_an_input_error(folder, data):
    result_file(folder, data)


@any_file
@given(data=HOSTILE)
def test_any_bytes_are_a_baseline_or_an_input_error(folder, data):
    baseline_file(folder, data)


@pytest.mark.parametrize("name", ["checker.toml", "pyproject.toml"])
@any_file
@given(data=HOSTILE)
@example(data=b"[tool.checker]\na = " + b"[" * 9000)
def test_any_bytes_are_settings_or_a_settings_error(folder, name, data):
    place = folder / name.removesuffix(".toml")
    place.mkdir(exist_ok=True)
    settings_file(place, name, data)


@settings(any_file, max_examples=80)
@given(st.data())
def test_a_result_with_any_value_changed_is_a_result_or_an_input_error(data):
    whole = json.loads(render(sample()))
    place = whole
    while place and isinstance(place, dict | list):
        inside, key = (
            place,
            data.draw(st.sampled_from([*(place if isinstance(place, dict) else range(len(place)))])),
        )
        place = inside[key]
    inside[key] = data.draw(JUNK)

    try:
        parsed = parse(json.dumps(whole))
    except InputError:
        return
    assert parse(render(parsed)) == parsed


@settings(any_file, max_examples=8)
@given(order=st.permutations(range(len(TEXTS))))
def test_the_order_of_the_files_changes_nothing_in_the_report(shuffled, order):
    assert render(shuffled(tuple(order))) == render(shuffled((0, 1, 2)))


def test_the_files_that_are_shuffled_hold_a_conflict(shuffled):
    assert shuffled((0, 1, 2)).labelled(checker.Label.CONFLICTING)


@settings(any_file, max_examples=8)
@given(names=st.permutations(("a", "b", "c")))
def test_the_names_of_the_files_do_not_change_a_verdict(tmp_path_factory, names):
    assert _verdicts(tmp_path_factory.mktemp("named"), names) == _verdicts(
        tmp_path_factory.mktemp("named"), ("a", "b", "c")
    )


def _verdicts(place: Path, names):
    """What was decided of which words: in no order."""
    for name, text in zip(names, TEXTS, strict=True):
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    report = checker.check(place, settings=Settings(model="builtin"))
    said = {claim.id: claim.text for claim in report.claims}
    return {(frozenset((said[one.a], said[one.b])), one.label, one.aspect) for one in report.verdicts}
