"""The small site, built as it is published, served under /repo/ and looked at in a real Chromium."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "sites" / "small"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class Below(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix, with the site's own page for what is not there, as GitHub Pages does."""

    prefix = "/repo"

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


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small site, built for publishing below /repo."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copytree(SMALL / "content", folder / "content")
    (folder / "conf.py").write_text(
        f"import sys\nsys.path.append({str(ROOT)!r})\nfrom tests.sites.siteconf import *\n"
        "SITEURL = 'https://writer.example.org/repo'\nPUBLISHING = True\n"
    )
    folder, content = folder / "output", folder / "content"
    command = [sys.executable, "-m", "plugins.verbs", "build", "--settings", str(content.parent / "conf.py")]
    command += ["--content", str(content), "--output", str(folder)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1772366400"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture(scope="session")
def address(output: Path) -> Iterator[str]:
    """Return where the site is served: below /repo on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Below, directory=str(output)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/repo"
    server.shutdown()
    server.server_close()


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


def executable(playwright: Playwright) -> str:
    """Return the system's Chromium or Chrome, else one that Playwright installed; fails where there is none."""
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    found += [str(path) for path in MAC.glob("*.app/Contents/MacOS/*Chrom*")]
    found += [playwright.chromium.executable_path]
    usable = [path for path in found if Path(path).exists()]
    if not usable:
        pytest.fail("no Chromium or Chrome; install one (apt-get install chromium, brew install --cask chromium)")
    return usable[0]
