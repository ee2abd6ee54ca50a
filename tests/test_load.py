"""The first room as a whole: folders and files in, articles out."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import InputError
from checker.load import Loaded, load
from checker.load.own import is_own_report
from checker.load.read import read
from checker.load.walk import walk


def folder(where: Path, **files: str | bytes) -> Path:
    """A folder with files named `stem__suffix`, `a__txt` for a.txt."""
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (where / name.replace("__", ".")).write_bytes(data)
    return where


def problems(loaded: Loaded) -> list[tuple[str, str]]:
    return [(Path(remark.path).name, remark.problem) for remark in loaded.skipped]


def test_articles_are_sorted_by_path(tmp_path: Path):
    folder(tmp_path, b__txt="Two.", a__txt="One.", c__md="Three.")

    assert [article.text for article in load([tmp_path]).articles] == ["One.", "Two.", "Three."]


def test_the_order_of_the_paths_does_not_matter(tmp_path: Path):
    folder(tmp_path, a__txt="One.", b__txt="Two.", c__exe="x")
    paths = [tmp_path / "b.txt", tmp_path / "a.txt", tmp_path / "c.exe"]

    assert load(paths) == load(paths[::-1])


def test_paths_are_as_the_user_gave_them(tmp_path: Path):
    folder(tmp_path, a__txt="One.", b__txt="Two.")

    with contextlib.chdir(tmp_path.parent):
        loaded = load([Path("./") / tmp_path.name])

    assert [f"{tmp_path.name}/a.txt", f"{tmp_path.name}/b.txt"] == [
        article.path for article in loaded.articles
    ]


def test_no_path_is_an_input_error():
    with pytest.raises(InputError, match="name a folder"):
        load([])


@pytest.mark.parametrize("name", ["missing", "a.txt/under", "n" * 300, "nul\0", "half\ud800"])
def test_a_path_that_does_not_exist_is_an_input_error(tmp_path: Path, name: str):
    folder(tmp_path, a__txt="One.", b__txt="Two.")

    with pytest.raises(InputError, match="no such file or folder"):
        load([tmp_path, tmp_path / name])


def test_fewer_than_two_articles_is_an_input_error_that_lists_what_was_skipped(tmp_path: Path):
    folder(tmp_path, a__txt="One.", b__txt="  \n", c__exe="x")

    with pytest.raises(InputError) as caught:
        load([tmp_path])

    lines = str(caught.value).split("\n")
    assert f"two articles are needed, only {tmp_path}/a.txt can be used" in lines[0]
    assert f"{tmp_path}/b.txt: empty" in lines[1]
    assert f"{tmp_path}/c.exe: this type of file is not supported" in lines[2]


def test_a_long_list_of_what_was_skipped_is_cut_with_a_count(tmp_path: Path):
    for number in range(23):
        (tmp_path / f"{number}.exe").touch()

    # 23 are skipped and 20 lines are given
    with pytest.raises(InputError, match=r"no article found(.|\n)*… and 3 more$"):
        load([tmp_path])


def test_a_text_file_is_given_whole(tmp_path: Path):
    text = " date 2025-09-01 \r\n\r\nA title\r\rWords\u2028and  words.\n"
    folder(tmp_path, a__txt=b"\xef\xbb\xbf" + text.encode(), b__txt="Two.")

    first = load([tmp_path]).articles[0]

    assert (text, "text", None) == (first.text, first.format, first.record)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"PK\x03\x04\x00\x00", "binary, not text"),
        (b"\x01\x02\x03 text", "binary, not text"),
        (bytes(range(128, 228)), "its encoding cannot be told"),
        (b"title: only a header\n", "only header lines, no text"),
        (b"x" * 101, "larger than 100 bytes"),
    ],
)
def test_what_cannot_be_used_is_one_skipped_remark(tmp_path: Path, content: bytes, problem: str):
    folder(tmp_path, a__txt="One.", b__txt="Two.", c__txt=content)

    assert [("c.txt", problem)] == problems(load([tmp_path], max_bytes=100))


def test_a_file_too_large_names_the_option(tmp_path: Path):
    folder(tmp_path, a__txt="One.", b__txt="Two.", c__txt="x" * 101)

    assert "--max-file-size" in load([tmp_path], max_bytes=100).skipped[0].mend


def test_a_report_of_this_program_is_said_to_be_one_however_large(tmp_path: Path):
    folder(
        tmp_path, a__txt="One.", b__txt="Two.", c__md="<!-- fact-consistency-checker report -->" + "x" * 100
    )

    assert problems(load([tmp_path], max_bytes=100)) == [("c.md", "a report of this program, not an article")]


def test_a_pipe_is_no_report_and_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "r.md")

    assert not is_own_report(tmp_path / "r.md")


@pytest.mark.parametrize("name", ["gone.md", "a\0b.md", "."])
def test_where_nothing_can_be_read_there_is_no_report(tmp_path: Path, name: str):
    assert not is_own_report(tmp_path / name)


def test_a_file_that_grew_after_its_size_was_taken_is_too_large(tmp_path: Path):
    (file,), _ = walk([folder(tmp_path, a__txt="One.") / "a.txt"])
    folder(tmp_path, a__txt="x" * 101)

    assert read(file, 100).skipped[0].problem == "larger than 100 bytes"


def test_a_file_that_became_a_pipe_is_not_waited_for(tmp_path: Path):
    (file,), _ = walk([folder(tmp_path, a__txt="One.") / "a.txt"])
    file.path.unlink()
    os.mkfifo(file.path)

    assert read(file, 100).skipped[0].problem == "is no regular file any more"


def test_more_articles_than_can_be_compared_are_an_error_that_names_the_limit(tmp_path: Path):
    folder(tmp_path, a__jsonl='{"text": "One."}\n' * 600 + "{}\n" * 401)

    with pytest.raises(InputError, match="1,001 articles, more than 1,000 → name only those about one event"):
        load([tmp_path])


def test_more_bytes_than_fifty_full_files_are_an_error_before_anything_is_read(tmp_path: Path):
    for number in range(51):
        (tmp_path / f"{number}.txt").write_text("x" * 100)
    folder(tmp_path, large__txt="x" * 101)

    with pytest.raises(InputError, match=r"files of 5,100 bytes together, more than 5,000 .*--max-file-size"):
        load([tmp_path], max_bytes=100)


def test_a_file_that_cannot_be_opened_is_skipped(tmp_path: Path):
    # Gone since it was listed: for root, who may read all, the way to a file that will not open.
    (file,), _ = walk([folder(tmp_path, a__txt="One.") / "a.txt"])
    file.path.unlink()

    skipped = read(file, 100).skipped

    assert [(line.problem, line.mend) for line in skipped] == [("cannot be read", "check its permissions")]


def test_a_file_without_read_permission_is_skipped(tmp_path: Path):
    folder(tmp_path, a__txt="One.", b__txt="Two.", c__txt="Three.")
    closed = tmp_path / "c.txt"
    closed.chmod(0)
    try:
        closed.read_bytes()
    except PermissionError:
        assert problems(load([tmp_path])) == [("c.txt", "cannot be read")]
    else:
        pytest.skip("this user may read every file")


def test_a_file_that_is_not_utf_8_is_read_and_the_encoding_said(tmp_path: Path):
    folder(tmp_path, a__txt="One.", b__txt="Über den Straßen".encode("utf-16"))

    loaded = load([tmp_path])

    assert loaded.articles[1].text == "Über den Straßen"
    assert [remark.problem for remark in loaded.remarks] == ["not UTF-8; read as utf-16"]


def test_the_same_text_in_another_place_is_kept_with_a_remark(tmp_path: Path):
    folder(tmp_path, a__txt="One  and\r\none.", b__txt="One and one.\n")

    loaded = load([tmp_path])

    (remark,) = loaded.remarks
    assert [article.id for article in loaded.articles] == ["a", "b"]
    assert (f"{tmp_path}/b.txt", "remove one if that is not meant") == (remark.path, remark.mend)
    assert f"same text as {tmp_path}/a.txt: it is no independent source" == remark.problem


def test_the_same_text_in_two_records_names_the_records(tmp_path: Path):
    folder(tmp_path, a__jsonl='{"text": "One."}\n{"text": "One."}\n')

    (remark,) = load([tmp_path]).remarks

    assert (
        f"record 2: same text as {tmp_path}/a.jsonl (record 1): it is no independent source" == remark.problem
    )


def test_records_become_articles_with_their_numbers(tmp_path: Path):
    folder(tmp_path, news__json=json.dumps([{"text": "One."}, {"text": "Two."}]))

    loaded = load([tmp_path])

    assert [(article.id, article.record, article.format) for article in loaded.articles] == [
        ("news-1", 1, "json"),
        ("news-2", 2, "json"),
    ]


def test_a_bad_record_costs_that_record(tmp_path: Path):
    folder(tmp_path, a__jsonl='{"text": "One."}\n{"text": 3}\n{"text": "Two."}\n')

    loaded = load([tmp_path])

    assert [article.record for article in loaded.articles] == [1, 3]
    assert problems(loaded) == [("a.jsonl", "record 2: has no text")]


def test_a_record_with_half_a_surrogate_pair_is_skipped(tmp_path: Path):
    folder(tmp_path, a__jsonl='{"text": "One."}\n{"text": "x", "title": "\\ud800"}\n{"text": "Two."}\n')

    assert problems(load([tmp_path])) == [
        ("a.jsonl", "record 2: holds half of a surrogate pair, which is no character")
    ]


def test_articles_that_share_a_slug_get_a_digest_of_their_paths(tmp_path: Path):
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"The text in {name}.")
    digests = [hashlib.sha256(f"{tmp_path}/{name}/a.txt".encode()).hexdigest()[:6] for name in ("x", "y")]

    assert [f"a-{digest}" for digest in digests] == [article.id for article in load([tmp_path]).articles]


def test_a_date_without_a_year_is_completed_from_the_other_articles(tmp_path: Path):
    folder(tmp_path, a__txt="VELLIN, Dec. 30 — Rain.", b__txt="date 2025-01-02\n\nSnow.")

    assert [article.published for article in load([tmp_path]).articles] == ["2024-12-30", "2025-01-02"]


def test_a_date_without_a_year_is_left_out_where_no_article_has_a_year(tmp_path: Path):
    folder(tmp_path, a__txt="VELLIN, Dec. 30 — Rain.", b__txt="Snow.")

    assert [article.published for article in load([tmp_path]).articles] == [None, None]


@pytest.mark.parametrize("other", ["Snow.", "date 1975-02-04\n\nSnow."])
def test_a_date_whose_year_cannot_be_told_is_left_out_and_said(tmp_path: Path, other: str):
    folder(tmp_path, a__txt="VELLIN, Feb. 4 — Rain.", b__txt=other, c__txt="date 2025-02-04\n\nFog.")
    if other == "Snow.":
        (tmp_path / "c.txt").unlink()
    loaded = load([tmp_path])

    assert loaded.articles[0].published is None
    assert [remark.problem for remark in loaded.remarks] == [
        "the date --02-04 has no year, and the other articles do not tell one, so it is left out"
    ]


def test_the_seed_articles_are_read_without_a_remark():
    seeds = Path(__file__).parent.parent / "seeds"

    loaded = load([seeds])

    assert [article.id for article in loaded.articles] == ["000-3797edb1984e2faf", "002-8915ad6ce2bc7511"]
    assert [article.published for article in loaded.articles] == ["2025-09-01", None]
    assert (loaded.skipped, loaded.remarks) == ((), ())


def test_reading_text_does_not_import_the_library_for_web_pages(tmp_path: Path):
    folder(tmp_path, a__txt="One.", b__txt="Two.")
    code = (
        "import sys; from pathlib import Path; from checker.load import load;"
        f"load([Path({str(tmp_path)!r})]); print('trafilatura' in sys.modules, 'charset_normalizer' in sys.modules)"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout == "False False\n"


HOSTILE = st.one_of(
    st.binary(max_size=200),
    st.lists(
        st.sampled_from(
            [
                *(
                    b"<svg>",
                    b"<html hidden>",
                    b"<body>",
                    b"<p>words ",
                    b"</p>",
                    b"<!--",
                    b"<![CDATA[",
                    b"&#xD800;",
                ),
                *(b'<meta charset="', b"utf-7", b'">', b"<p hidden>", b'<script type="application/ld+json">'),
                *(
                    b"{",
                    b"}",
                    b"[",
                    b'"text":',
                    b'"\\ud800"',
                    b"NaN",
                    b"1e999",
                    b",",
                    b"\n",
                    b"\xff",
                    b"\xfe",
                    b"\xe9",
                ),
                *(
                    b"---\n",
                    b"date: ",
                    b"title: ",
                    b"\xef\xbb\xbf",
                    b"# ",
                    b"Feb. 30 \xe2\x80\x94 ",
                    b"\xe2\x80\xa8",
                ),
            ]
        ),
        max_size=30,
    ).map(b"".join),
)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".json", ".jsonl"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=HOSTILE)
def test_any_bytes_give_articles_or_a_skipped_remark(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes
):
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(data)
    (file,), _ = walk([path])

    contents = read(file, 10_000)

    # A .jsonl of blank lines never gets here: it is empty.
    assert contents.readings or contents.skipped or data.strip() in (b"[]", b'{"articles":[]}')
    assert all(reading.text.encode().strip() for reading in contents.readings)


def test_what_is_held_against_sources_is_a_draft(tmp_path: Path):
    folder(tmp_path, draft__md="One.")
    sources = tmp_path / "sources"
    sources.mkdir()
    folder(sources, a__txt="Two.", b__txt="Three.")

    loaded = load([tmp_path / "draft.md"], against=[sources])

    assert loaded.drafts == ("draft",)
    assert [article.id for article in loaded.articles] == ["draft", "a", "b"]


def test_a_draft_that_lies_among_the_sources_is_no_source(tmp_path: Path):
    folder(tmp_path, draft__md="One.", a__txt="Two.")

    loaded = load([tmp_path / "." / "draft.md"], against=[tmp_path])

    assert loaded.drafts == ("draft",)
    assert loaded.skipped == ()


def test_peers_have_no_drafts(tmp_path: Path):
    assert load([folder(tmp_path, a__txt="One.", b__txt="Two.")]).drafts == ()


def test_a_draft_without_sources_is_refused(tmp_path: Path):
    folder(tmp_path, draft__md="One.", second__md="Two.")

    with pytest.raises(InputError, match=r"no source can be read in .*draft\.md"):
        load([tmp_path], against=[tmp_path / "draft.md"])


def test_sources_without_a_draft_are_refused(tmp_path: Path):
    folder(tmp_path, a__txt="One.", b__txt="Two.", c__pdf="Three.")

    with pytest.raises(InputError, match=r"no draft can be read in .*c\.pdf"):
        load([tmp_path / "c.pdf"], against=[tmp_path / "a.txt", tmp_path / "b.txt"])
