"""Which files are read, and what is said of the others."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

import pytest

from checker.errors import InputError
from checker.load.walk import walk


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Words.")
    return path


def taken(*paths: Path) -> list[str]:
    return [file.shown for file in walk(paths)[0]]


def skipped(*paths: Path) -> list[tuple[str, str]]:
    return [(remark.path, remark.problem) for remark in walk(paths)[1]]


def test_folders_are_walked_to_the_bottom(tmp_path: Path):
    deep = put(tmp_path / "b" / "c" / "d.txt")
    high = put(tmp_path / "c.md")

    assert [str(deep), str(high)] == taken(tmp_path)


def test_all_supported_types_are_taken_in_any_case(tmp_path: Path):
    files = [
        put(tmp_path / f"a.{suffix}") for suffix in ("HTML", "htm", "html", "json", "jsonl", "md", "txt")
    ]

    assert [str(file) for file in files] == taken(tmp_path)


def test_hidden_files_and_folders_are_passed_over_silently(tmp_path: Path):
    put(tmp_path / ".a.txt")
    put(tmp_path / ".git" / "b.txt")

    assert (taken(tmp_path), skipped(tmp_path)) == ([], [])


def test_the_folder_of_a_saved_page_is_passed_over_silently(tmp_path: Path):
    put(tmp_path / "page_files" / "a.html")

    assert (taken(tmp_path), skipped(tmp_path)) == ([], [])


def test_a_hidden_file_named_explicitly_is_taken(tmp_path: Path):
    hidden = put(tmp_path / ".a.txt")

    assert [str(hidden)] == taken(hidden)


def test_a_hidden_folder_named_explicitly_is_walked(tmp_path: Path):
    inside = put(tmp_path / ".drafts" / "a.txt")

    assert [str(inside)] == taken(inside.parent)


def test_another_type_gets_one_remark(tmp_path: Path):
    other = put(tmp_path / "a.pdf")

    assert [(str(other), "this type of file is not supported")] == skipped(tmp_path)


def test_a_pipe_is_not_opened(tmp_path: Path):
    os.mkfifo(tmp_path / "a.txt")

    assert [(f"{tmp_path}/a.txt", "a pipe, not a regular file")] == skipped(tmp_path)


def test_a_socket_is_not_opened(tmp_path: Path):
    # The name of a socket may have about a hundred bytes, so it is given as a relative one.
    with contextlib.chdir(tmp_path), socket.socket(socket.AF_UNIX) as listener:
        listener.bind("a.txt")

        assert skipped(Path()) == [("a.txt", "a socket, not a regular file")]


def test_a_device_is_not_opened():
    assert skipped(Path("/dev/null")) == [("/dev/null", "a device, not a regular file")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path):
    outside = put(tmp_path / "outside" / "a.txt")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file.txt").symlink_to(outside)
    (tmp_path / "in" / "folder").symlink_to(outside.parent)

    problem = "a link to a place outside the folder given"
    assert taken(tmp_path / "in") == []
    assert [(f"{tmp_path}/in/file.txt", problem), (f"{tmp_path}/in/folder", problem)] == skipped(
        tmp_path / "in"
    )


def test_a_link_to_a_folder_whose_name_only_begins_alike_is_not_followed(tmp_path: Path):
    outside = put(tmp_path / "in-and-out" / "a.txt")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.txt").symlink_to(outside)

    assert taken(tmp_path / "in") == []


def test_a_link_within_the_folder_is_followed(tmp_path: Path):
    put(tmp_path / ".kept" / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / ".kept" / "a.txt")

    assert [f"{tmp_path}/b.txt"] == taken(tmp_path)


def test_a_link_to_a_folder_within_the_folder_is_followed(tmp_path: Path):
    put(tmp_path / ".kept" / "a.txt")
    (tmp_path / "open").symlink_to(tmp_path / ".kept")

    assert [f"{tmp_path}/open/a.txt"] == taken(tmp_path)


def test_a_link_named_explicitly_is_followed(tmp_path: Path):
    target = put(tmp_path / "elsewhere" / "a.txt")
    (tmp_path / "b.txt").symlink_to(target)
    (tmp_path / "c").symlink_to(target.parent)

    assert [f"{tmp_path}/b.txt"] == taken(tmp_path / "b.txt")
    assert [f"{tmp_path}/c/a.txt"] == taken(tmp_path / "c")


def test_the_way_without_a_link_counts(tmp_path: Path):
    put(tmp_path / "z" / "a.txt")
    (tmp_path / "b").symlink_to(tmp_path / "z")

    assert [f"{tmp_path}/z/a.txt"] == taken(tmp_path)
    assert [(f"{tmp_path}/b", f"the same folder as {tmp_path}/z")] == skipped(tmp_path)


def test_a_link_to_the_folder_itself_ends(tmp_path: Path):
    put(tmp_path / "a.txt")
    (tmp_path / "again").symlink_to(tmp_path)

    assert [f"{tmp_path}/a.txt"] == taken(tmp_path)
    assert [(f"{tmp_path}/again", f"the same folder as {tmp_path}")] == skipped(tmp_path)


def test_links_to_each_other_lead_nowhere(tmp_path: Path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")

    problem = "cannot be reached, or is a link that leads nowhere"
    assert [(f"{tmp_path}/a.txt", problem), (f"{tmp_path}/b.txt", problem)] == skipped(tmp_path)


def test_a_link_to_nothing_gets_a_remark(tmp_path: Path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")

    assert [(f"{tmp_path}/a.txt", "cannot be reached, or is a link that leads nowhere")] == skipped(tmp_path)


def test_a_hard_link_is_the_same_file(tmp_path: Path):
    (tmp_path / "b.txt").hardlink_to(put(tmp_path / "a.txt"))

    assert [f"{tmp_path}/a.txt"] == taken(tmp_path)
    assert [(f"{tmp_path}/b.txt", f"the same file as {tmp_path}/a.txt")] == skipped(tmp_path)


def test_a_file_named_by_two_paths_is_read_once(tmp_path: Path):
    file = put(tmp_path / "a.txt")

    assert [str(file)] == taken(tmp_path, file)
    assert [(str(file), "named more than once")] == skipped(tmp_path, file)


def test_a_name_that_is_not_utf_8_is_shown_with_escapes(tmp_path: Path):
    path = tmp_path / os.fsdecode(b"a\xff.txt")
    try:
        path.write_text("Words.")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")

    assert [(f"{tmp_path}/a\\udcff.txt", "its name is not UTF-8")] == skipped(tmp_path)


def test_a_folder_without_permission_gets_a_remark(tmp_path: Path):
    closed = put(tmp_path / "closed" / "a.txt").parent
    closed.chmod(0)
    try:
        if os.access(closed, os.R_OK):
            pytest.skip("this user may read every folder")
        assert [(str(closed), "cannot be read")] == skipped(tmp_path)
    finally:
        closed.chmod(0o700)


@pytest.mark.parametrize("name", ["{}.txt", ".{}", "{}.pdf", "{}_files/x"])
def test_a_folder_of_too_many_files_is_an_error_that_names_the_limit(tmp_path: Path, name: str):
    for number in range(21):
        put(tmp_path / name.format(number))

    with pytest.raises(
        InputError, match=r"more than 20 files and folders in .* → name the folder of one event"
    ):
        walk([tmp_path], most=20)


def test_as_many_files_as_allowed_are_walked(tmp_path: Path):
    files = [put(tmp_path / f"{number}.txt") for number in range(20)]

    assert len(files) == len(walk([tmp_path], most=20)[0])


def test_folders_count_as_files_do(tmp_path: Path):
    for number in range(7):
        put(tmp_path / str(number) / "inner" / ".hidden")

    # 7 folders, with one folder each, with one file each
    with pytest.raises(InputError, match="more than 20 files and folders"):
        walk([tmp_path], most=20)


def test_a_path_too_long_for_the_system_gets_a_remark(tmp_path: Path):
    with contextlib.chdir(tmp_path):
        for _ in range(25):
            Path("d" * 200).mkdir()
            os.chdir("d" * 200)
        Path("a.txt").touch()
    (remark,) = walk([tmp_path])[1]

    assert remark.problem in ("cannot be reached, or is a link that leads nowhere", "cannot be read")
