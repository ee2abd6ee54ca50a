"""
Report → a pandas DataFrame, or a Parquet file. Needs the extra `frame`.

Importing this module raises SettingsError where the libraries are not installed.
"""

from __future__ import annotations

import re
from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

from checker.errors import SettingsError
from checker.report.rows import Row, rows

if TYPE_CHECKING:
    from checker.schema import Report

try:
    import pandas as pd
    import pyarrow as pa  # noqa: F401 - pandas writes Parquet with it
except ModuleNotFoundError as error:
    raise SettingsError(
        f"{error.name} is not installed; a DataFrame and Parquet need the extra [frame]: "
        "pip install '.[frame]' in the folder of the project"
    ) from error

_TYPES = {"int": "int64", "int | None": "Int64", "bool": "bool", "str": "string", "str | None": "string"}
# A lone surrogate is no text that Arrow could hold.
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_dataframe(report: Report) -> pd.DataFrame:
    """Give one row for each claim of a finding, with the columns of the CSV; what is not known is missing."""
    table = [astuple(row) for row in rows(report)]
    return pd.DataFrame(
        {
            field.name: pd.Series([_held(row[place]) for row in table], dtype=_TYPES[str(field.type)])
            for place, field in enumerate(fields(Row))
        }
    )


def parquet(report: Report) -> bytes:
    """Give the same table as a Parquet file."""
    data: bytes = to_dataframe(report).to_parquet(engine="pyarrow", index=False)
    return data


def _held(value: Any) -> Any:
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
