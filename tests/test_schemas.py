"""The schemas of the tests let a good text pass and a broken one not."""

import json

import pytest
from schemas import junit_errors, sarif_errors

RESULT = {
    "ruleId": "conflicting",
    "level": "error",
    "message": {"text": "12 or 14 injured"},
    "locations": [
        {"physicalLocation": {"artifactLocation": {"uri": "a%20b.txt"}, "region": {"startLine": 3}}},
    ],
}
CASE = '<testcase classname="ferry" name="injured" time="0"><failure message="12 or 14">12\n14</failure></testcase>'
SUITE = f"""<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ferry" tests="1" failures="1" errors="0">
<testsuite name="ferry" tests="1" failures="1" errors="0" skipped="0">
<properties><property name="engine" value="builtin"/></properties>
{CASE}
</testsuite>
</testsuites>"""


def log(*results):
    """A SARIF log with *results*."""
    return json.dumps(
        {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "checker"}}, "results": results}]}
    )


def test_a_good_log_is_sarif():
    assert sarif_errors(log(RESULT)) == []


def test_a_result_without_a_message_is_no_sarif():
    assert sarif_errors(log({"ruleId": "conflicting"})) == [
        "$.runs[0].results[0]: 'message' is a required property"
    ]


def test_a_level_that_does_not_exist_is_no_sarif():
    (line,) = sarif_errors(log({**RESULT, "level": "fatal"}))

    assert line.startswith("$.runs[0].results[0].level: 'fatal' is not one of")


def test_a_cut_log_is_no_sarif():
    assert sarif_errors(log(RESULT)[:-1]) != []


def test_a_good_report_is_junit():
    assert junit_errors(SUITE) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name="injured" ', ""),
        ('failures="1" errors="0" skipped', "skipped"),
        ('time="0"', 'time="soon"'),
        ("<failure", "<skipped/><failure"),
        ("12 or 14", "12 & 14"),
        ("</testsuites>", ""),
    ],
)
def test_a_broken_report_is_no_junit(old, new):
    assert old in SUITE
    assert junit_errors(SUITE.replace(old, new)) != []


def test_an_error_of_a_junit_report_names_its_line():
    (line,) = junit_errors(SUITE.replace("<property ", "<pair "))

    assert line.startswith("line 4: Element 'pair'")
