"""Hints: stub until the real one lands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checker.report.view import Difference


class HintKind(StrEnum):
    """Why."""

    UPDATE = "update"
    ROUNDING = "rounding"
    SPEAKER = "speaker"
    SCOPE = "scope"
    UNIT = "unit"


@dataclass(frozen=True)
class Hint:
    """One."""

    kind: HintKind
    text: str


def hints(one: Difference) -> tuple[Hint, ...]:
    """None yet."""
    return ()
