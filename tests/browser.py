"""
A real Chromium, for tests of how a page is read.

    def test_it_opens(open_file):
        page = open_file(html, **DARK, **NARROW)

        assert axe(page) == []

`open_file` opens a text as a file; `open_served` serves it from 127.0.0.1, with headers if they are
given. Both give a `Page` of playwright and hand further options to `Browser.new_context`. For
print: `page.emulate_media(media="print")`. The fixtures are shared through `conftest.py`.

A test fails if its page asks for anything but itself, or an error comes up on its console. A test
that wants one takes it out of `troubles`.

Playwright keeps an event loop running from the first test of a module that opens a page to the last:
in such a module nothing can call `asyncio.run`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

Open = Callable[..., "Page"]

# What Jenkins sends with a file that a build has kept.
JENKINS = {"Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; style-src 'self';"}

NO_SCRIPT = {"java_script_enabled": False}
LIGHT = {"color_scheme": "light"}
DARK = {"color_scheme": "dark"}
STILL = {"reduced_motion": "reduce"}
FORCED = {"forced_colors": "active"}
NARROW = {"viewport": {"width": 320, "height": 640}}

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PACKAGES = ("playwright", "axe_playwright_python")


def axe(page: Page, rules: tuple[str, ...] = RULES) -> list[str]:
    """Give what axe-core finds wrong on *page*, one entry for each element; *rules* are its tags."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", list(rules)
    )
    return [
        f"{broken['id']} ({broken['impact']}) at {node['html']}: {node['failureSummary']}"
        for broken in found["violations"]
        for node in broken["nodes"]
    ]


def chromium(environ: Mapping[str, str] = os.environ) -> str | None:
    """Give the path of a Chromium: the one that is named, else the first on the PATH."""
    found = (shutil.which(name, path=environ.get("PATH", "")) for name in _NAMES)
    return environ.get("CHECKER_TEST_CHROMIUM") or next(filter(None, found), None)


def missing(environ: Mapping[str, str] = os.environ) -> str | None:
    """Give what the tests in a browser lack and how to get it, or None."""
    if absent := [name for name in _PACKAGES if find_spec(name) is None]:
        return f"not installed: {' '.join(absent)}; 'make setup' installs what the tests need"
    if chromium(environ) is None:
        return "no Chromium found; install one (Debian: chromium), or set CHECKER_TEST_CHROMIUM to its path"
    return None


def give_up(lack: str, environ: Mapping[str, str] = os.environ) -> NoReturn:
    """Skip the test for *lack*, or fail it where a Chromium is required."""
    if environ.get("CHECKER_TEST_CHROMIUM_REQUIRED") == "1":
        pytest.fail(lack)
    pytest.skip(lack)


@contextmanager
def served(html: str, headers: Mapping[str, str]) -> Iterator[str]:
    """Serve *html* with *headers* from 127.0.0.1, and give its address."""
    body = html.encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium without a window, for the tests of one module."""
    if lack := missing():
        give_up(lack)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it may be missing

    with sync_playwright() as playwright:
        # As root, as in most containers, Chromium starts only without its sandbox.
        yield playwright.chromium.launch(executable_path=chromium(), chromium_sandbox=False)


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What went wrong on the pages of a test; what is left at its end fails it."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_page(browser: Browser, troubles: list[str]) -> Iterator[Open]:
    """A function that opens an address, and nothing from elsewhere, in a context of its own."""
    with ExitStack() as contexts:

        def visit(address: str, **options: Any) -> Page:
            context = contexts.enter_context(browser.new_context(**options))
            _watch(context, address, troubles)
            page = context.new_page()
            page.goto(address)
            return page

        yield visit


@pytest.fixture
def open_file(open_page: Open, tmp_path: Path) -> Open:
    """A function that opens a text as a file."""

    def visit(html: str, **options: Any) -> Page:
        file = tmp_path / "report.html"
        file.write_text(html, encoding="utf-8")
        return open_page(file.as_uri(), **options)

    return visit


@pytest.fixture
def open_served(open_page: Open) -> Iterator[Open]:
    """A function that opens a text from a server, which sends the headers that are given."""
    with ExitStack() as servers:

        def visit(html: str, headers: Mapping[str, str] | None = None, **options: Any) -> Page:
            return open_page(servers.enter_context(served(html, headers or {})), **options)

        yield visit


def _watch(context: BrowserContext, address: str, troubles: list[str]) -> None:
    def decide(route: Route) -> None:
        if route.request.is_navigation_request() and route.request.url == address:
            route.continue_()
        else:
            troubles.append(f"asked for {route.request.url}")
            route.abort()

    context.route("**/*", decide)
    context.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda thrown: troubles.append(str(thrown.error)))
