"""The bytes of chat completions: a Request as the endpoint understands it, and its body as a Reply."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from checker.model.faults import Fault
from checker.model.gateway import Transient
from checker.model.request import MOST_TOKENS, Reply, Request, Tokens
from checker.schema import Frozen

_FORMS = ("strict schema", "schema", "object", "none")
_ABOUT_FORM = re.compile(r"response_format|json_schema|json_object|\bstrict\b", re.IGNORECASE)
_ABOUT_TEMPERATURE = re.compile(r"\btemperature\b", re.IGNORECASE)
_NOT_UNDERSTOOD = {400, 422}
_LONGEST_NAME = 200


class Dialect(Frozen):
    """
    How much of the request an endpoint takes.

    `n_dropped` counts the steps down from a strict schema: not strict, any JSON object,
    no word on the form. What is left out is in the prompt anyway, and checked here anyway.
    """

    n_dropped: int = 0
    temperature: bool = True

    def body(self, request: Request) -> dict[str, Any]:
        """The request, as JSON to send."""
        body: dict[str, Any] = {
            "model": request.model,
            "messages": [message.model_dump(mode="json") for message in request.messages],
        }
        if self.temperature and request.temperature is not None:
            body["temperature"] = request.temperature
        form = _FORMS[self.n_dropped]
        if form == "object":
            body["response_format"] = {"type": "json_object"}
        elif form != "none":
            strict = {"strict": True} if form == "strict schema" else {}
            schema = {"name": "reply", "schema": request.reply_schema, **strict}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return body

    def lesser(self, fault: Fault) -> Dialect | None:
        """The dialect to try after *fault*; None where the fault is not about what can be left out."""
        if fault.status not in _NOT_UNDERSTOOD:
            return None
        about = fault.param or fault.words
        if self.temperature and _ABOUT_TEMPERATURE.search(about):
            return self.model_copy(update={"temperature": False})
        if self.n_dropped < len(_FORMS) - 1 and _ABOUT_FORM.search(about):
            return self.model_copy(update={"n_dropped": self.n_dropped + 1})
        return None

    def common(self, other: Dialect) -> Dialect:
        """The dialect that both were reduced to."""
        return Dialect(
            n_dropped=max(self.n_dropped, other.n_dropped), temperature=self.temperature and other.temperature
        )


def is_error(body: object) -> bool:
    """Whether a body under status 200 is an error all the same."""
    return isinstance(body, Mapping) and bool(body.get("error")) and not body.get("choices")


def read_reply(body: object, host: str) -> Reply:
    """
    The reply in the body of a chat completion: its first choice.

    Raises Transient where there is none, as from a server that failed half way. What is
    missing or odd in the rest counts as empty: an empty text fails later, as a reply that
    does not fit.
    """
    choice = _first(_at(body, "choices"))
    message = _at(choice, "message")
    if not isinstance(message, Mapping):
        raise Transient(f"{host} answered without a choice of a reply")
    refusal = _sound(message.get("refusal"))
    filtered = _at(choice, "finish_reason") == "content_filter"
    cut = _at(choice, "finish_reason") == "length"
    return Reply(
        text=refusal or _sound(message.get("content")),
        finish="refusal" if refusal else "content_filter" if filtered else "length" if cut else "stop",
        tokens=_tokens(_at(body, "usage")),
        answered_by=_sound(_at(body, "model"))[:_LONGEST_NAME] or None,
    )


def _at(value: object, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else None


def _sound(value: object) -> str:
    """The text, with U+FFFD for half a surrogate pair, which no file or hash can hold."""
    text = value if isinstance(value, str) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _tokens(usage: object) -> Tokens:
    return Tokens(
        prompt=_count(_at(usage, "prompt_tokens")),
        completion=_count(_at(usage, "completion_tokens")),
        cached=_count(_at(_at(usage, "prompt_tokens_details"), "cached_tokens")),
        reasoning=_count(_at(_at(usage, "completion_tokens_details"), "reasoning_tokens")),
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value <= MOST_TOKENS else 0
