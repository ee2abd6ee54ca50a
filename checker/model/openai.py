"""The one file that knows openai and instructor: a call over the wire, and a reply as a value."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from checker.errors import BadReply, CheckerError, CutShort, Refused, SettingsError
from checker.model.body import LARGEST_BODY, Response, take
from checker.model.endpoint import Endpoint as Endpoint  # noqa: PLC0414 - the other half of this door
from checker.model.faults import Fault, error_for, masked, read_fault, shown
from checker.model.gateway import Transient
from checker.model.request import Model, Reply, Request
from checker.model.shape import loads, plain_json
from checker.model.wire import Dialect, is_error, read_reply

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI
    from openai.types.chat import ChatCompletion

Answer = TypeVar("Answer", bound=BaseModel)

_CONNECT_S = 10.0
_MOST_PROBLEMS = 10
_MOST_COMMAS = 10_000  # one before each value but the first: pydantic would list what is wrong with each


class Misfit(BadReply):
    """
    One reply that does not fit; the caller may ask again.

    `text` is the reply as it came; `problems` say, in words of ours that no library's
    version changes, what is wrong with it: `rows.3.a: int_parsing`.
    """

    def __init__(self, text: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"the reply does not fit: {'; '.join(problems)}")
        self.text = text
        self.problems = problems


class OpenAIModel:
    """
    A model behind an OpenAI-compatible endpoint, asked by chat completions.

    What the endpoint does not understand of the form of a request is left out from then
    on; those steps are no failures. A client is made at the first call, in its event loop.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._dialect = Dialect()
        self._client: AsyncOpenAI | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, request: Request) -> Reply:
        """Ask once. Raises what `checker.model.faults` says; Transient where a later try may do."""
        dialect = self._dialect
        answer = await self._send(request, dialect)
        while isinstance(answer, Fault):
            lesser = dialect.lesser(answer)
            if lesser is None:
                words = self._shown(answer.words, request)
                return _outcome(error_for(answer, self._endpoint.host, request.model, words))
            dialect = lesser
            self._dialect = self._dialect.common(lesser)
            answer = await self._send(request, dialect)
        return answer

    async def aclose(self) -> None:
        """Close the connections, if there are any of this event loop."""
        client, self._client = self._client, None
        if client is not None and self._loop is asyncio.get_running_loop():
            await client.close()

    async def _send(self, request: Request, dialect: Dialect) -> Reply | Fault:
        import openai  # noqa: PLC0415 - a second of work, for those who ask a model only

        host, client = self._endpoint.host, self._opened()
        try:
            async with asyncio.timeout(self._endpoint.timeout_s):
                return await self._exchange(client, dialect.body(request))
        except openai.APIStatusError as error:
            return _fault(error)
        except (TimeoutError, openai.APITimeoutError) as error:
            raise Transient(f"{host} gave no reply within {self._endpoint.timeout_s:g} s") from error
        except (openai.APIConnectionError, _http_error()) as error:
            why = self._shown(_cause(error), request)
            raise Transient(f"no connection to {host} ({why})") from error

    async def _exchange(self, client: AsyncOpenAI, body: dict[str, Any]) -> Reply | Fault:
        """One HTTP request and its whole response."""
        host = self._endpoint.host
        async with client.chat.completions.with_streaming_response.create(**body) as response:
            taken = await response.read()
        if len(taken) > LARGEST_BODY:
            raise BadReply(f"{host} answered with more than {LARGEST_BODY:,} bytes")
        try:
            answer = json.loads(taken)
        except (ValueError, RecursionError) as error:
            page = "a web page" if taken.lstrip().startswith(b"<") else "no JSON"
            raise Transient(f"{host} answered with {page}, as a proxy does") from error
        if is_error(answer):
            return read_fault(200, answer, response.headers)
        return self._masked(read_reply(answer, host))

    def _opened(self) -> AsyncOpenAI:
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            self._client, self._loop = _client(self._endpoint), loop
        return self._client

    def _masked(self, reply: Reply) -> Reply:
        """The reply without the key, before anybody reads it or keeps it."""
        secret = self._endpoint.secret
        by = masked(reply.answered_by or "", secret) or None
        return reply.model_copy(update={"text": masked(reply.text, secret), "answered_by": by})

    def _shown(self, words: str, request: Request) -> str:
        sent = "\n".join(message.content for message in request.messages)
        return shown(words, self._endpoint.secret, sent)


def _outcome(error: CheckerError) -> Reply:
    """A reply for what the endpoint decided about this text for good, so that it is kept; others are raised."""
    if isinstance(error, CutShort):
        return Reply(text=str(error), finish="length")
    if isinstance(error, Refused):
        return Reply(text=str(error), finish="content_filter")
    raise error


async def ask(model: Model, request: Request, answer: type[Answer]) -> tuple[Answer, Reply]:
    """
    Ask *model* once and read its reply as *answer*.

    Raises Misfit for a reply that does not fit, Refused and CutShort for one that was
    declined or cut, and what the model raises. Nothing of the request goes to instructor,
    whose templates and re-asks would change it: it reads the reply, and that is all.
    """
    import instructor  # noqa: PLC0415 - as above
    from instructor.core import InstructorError  # noqa: PLC0415

    logging.getLogger("instructor").setLevel(logging.CRITICAL)  # it logs replies and articles as errors
    replies: list[Reply] = []

    async def create(**_: object) -> ChatCompletion:
        reply = await model(request)
        replies.append(reply)
        return _completion(_whole(reply, request))

    mode = instructor.Mode.JSON_SCHEMA
    client = instructor.AsyncInstructor(
        client=None, create=instructor.patch(create=create, mode=mode), mode=mode
    )
    failure: Exception | None = None
    try:
        await client.create(response_model=answer, messages=[], max_retries=0, strict=False)
    except InstructorError as error:
        failure = _unwrapped(error, replies)
    if failure:  # raised out here, it does not drag instructor's error along, which holds the reply
        raise failure
    # subtle: instructor's own value is of a subclass and holds the completion; this one is plain
    return answer.model_validate_json(plain_json(replies[0].text)), replies[0]


def _client(endpoint: Endpoint) -> AsyncOpenAI:
    import openai  # noqa: PLC0415 - as above

    _quieten()
    stream_of = _http_library().ByteStream

    async def whole(response: Response) -> None:
        await take(response, stream_of)

    timeout = openai.Timeout(endpoint.timeout_s, connect=min(_CONNECT_S, endpoint.timeout_s))
    try:
        return openai.AsyncOpenAI(
            api_key=endpoint.key(),
            base_url=endpoint.url,
            timeout=timeout,
            max_retries=0,
            # A redirect would take the key and the articles to another host; so would a proxy
            # that is set in the environment, where the endpoint is on this machine.
            http_client=openai.DefaultAsyncHttpxClient(
                timeout=timeout,
                follow_redirects=False,
                trust_env=not endpoint.on_this_machine,
                headers={"accept-encoding": "identity"},
                event_hooks={"response": [whole]},
            ),
        )
    except (ImportError, OSError, ValueError) as error:
        raise SettingsError(
            f"no client can be made for {endpoint.host} ({type(error).__name__}): "
            "check the proxy and certificate settings (HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE)"
        ) from error


def _quieten() -> None:
    """Stop what OPENAI_LOG switches on: it logs articles, and headers, in which an endpoint may repeat the key."""
    for name in ("openai", "httpx", "httpx2", "httpcore", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _http_library() -> Any:
    """The HTTP library below openai: httpx in 2.x, httpx2 in 3.x."""
    import openai  # noqa: PLC0415 - as above

    parent = openai.DefaultAsyncHttpxClient.__mro__[1]
    return sys.modules[parent.__module__.partition(".")[0]]


def _http_error() -> type[Exception]:
    """The root of the errors of the HTTP library."""
    error: type[Exception] = _http_library().HTTPError
    return error


def _fault(error: APIStatusError) -> Fault:
    headers: Mapping[str, str] = error.response.headers
    return read_fault(error.status_code, error.body, headers)


def _cause(error: BaseException) -> str:
    cause = error.__cause__ or error
    return f"{type(cause).__name__}: {cause}".rstrip(": ")


def _whole(reply: Reply, request: Request) -> str:
    """The JSON of a reply that came to its end; readers would differ on NaN and double keys."""
    if reply.finish == "length":
        raise CutShort(f"{request.stage}: the reply was cut at the model's limit of tokens")
    if reply.finish != "stop":
        by = "a filter" if reply.finish == "content_filter" else "the model"
        raise Refused(f"{request.stage}: {by} declined to answer")
    text = plain_json(reply.text)
    if text.count(",") > _MOST_COMMAS:
        raise Misfit(reply.text, (f"too long: more than {_MOST_COMMAS:,} commas",))
    try:
        loads(text)
    except ValueError as error:
        raise Misfit(reply.text, (str(error),)) from error
    return text


def _completion(text: str) -> ChatCompletion:
    """The text as openai's type, made anew each time, because instructor writes into it."""
    from openai.types.chat import ChatCompletion  # noqa: PLC0415 - as above

    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    whole = {"id": "", "object": "chat.completion", "created": 0, "model": "", "choices": [choice]}
    return ChatCompletion.model_validate(whole)


def _unwrapped(error: BaseException, replies: list[Reply]) -> Exception:
    """What instructor wrapped: an error of ours as it was, a reply that does not fit as a Misfit."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, CheckerError):
            return cause
        if isinstance(cause, ValidationError):
            return Misfit(replies[0].text, _problems(cause))
        cause = cause.__cause__
    return error.__cause__ if isinstance(error.__cause__, Exception) else RuntimeError(type(error).__name__)


def _problems(error: ValidationError) -> tuple[str, ...]:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(_problem(one["loc"], one["type"]) for one in found[:_MOST_PROBLEMS])


def _problem(place: tuple[int | str, ...], kind: str) -> str:
    """One problem in a line, without the names that the reply made up: they could be anything."""
    if kind == "json_invalid":
        return "not JSON"
    if kind == "extra_forbidden":
        place, kind = place[:-1], "a field that was not asked for"
    return f"{'.'.join(map(str, place)) or 'reply'}: {kind}"
