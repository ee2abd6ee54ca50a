"""What the project declares: floors that resolve well, exact versions without addresses."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
REQUIREMENTS = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
PINS = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split("\n")
    if line and line[0] != "#"
]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.name)
def test_what_is_installed_is_within_the_bounds(requirement):
    assert requirement.specifier.contains(version(requirement.name))


@pytest.mark.parametrize(("name", "stale"), [("instructor", "1.3.2"), ("openai", "1.109.1")])
def test_the_floors_shut_out_what_a_bare_install_resolves_to(name, stale):
    # pip, asked for the bare names, falls back to an instructor of 2024
    (requirement,) = [one for one in REQUIREMENTS if one.name == name]

    assert not requirement.specifier.contains(stale)


def test_every_requirement_has_a_floor_and_a_ceiling():
    loose = [str(one) for one in REQUIREMENTS if {s.operator for s in one.specifier} < {">=", "<"}]

    assert loose == []


def test_constraints_are_exact_and_hold_no_address():
    assert [line for line in PINS if not re.fullmatch(r"[\w.-]+==[\w.+!-]+", line)] == []


def test_every_requirement_is_constrained():
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in PINS}

    assert {one.name.lower().replace("_", "-") for one in REQUIREMENTS} - pinned == set()
