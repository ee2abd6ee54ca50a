"""
A scripted OpenAI-compatible endpoint on 127.0.0.1, for tests of what goes over the wire.

    async with scripted(error(429), chat("{}")) as server:
        model = OpenAIModel(Endpoint(base_url=server.url))

Each request gets the next case of the script and is kept in `server.seen`. A case is an
async function of the request and the connection, so any fault can be one.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

USAGE = {
    "prompt_tokens": 100,
    "completion_tokens": 10,
    "total_tokens": 110,
    "prompt_tokens_details": {"cached_tokens": 64},
    "completion_tokens_details": {"reasoning_tokens": 4},
}


@dataclass(frozen=True)
class Seen:
    """A request as it arrived; header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    reader: asyncio.StreamReader = field(repr=False)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Case = Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """A running endpoint: its base URL, and the requests it got so far."""

    url: str
    seen: list[Seen] = field(default_factory=list)


@asynccontextmanager
async def scripted(*script: Case) -> AsyncIterator[Server]:
    """Run an endpoint that answers with the cases of *script*, then with status 418."""
    cases = iter(script)

    async def case(seen: Seen, writer: asyncio.StreamWriter) -> None:
        await next(cases, error(418, "the script is over"))(seen, writer)

    async with serving(case) as server:
        yield server


@asynccontextmanager
async def serving(case: Case) -> AsyncIterator[Server]:
    """Run an endpoint that plays *case* for every request."""
    server = Server(url="")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            seen = await _read(reader)
            server.seen.append(seen)
            await case(seen, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, as some tests want
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    try:
        yield server
    finally:
        listening.close()
        await listening.wait_closed()


def says(
    body: bytes, status: int = 200, kind: str = "application/json", headers: Mapping[str, str] | None = None
) -> Case:
    """Answer with these bytes."""
    lines = [
        f"HTTP/1.1 {status} Said",
        f"content-type: {kind}",
        f"content-length: {len(body)}",
        "connection: close",
    ]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]

    async def case(_: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)

    return case


def chat(text: str | None, finish: str = "stop", refusal: str | None = None) -> Case:
    """Answer with a chat completion."""
    return says(json.dumps(completion(text, finish, refusal)).encode())


def completion(text: str | None, finish: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    """The body of a chat completion."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "m-1",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": USAGE,
    }


def error(
    status: int,
    message: str = "no",
    code: str | None = None,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Case:
    """Answer with an error as OpenAI words it."""
    body = {"error": {"message": message, "type": "an_error", "param": param, "code": code}}
    return says(json.dumps(body).encode(), status=status, headers=headers)


def page(html: str = "<html>Sign in</html>", status: int = 200) -> Case:
    """Answer with a web page."""
    return says(html.encode(), status=status, kind="text/html")


async def hangs_up(_: Seen, __: asyncio.StreamWriter) -> None:
    """Close the connection without a word."""


async def stays_silent(seen: Seen, _: asyncio.StreamWriter) -> None:
    """Say nothing until the client goes away."""
    await seen.reader.read()


def never_ends(status: int = 200) -> Case:
    """Send spaces until the client goes away."""

    async def case(_: Seen, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n"
        writer.write(head.encode())
        while not writer.is_closing():
            writer.write(b" " * 65536)
            await writer.drain()

    return case


async def half_open(seen: Seen, writer: asyncio.StreamWriter) -> None:
    """Send the head and half a body, then nothing more, with the connection open."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{")
    await seen.reader.read()


async def resets(_: Seen, writer: asyncio.StreamWriter) -> None:
    """Send the head and half a body, then reset the connection."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{")
    at_once = struct.pack("ii", 1, 0)  # no waiting for what was not taken: the other side gets a reset
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
    writer.transport.abort()


async def drips(seen: Seen, writer: asyncio.StreamWriter) -> None:
    """Send a space every hundredth of a second until the client goes away."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n")
    while not await gone(seen, wait_s=0.01):
        writer.write(b" ")


async def gone(seen: Seen, wait_s: float) -> bool:
    """Whether the client goes away within *wait_s* seconds."""
    try:
        async with asyncio.timeout(wait_s):
            return await seen.reader.read() == b""
    except TimeoutError:
        return False


async def _read(reader: asyncio.StreamReader) -> Seen:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Seen(method, path, headers, body, reader)
