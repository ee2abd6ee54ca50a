"""The title of a finding where one line is all there is: with the values that the title takes no side on."""

from __future__ import annotations

from checker.report.findings import Finding
from checker.report.paper import columns, cut
from checker.report.where import clean


def titled(finding: Finding, room: int | None = None) -> str:
    """
    Give the title as one harmless line, and after it the first two values that differ, in the order of their sides.

    Where no values are known, or the title has them already, it is the title alone. In
    *room* columns the title is cut before the values are.
    """
    title = clean(finding.fact.title)
    after = _after(title, finding.apart[0]) if finding.apart else ""
    start = title.removesuffix(".") if after else title
    if room is None:
        return start + after
    return cut(cut(start, max(room - columns(after), room // 2)) + after, room)


def pair(values: tuple[str, str]) -> str:
    """
    Give two values side by side, neither before its side.

    >>> pair(("1978", "1987"))
    '1978 / 1987'
    """
    return " / ".join(map(clean, values))


def _after(title: str, values: tuple[str, str]) -> str:
    """What comes after *title*: nothing where it ends with *values*, in whichever order."""
    ends = tuple(pair(one).casefold() for one in (values, values[::-1]))
    return "" if title.casefold().endswith(ends) else f": {pair(values)}"
