import asyncio
import json
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from disks import no_file_beyond
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import NotRecorded, SettingsError
from checker.model.gateway import NotKept
from checker.model.recordings import Recordings, model_name, notes
from checker.model.request import Message, Reply, Request, Tokens

PROMPT = "judge.v1 1f2e3d4c"
EDITED = (
    "this recording was edited: its request is not the one it is named for; "
    "restore the file, or delete it and record it again$"
)


def ask_for(text="Who?\nWhen?\n", stage="judge", prompt=PROMPT, **more):
    messages = (Message(role="system", content="Be brief."), Message(role="user", content=text))
    schema = {"type": "object", "properties": {"z": {}, "a": {}}}
    return Request(model="m", messages=messages, reply_schema=schema, stage=stage, prompt=prompt).model_copy(
        update=more
    )


def answering(text='{"z": "é", "a": [1, 2.5]}', **more):
    async def model(_):
        return Reply(text=text, tokens=Tokens(prompt=3), answered_by="m-1", **more)

    return model


def record(folder, model, *requests, note="seeds"):
    recordings = Recordings(folder, model, note)

    async def run():
        return [await recordings(request) for request in requests]

    return asyncio.run(run()), recordings


def replay(folder, *requests):
    return record(folder, None, *requests)


def only(folder):
    (path,) = folder.iterdir()
    return path


def edit(path, change):
    kept = json.loads(path.read_text("utf-8"))
    change(kept)
    path.write_text(json.dumps(kept), "utf-8")


def test_a_recording_is_a_file_that_can_be_read(tmp_path):
    record(tmp_path, answering(), ask_for())
    key = ask_for().key

    assert only(tmp_path).name == f"judge-{key[:16]}.json"
    assert only(tmp_path).read_bytes().decode() == (
        "{\n"
        f' "key": "{key}",\n'
        ' "meta": {\n  "answered_by": "m-1",\n  "note": "seeds"\n },\n'
        ' "prompt": "judge.v1 1f2e3d4c",\n'
        ' "reply": {\n'
        '  "finish": "stop",\n'
        '  "json": {\n   "z": "é",\n   "a": [\n    1,\n    2.5\n   ]\n  },\n'
        '  "tokens": {\n   "prompt": 3,\n   "completion": 0,\n   "cached": 0,\n   "reasoning": 0\n  }\n'
        " },\n"
        ' "request": {\n'
        '  "messages": [\n'
        '   {\n    "content": "Be brief.",\n    "role": "system"\n   },\n'
        '   {\n    "content": [\n     "Who?",\n     "When?",\n     ""\n    ],\n    "role": "user"\n   }\n'
        "  ],\n"
        '  "model": "m",\n'
        '  "reply_schema": {\n   "properties": {\n    "a": {},\n    "z": {}\n   },\n   "type": "object"\n  },\n'
        '  "sample": 0,\n'
        '  "temperature": 0.0\n'
        " },\n"
        ' "stage": "judge"\n'
        "}\n"
    )


def test_a_replay_gives_what_was_recorded(tmp_path):
    (live,), _ = record(tmp_path, answering(), ask_for())
    (kept,), _ = replay(tmp_path, ask_for())

    assert (live.origin, kept.origin) == ("live", "kept")
    assert kept == live.model_copy(update={"origin": "kept"})


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('{"b": 1, "a": 2}', "json"),
        ('{"b":1,"a":2}', "json_compact"),
        ("[]", "json"),
        ('{\n "a": 1\n}', "text"),
        ('{"a": 1.50}', "text"),
        ('{"a": "\\u00e9"}', "text"),
        ('{"a": 1, "a": 2}', "text"),
        ('{"a": NaN}', "text"),
        ('```json\n{"a": 1}\n```', "text"),
        ('"a"', "text"),
        ("[" * 100_000, "text"),
        ("a\r\nb\rc\u2028d\0", "text"),
        ("", "text"),
    ],
)
def test_every_reply_comes_back_to_the_byte(tmp_path, text, form):
    record(tmp_path, answering(text), ask_for())
    (kept,), _ = replay(tmp_path, ask_for())

    assert kept.text == text
    assert form in json.loads(only(tmp_path).read_text("utf-8"))["reply"]


@given(
    text=st.text()
    | st.recursive(st.none() | st.integers() | st.floats() | st.text(), st.lists).map(json.dumps)
)
def test_any_reply_and_any_message_come_back(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("any")
    record(folder, answering(text), ask_for(text))
    (kept,), _ = replay(folder, ask_for(text))

    assert kept.text == text


def test_recording_from_a_replay_gives_the_same_bytes(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    record(first, answering(), ask_for(), ask_for("b"), ask_for("c", stage="extract"))
    record(second, Recordings(first, None), ask_for(), ask_for("b"), ask_for("c", stage="extract"))

    assert {p.name: p.read_bytes() for p in first.iterdir()} == {
        p.name: p.read_bytes() for p in second.iterdir()
    }


def test_what_is_recorded_is_not_asked_again(tmp_path):
    record(tmp_path, answering("old"), ask_for())
    before = only(tmp_path).read_bytes()
    (reply,), _ = record(tmp_path, answering("new"), ask_for(), note="later")

    assert (reply.text, reply.origin) == ("old", "kept")
    assert only(tmp_path).read_bytes() == before


@pytest.mark.parametrize("finish", ["length", "refusal", "content_filter"])
def test_a_refused_or_cut_reply_is_recorded(tmp_path, finish):
    record(tmp_path, answering("", finish=finish), ask_for())

    assert replay(tmp_path, ask_for())[0][0].finish == finish


def test_a_replay_reads_the_folders_below_too(tmp_path):
    record(tmp_path / "below" / "deep", answering("below"), ask_for())
    (reply,), _ = replay(tmp_path, ask_for())

    assert reply.text == "below"


def test_of_two_recordings_the_first_by_path_is_replayed(tmp_path):
    record(tmp_path / "b", answering("second"), ask_for())
    record(tmp_path / "a", answering("first"), ask_for())

    assert replay(tmp_path, ask_for())[0][0].text == "first"


def test_what_is_recorded_below_is_recorded_again(tmp_path):
    record(tmp_path / "below", answering("below"), ask_for())
    (reply,), _ = record(tmp_path, answering("here"), ask_for())

    assert reply.text == "here"


def test_a_request_of_no_stage_is_recorded_as_a_request(tmp_path):
    record(tmp_path, answering(), ask_for(stage=""))

    assert only(tmp_path).name == f"request-{ask_for(stage='').key[:16]}.json"


def test_a_recording_is_for_its_owner_only(tmp_path):
    old = os.umask(0)
    try:
        record(tmp_path / "new", answering(), ask_for())
    finally:
        os.umask(old)

    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE(only(tmp_path / "new").stat().st_mode) == 0o600


def test_a_link_in_the_place_of_a_recording_is_replaced_and_not_followed(tmp_path):
    place = tmp_path / "recorded" / f"judge-{ask_for().key[:16]}.json"
    place.parent.mkdir()
    place.symlink_to(tmp_path / "theirs")
    record(place.parent, answering(), ask_for())

    assert not (tmp_path / "theirs").exists()
    assert not place.is_symlink()


def test_many_may_record_the_same_answer_at_the_same_time(tmp_path):
    together = threading.Barrier(8)

    async def model(_):
        together.wait()
        return Reply(text="once")

    def one(n):
        return record(tmp_path, model, ask_for(str(n)))[0]

    with ThreadPoolExecutor(8) as threads:
        # ten questions, each by all eight threads at once
        replies = [list(threads.map(one, [n] * 8)) for n in range(10)]

    assert replies == [[[Reply(text="once")]] * 8] * 10
    assert len(list(tmp_path.iterdir())) == 10


def nested(depth):
    """A list in a list in a list."""
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: kept["request"]["messages"][1].update(content="Where?"),
        lambda kept: kept["request"].update(model="another"),
        lambda kept: kept["request"].update(sample=1),
        lambda kept: kept.update(key="0" * 64),
    ],
)
def test_a_recording_whose_request_was_edited_is_refused(tmp_path, change):
    record(tmp_path, answering(), ask_for())
    edit(only(tmp_path), change)

    with pytest.raises(SettingsError, match=rf"judge-\w{{16}}\.json: {EDITED}"):
        replay(tmp_path, ask_for())


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("request", lambda kept: kept.pop("request")),
        ("request", lambda kept: kept["request"].update(host="example.org")),
        ("reply", lambda kept: kept.pop("reply")),
        ("reply", lambda kept: kept["reply"].pop("json")),
        ("reply", lambda kept: kept["reply"].update(finish="tired")),
        ("reply", lambda kept: kept["reply"].update(origin="live")),
        ("reply", lambda kept: kept.update(meta=None)),
        ("reply", lambda kept: kept["meta"].update(answered_by="\ud800")),
        ("reply", lambda kept: kept["reply"]["json"].update(more="\ud800")),
        ("reply", lambda kept: kept["reply"]["tokens"].update(prompt=-5)),
        ("reply", lambda kept: kept["reply"]["tokens"].update(prompt=10**30)),
        ("request", lambda kept: kept["request"].update(reply_schema={"x": nested(900)})),
    ],
)
def test_a_file_that_is_no_recording_is_named(tmp_path, part, change):
    record(tmp_path, answering(), ask_for())
    edit(only(tmp_path), change)

    with pytest.raises(
        SettingsError,
        match=rf"judge-\w{{16}}\.json: not a recording \(its {part} is not one\): restore the file",
    ):
        replay(tmp_path, ask_for())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"", r"not JSON\)"),
        (b"[]", r"not an object\)"),
        (b"\xff", "'utf-8' codec can't decode"),
        (b'{"key": "a", "key": "b"}', r"not JSON: duplicate key\)"),
    ],
)
def test_a_file_that_is_no_json_object_is_named(tmp_path, text, problem):
    record(tmp_path, answering(), ask_for())
    only(tmp_path).write_bytes(text)

    with pytest.raises(SettingsError, match=rf"judge-\w{{16}}\.json: not a recording \({problem}"):
        replay(tmp_path, ask_for())


def test_a_replay_without_the_recording_says_what_asks_and_how_to_record(tmp_path):
    with pytest.raises(
        NotRecorded,
        match=r"judge asks with the prompt judge\.v1 1f2e3d4c; record it .*--record .*, "
        "or use the articles, model and settings it was recorded with$",
    ):
        replay(tmp_path, ask_for())


def test_a_changed_prompt_is_named(tmp_path):
    record(tmp_path, answering(), ask_for(prompt="judge.v1 00000000"))

    with pytest.raises(
        NotRecorded, match=r"the prompt changed: .* recorded with judge\.v1 00000000; record it"
    ):
        replay(tmp_path, ask_for("Where?"))


def test_each_of_several_changed_prompts_is_named(tmp_path):
    for digest in ("00000000", "11111111"):
        record(tmp_path, answering(), ask_for(digest, prompt=f"judge.v1 {digest}"))

    with pytest.raises(NotRecorded, match=r"recorded with judge\.v1 00000000, judge\.v1 11111111; record it"):
        replay(tmp_path, ask_for("Where?"))


@pytest.mark.parametrize("other", [{"prompt": "again.v1 00000000"}, {"prompt": PROMPT}, {"stage": "extract"}])
def test_other_recordings_do_not_mean_that_the_prompt_changed(tmp_path, other):
    record(tmp_path, answering(), ask_for("Where?", **{"prompt": "judge.v1 00000000", **other}))

    with pytest.raises(NotRecorded) as raised:
        replay(tmp_path, ask_for())
    assert "changed" not in str(raised.value)


def test_a_sample_that_may_not_be_bought_is_not_kept(tmp_path):
    with pytest.raises(
        NotKept, match=r"judge\.v1 1f2e3d4c: no answer is recorded in .*, and none may be bought for it$"
    ):
        replay(tmp_path, ask_for(fresh=False))


def test_a_request_that_may_not_be_bought_goes_on_to_the_model(tmp_path):
    (reply,), _ = record(tmp_path, answering("kept below"), ask_for(fresh=False))

    assert reply.text == "kept below"


def test_recordings_nobody_asked_for_are_named(tmp_path):
    record(tmp_path, answering(), ask_for("a"), ask_for("b"))
    _, recordings = replay(tmp_path, ask_for("a"))

    assert recordings.unused() == [tmp_path / f"judge-{ask_for('b').key[:16]}.json"]


def test_after_recording_nothing_is_unused(tmp_path):
    _, recordings = record(tmp_path, answering(), ask_for("a"), ask_for("b"))

    assert recordings.unused() == []


def test_the_model_of_the_recordings_is_found(tmp_path):
    record(tmp_path, answering(), ask_for("a"), ask_for("b"))

    assert model_name(tmp_path) == "m"


def test_recordings_of_two_models_have_no_one_model(tmp_path):
    record(tmp_path, answering(), ask_for("a"), ask_for("b", model="n"))

    assert model_name(tmp_path) is None


def test_no_recordings_have_no_model(tmp_path):
    assert model_name(tmp_path) is None
    assert model_name(tmp_path / "none") is None


def test_a_broken_recording_has_no_model_and_is_named(tmp_path):
    record(tmp_path, answering(), ask_for())
    edit(only(tmp_path), lambda kept: kept.pop("request"))

    with pytest.raises(SettingsError, match=r"judge-\w{16}\.json: not a recording"):
        model_name(tmp_path)


def test_what_recordings_say_of_how_they_were_made_is_given_once(tmp_path):
    record(tmp_path, answering(), ask_for("a"), ask_for("b"), note="by readers")
    record(tmp_path, answering(), ask_for("c"), note="")
    record(tmp_path, answering(), ask_for("d"))

    assert notes(tmp_path) == {"by readers", "seeds"}


@pytest.mark.parametrize("meta", [None, "a note", {}])
def test_a_recording_that_says_nothing_of_how_it_was_made_has_no_note(tmp_path, meta):
    record(tmp_path, answering(), ask_for())
    edit(only(tmp_path), lambda kept: kept.update(meta=meta))

    assert notes(tmp_path) == set()


def test_no_draft_is_left(tmp_path):
    record(tmp_path, answering(), ask_for())

    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


def test_a_folder_that_cannot_be_written_is_an_error_of_the_settings(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match=r"recordings cannot be written here .*--record"):
        record(tmp_path / "file" / "folder", answering(), ask_for())


def test_on_a_full_disk_no_half_recording_and_no_draft_is_left(tmp_path):
    with (
        no_file_beyond(100),
        pytest.raises(SettingsError, match="make room on the disk, or check it, or name another"),
    ):
        record(tmp_path, answering(), ask_for())

    assert list(tmp_path.iterdir()) == []


def test_a_recording_that_is_a_pipe_or_a_device_is_refused_at_once(tmp_path):
    for name, make in (("pipe", os.mkfifo), ("device", lambda path: path.symlink_to("/dev/zero"))):
        (tmp_path / name).mkdir()
        make(tmp_path / name / "judge-0000000000000000.json")
        with pytest.raises(SettingsError, match=r"0\.json: not a recording \(not a regular file\)"):
            model_name(tmp_path / name)


def test_a_recording_larger_than_any_memory_is_refused(tmp_path):
    record(tmp_path, answering(), ask_for())
    os.truncate(only(tmp_path), 2**40)

    with pytest.raises(SettingsError, match=r"not a recording \(larger than 50,000,000 bytes\)"):
        replay(tmp_path, ask_for())


@pytest.mark.parametrize("tokens", [-1, 2**31, 10**400])
def test_a_reply_that_used_more_tokens_than_a_call_can_is_none(tmp_path, tokens):
    record(tmp_path, answering(), ask_for())
    edit(only(tmp_path), lambda kept: kept["reply"]["tokens"].update(prompt=tokens))

    with pytest.raises(SettingsError, match="its reply is not one"):
        replay(tmp_path, ask_for())
