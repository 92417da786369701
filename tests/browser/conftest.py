"""The small site, built as it is published, served at / and under /repo/, and looked at in a real Chromium."""

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

from tests.copies import ROOT, SMALL
from tests.publishing.conftest import inv

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications")
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class Below(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix, with the site's own page for what is not there, as GitHub Pages does."""

    prefix = ""

    def translate_path(self, path: str) -> str:
        if not path.startswith(f"{self.prefix}/"):
            return str(Path(self.directory) / "outside-the-prefix")
        return super().translate_path(path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Serves on loopback, and is used to readers who leave before a page is whole."""

    daemon_threads = True

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path, prefix: str = "") -> Iterator[str]:
    """Serve a folder below a prefix on loopback, and give its address, without a slash at the end."""
    handler = partial(type("BelowPrefix", (Below,), {"prefix": prefix}), directory=str(folder))
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Served:
    """The small site as it is published: where it was built, and the address it is served at."""

    output: Path
    address: str


@pytest.fixture(scope="session", params=["", "/repo"], ids=["root", "repo"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return the small site, built for publishing at its host's root, and below /repo."""
    folder = tmp_path_factory.mktemp("browser")
    content, output = folder / "content", folder / "output"
    shutil.copytree(SMALL, content)
    (folder / "conf.py").write_text(
        f"import sys\nsys.path.append({str(ROOT)!r})\nfrom tests.sites.siteconf import *\n"
        f"SITEURL = 'https://writer.example.org{request.param}'\nPUBLISHING = True\n"
    )
    words = ["--settings", str(folder / "conf.py"), "--content", str(content), "--output", str(output)]
    done = inv(ROOT, "build", *words, SOURCE_DATE_EPOCH="1772366400")
    assert done.returncode == 0, done.stdout + done.stderr
    with served(output, request.param) as address:
        yield Served(output, address)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return Playwright itself."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return a real browser."""
    started = playwright.chromium.launch(executable_path=executable(playwright), args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    """Return an empty page on a desktop."""
    context = browser.new_context(viewport=DESKTOP)
    yield context.new_page()
    context.close()


def executable(playwright: Playwright) -> str:
    """Return the system's Chromium or Chrome, else one that Playwright installed; fails where there is none."""
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    found += [str(path) for path in MAC.glob("*.app/Contents/MacOS/*Chrom*")]
    found += [playwright.chromium.executable_path]
    usable = [path for path in found if Path(path).exists()]
    if not usable:
        pytest.fail("no Chromium or Chrome; install one (apt-get install chromium, brew install --cask chromium)")
    return usable[0]
