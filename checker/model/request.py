"""The shape of the window to a language model, which everything in this folder shares."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal, Protocol

from pydantic import AfterValidator, Field, field_validator

from checker.schema import Frozen

KEY_VERSION = 1
MOST_TOKENS = 2**31 - 1
"""Of one call; what says that it used more is not believed, so that no sum of a run outgrows a result file."""


def _writable(text: str) -> str:
    """The text, if a file can hold it: half a surrogate pair cannot be written."""
    text.encode()
    return text


Count = Annotated[int, Field(ge=0, lt=2**53)]
Text = Annotated[str, AfterValidator(_writable)]


class Message(Frozen):
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


class Request(Frozen):
    """
    One question to a model, as one value.

    `key` hashes all that decides the reply. The rest is for us: `stage` and `prompt`
    (name and hash, `judge.v1 1f2e3d4c`) say what asks, and `fresh` whether a new answer
    may be bought if none is kept. `sample` numbers repeated draws of one question.
    """

    model: str
    messages: tuple[Message, ...]
    reply_schema: dict[str, Any]
    temperature: float | None = 0.0
    sample: int = 0
    stage: str = Field(default="", exclude=True)
    prompt: str = Field(default="", exclude=True)
    fresh: bool = Field(default=True, exclude=True)

    @property
    def key(self) -> str:
        """
        The content address: SHA-256, in hex, of the canonical JSON of what decides the reply.

        No host, API key, timeout or library version is in it.

        >>> one = Request(model="m", messages=(), reply_schema={})
        >>> one.key == one.model_copy(update={"stage": "judge", "fresh": False}).key
        True
        >>> one.key == one.model_copy(update={"sample": 1}).key
        False
        """
        body = {"v": KEY_VERSION, **self.model_dump(mode="json")}
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Tokens(Frozen):
    """What one call used, as the endpoint counted it."""

    prompt: Count = 0
    completion: Count = 0
    cached: Count = 0
    reasoning: Count = 0


class Reply(Frozen):
    """
    What came back, word for word.

    `finish` is why it ended; a refusal's words are in `text`. `answered_by` is the model's
    own name for itself. `origin` is where this value was taken from, and is never kept.
    """

    text: Text
    finish: Literal["stop", "length", "refusal", "content_filter"] = "stop"
    tokens: Tokens = Tokens()
    answered_by: Text | None = None
    origin: Literal["live", "kept"] = Field(default="live", exclude=True)

    @field_validator("tokens")
    @classmethod
    def _of_one_call(cls, tokens: Tokens) -> Tokens:
        if max(tokens.model_dump().values()) > MOST_TOKENS:
            raise ValueError(f"more than {MOST_TOKENS:,} tokens in one call")
        return tokens


class Model(Protocol):
    """
    Whatever can answer a request: a vendor, a store before it, a folder, a test's function.

    Raises a `NoAnswer` where this one request has no reply, a `SetupError` where no
    request of the run will have one.
    """

    async def __call__(self, request: Request, /) -> Reply: ...
