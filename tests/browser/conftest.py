"""The built site in a real browser, without a network and under a strict policy: skipped where there is no site or no browser."""

from __future__ import annotations

import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

SITE = Path(__file__).parent.parent.parent / "docs" / "_build" / "html"
REQUIRED = "SYMPARAMS_REQUIRE_BROWSER" in os.environ
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:"
QUIET = [
    "--no-sandbox",  # as root there is none
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def missing(what: str) -> None:
    (pytest.fail if REQUIRED else pytest.skip)(what)


class Strict(SimpleHTTPRequestHandler):
    """The live page and its worker under the policy: what a page says in a meta tag does not hold for its worker."""

    def end_headers(self) -> None:
        if self.path.startswith(("/live.html", "/_static/live/")):
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site():
    if not (SITE / "live.html").exists():
        missing("the site is not built: sphinx-build docs docs/_build/html")
    if not (SITE / "_static" / "live" / "python").exists():
        missing("the site is built without Python for its live page")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser():
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        missing("there is no Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("there is no playwright: pip install playwright")
    with sync_playwright() as drivers:
        browser = drivers.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


class Watched:
    """A page, and everything that it asked for or complained about."""

    def __init__(self, browser, site, **settings) -> None:
        self.context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **settings)
        self.page, self.site = self.context.new_page(), site
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None)
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', (it) => console.error(`policy: ${it.violatedDirective} ${it.blockedURI}`))"
        )

    @property
    def outside(self) -> list[str]:
        return [url for url in self.requests if not url.startswith((self.site, "data:"))]

    @property
    def python_files(self) -> list[str]:
        return [url for url in self.requests if "/live/python/" in url]
