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

SECONDS = 60


def main() -> None:
    """Read what atheris makes: the first byte names the reader, the others are the file."""
    import atheris  # noqa: PLC0415 - no part of the set-up: not every machine has a wheel

    with atheris.instrument_imports(include=["checker"]):
        import any_bytes as our  # noqa: PLC0415 - read under the eye of atheris

    readers = (
        *(partial(our.load_file, name=f"any{suffix}") for suffix in our.ARTICLES),
        *(partial(our.set_file, name=name) for name in ("claims.jsonl", "labels.jsonl", "articles.jsonl")),
        *(our.pair_file, our.result_file, our.baseline_file, partial(our.settings_file, name="checker.toml")),
    )

    def read(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            readers[data[0] % len(readers) if data else 0](Path(folder), data=data[1:])

    atheris.Setup([sys.argv[0], f"-max_total_time={SECONDS}", *sys.argv[1:]], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
