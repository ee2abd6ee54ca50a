"""
What the checker does when an endpoint misbehaves: one table, for a test and for docs/faults.md.

Two short articles are checked, one call at a time: two extractions, one comparison, one
second look, so 4 requests where nothing goes wrong.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from endpoint import (
    Case,
    chat,
    drips,
    error,
    half_open,
    hangs_up,
    never_ends,
    page,
    resets,
    says,
    stays_silent,
)
from faulty import altered, dribbles, miscounted, rewritten, without

SOUND = 4
ALWAYS = 99
SHORT_S = 0.5
SOON: Mapping[str, str] = {"retry-after-ms": "1"}
AT_MIDNIGHT = {"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"}
ELSEWHERE = {"location": "http://127.0.0.2:9/v1"}
TEN_MB = b" " * 10_000_000
PACKED: Mapping[str, str] = {"content-encoding": "gzip"}


class Outcome(StrEnum):
    """What becomes of the question that met the fault."""

    STOP = "stop"
    RETRIED = "retried"
    ASKED_AGAIN = "asked again"
    FAILURE = "failure"
    LEFT_OUT = "left out"
    READ = "read as it is"


EXIT = {Outcome.FAILURE: 3, Outcome.STOP: 2}


@dataclass(frozen=True)
class Row:
    """
    One fault, played the first *times* that the question at stage *at* is asked, and what comes of it.

    `requests` are those of the whole run. `message` is a piece of what the user is told.
    `later` is what the same command does once the endpoint is sound: requests, exit code.
    """

    fault: str
    case: Case
    outcome: Outcome
    requests: int = SOUND
    message: str = ""
    later: tuple[int, int] = (0, 0)
    at: str = "extract"
    times: int = 1
    timeout_s: float = 20.0

    @property
    def exit(self) -> int:
        """The exit code of the run."""
        return EXIT.get(self.outcome, 0)


def _stop(fault: str, case: Case, message: str, **more: Any) -> Row:
    """Refused at the first question, and nothing more is asked; later everything is."""
    return Row(fault, case, Outcome.STOP, **{"requests": 1, "message": message, "later": (SOUND, 0), **more})


def _retried(fault: str, case: Case, **more: Any) -> Row:
    """The same request is sent once more."""
    return Row(fault, case, Outcome.RETRIED, SOUND + 1, **more)


def _asked_again(fault: str, case: Case, requests: int = SOUND + 1, **more: Any) -> Row:
    """The reply is sent back with what is wrong with it."""
    return Row(fault, case, Outcome.ASKED_AGAIN, requests, **more)


def _failure(fault: str, case: Case, message: str, requests: int = 2, **more: Any) -> Row:
    """No answer about one article, so nothing to compare; later it is asked for, and the two steps after it."""
    told: dict[str, Any] = {"message": message, "later": (3, 0), "times": ALWAYS, **more}
    return Row(fault, case, Outcome.FAILURE, requests, **told)


def _kept(fault: str, case: Case, message: str, requests: int = 2, **more: Any) -> Row:
    """A failure that is the answer: it is kept, and asked for anew only with --retry-failed."""
    return _failure(fault, case, message, requests, later=(0, 3), **more)


def _packed(status: int) -> Case:
    """Ten megabytes that are ten kilobytes on their way."""
    return says(gzip.compress(TEN_MB), status, headers=PACKED)


def _misquotes(reply: Any) -> None:
    """No quote is in the article."""
    for claim in reply["claims"]:
        claim["quotes"] = ["Nobody came."]


def _misquotes_one(reply: Any) -> None:
    """The last quote is not in the article."""
    reply["claims"][-1]["quotes"] = ["Nobody came."]


def _quotes_on(reply: Any, n_quotes: int) -> None:
    """The last claim has its quote so many times."""
    reply["claims"][-1]["quotes"] *= n_quotes


def _names_on(reply: Any) -> None:
    reply["rows"][0]["agrees"] = [1] * 20_000


def _names_99(reply: Any) -> None:
    """The first row names a claim of the other article that does not exist."""
    reply["rows"][0]["conflicts"].append(99)


def _row_twice(reply: Any) -> None:
    reply["rows"].append(reply["rows"][0])


def _row_99(reply: Any) -> None:
    reply["rows"].append({"a": 99, "agrees": [], "conflicts": []})


def _both(reply: Any) -> None:
    reply["rows"][0]["agrees"] = reply["rows"][0]["conflicts"] = [1]


def _pair_99(reply: Any) -> None:
    reply["rows"][0]["pair"] = 99


def _no_value(reply: Any) -> None:
    reply["rows"][0]["value_a"] = None


ROWS = (
    _stop("401", error(401), "refused the key"),
    _stop("401 at the last question", error(401), "refused the key", at="verify", requests=4, later=(1, 0)),
    _stop("402", error(402), "has no credit left"),
    _stop("403", error(403), "refused the key"),
    _stop("404", error(404), "has no model 'rules', or is not at this address"),
    _stop("405", error(405), "is not at this address (405"),
    _stop("429 that says the quota is used up", error(429, code="insufficient_quota"), "has no credit left"),
    _stop("301 to another host", says(b"", 301, headers=ELSEWHERE), "is not at this address (301)"),
    _stop("302 to another host", says(b"", 302, headers=ELSEWHERE), "is not at this address (302)"),
    _stop("307 to another host", says(b"", 307, headers=ELSEWHERE), "is not at this address (307)"),
    _stop("308 to another host", says(b"", 308, headers=ELSEWHERE), "is not at this address (308)"),
    _retried("408", error(408, headers=SOON)),
    _retried("409", error(409, headers=SOON)),
    _retried("425", error(425, headers=SOON)),
    _retried("429 with `Retry-After: 0`", error(429, headers={"retry-after": "0"})),
    _retried("429 with a date in `Retry-After`", error(429, headers=AT_MIDNIGHT)),
    _retried("429 without `Retry-After`", error(429)),
    _retried("500", error(500, headers=SOON)),
    _retried("500 at the last question", error(500, headers=SOON), at="verify"),
    _retried("502 with a web page", page("<html>Bad gateway</html>", 502)),
    _retried("503", error(503, headers=SOON)),
    _retried("503 with a body of 10 MB", says(TEN_MB, 503, headers=SOON)),
    _retried("529", error(529, headers=SOON)),
    _retried("200 with a web page", page()),
    _retried("200 with half of the JSON", says(b'{"choices": [{"mess')),
    _retried('200 with `{"error"}` that names 429', says(b'{"error": {"code": 429}}', headers=SOON)),
    _retried("200 without choices", says(b'{"choices": []}')),
    _retried("silence, longer than `--timeout-s`", stays_silent, timeout_s=SHORT_S),
    _retried("half a reply, then silence", half_open, timeout_s=SHORT_S),
    _retried("a reply in drips, longer than `--timeout-s`", drips, timeout_s=SHORT_S),
    _retried("the connection is closed without a word", hangs_up),
    _retried("the connection is reset in the middle of the reply", resets),
    _retried("`Content-Length` is longer than the reply", miscounted(by=10)),
    _retried("`Content-Length` is shorter than the reply", miscounted(by=-10)),
    _retried("the reply is not packed as it says", says(b"junk", headers=PACKED)),
    _retried("400 about `response_format`: asked for less", error(400, param="response_format")),
    _asked_again("no JSON", chat("I found two claims.")),
    _asked_again("an empty reply", chat("")),
    _asked_again("JSON that ends too early", rewritten(lambda text: text[:-5])),
    _asked_again("NaN", rewritten(lambda text: text.replace("null", "NaN", 1))),
    _asked_again("a key that stands twice", rewritten(lambda text: '{"claims": [], ' + text[1:])),
    _asked_again("another field than asked for", rewritten(lambda text: text.replace("speaker", "who"))),
    _asked_again("20,000 quotes of one claim", altered(lambda reply: _quotes_on(reply, 20_000))),
    _asked_again("20,000 numbers in one row", altered(_names_on), at="judge"),
    _asked_again("no quote is in the article", altered(_misquotes)),
    _asked_again("a claim number that does not exist", altered(_names_99), at="judge"),
    _asked_again("no row for a claim", altered(lambda reply: reply["rows"].pop()), at="judge"),
    _asked_again("two rows for a claim", altered(_row_twice), at="judge"),
    _asked_again("a row for a claim that does not exist", altered(_row_99), at="judge"),
    _asked_again("a pair that agrees and conflicts", altered(_both), at="judge"),
    _asked_again("a pair number that does not exist", altered(_pair_99), at="verify"),
    _asked_again("a conflict without what differs", altered(_no_value), at="verify"),
    # The text, and its two halves.
    _asked_again("`length`: asked in halves", chat('{"claims": [', finish="length"), SOUND + 2),
    _asked_again(
        "400, the text is too long: in halves", error(400, code="context_length_exceeded"), SOUND + 2
    ),
    # Six tries, and the other article.
    _failure("500, six times", error(500, headers=SOON), "no answer after 6 tries", 7),
    _failure(
        "429 that asks to wait ten minutes: nothing more is asked",
        error(429, headers={"retry-after": "600"}),
        "it asks to wait 600 s, more than 120 s: run again later",
        requests=1,
        later=(4, 0),
    ),
    _failure("400", error(400, "seed is unknown"), "did not accept the request (400: seed is unknown)"),
    _failure('200 with `{"error"}`', says(b'{"error": {"message": "odd"}}'), "(200: odd)"),
    _failure("a reply of 10 MB", says(TEN_MB), "more than 4,000,000 bytes"),
    _failure("a reply whose gzip unpacks to 10 MB", _packed(200), "more than 4,000,000 bytes"),
    _failure("400 with a body of 10 MB", says(TEN_MB, 400), "did not accept the request (400)"),
    _failure("400 whose gzip unpacks to 10 MB", _packed(400), "did not accept the request (400)"),
    _failure("400 with a body that never ends", never_ends(400), "did not accept the request (400)"),
    _kept("a refusal", chat(None, refusal="I will not."), "the model declined to answer"),
    _kept("`content_filter`", chat("", finish="content_filter"), "a filter declined to answer"),
    _kept("400 by a content filter", error(400, code="content_filter"), "a filter declined to answer"),
    # Asked, asked again twice, and the other article.
    _kept("no JSON, three times", chat("Two."), "no reply fits, after 2 re-asks (not JSON)", 4),
    # The text, its two halves, and the other article.
    _kept("`length` of the halves too", chat("{", finish="length"), "cut at the model's limit of tokens", 4),
    # Two extractions, and the comparison: once, or once and again twice.
    _kept("`length`", chat("{", finish="length"), "cut at the model's limit of tokens", 3, at="judge"),
    _kept("a claim number that does not exist, three times", altered(_names_99), "usable row", 5, at="judge"),
    # Not kept, its sentence is offered once more.
    Row("one quote is not in the article", altered(_misquotes_one), Outcome.LEFT_OUT, SOUND + 1),
    Row(
        "one claim has more than 20 quotes",
        altered(lambda reply: _quotes_on(reply, 21)),
        Outcome.LEFT_OUT,
        SOUND + 1,
    ),
    Row("JSON in a Markdown fence", rewritten(lambda text: f"```json\n{text}\n```"), Outcome.READ),
    Row(
        "JSON after `<think>`", rewritten(lambda text: f"<think>Is {{}} right?</think>\n{text}"), Outcome.READ
    ),
    Row("both", rewritten(lambda text: f"<think>Hm.</think>\n```\n{text}\n```"), Outcome.READ),
    Row("a reply in drips, in time", dribbles, Outcome.READ),
    Row("a reply without `usage` and `model`", without("usage", "model"), Outcome.READ),
    Row("a connection that is not kept as it says", without(), Outcome.READ),
)
