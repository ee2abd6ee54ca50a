"""The pages that the program writes are as it would write them now; links lead somewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]


def test_the_generated_pages_are_true():
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_somewhere(page):
    targets = [
        target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    ]
    files = [target for target in targets if target and "://" not in target]

    assert [target for target in files if not (page.parent / target).exists()] == []


def test_the_tests_that_the_security_page_names_are_there():
    named = set(re.findall(r"test_\w+\.py", (ROOT / "SECURITY.md").read_text(encoding="utf-8")))

    assert named
    assert [name for name in sorted(named) if not (ROOT / "tests" / name).is_file()] == []
