"""
An endpoint that answers every stage by plain rules, but for one question, with a fault.

    async with faulty("extract", error(500)) as server:

The question is the one of that stage about the first article of EVENT. What a fault does
to a sound reply is a function of its text, so that each is wrong in one way only.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from endpoint import Case, Seen, Server, chat, completion, gone, serving
from thinking import RULES, stage

ABOUT_FIRST = "14 people"
EVENT = {
    "a.txt": "Police arrested 14 people. The match ended 3-2.\n\n"
    + "\n\n".join(
        f"The {trade} of the old town kept a shop open until late in the evening, as on every Friday."
        for trade in ("baker", "tailor", "barber", "grocer", "cobbler")
    ),
    "b.txt": "Nobody was arrested at all. Rovers won the match 3-2.",
}


@asynccontextmanager
async def faulty(at: str, case: Case, times: int = 1) -> AsyncIterator[Server]:
    """Run an endpoint that plays *case* the first *times* that it is asked the question at stage *at*."""
    n_played = 0

    async def play(seen: Seen, writer: asyncio.StreamWriter) -> None:
        nonlocal n_played
        text = "".join(turn["content"] for turn in seen.json["messages"])
        meant = stage(seen.json["messages"]) == at and ABOUT_FIRST in text and n_played < times
        n_played += meant
        await (case if meant else thinks)(seen, writer)

    async with serving(play) as server:
        yield server


def sound(seen: Seen) -> str:
    """The text of a reply that fits."""
    turns = [SimpleNamespace(**turn) for turn in seen.json["messages"]]
    return json.dumps(RULES[stage(seen.json["messages"])](SimpleNamespace(messages=turns)))


async def thinks(seen: Seen, writer: asyncio.StreamWriter) -> None:
    """Answer as the rules say."""
    await chat(sound(seen))(seen, writer)


def rewritten(change: Callable[[str], str]) -> Case:
    """Answer with the sound reply's text, changed."""

    async def case(seen: Seen, writer: asyncio.StreamWriter) -> None:
        await chat(change(sound(seen)))(seen, writer)

    return case


def altered(change: Callable[[Any], object]) -> Case:
    """Answer with the sound reply's value, after *change* was done to it."""

    def rewrite(text: str) -> str:
        value = json.loads(text)
        change(value)
        return json.dumps(value)

    return rewritten(rewrite)


def without(*names: str) -> Case:
    """Answer with the sound reply, and leave fields of the body out."""

    async def case(seen: Seen, writer: asyncio.StreamWriter) -> None:
        body = {name: value for name, value in completion(sound(seen)).items() if name not in names}
        writer.write(_packed(json.dumps(body)))

    return case


def miscounted(by: int) -> Case:
    """Answer with the sound reply, and a content length that is wrong."""

    async def case(seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(_packed(json.dumps(completion(sound(seen))), by))

    return case


async def dribbles(seen: Seen, writer: asyncio.StreamWriter) -> None:
    """Answer with the sound reply, a hundred bytes at a time."""
    whole = _packed(json.dumps(completion(sound(seen))))
    for start in range(0, len(whole), 100):
        writer.write(whole[start : start + 100])
        await gone(seen, wait_s=0.01)


def _packed(body: str, by: int = 0) -> bytes:
    """A response that does not say that the connection ends with it, as it does."""
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body) + by}\r\n\r\n"
    return (head + body).encode()
