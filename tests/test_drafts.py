"""A draft held against sources gives what the labels of its event imply, from recorded answers."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_every_article_of_an_event_as_a_draft():
    told = subprocess.run(
        [sys.executable, "evals/drafts.py", "newswire/vaccine-trial"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    # Three articles; of the labels, 5 + 4 + 6 claims of a draft contradict a source.
    assert "all: conflict: 15 of 15 implied found, 15 of 16 found implied" in told
    assert (
        "newswire/vaccine-trial, 000-norvald-kurier: unsupported: 7 of 7 implied found, 7 of 7 found implied"
        in told
    )
    assert (
        "newswire/vaccine-trial, 000-norvald-kurier: missing: 4 of 4 implied found, 4 of 4 found implied"
        in told
    )
