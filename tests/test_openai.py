import asyncio
import gzip
import json
import logging
import subprocess
import sys
import tracemalloc
import zlib
from importlib.metadata import version
from typing import Literal

import pytest
from endpoint import chat, completion, error, hangs_up, never_ends, page, says, scripted, stays_silent
from packaging.version import Version
from pydantic import BaseModel, ConfigDict, SecretStr

from checker.errors import (
    BadReply,
    CheckerError,
    CutShort,
    EndpointError,
    NoAnswer,
    Refused,
    SettingsError,
    Unreachable,
)
from checker.model.gateway import Gateway, Limits, Transient
from checker.model.ledger import Ledger
from checker.model.openai import Endpoint, Misfit, OpenAIModel, ask
from checker.model.recordings import Recordings
from checker.model.request import Message, Reply, Request, Tokens
from checker.model.shape import reply_schema
from checker.model.store import Store

BOMB = gzip.compress(bytes(64_000_000))
KEY = "plant3d-k3y-that-must-not-be-seen"
ARTICLE = "The minister said {{ 7*7 }} bridges {% would %} close.\n    {# not a comment #} \u2028 the end, for a year."


class Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    a: int
    label: Literal["yes", "no"] = "no"


class Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    title: str
    rows: tuple[Row, ...]
    share: float = 0.0


def ask_for(text=ARTICLE, **more):
    messages = (Message(role="system", content="Be brief."), Message(role="user", content=text))
    return Request(model="m", messages=messages, reply_schema=reply_schema(Table), stage="judge", **more)


def asked(*script, n=1, key=KEY, timeout_s=20.0, request=None):
    """What *n* calls in a row give or raise, and the requests that arrived."""

    async def run():
        async with scripted(*script) as server:
            model = OpenAIModel(
                Endpoint(base_url=server.url, api_key=SecretStr(key) if key else None, timeout_s=timeout_s)
            )
            found = [
                (await asyncio.gather(model(request or ask_for()), return_exceptions=True))[0]
                for _ in range(n)
            ]
            await model.aclose()
            return found, server.seen

    return asyncio.run(run())


def replied(*script, **more):
    (reply,), _ = asked(*script, **more)
    if isinstance(reply, BaseException):
        raise reply
    return reply


# One call over the wire


def test_the_installed_libraries_are_new_enough():
    assert Version(version("instructor")) >= Version("1.17")
    assert Version(version("openai")) >= Version("2.54")


def test_importing_the_module_imports_neither_library():
    check = "import sys, checker.model.openai; print({'openai', 'instructor', 'httpx', 'httpx2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


def test_a_reply_comes_back_word_for_word():
    assert replied(chat('{"a":  1}')) == Reply(
        text='{"a":  1}',
        tokens=Tokens(prompt=100, completion=10, cached=64, reasoning=4),
        answered_by="m-1",
    )


def test_one_request_is_sent_with_the_key_and_the_text_unchanged():
    _, (seen,) = asked(chat("{}"))

    assert (seen.method, seen.path) == ("POST", "/v1/chat/completions")
    assert seen.headers["authorization"] == f"Bearer {KEY}"
    assert seen.json["messages"][1] == {"role": "user", "content": ARTICLE}
    assert seen.json["response_format"]["json_schema"] == {
        "name": "reply",
        "schema": reply_schema(Table),
        "strict": True,
    }


def test_a_server_on_this_machine_gets_a_placeholder_for_a_key():
    _, (seen,) = asked(chat("{}"), key=None)

    assert seen.headers["authorization"] == "Bearer none"


def test_without_a_key_a_server_elsewhere_is_not_asked():
    with pytest.raises(EndpointError, match="set OPENAI_API_KEY"):
        asyncio.run(OpenAIModel(Endpoint())(ask_for()))


@pytest.mark.parametrize(
    ("case", "kind", "message"),
    [
        (error(401, "Incorrect API key provided: sk-ab***yz"), EndpointError, "refused the key"),
        (error(403, "no"), EndpointError, "refused the key"),
        (error(404, "no"), EndpointError, "has no model 'm'"),
        (
            says(b"", 307, headers={"location": "http://127.0.0.2:9/v1"}),
            EndpointError,
            r"not at this address \(307\)",
        ),
        (error(429, "no", code="insufficient_quota"), EndpointError, "no credit left"),
        (error(429, "no", code="billing_hard_limit_reached"), EndpointError, "no credit left"),
        (error(400, "seed is unknown"), BadReply, r"did not accept the request \(400: seed is unknown\)"),
        (error(422, "no"), BadReply, r"\(422: no\)"),
        (page("<html>Sorry</html>", 400), BadReply, r"\(400: a web page\)"),
        (error(408), Transient, "answered 408"),
        (error(409), Transient, "answered 409"),
        (error(425), Transient, "answered 425"),
        (error(429), Transient, "answered 429"),
        (error(500), Transient, "answered 500: no"),
        (page("<html>Bad</html>", 502), Transient, "answered 502: a web page"),
        (error(503), Transient, "answered 503"),
        (hangs_up, Transient, "no connection to 127"),
        (says(b"short", headers={"content-length": "5000"}), Transient, "no connection to 127"),
        (says(b"junk", headers={"content-encoding": "gzip"}), Transient, "answered with no JSON"),
        (page(), Transient, "answered with a web page, as a proxy does"),
        (says(b"surprise"), Transient, "answered with no JSON"),
        (says(b"[" * 100_000), Transient, "answered with no JSON"),
        (says(b'{"error": {"message": "busy", "code": 429}}'), Transient, "answered 429: busy"),
        (says(b'{"error": {"message": "odd"}}'), BadReply, r"\(200: odd\)"),
        (says(b'{"choices": []}'), Transient, "without a choice"),
        (says(b"null"), Transient, "without a choice"),
        (never_ends(), BadReply, "more than 4,000,000 bytes"),
        (says(b" " * 4_000_001), BadReply, "more than 4,000,000 bytes"),
        (never_ends(400), BadReply, r"did not accept the request \(400\)"),
        (never_ends(401), EndpointError, "refused the key"),
        (never_ends(500), Transient, "answered 500"),
    ],
)
def test_each_fault_is_one_request_and_one_error_of_ours(case, kind, message):
    (found,), seen = asked(case)

    assert type(found) is kind
    with pytest.raises(kind, match=message):
        raise found
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("code", "finish", "words"),
    [
        ("context_length_exceeded", "length", "too long for the model"),
        ("content_filter", "content_filter", "declined the text"),
    ],
)
def test_what_an_endpoint_decided_about_a_text_is_a_reply_so_that_it_is_kept(code, finish, words):
    (reply,), _ = asked(error(400, "no", code=code))

    assert reply.finish == finish
    assert words in reply.text


@pytest.mark.parametrize("name", ["gzip", "X-GZIP", "deflate"])
def test_a_reply_that_is_packed_though_nobody_asked_for_it_is_unpacked(name):
    pack = zlib.compress if name == "deflate" else gzip.compress
    body = pack(json.dumps(completion("{}")).encode())

    assert replied(says(body, headers={"content-encoding": name})).text == "{}"


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("headers", [{"content-encoding": "gzip"}, {"content-encoding": "gzip, gzip"}])
def test_a_body_is_unpacked_no_further_than_is_taken(status, headers):
    bomb = gzip.compress(gzip.compress(bytes(64_000_000))) if "," in headers["content-encoding"] else BOMB
    tracemalloc.start()
    asked(says(bomb, status, headers=headers))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 40_000_000


def test_the_text_of_an_error_is_not_unpacked_by_the_charset_that_it_names():
    (found,), _ = asked(says(zlib.compress(bytes(64_000_000)), 400, kind="text/plain; charset=zlib"))

    assert type(found) is BadReply


def test_no_packing_is_asked_for():
    _, (seen,) = asked(chat("{}"))

    assert seen.headers["accept-encoding"] == "identity"


def test_a_pause_that_is_asked_for_goes_with_the_error():
    (found,), _ = asked(error(429, headers={"retry-after": "7"}))

    assert (found.wait_s, found.crowded) == (7.0, True)


def test_a_server_that_says_nothing_is_given_up():
    (found,), _ = asked(stays_silent, timeout_s=0.05)

    assert type(found) is Transient
    assert str(found).endswith("gave no reply within 0.05 s")


def test_nobody_listening_is_no_connection():
    async def run():
        async with scripted() as server:
            url = server.url
        await OpenAIModel(Endpoint(base_url=url))(ask_for())

    with pytest.raises(Transient, match="no connection to 127"):
        asyncio.run(run())


def test_an_endpoint_that_knows_less_is_asked_for_less_and_remembered():
    script = [
        error(
            400,
            "Invalid parameter: 'response_format' of type 'json_schema' with 'strict'",
            param="response_format",
        ),
        error(422, "json_schema is not known"),
        error(400, "Unsupported value: 'temperature' does not support 0.0", param="temperature"),
        chat("{}"),
        chat("{}"),
    ]
    found, seen = asked(*script, n=2)
    kinds = [(one.json.get("response_format", {}).get("type"), "temperature" in one.json) for one in seen]

    assert [reply.text for reply in found] == ["{}", "{}"]
    assert kinds == [
        ("json_schema", True),
        ("json_schema", True),
        ("json_object", True),
        ("json_object", False),
        ("json_object", False),
    ]


def test_an_endpoint_that_takes_no_form_at_all_is_asked_without():
    _, seen = asked(*[error(400, "response_format?")] * 3, chat("{}"))

    assert "response_format" not in seen[-1].json


def test_there_is_an_end_to_asking_for_less():
    (found,), seen = asked(*[error(400, "response_format and temperature")] * 9)

    assert type(found) is BadReply
    assert len(seen) == 5


def test_a_second_event_loop_gets_its_own_client():
    async def once(model):
        reply = await model(ask_for())
        await model.aclose()
        return reply.text

    async def serve():
        async with scripted(chat("one"), chat("two")) as server:
            model = OpenAIModel(Endpoint(base_url=server.url))
            first = await asyncio.to_thread(asyncio.run, once(model))
            return [first, await asyncio.to_thread(asyncio.run, once(model))]

    assert asyncio.run(serve()) == ["one", "two"]


def test_a_proxy_that_no_client_can_use_is_an_error_of_the_settings(monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:1")

    with pytest.raises(SettingsError, match=r"no client can be made for api\.openai\.com .*ALL_PROXY"):
        asyncio.run(OpenAIModel(Endpoint(api_key=SecretStr(KEY)))(ask_for()))


def test_a_proxy_is_not_used_for_a_server_on_this_machine(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    assert replied(chat("{}")).text == "{}"


def test_closing_what_was_never_opened_is_no_error():
    asyncio.run(OpenAIModel(Endpoint()).aclose())


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_an_error_that_repeats_the_key_or_the_article_shows_neither(status):
    for words in (f"wrong key {KEY}", f"wrong header Bearer {KEY}", f"cannot parse: {ARTICLE}"):
        (found,), _ = asked(error(status, words))

        assert isinstance(found, CheckerError)
        assert KEY not in str(found)
        assert "minister" not in str(found)


@pytest.mark.parametrize("told", [KEY, KEY.replace("-", r"\u002d")])
@pytest.mark.parametrize("refusal", [False, True])
def test_a_reply_that_repeats_the_key_comes_back_without_it(told, refusal):
    body = completion(None if refusal else f"it is {told}", refusal=f"it is {told}" if refusal else None)
    reply = replied(says(json.dumps({**body, "model": KEY}).encode()))

    assert (reply.text, reply.answered_by) == ("it is [key]", "[key]")


# A reply read as a value


def answered(text, finish="stop", request=None):
    """What `ask` makes of a reply with *text*."""

    async def model(_):
        return Reply(text=text, finish=finish)

    return asyncio.run(ask(model, request or ask_for(), Table))


def test_a_reply_that_fits_is_a_value_of_the_class_itself():
    answer, reply = answered('{"title": "t", "rows": [{"a": 1, "label": "yes"}], "share": 0.5}')

    assert answer == Table(title="t", rows=(Row(a=1, label="yes"),), share=0.5)
    assert type(answer) is Table
    assert reply.text.startswith('{"title"')


def test_fences_and_thinking_are_no_misfit():
    answer, reply = answered('<think>Hm.</think>\n```json\n{"title": "t", "rows": []}\n```')

    assert answer == Table(title="t", rows=())
    assert reply.text.startswith("<think>")


def test_a_number_in_quotation_marks_is_taken():
    assert answered('{"title": "t", "rows": [{"a": "1"}]}')[0].rows == (Row(a=1),)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("I think so.", ("not JSON",)),
        ("", ("not JSON",)),
        ('{"title": "t", "rows": [', ("not JSON",)),
        ('{"title": "t", "rows": [], "share": NaN}', ("not JSON: NaN or Infinity",)),
        ('{"title": "t", "title": "u", "rows": []}', ("not JSON: duplicate key",)),
        ('{"title": "t", "rows": ' + "[" * 300 + "]" * 300 + "}", ("not JSON",)),  # too deep for pydantic
        ('{"title": "t", "rows": [' + "{}," * 10_001 + "{}]}", ("too long: more than 10,000 commas",)),
        ("[]", ("reply: model_type",)),
        ("{}", ("title: missing", "rows: missing")),
        (
            '{"title": "t", "rows": [{"a": 1}, {"a": "x", "label": "maybe"}]}',
            ("rows.1.a: int_parsing", "rows.1.label: literal_error"),
        ),
        ('{"title": "t", "rows": [], "sk-12": 1}', ("reply: a field that was not asked for",)),
        (
            '{"title": "t", "rows": [{"a": 1, "sk-12": 1}]}',
            ("rows.0: a field that was not asked for",),
        ),
        (json.dumps({"title": "t", "rows": [{}] * 12}), tuple(f"rows.{n}.a: missing" for n in range(10))),
    ],
)
def test_what_does_not_fit_is_said_in_our_words(text, problems):
    with pytest.raises(Misfit) as raised:
        answered(text)

    assert raised.value.problems == problems
    assert raised.value.text == text


@pytest.mark.parametrize(
    ("finish", "kind"), [("refusal", Refused), ("content_filter", Refused), ("length", CutShort)]
)
def test_a_reply_that_did_not_end_well_is_not_read(finish, kind):
    with pytest.raises(kind):
        answered('{"title": "t", "rows": []}', finish)


@pytest.mark.parametrize("failure", [Unreachable("down"), EndpointError("refused"), ValueError("a bug")])
def test_what_the_model_raises_comes_through_as_it_is(failure):
    calls = []

    async def model(request):
        calls.append(request)
        raise failure

    with pytest.raises(type(failure)) as raised:
        asyncio.run(ask(model, ask_for(), Table))

    assert raised.value is failure
    assert len(calls) == 1


@pytest.mark.parametrize("text", ["{}", "no", '{"title": "t", "rows": []}'])
def test_the_model_is_asked_once_and_for_the_very_request(text):
    calls = []

    async def model(request):
        calls.append(request)
        return Reply(text=text)

    async def run():
        await ask(model, ask_for(), Table)

    if text.startswith('{"title'):
        asyncio.run(run())
    else:
        with pytest.raises(Misfit):
            asyncio.run(run())

    assert calls == [ask_for()]
    assert calls[0].messages[1].content == ARTICLE


def test_a_reply_is_not_logged(capfd):
    logging.getLogger("instructor").setLevel(logging.NOTSET)
    with pytest.raises(Misfit):
        answered(json.dumps({"title": 7, "rows": [ARTICLE]}))

    assert capfd.readouterr() == ("", "")


# The whole chain


def test_the_key_reaches_neither_the_store_nor_a_recording_nor_a_message(tmp_path):
    answer = '{"title": "t", "rows": []}'
    script = [error(500, f"oops {KEY}"), error(400, f"strict? {KEY}"), chat(answer), error(400, f"no {KEY}")]

    async def run():
        async with scripted(*script) as server:
            vendor = OpenAIModel(Endpoint(base_url=server.url, api_key=SecretStr(KEY)))
            store = Store(tmp_path / "store", Gateway(vendor, Limits(), sleep=lambda _: asyncio.sleep(0)))
            ledger = Ledger(Recordings(tmp_path / "recorded", store), None)
            found, _ = await ask(ledger, ask_for(), Table)
            failure = (await asyncio.gather(ask(ledger, ask_for("?"), Table), return_exceptions=True))[0]
            store.close()
            await vendor.aclose()
            return found, failure, ledger.usage(), server

    found, failure, (usage,), server = asyncio.run(run())
    files = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert found == Table(title="t", rows=())
    assert (usage.calls, usage.tokens_in) == (1, 100)
    assert isinstance(failure, NoAnswer)
    assert KEY not in str(failure)
    assert {path.parent.name for path in files} == {"store", "recorded"}
    for secret in (KEY, server.url.removeprefix("http://").removesuffix("/v1")):
        assert [path for path in files if secret.encode() in path.read_bytes()] == []
    assert all(KEY.encode() not in seen.body for seen in server.seen)


def test_a_replay_needs_no_endpoint(tmp_path):
    async def model(_):
        return Reply(text='{"title": "t", "rows": []}')

    async def run(below):
        ledger = Ledger(Recordings(tmp_path, below), None)
        return (await ask(ledger, ask_for(), Table))[0], ledger.usage()[0].kept

    assert asyncio.run(run(model)) == (Table(title="t", rows=()), 0)
    assert asyncio.run(run(None)) == (Table(title="t", rows=()), 1)
