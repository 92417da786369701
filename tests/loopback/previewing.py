"""A real `./inv serve` of a small copy of the project, in a process of its own, on a free port."""

import fcntl
import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.copies import project
from tests.publishing.conftest import inv

NOW = "1772366400"  # 2026-03-01 12:00 UTC
LIMIT = 90.0  # seconds until a condition that does not come true is a failure
_PARTS = ("plugins", "theme", "pelicanconf.py", "publishconf.py")
_LAST = "000-settled.txt"  # named first, and of no meaning to the site
_ADDRESS = re.compile(r"The site is on (http://\S+?)/[ ;]")
DRAFTS = {
    "posts/quokka-draft.md": "---\ntitle: Quokka title\nstatus: draft\ndate: 2026-01-03\ntags: [quokkatag]\n"
    "listings: [quokka-listing]\nimage: {src: images/quokka.svg, alt: quokka}\n---\n\n"
    "Quokka body ![quokka]({static}/images/quokka.svg) and [another]({filename}quokka-later.md)\n",
    "posts/quokka-later.md": "---\ntitle: Later quokka\ndate: 2026-03-05 09:30\ntags: [quokkalater]\n---\n\nQuokka.\n",
    "posts/over.md": "---\ntitle: Over by now\ndate: 2026-02-01\nexpires: 2026-02-02\n---\n\nIt was.\n",
    "pages/quokka-page.md": "---\ntitle: Quokkas\nstatus: draft\n---\n\nQuokka.\n",
    "listings/quokka-listing.md": "---\nemployer: Quokka\nrole: Q\nseen: 2026-01-01\nstatus: draft\n---\n\nQuokka\n",
    "updates/quokka-word.md": "---\ntitle: Word of quokkas\nsource: dockers\ndate: 2026-03-05 09:30\n---\n\nQuokka.\n",
    "images/quokka.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
}


@dataclass
class Preview:
    """A copy of the project in `folder`, and the preview of it that runs."""

    folder: Path
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Return everything that was printed so far."""
        return "".join(self.lines)

    @property
    def address(self) -> str:
        """Return where the site is."""
        found = _ADDRESS.search(self.said)
        assert found, self.said
        return found[1]

    @property
    def port(self) -> int:
        """Return the port of the preview."""
        return int(self.address.split(":")[2].split("/")[0])

    def path(self, name: str) -> Path:
        """Return a file of the copy; what is no other part of the project is below content."""
        return self.folder / (name if name.startswith(_PARTS) else f"content/{name}")

    def write(self, name: str, text: str) -> None:
        """Save a file."""
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text, "utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file as an editor does that writes aside and renames."""
        text = self.path(name).read_text("utf-8")
        assert old in text
        aside = self.path(name).with_name(f"{self.path(name).name}~")
        aside.write_text(text.replace(old, new, 1), "utf-8")
        aside.replace(self.path(name))

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """Ask for an address as a browser would, and return status, headers and text."""
        asked = {"Host": f"127.0.0.1:{self.port}", **{name.replace("_", "-"): text for name, text in headers.items()}}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LIMIT)
        try:
            line.request("GET", path, headers=asked)
            answer = line.getresponse()
            given = {name.lower(): text for name, text in answer.getheaders()}
            return answer.status, given, answer.read().decode("utf-8", "replace")
        finally:
            line.close()

    def page(self, path: str) -> str:
        """Return the text of a page that is there."""
        status, _, text = self.get(path)
        assert status == 200, (path, status, text[:400])
        return text

    def wait(self, what: Callable[[], bool]) -> None:
        """Wait until something is true; fail where it does not come true in time."""
        end = time.monotonic() + LIMIT
        while not what():
            assert time.monotonic() < end and self.process.poll() is None, self.said
            time.sleep(0.02)

    def rounds(self) -> int:
        """Return how many builds there were so far, those with problems too."""
        return len(re.findall(r"^\d\d:\d\d:\d\d ", self.said, re.MULTILINE))

    @contextmanager
    def builds_held(self) -> Iterator[None]:
        """Let no build go on in this block: each waits for the lock of the one before, as it does for another run."""
        with (self.folder / ".cache/preview/site/cache/incremental.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def settle(self) -> None:
        """Wait until everything that was saved so far is built: until a build names a file saved just now."""
        before = self.said.count(_LAST)
        self.write(_LAST, str(before))
        self.wait(lambda: self.said.count(_LAST) > before)

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """End the preview as Ctrl-C does, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(LIMIT)

    def inv(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another verb in the copy."""
        return inv(self.folder, *words, SOURCE_DATE_EPOCH=NOW)


@contextmanager
def previewed(folder: Path, *options: str, now: str = NOW) -> Iterator[Preview]:
    """Run `./inv serve` in a copy of the project, until its first build is done, and end it afterwards."""
    command = [sys.executable, "-m", "plugins.commands", "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": now},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    said = process.stdout
    assert said is not None
    preview = Preview(folder, process)
    reader = threading.Thread(target=lambda: preview.lines.extend(iter(said.readline, "")), daemon=True)
    reader.start()
    try:
        preview.wait(lambda: _ADDRESS.search(preview.said) is not None)
        yield preview
    finally:
        preview.end()
        reader.join(LIMIT)
        said.close()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Return the preview of a small site, which a module's tests share: each leaves the site as it found it."""
    with previewed(project(tmp_path_factory.mktemp("preview"))) as running:
        yield running
