import pytest

from checker.model.faults import Fault
from checker.model.gateway import Transient
from checker.model.request import Message, Reply, Request, Tokens
from checker.model.wire import Dialect, read_reply

REQUEST = Request(model="m", messages=(Message(role="user", content="?"),), reply_schema={"type": "object"})


def test_a_whole_request_asks_for_a_strict_schema():
    assert Dialect().body(REQUEST) == {
        "model": "m",
        "messages": [{"role": "user", "content": "?"}],
        "temperature": 0.0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "reply", "schema": {"type": "object"}, "strict": True},
        },
    }


def test_no_temperature_is_sent_where_none_is_asked():
    assert "temperature" not in Dialect().body(REQUEST.model_copy(update={"temperature": None}))


def forms():
    """The forms asked for, from the first to the last that an endpoint can bring us to."""
    dialect, found = Dialect(), []
    while dialect:
        found.append(dialect.body(REQUEST).get("response_format"))
        dialect = dialect.lesser(Fault(status=400, param="response_format"))
    return found


def test_the_form_is_given_up_step_by_step():
    schema = {"name": "reply", "schema": {"type": "object"}}

    assert forms() == [
        {"type": "json_schema", "json_schema": {**schema, "strict": True}},
        {"type": "json_schema", "json_schema": schema},
        {"type": "json_object"},
        None,
    ]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(
            status=400, words="Invalid parameter: 'response_format' of type 'json_schema' is not supported"
        ),
        Fault(status=422, words="Extra inputs: strict"),
        Fault(status=400, param="response_format.json_schema", words="no"),
    ],
)
def test_a_fault_about_the_form_is_a_step_down(fault):
    assert Dialect().lesser(fault) == Dialect(n_dropped=1)


def test_a_fault_about_the_temperature_drops_it():
    fault = Fault(
        status=400, param="temperature", words="Unsupported value: only the default (1) is supported"
    )

    assert Dialect().lesser(fault) == Dialect(temperature=False)
    assert "temperature" not in Dialect(temperature=False).body(REQUEST)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=400, words="restricted content"),
        Fault(status=400, param="messages", words="strict rules in response_format"),
        Fault(status=429, words="response_format"),
        Fault(status=500, words="response_format"),
    ],
)
def test_other_faults_are_no_step(fault):
    assert Dialect().lesser(fault) is None


def test_the_temperature_is_dropped_once():
    assert Dialect(temperature=False).lesser(Fault(status=400, words="temperature")) is None


def test_what_two_calls_found_out_is_remembered():
    assert Dialect(n_dropped=2).common(Dialect(temperature=False)) == Dialect(n_dropped=2, temperature=False)


def body(message=None, finish="stop", **more):
    return {"choices": [{"finish_reason": finish, "message": message or {"content": "{}"}}], **more}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (body(), Reply(text="{}")),
        (body(finish="length"), Reply(text="{}", finish="length")),
        (body(finish="content_filter"), Reply(text="{}", finish="content_filter")),
        (body({"content": None, "refusal": "I will not."}), Reply(text="I will not.", finish="refusal")),
        (body(finish=None), Reply(text="{}")),
        (body(finish="tool_calls"), Reply(text="{}")),
        (body({"content": None}), Reply(text="")),
        (body({"content": ["a"]}), Reply(text="")),
        (body({"content": "a\ud800b"}), Reply(text="a\ufffdb")),
        (body(model="m-1"), Reply(text="{}", answered_by="m-1")),
        (body(model=7), Reply(text="{}")),
        (body(usage=None), Reply(text="{}")),
        (body(usage={"prompt_tokens": -1, "completion_tokens": "many"}), Reply(text="{}")),
        (body(usage={"prompt_tokens": 2**31, "completion_tokens": 10**400}), Reply(text="{}")),
        (
            body(usage={"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 4}}),
            Reply(text="{}", tokens=Tokens(prompt=9, cached=4)),
        ),
    ],
)
def test_the_first_choice_is_the_reply(given, expected):
    assert read_reply(given, "host") == expected


@pytest.mark.parametrize(
    "given", [None, [], {}, {"choices": None}, {"choices": []}, {"choices": [7]}, {"choices": [{}]}]
)
def test_a_body_without_a_choice_is_a_bad_reply(given):
    with pytest.raises(Transient, match="host answered without a choice"):
        read_reply(given, "host")
