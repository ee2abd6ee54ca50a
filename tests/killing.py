"""
Runs of the real command that are killed, and what each must leave behind.

What is promised: an answer is kept before its place among the calls under way is free for
another. So of the questions that a killed run has asked, at most as many as it may ask at a
time are not kept; with one at a time, only the newest. `Check.lost` counts what the endpoint
had written to its last byte, and is yet asked again: answers that the kill overtook between
the socket and the disk.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import checker

ROOT = Path(checker.__file__).parent.parent
TEXTS = {
    "a.txt": "Police arrested 14 people. The match ended 3-2. The mayor was not there.",
    "b.txt": "Nobody was arrested at all. Rovers won the match 3-2. Rain fell for an hour.",
    "c.txt": "Rovers beat the visitors 3-2. 14 people were held. Trains were late.",
    "d.txt": "The ground was full. Nobody was hurt. The score was 3-2.",
}
OLD = "an older report"
REPORTS = ("result.json", "report.html", "summary.md")


class Moment(NamedTuple):
    """When to kill: so long after so many of something ("asked" or "delivered") in this run."""

    what: str
    n: int
    delay_s: float = 0.0
    in_all_runs: bool = False


class Killed(NamedTuple):
    """A run that was killed: its key, its calls at a time, and the log as long as it was then."""

    key: str
    at_a_time: int
    n_logged: int


class Check:
    """One check in a folder of its own, begun and killed over and over until it is complete."""

    def __init__(self, place, endpoint):
        self.place = place
        self.endpoint = endpoint
        self.killed = []
        self.keys = []
        self.since = len(endpoint.log)
        (place / "event").mkdir(parents=True)
        for name, text in TEXTS.items():
            (place / "event" / name).write_text(text)
        for name in REPORTS:
            (place / name).write_text(OLD)

    def kill(self, moment, at_a_time):
        """Begin a run and kill it at *moment*; give False where it was complete before that."""
        key, process = self.begin(at_a_time)
        here = self.since if moment.in_all_runs else len(self.endpoint.log)
        threading.Thread(target=self._wake_at_end, args=(process,)).start()

        def reached():
            done = {question for what, _, question in self.endpoint.log[here:] if what == moment.what}
            return len(done) >= moment.n or process.poll() is not None

        with self.endpoint.changed:
            self.endpoint.changed.wait_for(reached)
        time.sleep(moment.delay_s)
        n_logged = len(self.endpoint.log)
        process.kill()
        process.communicate()
        self.killed.append(Killed(key, at_a_time, n_logged))
        return process.returncode == -signal.SIGKILL

    def begin(self, at_a_time):
        """Start the command, under a key that tells its requests from those of other runs."""
        key = f"made-up-{self.place.name}-{len(self.keys) + 1}"
        self.keys.append(f"Bearer {key}")
        outputs = [word for name in REPORTS for word in ("-o", name)]
        options = ["-m", "rules", "-j", str(at_a_time), "--cache", "kept", "--record", "recorded", *outputs]
        process = subprocess.Popen(
            [sys.executable, "-m", "checker", "check", "event", *options],
            cwd=self.place,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.place),
                "PYTHONPATH": str(ROOT),
                **self.endpoint.environment,
                "OPENAI_API_KEY": key,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        return self.keys[-1], process

    def asked_by(self, key):
        """The questions that came under *key*, in order."""
        return [question for what, by, question in self.endpoint.log if what == "asked" and by == key]

    def finish(self):
        """Run to the end; give the exit code and stderr."""
        _, process = self.begin(4)
        _, err = process.communicate()
        return process.returncode, err

    def result(self):
        return json.loads((self.place / "result.json").read_text("utf-8"))

    def findings(self):
        """The bytes of the result, all but how it came about."""
        return json.dumps({name: value for name, value in self.result().items() if name != "run"})

    def recordings(self):
        return {path.name: path.read_bytes() for path in (self.place / "recorded").glob("*.json")}

    def halves(self, undisturbed):
        """What a kill left that is neither old nor new, nor whole."""
        texts = {name: (self.place / name).read_text("utf-8") for name in REPORTS}
        halves = [name for name, text in texts.items() if text != OLD and not _is_whole(name, text)]
        if texts["result.json"] != OLD and self.findings() != undisturbed.findings():
            halves.append("result.json differs")
        wanted = undisturbed.recordings()
        halves += [name for name, data in self.recordings().items() if wanted.get(name) != data]
        return halves + self._damage()

    def overbought(self):
        """Of each killed run, the questions it had asked that were asked again beyond what it may lose."""
        return [
            (run, again)
            for run in self.killed
            for asked in [self.asked_by(run.key)]
            for again in [[question for question in asked if question in self._asked_after(run)]]
            if len(again) > run.at_a_time or (run.at_a_time == 1 and again not in ([], asked[-1:]))
        ]

    def lost(self):
        """How many answers were delivered before a kill and asked for again after it."""
        return sum(
            what == "delivered" and key == run.key and question in self._asked_after(run)
            for run in self.killed
            for what, key, question in self.endpoint.log[: run.n_logged]
        )

    def _wake_at_end(self, process):
        process.wait()
        with self.endpoint.changed:
            self.endpoint.changed.notify_all()

    def _asked_after(self, run):
        """The questions of the runs of this check that came after *run*."""
        earlier = {one.key for one in self.killed[: self.killed.index(run) + 1]}
        return {
            question
            for what, key, question in self.endpoint.log[self.since :]
            if what == "asked" and key not in earlier
        }

    def _damage(self):
        """What is wrong with the database, looked at in a copy: the next run shall find it as it was left."""
        kept, copy = self.place / "kept", self.place / "copy"
        if not (kept / "cache.db").exists():
            return []
        shutil.copytree(kept, copy)
        with closing(sqlite3.connect(copy / "cache.db")) as database:
            found = [row[0] for row in database.execute("PRAGMA integrity_check")]
            tables = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'Cache'").fetchone()[0]
            rows = database.execute("SELECT value FROM Cache").fetchall() if tables else []
        shutil.rmtree(copy)
        torn = [row for (row,) in rows if not json.loads(row)["reply"]["text"]]
        return [one for one in found if one != "ok"] + torn


def _is_whole(name, text):
    ends = {"result.json": "}\n", "report.html": "</html>\n", "summary.md": "\n"}
    return text.endswith(ends[name]) and len(text) > len(OLD)
