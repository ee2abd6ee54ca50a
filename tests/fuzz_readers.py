"""
Feed the readers with bytes that atheris makes, led by what they run through: `make fuzz`.

It begins with a whole file for each reader, and goes on with what it found before, which
lies in `.fuzz/`. An error that is not one of ours ends it, and the bytes lie in a file
`.fuzz/crash-…`. Further arguments go to libFuzzer.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

SECONDS = 60
KEPT = Path(__file__).resolve().parents[1] / ".fuzz"
ARTICLE = {
    ".txt": b"date 2025-09-01\nThe ferry sank.",
    ".md": b"---\ntitle: Ferry\n---\n# Ferry\n\nThe *ferry* sank.",
    ".html": b"<html><head><title>Ferry</title></head><body><p hidden>No.</p><p>The ferry sank.</p></body></html>",
    ".json": b'{"text":"The ferry sank.","title":"Ferry","published":"2025-09-01"}',
    ".jsonl": b'{"text":"The ferry sank."}\n{"text":"The ship sank.","source":"A"}\n',
}
CLAIMS = (
    b'{"id":"a1","article":"a.txt","text":"It sank.","speaker":null,"quotes":["sank"]}\n'
    b'{"id":"b1","article":"b.txt","text":"It sank.","speaker":"Ana","quotes":["sank"]}\n'
)


def main() -> None:
    """Read what atheris makes: the first byte names the reader, the others are the file."""
    import atheris  # noqa: PLC0415 - no part of the set-up: not every machine has a wheel

    with atheris.instrument_imports(include=["checker"]):
        import any_bytes as our  # noqa: PLC0415 - read under the eye of atheris
        from sample_report import sample  # noqa: PLC0415

        from checker.report.result import render  # noqa: PLC0415

    load, labelled = our.load_file, our.set_file
    readers = (
        *((partial(load, name=f"any{suffix}"), ARTICLE[suffix]) for suffix in our.ARTICLES),
        (partial(labelled, name="claims.jsonl"), CLAIMS),
        (partial(labelled, name="labels.jsonl"), b'{"a":"a1","b":"b1","label":"agreeing"}\n'),
        (partial(labelled, name="articles.jsonl"), b'{"article":"a.txt","published":"2025-09-01"}\n'),
        (our.pair_file, b'{"id":"1","a":"It sank.","b":"It sails.","label":"conflicting"}\n'),
        (our.result_file, render(sample()).encode()),
        (our.baseline_file, b'{"version":1,"accepted":[]}'),
        (partial(our.settings_file, name="checker.toml"), b'model = "m"\ntimeout_s = 5.0\n'),
    )

    def read(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            reader, _ = readers[data[0] % len(readers) if data else 0]
            reader(Path(folder), data=data[1:])

    KEPT.mkdir(exist_ok=True)
    for number, (_, example) in enumerate(readers):
        (KEPT / f"example-{number}").write_bytes(bytes([number]) + example)
    options = (f"-max_total_time={SECONDS}", f"-artifact_prefix={KEPT}/", *sys.argv[1:])
    atheris.Setup([sys.argv[0], *options, str(KEPT)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
