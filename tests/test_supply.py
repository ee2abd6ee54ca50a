"""What is installed with the program: its licences, and how known advisories are told."""

import json
import runpy
import tomllib
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LICENCES = runpy.run_path(str(ROOT / "docs" / "licences.py"))
TOLD = runpy.run_path(str(ROOT / "docs" / "audit.py"))["told"]
Package, licence, is_allowed = LICENCES["Package"], LICENCES["licence"], LICENCES["is_allowed"]
IGNORES = [{"id": "CVE-1", "package": "a", "until": date(2027, 1, 1), "reason": "why"}]
TODAY = date(2026, 12, 1)


def advisory(name, *aliases, fixed=()):
    return {"id": name, "aliases": list(aliases), "fix_versions": list(fixed), "description": "…"}


def answered(*packages):
    return json.dumps({"dependencies": list(packages), "fixes": []})


def test_every_licence_of_what_is_installed_is_allowed():
    assert [package.trouble for package in LICENCES["packages"]() if package.trouble] == []


def test_every_named_exception_is_still_needed_and_has_a_reason():
    installed = {package.name for package in LICENCES["packages"]()}

    assert set(LICENCES["NAMED"]) <= installed
    assert all(reason for _, reason in LICENCES["NAMED"].values())


def test_what_the_extras_bring_is_listed_too():
    assert {"openai", "httpx2", "numpy", "genai-prices"} <= {one.name for one in LICENCES["packages"]()}


@pytest.mark.parametrize(
    "expression",
    ["MIT", "Apache-2.0 AND MIT", "GPL-3.0-only OR MIT", "(MIT OR Apache-2.0) AND BSD-3-Clause"],
)
def test_a_permissive_licence_is_allowed(expression):
    assert is_allowed(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "GPL-3.0-or-later",
        "MIT AND GPL-3.0-only",
        "MPL-2.0",
        "LicenseRef-Proprietary",
        "MIT AND (GPL-3.0-only OR MIT)",
    ],
)
def test_another_licence_is_not_allowed(expression):
    assert "is not allowed" in Package("x", "1", expression).trouble


def test_a_package_without_a_licence_is_told():
    assert Package("x", "1", "").trouble == "x 1: its licence is not known"


def test_a_named_package_is_no_longer_allowed_under_another_licence():
    assert Package("certifi", "1", "MPL-2.0").trouble is None
    assert Package("certifi", "1", "GPL-3.0-only").trouble is not None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"License-Expression": ["MIT"], "License": ["other"]}, "MIT"),
        ({"License": ["Apache 2.0"]}, "Apache-2.0"),
        (
            {"License": ["Copyright\nall of it"], "Classifier": ["License :: OSI Approved :: BSD License"]},
            "BSD",
        ),
        ({"Classifier": ["Programming Language :: Python"]}, ""),
    ],
)
def test_a_licence_is_read_from_the_newest_field_that_names_one(fields, expected):
    assert licence(fields.get) == expected


def test_an_advisory_fails_and_says_what_mends_it():
    package = {"name": "b", "version": "1", "vulns": [advisory("PYSEC-1", "CVE-2", fixed=["1.1"])]}

    assert TOLD(answered(package), IGNORES, TODAY) == (
        ["b 1: PYSEC-1, CVE-2; mended in 1.1; NOT PASSED OVER", "1 of 1 packages were checked"],
        1,
    )


def test_an_advisory_may_be_passed_over_by_any_of_its_names_until_a_day():
    package = {"name": "a", "version": "1", "vulns": [advisory("PYSEC-9", "CVE-1")]}

    assert TOLD(answered(package), IGNORES, TODAY)[1] == 0
    assert TOLD(answered(package), IGNORES, date(2027, 1, 1))[1] == 1


def test_an_advisory_is_passed_over_for_the_named_package_alone():
    package = {"name": "b", "version": "1", "vulns": [advisory("CVE-1")]}

    assert TOLD(answered(package), IGNORES, TODAY)[1] == 1


def test_a_package_that_was_not_looked_up_is_not_passed_off_as_safe():
    lines, code = TOLD(answered({"name": "b", "skip_reason": "not found"}), IGNORES, TODAY)

    assert lines == ["NOT CHECKED: the service told nothing about b", "0 of 1 packages were checked"]
    assert code == 0


def test_a_service_that_cannot_be_reached_is_said_and_fails_nothing():
    lines, code = TOLD("", IGNORES, TODAY)

    assert lines == ["NOT CHECKED: the advisory service cannot be reached; nothing was learned"]
    assert code == 0


def test_every_advisory_that_is_passed_over_has_a_reason_and_a_day():
    ignores = tomllib.loads((ROOT / "audit.toml").read_text(encoding="utf-8"))["ignore"]

    assert all(one["reason"].strip() and isinstance(one["until"], date) for one in ignores)
