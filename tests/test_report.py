"""The door of the report room: formats, extensions, and files written whole or not at all."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from disks import no_file_beyond
from sample_report import hostile, sample

from checker.errors import SettingsError
from checker.report import Format, format_of, render, write
from checker.report.result import parse


@pytest.mark.parametrize("format_", [one for one in Format if one != Format.PARQUET])
@pytest.mark.parametrize("make", [sample, hostile])
def test_every_format_ends_in_one_line_break_and_is_the_same_each_time(format_, make):
    text = render(make(), format_)

    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert text == render(make(), format_)


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("r.json", Format.JSON),
        ("r.md", Format.MARKDOWN),
        ("r.html", Format.HTML),
        ("r.htm", Format.HTML),
        ("r.txt", Format.TEXT),
        ("R.HTML", Format.HTML),
        ("r.jsonl", Format.JSONL),
        ("r.csv", Format.CSV),
        ("r.xml", Format.JUNIT),
        ("r.sarif", Format.SARIF),
        ("r.parquet", Format.PARQUET),
        ("a.json/b.md", Format.MARKDOWN),
    ],
)
def test_the_extension_names_the_format(name, format_):
    assert format_of(Path(name)) == format_


@pytest.mark.parametrize("name", ["report", "report.docx", ".json", "report.json.gz"])
def test_another_extension_is_refused_with_the_known_ones(name):
    with pytest.raises(SettingsError, match=r"known are \.json \.md \.html \.htm \.txt"):
        format_of(Path(name))


@pytest.mark.parametrize(
    "name", ["r.json", "r.md", "r.html", "r.txt", "r.jsonl", "r.csv", "r.xml", "r.sarif"]
)
def test_a_file_holds_what_is_rendered(tmp_path, name):
    path = tmp_path / name

    write(sample(), path)

    assert path.read_bytes().decode("utf-8") == render(sample(), format_of(path))


def test_parent_folders_are_made_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "new" / "deep" / "result.json"

    write(sample(), path)

    assert [one.name for one in path.parent.iterdir()] == ["result.json"]
    assert parse(path.read_text("utf-8")) == sample()


def test_an_old_file_is_replaced(tmp_path):
    path = tmp_path / "report.md"
    path.write_text("old", encoding="utf-8")

    write(sample(), path)

    assert path.read_text("utf-8").startswith(
        "<!-- fact-consistency-checker report -->\n# Fact consistency report"
    )


def test_when_rendering_fails_the_old_file_stays(tmp_path):
    path = tmp_path / "result.json"
    path.write_text("old", encoding="utf-8")
    # No pipeline makes a report whose claims have no status.
    broken = sample().model_copy(update={"statuses": {}})

    with pytest.raises(KeyError):
        write(broken, path)

    assert path.read_text("utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["result.json"]


def test_a_folder_is_refused(tmp_path):
    path = tmp_path / "report.html"
    path.mkdir()

    with pytest.raises(SettingsError, match="not a plain file"):
        write(sample(), path)

    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_plain_file_is_refused(tmp_path):
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)

    with pytest.raises(SettingsError, match="not a plain file"):
        write(sample(), path)

    assert path.is_fifo()


def test_a_place_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("a file", encoding="utf-8")

    with pytest.raises(SettingsError, match="cannot be written"):
        write(sample(), tmp_path / "file" / "report.html")


def test_the_file_behind_a_link_is_written_and_the_link_stays(tmp_path):
    link, target = tmp_path / "link.json", tmp_path / "target.json"
    link.symlink_to(target)

    write(sample(), link)

    assert link.is_symlink()
    assert parse(target.read_text("utf-8")) == sample()


def test_links_in_a_circle_are_refused(tmp_path):
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    one.symlink_to(other)
    other.symlink_to(one)

    with pytest.raises(SettingsError, match="cannot be written"):
        write(sample(), one)


def test_the_umask_decides_the_mode(tmp_path):
    before = os.umask(0o027)
    try:
        write(sample(), tmp_path / "result.json")
    finally:
        os.umask(before)

    # 0o666 without 0o027.
    assert stat.S_IMODE((tmp_path / "result.json").stat().st_mode) == 0o640


def test_the_room_is_cheap_to_enter():
    heavy = "jinja2", "rich", "pydantic"
    code = f"import sys, checker.report; print([name for name in {heavy!r} if name in sys.modules])"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert run.stdout == "[]\n"


def test_on_a_full_disk_the_old_file_stays_and_no_draft_is_left(tmp_path):
    path = tmp_path / "report.json"
    path.write_text("old")
    with no_file_beyond(100), pytest.raises(SettingsError, match="name another place"):
        write(sample(), path)

    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("report.json", "old")]
