"""A whole small site in a folder of its own, built by the real Pelican in a process of its own."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from tests import processes

ROOT = Path(__file__).parents[2]
NOW = 1_790_000_000  # 21 September 2026
_PLUGINS = [
    "sections",
    "posts",
    "listings",
    "strikes",
    "contact",
    "images",
    "cards",
    "seo",
    "search",
    "language",
    "writing",
    "incremental",
]
_RUN = """
import json, resource, signal, sys
from plugins.core.errors import SiteError
from plugins.sections import build, check
values = json.load(sys.stdin)
if values.get("LIMIT"):  # bytes that a file may have: the disk is as good as full
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (values["LIMIT"], values["LIMIT"]))
try:
    settings = build.settings("tests/sites/siteconf.py", **values)
    check.check(settings) if values.get("ONLY_CHECK") else build.build(settings)
except SiteError as error:
    print(*error.problems, sep="\\n")
    sys.exit(1)
"""
POST = """---
title: {title}
date: 2026-03-01 09:00
summary: A summary.
{more}---
{body}
"""


@dataclass
class SmallSite:
    """A content folder with one page, and what is built of it."""

    folder: Path
    settings: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.write("pages/about.md", "---\ntitle: About\n---\nWe are a newsroom.\n")

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file below the content folder."""
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def post(self, slug: str, body: str, more: str = "", title: str = "A post") -> None:
        """Write a post."""
        self.write(f"posts/{slug}.md", POST.format(title=title, more=more, body=body))

    def build(self, *, code: int = 0, check: bool = False, **settings: object) -> str:
        """Build and return what was said; the exit code is `code`."""
        values = {
            "PATH": str(self.content),
            "OUTPUT_PATH": str(self.output),
            "PLUGINS": [f"plugins.{name}.plugin" for name in _PLUGINS],
            "SITEURL": "https://example.org/repo",
            "SITENAME": "A site",
            "NOTICE": "",
            **({"ONLY_CHECK": True} if check else {}),
            **self.settings,
            **settings,
        }
        run = processes.run(
            ["-c", _RUN], cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)}, given=json.dumps(values)
        )
        assert run.returncode == code, run.stdout + run.stderr
        return run.stdout + run.stderr

    def page(self, path: str) -> str:
        """Return a page that was built."""
        return (self.output / path).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """Return every file that was built."""
        found = sorted(path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}
