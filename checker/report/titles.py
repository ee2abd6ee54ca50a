"""The title of a finding where one line is all there is: with the values that the title takes no side on."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from checker.report.findings import Finding
from checker.report.paper import columns, cut
from checker.report.where import clean

_MOST_PAIRS = 3


def titled(finding: Finding, room: int | None = None) -> str:
    """
    Give the title as one harmless line, and after it the first two values that differ, in the order of their sides.

    Where no values are known it is the title alone. In *room* columns the title is cut
    before the values are.
    """
    return entitled(finding, pairs(finding.apart[:1]), room)


def entitled(finding: Finding, values: str, room: int | None = None) -> str:
    """Give the title as one line with *values* after it, or alone where these are empty."""
    title = clean(finding.fact.title)
    start = _without_values(title, finding.apart) if values else title
    after = f": {values}" if start and values else values
    if room is None:
        return start + after
    return cut(cut(start, max(room - columns(after), room // 2)) + after, room)


def pairs(values: Collection[tuple[str, str]]) -> str:
    """
    Give pairs of values, neither before its side; three, and how many more there are.

    >>> pairs([("1978", "1987"), ("34", "43")])
    '1978 / 1987; 34 / 43'
    """
    told = "; ".join(" / ".join(map(clean, one)) for one in islice(values, _MOST_PAIRS))
    left = len(values) - _MOST_PAIRS
    return f"{told} and {left:,} more" if left > 0 else told


def _without_values(title: str, values: Collection[tuple[str, str]]) -> str:
    """Give *title* without its full stop, and without two of *values* where it ends with them, in whichever order."""
    for one, other in values:
        for end in (pairs([(one, other)]), pairs([(other, one)])):
            if title.casefold().endswith(end.casefold()):
                return title[: -len(end)].removesuffix(": ")
    return title.removesuffix(".")
