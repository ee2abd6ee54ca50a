"""
Feed the readers with bytes that atheris makes, led by what they run through: `make fuzz`.

An error that is not one of ours ends it, and the bytes lie in a file `crash-…`. Further
arguments go to libFuzzer.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["checker"]):
    import any_bytes

SECONDS = 60
READERS = (
    *(partial(any_bytes.load_file, name=f"any{suffix}") for suffix in any_bytes.ARTICLES),
    *(partial(any_bytes.set_file, name=name) for name in ("claims.jsonl", "labels.jsonl", "articles.jsonl")),
    *(any_bytes.pair_file, any_bytes.result_file, any_bytes.baseline_file),
    partial(any_bytes.settings_file, name="checker.toml"),
)


def read(data: bytes) -> None:
    """Read *data* with the reader that its first byte names."""
    with tempfile.TemporaryDirectory() as folder:
        READERS[data[0] % len(READERS) if data else 0](Path(folder), data=data[1:])


if __name__ == "__main__":
    atheris.Setup([sys.argv[0], f"-max_total_time={SECONDS}", *sys.argv[1:]], read)
    atheris.Fuzz()
