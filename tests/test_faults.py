import pytest

from checker.errors import BadReply, CutShort, EndpointError, Refused
from checker.model.faults import Fault, error_for, masked, read_fault, retry_after_s, shown
from checker.model.gateway import Transient


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(status=401), EndpointError),
        (Fault(status=403), EndpointError),
        (Fault(status=402), EndpointError),
        (Fault(status=404), EndpointError),
        (Fault(status=405), EndpointError),
        (Fault(status=307), EndpointError),
        (Fault(status=429, codes=("insufficient_quota",)), EndpointError),
        (Fault(status=429, codes=("billing_hard_limit_reached",)), EndpointError),
        (Fault(status=400, codes=("context_length_exceeded",)), CutShort),
        (Fault(status=400, words="This model's maximum context length is 4096 tokens."), CutShort),
        (Fault(status=413), CutShort),
        (Fault(status=400, codes=("content_filter",)), Refused),
        (Fault(status=400), BadReply),
        (Fault(status=422), BadReply),
        (Fault(status=418), BadReply),
        (Fault(status=200), BadReply),
        (Fault(status=408), Transient),
        (Fault(status=409), Transient),
        (Fault(status=425), Transient),
        (Fault(status=429), Transient),
        (Fault(status=500), Transient),
        (Fault(status=503), Transient),
        (Fault(status=529), Transient),
    ],
)
def test_each_answer_means_one_error(fault, kind):
    assert type(error_for(fault, "host", "m", "")) is kind


@pytest.mark.parametrize(
    ("status", "everybody"),
    [(429, True), (503, True), (500, False), (502, False), (408, False), (409, False)],
)
def test_too_many_and_overloaded_are_for_everybody(status, everybody):
    assert error_for(Fault(status=status), "host", "m", "").crowded is everybody


def test_the_wait_goes_with_the_error():
    assert error_for(Fault(status=429, wait_s=7.0), "host", "m", "").wait_s == 7.0


@pytest.mark.parametrize(
    ("status", "mend"),
    [(401, "set OPENAI_API_KEY"), (404, "check --model and OPENAI_BASE_URL"), (402, "add credit")],
)
def test_an_error_of_the_set_up_says_where_and_how_to_mend_it(status, mend):
    message = str(error_for(Fault(status=status), "example.org", "m", "what it said"))

    assert "example.org" in message
    assert f"({status}: what it said)" in message
    assert mend in message


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "0"}, None),  # taken at its word, it would be asked as fast as it answers
        ({"retry-after-ms": "0", "retry-after": "9"}, 9.0),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
    ],
)
def test_the_wait_an_endpoint_asks_for(headers, wait_s):
    assert retry_after_s(headers) == wait_s


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (
            400,
            {"message": "m", "type": "t", "param": "p", "code": "c"},
            Fault(status=400, codes=("c", "t"), param="p", words="m"),
        ),
        (400, {"error": {"message": "m", "code": None}}, Fault(status=400, words="m")),
        (400, {"error": "plain"}, Fault(status=400, words="plain")),
        (502, "<html>Bad gateway</html>", Fault(status=502, words="a web page")),
        (500, None, Fault(status=500)),
        (200, {"error": {"message": "m", "code": 429}}, Fault(status=429, words="m")),
        (200, {"error": {"message": "m", "code": 7}}, Fault(status=200, words="m")),
        (500, {"error": {"message": "m", "code": 400}}, Fault(status=500, words="m")),
        (400, ["odd"], Fault(status=400, words="['odd']")),
    ],
)
def test_error_bodies_of_many_makers_are_read(status, body, fault):
    assert read_fault(status, body, {}) == fault


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Incorrect API key provided: sk-ab***xyz", "Incorrect API key provided: [key]"),
        ("header Authorization: Bearer abc.def", "header [key]"),
        ("bad api_key=hunter2 given", "bad [key] given"),
        ("token 0123456789abcdef0123456789abcdef!", "token [key]!"),
        ("a plant3d one", "a [key] one"),
        (
            "maximum context token limit of gpt-4o-mini-2024-07-18",
            "maximum context token limit of gpt-4o-mini-2024-07-18",
        ),
    ],
)
def test_nothing_like_a_key_is_shown(words, expected):
    assert shown(words, "plant3d", "") == expected


def test_words_are_shown_on_one_line_without_control_characters():
    assert shown("one\r\ntwo\x1b[31m\u202e  three", "", "") == "one two[31m three"


def test_long_words_are_cut():
    assert shown("word " * 100, "", "") == ("word " * 100)[:199] + "…"


def test_words_that_repeat_the_article_are_not_shown():
    article = "The minister said on Monday that\nthe bridge would be closed for a year."

    assert shown("cannot parse: 'Monday that the bridge would be closed for a year.'", "", article) == ""


def test_a_word_of_the_article_may_be_shown():
    assert shown("cannot parse 'bridge'", "", "The bridge is closed.") == "cannot parse 'bridge'"


@pytest.mark.parametrize(
    "words",
    ["key abcde/secr****tail-99 is bad", "key ****tail-99 is bad", "key <abcde/secret-tail-99> is bad"],
)
def test_a_key_that_is_partly_masked_is_not_shown(words):
    assert shown(words, "abcde/secret-tail-99", "") == "key [key] is bad"


@pytest.mark.parametrize("between", ["\u200b", "\x1b", "\u2060", "\u034f", "\ufe0f", "\u3164"])
def test_a_key_in_parts_is_found_where_nobody_sees_what_stands_between_them(between):
    parts = between.join(("sk-pr", "oj-Ab", "CdEfG"))

    assert shown(f"bad key {parts}", "sk-proj-AbCdEfG", "") == "bad key [key]"


@pytest.mark.parametrize(
    "told",
    [
        'sk-"0123/45\\678',
        r"sk-\"0123\/45\\678",
        r"sk\u002D\u00220123\u002f45\u005C678",
        r"\u0073k-\"0123/45\\67\u0038",
    ],
)
def test_a_key_in_a_reply_is_masked_however_json_writes_it(told):
    assert masked(f'["\\\\{told}", "sk-"]', 'sk-"0123/45\\678') == r'["\\[key]", "sk-"]'


def test_a_word_that_stands_for_a_key_is_no_secret_in_a_reply():
    assert masked('{"speaker": null}', "speaker") == '{"speaker": null}'


def test_words_are_shown_where_there_is_no_key():
    assert shown("the model is busy", "", "") == "the model is busy"
