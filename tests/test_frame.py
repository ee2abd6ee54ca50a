"""DataFrames and Parquet: the table of the CSV with types and without its guard."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from sample_report import halved, hostile, report_of, sample

import checker
from checker.errors import SettingsError
from checker.report import Format, render, write
from checker.report.frame import parquet, to_dataframe
from checker.report.rows import rows
from checker.report.table import render as render_csv


def header():
    return render_csv(sample()).removeprefix("\ufeff").split("\r\n")[0].split(",")


def test_a_report_gives_its_own_frame():
    pd.testing.assert_frame_equal(sample().to_dataframe(), to_dataframe(sample()))


def test_the_columns_are_those_of_the_csv():
    assert list(to_dataframe(sample()).columns) == header()


def test_every_claim_has_one_row_with_its_quotes_word_for_word():
    for make in (sample, hostile):
        assert to_dataframe(make())["quotes"].tolist() == [row.quotes for row in rows(make())]


def test_the_types_are_sensible():
    types = to_dataframe(sample()).dtypes

    assert types["number"] == "int64"
    assert types["line"] == types["record"] == pd.Int64Dtype()
    assert types["draft"] == "bool"
    assert all(pd.api.types.is_string_dtype(types[name]) for name in ("title", "quotes", "value"))


def test_what_is_not_known_is_missing():
    frame = to_dataframe(sample())

    # Coast News is a web page, and its six claims have no line; the bulletin's three neither.
    assert frame["line"].isna().sum() == 9
    assert frame["accepted"].isna().all()


def test_a_report_without_claims_has_the_columns_and_their_types():
    empty = to_dataframe(report_of((), ()))

    assert empty.empty
    assert (empty.dtypes == to_dataframe(sample()).dtypes).all()


def test_no_guard_is_added():
    assert "=1+1" in to_dataframe(hostile("=1+1"))["value"].tolist()


def test_a_parquet_file_holds_the_frame(tmp_path):
    write(sample(), tmp_path / "report.parquet")

    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "report.parquet"), to_dataframe(sample()))


def test_other_programs_find_whole_numbers_and_texts_in_a_parquet_file():
    schema = pq.read_schema(io.BytesIO(parquet(sample())))

    assert str(schema.field("line").type) == "int64"
    assert str(schema.field("quotes").type) in {"string", "large_string"}


def test_a_lone_surrogate_becomes_a_mark_and_can_be_written():
    report = halved()

    assert "a\ufffdb" in to_dataframe(report)["source"].tolist()
    assert parquet(report)


def test_parquet_is_not_printed():
    with pytest.raises(
        SettingsError, match=r"no text that could be printed; write it to a file: -o FILE\.parquet"
    ):
        render(sample(), Format.PARQUET)


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
def test_a_missing_library_is_named_with_its_extra(library):
    # Nothing is patched in this process: another one is told that the library is not there.
    code = (
        f"import sys; sys.modules[{library!r}] = None; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    )
    code += "from sample_report import sample\nfrom checker.errors import SettingsError\n"
    code += "try:\n    sample().to_dataframe()\nexcept SettingsError as error:\n    print(error)"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert run.stdout.startswith(f"{library} is not installed")
    assert "extra [frame]" in run.stdout


def test_a_missing_library_is_told_before_a_run():
    code = "import sys; sys.modules['pandas'] = None\nfrom pathlib import Path\n"
    code += "from checker.errors import SettingsError\nfrom checker.report import format_of\n"
    code += "try:\n    format_of(Path('r.parquet'))\nexcept SettingsError as error:\n    print(error)"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert "extra [frame]" in run.stdout


def test_every_column_is_told_of_in_the_docs():
    page = (Path(__file__).parent.parent / "docs" / "formats.md").read_text("utf-8")

    assert [name for name in header() if f"`{name}`" not in page] == []


def test_one_file_imports_the_libraries():
    house = Path(checker.__file__).parent
    users = {
        path.relative_to(house).as_posix()
        for path in house.rglob("*.py")
        if re.search(r"^\s*(?:import|from) (?:pandas|pyarrow)\b", path.read_text("utf-8"), re.MULTILINE)
    }

    assert users == {"report/frame.py"}
