"""
A key is planted, the real command runs through faults that repeat it, and all that was written is searched.

The process tells every address that it connects to, by an audit hook that Python loads first.
"""

import asyncio
import base64
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from endpoint import chat, completion, error, page, says, scripted, serving
from faulty import sound
from thinking import answer

import checker

ROOT = Path(checker.__file__).parent.parent
KEY = "sk-Plant3dKey/ThatMust+NotBeSeen-0123456789"
ENCODED = base64.b64encode(KEY.encode()).decode()
FORMS = {
    "as it is": KEY,
    "in base64": ENCODED,
    "with a name, in base64": base64.b64encode(f"user:{KEY}".encode()).decode()[8:40],
    "in an address": quote(KEY, safe=""),
    "its beginning": KEY[:12],
    "its end": KEY[-10:],
    "a part of it": KEY[5:10],
}
IN_PARTS = "\u200b".join(KEY[start : start + 5] for start in range(0, len(KEY), 5))
ECHOES = (KEY, f"Bearer {KEY}", ENCODED, quote(KEY, safe=""), f"{KEY[:14]}****{KEY[-10:]}", IN_PARTS)
HOOK = """
import os, sys
def note(event, details):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        with open(os.environ["CONNECTIONS"], "a") as file:
            file.write(f"{details[0] if event == 'socket.getaddrinfo' else details[1]}\\n")
sys.addaudithook(note)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A home with two articles, and what the commands of a day leave in it; `said` is all they print."""
    place = tmp_path_factory.mktemp("home")
    (place / "event").mkdir()
    (place / "event" / "a.txt").write_text("Police arrested 14 people. The match ended 3-2.")
    (place / "event" / "b.txt").write_text("Nobody was arrested at all. Rovers won the match 3-2.")
    (place / "hook").mkdir()
    (place / "hook" / "sitecustomize.py").write_text(HOOK)
    return SimpleNamespace(**asyncio.run(_day(place)), folder=place)


async def _day(place):
    answering = SimpleNamespace(asked=[], hold_at=0, status=200)

    async def thinks(seen, writer):
        code, body = answer(answering, seen.json)
        await says(json.dumps(body).encode(), code, headers={"x-echo": KEY, "set-cookie": KEY})(seen, writer)

    soon = {"retry-after-ms": "1", "x-echo": KEY, "authorization": f"Bearer {KEY}"}
    passing = [error(500, f"oops: {words}", headers=soon) for words in ECHOES[:3]]
    lasting = [error(400, f"no: {words}", code=words, param=words, headers=soon) for words in ECHOES]
    script = [*passing, *lasting, page(f"<p>{KEY}"), *[thinks] * 40]
    outputs = [part for kind in ("html", "json", "md", "txt") for part in ("-o", f"reports/r.{kind}")]
    asking = ("check", "event", "-j", "1")
    said = []
    hosts = []
    old_umask = os.umask(0o022)
    try:
        async with scripted(*script) as server:
            # Each fault costs one article its answer; the fourth run meets none any more.
            for _ in range(4):
                said += [await _run(place, server.url, *asking, "--record", "recorded", *outputs)]
            for command in ("doctor", "check event --dry-run", "cache info"):
                said += [await _run(place, server.url, *command.split())]
        async with scripted(error(401, f"wrong key {KEY}")) as refusing:
            said += [await _run(place, refusing.url, *asking, "--cache", "other")]
        for n, telling in enumerate((_tells_in_words, _tells_in_a_name)):
            async with serving(telling) as told:
                outputs = [part for kind in ("html", "json", "md") for part in ("-o", f"told/{n}.{kind}")]
                keeping = ("--cache", f"told/{n}", "--record", f"told/recorded-{n}")
                said += [await _run(place, told.url, *asking, *keeping, *outputs)]
                hosts.append(told.url)
        said += [await _run(place, server.url, "cache", "info", key=f"{KEY} {KEY}")]
        said += [await _run(place, f"https://me:{KEY}@example.org/v1", "doctor")]
        said += [await _run(place, f"http://[{KEY}", "doctor")]
        said += [await _run(place, server.url, "-c", TRACEBACK, module=())]
    finally:
        os.umask(old_umask)
    hosts = {
        re.sub(r"http://(.*):(\d+)/v1", r"('\1', \2)", url) for url in (server.url, refusing.url, *hosts)
    }
    return {"said": said, "hosts": hosts, "seen": server.seen}


async def _tells_in_words(seen, writer):
    """A reply that fits, with the key in all of its words, and as the name of the model."""
    value = json.loads(sound(seen))
    for claim in value.get("claims", []):
        claim["text"] += f" {KEY}"
    if value.get("claims"):
        value["claims"].append({"text": f"It is {KEY}.", "speaker": KEY, "quotes": [f"It is {KEY}"]})
    for row in value.get("rows", []):
        row.update({name: f"{KEY} or so" for name in ("reason", "value_a", "value_b") if name in row})
    text = json.dumps(value).replace("/", r"\/").replace("-", r"\u002d")
    await says(json.dumps({**completion(text), "model": KEY}).encode())(seen, writer)


async def _tells_in_a_name(seen, writer):
    await chat(json.dumps({"claims": [], KEY: 1}))(seen, writer)


TRACEBACK = """
import os
from checker.resources import endpoint
from checker.settings import Settings
found = endpoint(Settings(), os.environ)
print(repr(found), str(found), vars(found), found.model_dump(), found.model_dump_json())
raise RuntimeError(found)
"""


async def _run(place, url, *arguments, key=KEY, module=("-m", "checker")):
    """What a command prints on both streams, with everything switched on that makes libraries talk."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(place),
        "XDG_CACHE_HOME": str(place / "cache"),
        "PYTHONPATH": f"{place / 'hook'}:{ROOT}",
        "CONNECTIONS": str(place / "connections"),
        "CHECKER_MODEL": "rules",
        "OPENAI_API_KEY": key,
        "OPENAI_BASE_URL": url,
        "OPENAI_LOG": "debug",
        "PYTHONASYNCIODEBUG": "1",
        "PYTHONFAULTHANDLER": "1",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *module,
        *arguments,
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    return out.decode()


def modes(folder):
    return {
        path.relative_to(folder.parent).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in (folder, *folder.rglob("*"))
    }


def test_the_day_was_a_real_one(place):
    assert all(seen.headers["authorization"] == f"Bearer {KEY}" for seen in place.seen)
    assert len(place.seen) > len(ECHOES) + 3
    assert {path.name for path in (place.folder / "reports").iterdir()} == {
        "r.html",
        "r.json",
        "r.md",
        "r.txt",
    }
    assert list((place.folder / "recorded").glob("*.json"))
    assert "Traceback" in place.said[-1]


def test_a_reply_that_tells_the_key_was_read_without_it(place):
    assert "[key]" in (place.folder / "told" / "0.json").read_text()
    assert "a field that was not asked for" in (place.folder / "told" / "1.json").read_text()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_key_is_in_nothing_that_was_printed(place, form):
    assert [said for said in place.said if form in said] == []


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_key_is_in_no_file_that_was_written(place, form):
    files = [path for path in place.folder.rglob("*") if path.is_file()]

    assert {path.name for path in files} >= {"cache.db", "r.html", "r.json", "r.md", "r.txt"}
    assert [path for path in files if form.encode() in path.read_bytes()] == []


def test_the_key_is_in_no_row_of_the_cache(place):
    rows = []
    for path in place.folder.rglob("cache.db"):
        with closing(sqlite3.connect(path)) as database:
            rows += [str(row) for row in database.execute("SELECT * FROM Cache")]

    assert any("[key]" in row for row in rows)
    assert [form for form in FORMS.values() if any(form in row for row in rows)] == []


def test_the_articles_are_in_no_log(place):
    assert "arrested at all" not in place.said[0].split("No conflict")[0]


@pytest.mark.parametrize("folder", ["cache/fact-consistency-checker/answers", "recorded"])
def test_only_the_owner_may_read_what_is_kept(place, folder):
    found = modes(place.folder / folder)
    top = found.pop(folder.split("/")[-1])

    assert top == 0o700
    assert set(found.values()) == {0o600}


def test_a_report_has_the_rights_of_any_new_file(place):
    assert set(modes(place.folder / "reports").values()) == {0o755, 0o644}


def test_connections_are_made_to_the_endpoint_alone(place):
    found = set((place.folder / "connections").read_text().strip().split("\n"))

    # the address of each endpoint, and the look-up of the name in it
    assert found == {*place.hosts, "127.0.0.1"}


@pytest.mark.parametrize("says_host", [5, 4])
def test_doctor_and_dry_run_say_which_host_gets_the_text(place, says_host):
    host = place.seen[0].headers["host"]

    assert re.search(rf"text.* (?:goes )?to {re.escape(host)}", place.said[says_host])


@pytest.mark.parametrize("command", ["demo", "doctor", "check event"])
def test_without_a_model_nothing_is_connected_to(place, command, tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": f"{place.folder / 'hook'}:{ROOT}",
        "CONNECTIONS": str(tmp_path / "connections"),
    }
    (tmp_path / "event").symlink_to(place.folder / "event")
    done = subprocess.run(
        [sys.executable, "-m", "checker", *command.split()],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0
    assert not (tmp_path / "connections").exists()


def test_importing_every_library_connects_to_nothing(place, tmp_path):
    code = "import openai, instructor, instructor.core, trafilatura, diskcache, genai_prices, sklearn, scipy.stats, checker.model.openai"
    subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": f"{place.folder / 'hook'}:{ROOT}", "CONNECTIONS": str(tmp_path / "connections")},
        check=True,
    )

    assert not (tmp_path / "connections").exists()
