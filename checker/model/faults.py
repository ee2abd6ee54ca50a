"""
What an endpoint answers instead of a reply → the error it means. All of that is decided here.

    status                                what is raised
    401, 403                              EndpointError   the key is refused
    402; 429 with a quota code            EndpointError   the account is empty
    404, 405, 3xx                         EndpointError   the model or the address is wrong
    context too long, 413                 CutShort
    400 by a content filter               Refused
    408, 409, 425, 429, 5xx               Transient       429 and 503 stop everybody
    other 4xx                             BadReply        with the endpoint's words

An `{"error": …}` under status 200 is read by the status it names itself (routers do
that), else as a BadReply. A page that is not JSON under 200 is a proxy's: Transient; so is a
body without a choice of a reply.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from checker.errors import BadReply, CheckerError, CutShort, EndpointError, Refused
from checker.lexical.unseen import seen
from checker.model.gateway import Transient
from checker.schema import Frozen

_QUOTA = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
_TOO_LONG = {"context_length_exceeded", "exceed_context_size_error", "string_above_max_length"}
_TOO_LONG_WORDS = re.compile(r"context (length|size|window)", re.IGNORECASE)
_FILTERED = {"content_filter", "content_policy_violation"}
_TRY_AGAIN = {408, 409, 425, 429}
_FOR_EVERYBODY = {429, 503}
_WORDS = 200
_ECHO = 40
_PART_OF_KEY = 6
_SHORTEST_KEY = 12
_KEYLIKE = re.compile(
    r"\b(?:sk|gsk|xai|hf)[-_][\w*.-]+|\bbearer\s+\S+"
    r"|\b(?:api[-_ ]?key|authorization|token)\s*[:=]\s*(?:bearer\s+)?\S+|[\w+/=*-]{32,}",
    re.IGNORECASE,
)


class Fault(Frozen):
    """What an endpoint said was wrong; `words` are its own, to be shown only through `shown`."""

    status: int
    codes: tuple[str, ...] = ()
    param: str = ""
    words: str = ""
    wait_s: float | None = None


def read_fault(status: int, body: object, headers: Mapping[str, str]) -> Fault:
    """
    Read an error body: OpenAI's, with or without its `error` around it, or any other.

    A status named in a body under 200 counts.
    """
    error = body.get("error", body) if isinstance(body, Mapping) else body
    if not isinstance(error, Mapping):
        words = str(error or "").strip()
        words = "a web page" if words.startswith("<") else words
        return Fault(status=status, words=words, wait_s=retry_after_s(headers))
    code = error.get("code")
    if status == 200 and isinstance(code, int) and 400 <= code < 600:  # noqa: PLR2004 - statuses
        status = code
    return Fault(
        status=status,
        codes=tuple(value for value in (code, error.get("type")) if isinstance(value, str)),
        param=str(error.get("param") or ""),
        words=str(error.get("message") or ""),
        wait_s=retry_after_s(headers),
    )


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """
    The pause an endpoint asks for, in seconds; None where it names none, or a date.

    >>> retry_after_s({"retry-after": "7"}), retry_after_s({"retry-after-ms": "250"})
    (7.0, 0.25)
    """
    for name, per_second in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            wait_s = float(headers[name]) / per_second
        except (KeyError, ValueError):
            continue
        if math.isfinite(wait_s) and wait_s > 0:
            return wait_s
    return None


def error_for(fault: Fault, host: str, model: str, words: str) -> CheckerError:
    """The error that *fault* means, from *host* about *model*, with its *words* as `shown` gave them."""
    return _set_up(fault, host, model, words) or _this_request(fault, host, words)


def _set_up(fault: Fault, host: str, model: str, words: str) -> EndpointError | None:
    said = f" ({fault.status}{words and ': ' + words})"
    if fault.status in (401, 403):
        return EndpointError(
            f"the endpoint at {host} refused the key{said}: set OPENAI_API_KEY to a key of this endpoint, "
            "or OPENAI_BASE_URL to the endpoint of this key"
        )
    if fault.status == 402 or (fault.status == 429 and _QUOTA.intersection(fault.codes)):  # noqa: PLR2004
        return EndpointError(
            f"the account at {host} has no credit left{said}: add credit, or use another key"
        )
    if fault.status in (404, 405) or 300 <= fault.status < 400:  # noqa: PLR2004 - redirects
        return EndpointError(
            f"the endpoint at {host} has no model {model!r}, or is not at this address{said}: "
            "check --model and OPENAI_BASE_URL, which usually ends in /v1"
        )
    return None


def _this_request(fault: Fault, host: str, words: str) -> CheckerError:
    said = f"{fault.status}{words and ': ' + words}"
    if fault.status in _TRY_AGAIN or fault.status >= 500:  # noqa: PLR2004 - server errors
        crowded = fault.status in _FOR_EVERYBODY
        return Transient(f"{host} answered {said}", wait_s=fault.wait_s, crowded=crowded)
    if _TOO_LONG.intersection(fault.codes) or _TOO_LONG_WORDS.search(fault.words) or fault.status == 413:  # noqa: PLR2004
        return CutShort(f"the text is too long for the model ({said})")
    if _FILTERED.intersection(fault.codes):
        return Refused(f"a filter at {host} declined the text ({said})")
    return BadReply(f"{host} did not accept the request ({said})")


def shown(words: str, secret: str, sent: str) -> str:
    """
    An endpoint's *words*, fit for a message.

    On one line, shortened, without *secret*, a part of it or anything that looks like a key, and
    nothing at all where they repeat what was *sent*: articles do not belong in messages.
    """
    words = _without(_printable(words[:4000]), secret)
    words = _KEYLIKE.sub("[key]", words)
    words = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
    flat = " ".join(sent.split())
    echoes = any(words[start : start + _ECHO] in flat for start in range(max(1, len(words) - _ECHO + 1)))
    return "" if echoes and len(words) >= _ECHO else words


def masked(text: str, secret: str) -> str:
    r"""
    *text*, but `[key]` for *secret*, in which any character may be escaped as JSON has it.

    A secret of fewer than 12 characters is left: it may be any word, as servers at home take it.

    >>> masked(r'["sk-0123/45678", "sk\u002d0123\/45678"]', "sk-0123/45678")
    '["[key]", "[key]"]'
    """
    if len(secret) < _SHORTEST_KEY:
        return text
    return re.sub("".join(map(_as_it_is_or_escaped, secret)), "[key]", text)


def _as_it_is_or_escaped(char: str) -> str:
    slash = r"\\?" if char in '"\\/' else ""
    return rf"(?:{slash}{re.escape(char)}|\\u(?i:{ord(char):04x}))"


def _printable(words: str) -> str:
    """*words* on one line, without what nobody sees, which could stand between the parts of a key."""
    return " ".join("".join(c for c in seen(words) if c.isprintable() or c.isspace()).split())


def _without(words: str, secret: str) -> str:
    """*words*, but `[key]` for each that shares six characters in a row with *secret*, which may be masked."""
    n_parts = max(1, len(secret) - _PART_OF_KEY + 1)
    parts = {secret[start : start + _PART_OF_KEY] for start in range(n_parts)} - {""}
    return re.sub(r"\S+", lambda word: "[key]" if any(part in word[0] for part in parts) else word[0], words)
