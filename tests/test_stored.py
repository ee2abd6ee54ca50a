"""A result file on disk is read back; any other file is an error that names it."""

import os

import pytest
from sample_report import sample

from checker.errors import InputError
from checker.report.result import render
from checker.report.stored import read_report, text_of


def test_a_result_is_read_back(tmp_path):
    (tmp_path / "result.json").write_text(render(sample()), encoding="utf-8")

    assert read_report(tmp_path / "result.json") == sample()


@pytest.mark.parametrize("data", [b"", b"{}", b"<html>", b"\xff\xfe", b'{"version": 2}'])
def test_what_is_no_result_is_named(tmp_path, data):
    (tmp_path / "other.json").write_bytes(data)

    with pytest.raises(InputError, match=r"other\.json: "):
        read_report(tmp_path / "other.json")


@pytest.mark.parametrize("text", ["", "{}", "It rained.", '{"version": "1.0"}', "[1]"])
def test_what_has_no_version_is_no_result_file(tmp_path, text):
    (tmp_path / "other.json").write_text(text)

    with pytest.raises(InputError, match=r"other\.json: not a result file of checker"):
        read_report(tmp_path / "other.json")


def test_a_result_that_was_cut_short_is_broken(tmp_path):
    (tmp_path / "result.json").write_text(render(sample())[:2000], encoding="utf-8")

    with pytest.raises(InputError, match=r"broken at line .* run the check again"):
        read_report(tmp_path / "result.json")


@pytest.mark.parametrize("name", [".", "none.json"])
def test_what_cannot_be_opened_is_named(tmp_path, name):
    with pytest.raises(InputError, match="cannot be read"):
        read_report(tmp_path / name)


def test_a_file_that_is_too_large_is_refused(tmp_path):
    (tmp_path / "large").write_text("123456")

    assert text_of(tmp_path / "large", 6) == "123456"
    with pytest.raises(InputError, match="larger than 5 bytes"):
        text_of(tmp_path / "large", 5)


def test_a_result_that_is_a_pipe_nobody_writes_to_holds_nobody_up(tmp_path):
    os.mkfifo(tmp_path / "result.json")

    with pytest.raises(InputError, match="not a result file of checker"):
        read_report(tmp_path / "result.json")
