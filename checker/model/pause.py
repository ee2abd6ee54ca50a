"""A pause of everybody, after an endpoint said "too many" or "overloaded"."""

from __future__ import annotations

from collections.abc import Callable

LONGEST_WAIT_S = 120.0
"""For one pause, and for all of them without an answer in between."""

_FIRST_WAIT_S = 0.5
_LONGEST_OWN_WAIT_S = 30.0


class Pause:
    """
    Until when nobody asks.

    Of pauses without an answer in between, each is at least as long as a request would
    wait by itself after as many failures.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._ends_at = now()
        self._n = 0
        self.waited_s = 0.0
        """How long all pauses since the last answer took."""

    @property
    def left_s(self) -> float:
        """Seconds that are left of it; none, or fewer, where it is over."""
        return self._ends_at - self._now()

    def begin(self, asked_s: float | None, key: str) -> None:
        """Begin one, of *asked_s* at least where the endpoint named a time; told of twice, it is one pause."""
        if self.left_s > 0:
            self._ends_at = max(self._ends_at, self._now() + (asked_s or 0.0))
            return
        wait_s = max(asked_s or 0.0, own_wait_s(key, self._n))
        self._n += 1
        self.waited_s += wait_s
        self._ends_at = self._now() + wait_s

    def answered(self) -> None:
        """Somebody had an answer: the next pause is a first one."""
        self._n = 0
        self.waited_s = 0.0


def own_wait_s(key: str, n_failed: int) -> float:
    """
    Seconds to wait where the endpoint names none, after the try that followed *n_failed* others.

    Doubled each time, then cut by up to half, by digits of the request's *key*.

    >>> own_wait_s("0" * 64, 0), own_wait_s("0" * 64, 3), own_wait_s("8000" * 16, 3)
    (0.25, 2.0, 3.0)
    """
    start = 4 * n_failed % 60
    share = int(key[start : start + 4], 16) / 0x10000
    return min(_LONGEST_OWN_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(n_failed, 10)) * (0.5 + share / 2)
