"""Plain Pelican sites, nothing of this newsroom: a process that has Pelican loaded forks for each build."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_SERVER = r"""
import io, json, os, sys, traceback
import docutils.core, feedgenerator, markdown.extensions.extra, pelican, smartypants, typogrify.filters
from pelican import Pelican
from pelican.settings import read_settings

def build(order):
    os.chdir(order["folder"])
    os.environ.update(order["environment"])
    sys.path[:0] = order["path"]
    pelican.log.init(level=order['level'], fatal=order["fatal"])
    site = Pelican(read_settings(order["settings"], override=order["override"]))
    site.run()
    if order["then"]:
        for path, text in order["then"].items():
            open(path, "w").write(text)
        Pelican(read_settings(order["settings"], override=order["override"])).run()

for line in sys.stdin:
    order = json.loads(line)
    sys.stdout.flush()
    child = os.fork()
    if not child:
        with open(order["log"], "w") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        try:
            build(order)
            code = 0
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stdout.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
_SETTINGS = """
SITENAME = "A site"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
PATH = "content"
THEME = "simple"
FEED_ALL_ATOM = "feeds/all.atom.xml"
"""


class PlainPelican:
    """The process that builds."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def build(self, order: dict[str, Any]) -> int:
        """Build, and return the exit code."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def end(self) -> None:
        """End the process."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@dataclass
class PlainSite:
    """A site in a folder: `content/`, `theme/` and `own/` (plugins) below it, and settings."""

    pelican: PlainPelican
    folder: Path
    settings: str = ""
    plugins: list[str] = field(default_factory=list)

    def write(self, name: str, text: str) -> Path:
        """Write a file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def build(self, output: str = "output", *, stock: bool = False, code: int = 0, **more: Any) -> str:
        """Build, by Pelican alone where `stock`, else with the plugin; return what was said.

        What is to be written `then`, as path → text, has the same process build again.
        """
        own = [] if stock else ["plugins.incremental"]
        plugins = f"PLUGINS = {own + self.plugins}\nPLUGIN_PATHS = ['own']\n"
        self.write("pelicanconf.py", _SETTINGS + plugins + self.settings)
        log = self.folder / "log.txt"
        order = {
            "folder": str(self.folder),
            "path": [str(ROOT)],
            "settings": str(self.folder / "pelicanconf.py"),
            "override": {"OUTPUT_PATH": str(self.folder / output)},
            "log": str(log),
            "environment": {},
            "then": {},
            "fatal": "",
            "level": 30,
            **more,
        }
        assert self.pelican.build(order) == code, log.read_text("utf-8")
        return " ".join(log.read_text("utf-8").split())

    def files(self, output: str = "output") -> dict[str, bytes]:
        """Return every file of an output."""
        top = self.folder / output
        return {
            path.relative_to(top).as_posix(): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()
        }
