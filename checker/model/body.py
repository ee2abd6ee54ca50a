"""The body of a response, whatever its status: never more of it than is taken, packed or unpacked."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable
from typing import Any, Protocol

LARGEST_BODY = 4_000_000
_ENOUGH = LARGEST_BODY + 1  # by its length, what was cut here is known to be too much
_PACKINGS = {"gzip", "x-gzip", "deflate"}
_ZLIB_OR_GZIP = zlib.MAX_WBITS + 32


class Response(Protocol):
    """A response of the HTTP library below openai, before its body is read."""

    headers: Any
    stream: Any
    encoding: Any


async def take(response: Response, stream_of: type[Any]) -> None:
    """
    Put the body of *response* in the place of its stream: unpacked, and cut after LARGEST_BODY + 1 bytes.

    What is not packed as it says stays as it came. The text of an error is UTF-8 whatever
    its header names: Python has charsets that unpack without a limit.
    """
    stream, packing = response.stream, response.headers.pop("content-encoding", "")
    try:
        raw = await _taken(stream)
    finally:
        await stream.aclose()
    response.stream = stream_of(_unpacked(raw) if packing.strip().lower() in _PACKINGS else raw)
    response.encoding = "utf-8"


async def _taken(stream: AsyncIterable[bytes]) -> bytes:
    taken = bytearray()
    async for chunk in stream:
        taken += chunk
        if len(taken) >= _ENOUGH:
            break
    return bytes(taken[:_ENOUGH])


def _unpacked(raw: bytes) -> bytes:
    try:
        return zlib.decompressobj(_ZLIB_OR_GZIP).decompress(raw, _ENOUGH)
    except zlib.error:
        return raw
