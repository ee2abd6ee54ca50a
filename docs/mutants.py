"""
Say how many mutants the tests noticed, by file: `mutmut results --all true | python docs/mutants.py`.

A mutant counts as noticed where a test failed, or ran into the time-out; one that no test
reaches was not. Exit code 1 below the floor.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable

FLOOR = 0.85
NOTICED = ("killed", "timeout")
HEAD = (
    "| module | mutants | noticed | of these by time-out | not noticed | share |",
    "| --- | --: | --: | --: | --: | --: |",
)
_LINE = re.compile(r"\s*(?P<module>[\w.]+)\.x[_ǁ]\S*: (?P<status>.+)")


def count(lines: Iterable[str]) -> dict[str, Counter[str]]:
    """How many mutants of each module came to which end, as the lines of mutmut tell."""
    ends: dict[str, Counter[str]] = {}
    for line in lines:
        if found := _LINE.fullmatch(line.rstrip()):
            ends.setdefault(found["module"], Counter())[found["status"]] += 1
    return ends


def row(name: str, ends: Counter[str]) -> str:
    """One line of the table."""
    noticed, n = sum(ends[end] for end in NOTICED), ends.total()
    return f"| {name} | {n:,} | {noticed:,} | {ends['timeout']:,} | {n - noticed:,} | {noticed / n:.1%} |"


def main() -> int:
    """Print the table; give the exit code."""
    ends = count(sys.stdin)
    if not ends:
        sys.stderr.write("error: no mutants to count; `mutmut results --all true` prints them\n")
        return 2
    total = sum(ends.values(), Counter[str]())
    rows = [row(f"`{name}`", ends[name]) for name in sorted(ends)]
    sys.stdout.write("\n".join((*HEAD, *rows, row("all", total))) + "\n")
    return int(sum(total[end] for end in NOTICED) < FLOOR * total.total())


if __name__ == "__main__":
    sys.exit(main())
