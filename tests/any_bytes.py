"""Each reader of a file that somebody else wrote, and bytes that are nearly such a file."""

from __future__ import annotations

import contextlib
from pathlib import Path

from hypothesis import strategies as st

from checker.errors import InputError, SettingsError
from checker.evaluate.pairfile import read_pairs
from checker.evaluate.sets import read_set
from checker.load import load
from checker.report.baseline import read_baseline
from checker.report.stored import read_report
from checker.settings import read_settings

ARTICLES = (".txt", ".md", ".html", ".json", ".jsonl")
_PIECES = [
    *(b"{", b"}", b"[", b"]", b'"', b",", b":", b"\n", b" ", b"null", b"true", b"-1", b"1e999", b"NaN", b"9" * 5000),
    *(b'"version":1', b'"accepted":[', b'"id":"', b'"a":"a1"', b'"b":"b1"', b'"label":"agreeing"', b'"quotes":["x"]'),
    *(b'"\\ud800"', b"\xff", b"\xfe", b"\xef\xbb\xbf", b"\x00", b"\xe2\x80\xa8", b"[" * 3000, b'{"a":' * 3000),
    *(b"<html>", b"<p>", b"</p>", b"<script>", b"<!--", b"]]>", b"&#x110000;", b"<" * 2000, b"<table><tr>" * 900),
    *(b"---\n", b"date: ", b"title: ", b"[tool.checker]\n", b"model = ", b"timeout = ", b"a = " + b"[" * 3000),
]  # fmt: skip
HOSTILE = st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(_PIECES), max_size=12).map(b"".join))


def load_file(folder: Path, name: str, data: bytes) -> None:
    """Load *data* as the article *name*, beside two that are whole."""
    for other in ("one.txt", "two.txt"):
        (folder / other).write_text("The ferry sank.", encoding="utf-8")
    (folder / name).write_bytes(data)
    with contextlib.suppress(InputError):
        load([folder])


def set_file(folder: Path, name: str, data: bytes) -> None:
    """Read a labelled set in which the file *name* is *data*."""
    (folder / "articles").mkdir(exist_ok=True)
    for stem, text in (("a", "The ferry sank."), ("b", "The ship sank.")):
        (folder / "articles" / f"{stem}.txt").write_text(text, encoding="utf-8")
    row = '{{"id":"{0}1","article":"{0}.txt","text":"It sank.","speaker":null,"quotes":["sank"]}}\n'
    (folder / "claims.jsonl").write_text(row.format("a") + row.format("b"), encoding="utf-8")
    (folder / "labels.jsonl").write_text('{"a":"a1","b":"b1","label":"agreeing"}\n', encoding="utf-8")
    (folder / name).write_bytes(data)
    with contextlib.suppress(InputError):
        read_set(folder)


def pair_file(folder: Path, data: bytes) -> None:
    """Read *data* as a file of pairs."""
    (folder / "pairs.jsonl").write_bytes(data)
    with contextlib.suppress(InputError):
        read_pairs(folder / "pairs.jsonl")


def result_file(folder: Path, data: bytes) -> None:
    """Read *data* as a result file."""
    (folder / "result.json").write_bytes(data)
    with contextlib.suppress(InputError):
        read_report(folder / "result.json")


def baseline_file(folder: Path, data: bytes) -> None:
    """Read *data* as a baseline."""
    (folder / "baseline.json").write_bytes(data)
    with contextlib.suppress(InputError):
        read_baseline(folder / "baseline.json")


def settings_file(folder: Path, name: str, data: bytes) -> None:
    """Read *data* as the settings file *name*."""
    (folder / name).write_bytes(data)
    with contextlib.suppress(SettingsError):
        read_settings({}, {}, folder)
