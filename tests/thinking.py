"""
An OpenAI-compatible endpoint in a thread, which answers every stage with plain rules.

It stands where a hosted model would stand for tests of the whole command: real HTTP, real
requests. `hold_at` keeps one request waiting, so that a test can act while it is open, and
`log` says in which order requests came and answers went out, and under which key.
"""

import json
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

from scripted import CONFLICT, NO_CLAIMS, rows, sentence_claims

RULES = {
    "extract": sentence_claims,
    "gaps": lambda _: NO_CLAIMS,
    "judge": rows(agrees=[("3-2", "3-2")], conflicts=[("14", "Nobody")]),
    "verify": CONFLICT,
    "baseline": lambda _: {"facts": []},
}


class Endpoint:
    """What a test sees of the endpoint: its address, what was asked, and the held request."""

    def __init__(self, status, hold_at):
        self.status = status
        self.hold_at = hold_at
        self.asked = []
        self.log = []
        self.changed = threading.Condition()
        self.held = threading.Event()
        self.release = threading.Event()
        self.url = ""

    @property
    def environment(self):
        return {"OPENAI_BASE_URL": self.url, "OPENAI_API_KEY": "sk-made-up-for-tests"}

    def tell(self, what, key, body):
        """Write "asked" or "delivered" into the log, for the key and the question."""
        with self.changed:
            self.log.append((what, key, json.dumps(body, sort_keys=True)))
            self.changed.notify_all()


def stage(messages):
    """Which prompt a request was made with, by a word that only it has."""
    system = messages[0]["content"]
    if "have been listed once" in system:
        return "gaps"
    if "You list the claims" in system:
        return "extract"
    if "List every fact" in system:
        return "baseline"
    return "judge" if "For every claim of article A" in system else "verify"


def answer(endpoint, body):
    """The status and the body for one request."""
    endpoint.asked.append(body)
    if len(endpoint.asked) == endpoint.hold_at:
        endpoint.held.set()
        endpoint.release.wait()
    if endpoint.status != 200:
        return endpoint.status, {"error": {"message": "made up", "type": "t", "code": None, "param": None}}
    request = SimpleNamespace(messages=[SimpleNamespace(**turn) for turn in body["messages"]])
    text = json.dumps(RULES[stage(body["messages"])](request), ensure_ascii=False)
    message = {"role": "assistant", "content": text, "refusal": None}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return 200, {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "rules",
        "choices": [choice],
        "usage": usage,
    }


@contextmanager
def thinking(status=200, hold_at=0):
    """Serve on a free port of the loopback until the block ends."""
    endpoint = Endpoint(status, hold_at)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            sent, n_bytes = b"", int(self.headers["content-length"])
            with suppress(ConnectionResetError):
                sent = self.rfile.read(n_bytes)
            if len(sent) < n_bytes:
                return  # the client was killed while it asked
            body = json.loads(sent)
            key = self.headers["authorization"]
            endpoint.tell("asked", key, body)
            code, payload = answer(endpoint, body)
            data = json.dumps(payload).encode()
            try:
                self.send_response(code)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
                endpoint.tell("delivered", key, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the client was killed, as some tests want

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.release.set()
        server.shutdown()
        thread.join()
        server.server_close()
