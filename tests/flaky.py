"""
An endpoint that answers by plain rules and fails at random: one request in five, from a seed.

What it draws for a request follows from the question and how often it was asked, so a run
meets the same faults however its calls overlap. No question meets more than two, so that
re-asks and retries are never used up by bad luck alone.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter

from endpoint import Case, Seen, chat, error, hangs_up, page, resets, says
from faulty import rewritten, thinks

SHARE = 0.2
MOST_A_QUESTION = 2
SOON = {"retry-after-ms": "20"}
FAILED: dict[str, Case] = {
    "429": error(429, headers=SOON),
    "500": error(500, headers=SOON),
    "502": page("<html>Bad gateway</html>", 502),
    "503": error(503, headers=SOON),
    "a web page": page(),
    "no choices": says(b'{"choices": []}'),
    "hung up": hangs_up,
    "reset": resets,
}
UNUSABLE: dict[str, Case] = {
    "no JSON": chat("I cannot say."),
    "cut JSON": rewritten(lambda text: text[:-3]),
    "another shape": chat('{"answer": 42}'),
}
FAULTS = {**FAILED, **UNUSABLE}


class Flaky:
    """
    The endpoint, and what it did.

    `n_requests` are all that came, `faults` those that met one, by name. `bought` counts
    the replies that were given to each request body, usable or not.
    """

    def __init__(self, seed: int, share: float = SHARE) -> None:
        self._seed = seed
        self._share = share
        self._asked: Counter[str] = Counter()
        self._met: Counter[str] = Counter()
        self.n_requests = 0
        self.faults: Counter[str] = Counter()
        self.bought: Counter[bytes] = Counter()

    async def play(self, seen: Seen, writer: asyncio.StreamWriter) -> None:
        """Answer one request: soundly, or with the fault that it drew."""
        self.n_requests += 1
        name = self._draw(seen)
        if name is not None:
            self.faults[name] += 1
        if name not in FAILED:
            self.bought[seen.body] += 1
        await (thinks if name is None else FAULTS[name])(seen, writer)

    def _draw(self, seen: Seen) -> str | None:
        """The name of a fault, or None for a sound reply."""
        question = json.dumps(seen.json["messages"][:2])
        chance = random.Random(f"{self._seed} {self._asked[question]} {question}")  # noqa: S311 - to be repeated
        self._asked[question] += 1
        if chance.random() >= self._share or self._met[question] == MOST_A_QUESTION:
            return None
        self._met[question] += 1
        return chance.choice(sorted(FAULTS))
