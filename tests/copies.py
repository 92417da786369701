"""Copies of the project with a site in them: the code is this repository's, what an owner changes is the tests' own.

Tests must pass whoever owns the repository and whatever they have made of it. So none reads content/, pelicanconf.py or
publishconf.py here: tests/shipped/ has the settings as the project ships them, and content is written by each test or
is the small site's. That these are what is shipped is tested in tests/project/, in the project itself only.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markdown import Markdown

from plugins.core.text.markdown_tree import MarkdownParser
from plugins.writing.pipeline import Judgement, judge
from tests.shipped import pelicanconf

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "tests" / "shipped"
SMALL = ROOT / "tests" / "sites" / "small" / "content"
_SETTINGS = ("pelicanconf.py", "publishconf.py")
_CODE = (
    "plugins",
    "theme",
    "tasks.py",
    "inv",
    "requirements.txt",
    "README.md",
    ".gitattributes",
    ".github",
    ".gitignore",
)
EXAMPLE = {
    "strikes.toml": """# What a strike's keys mean.

[[strike]]
id = "wga-2023"
union = "WGA"
employers = "Hollywood"
start = 2023-05-02
end = 2023-09-27
status = "settled"
example = true
""",
    "demands.toml": """# What a demand's keys mean.

[[demand]]
id = "residuals"
strike = "wga-2023"
topic = "Residuals"
asked = { text = "More, of Hollywood.", date = 2023-05-01, source = "WGA" }
""",
    "events.toml": """# What an event's keys mean.

[[event]]
id = "studio-gate"
strike = "wga-2023"
title = "A picket in Hollywood"
start = 2023-05-02
""",
    "funds.toml": "# What a fund's keys mean.\n"
    + "".join(
        f'\n[[fund]]\nid = "{name}"\nname = "{name}"\nurl = "https://{name}.example/"\nhosts = ["{name}.example"]\n'
        for name in ("one", "two")
    ),
    "yardsticks.toml": "# What a yardstick's keys mean.\n",
    "updates/sources.toml": "# What a source's keys mean.\n\n[[source]]\n"
    'id = "paper"\ntitle = "The paper"\nsite = "https://paper.example/"\nkind = "press"\n',
    "updates/topics.toml": (SHIPPED / "topics.toml").read_text("utf-8"),
    "pages/about.md": "---\ntitle: About\n---\n\nAn example of Hollywood.\n",
    "posts/hollywood.md": "---\ntitle: Hollywood\ndate: 2026-01-02\n---\n\nSAG-AFTRA walks out.\n",
    "extra/notes.txt": "Kept.\n",
}
"""A small example, of what `./inv new site` takes away and what it keeps."""
_MADE = shutil.ignore_patterns("*.pyc.*", "node_modules", ".*.tmp")
"""What is not copied. Bytecode is: it knows its source by time and size, which are copied too, and compiling takes a
second for each copy. But what another process is about to write (`x.pyc.1234`) is gone before it can be copied."""


def shipped_markdown() -> Markdown:
    """Return a parser of texts with the extensions of the settings as they are shipped."""
    settings: dict[str, Any] = dict(pelicanconf.MARKDOWN)
    return Markdown(**settings)


def judged(text: str) -> Judgement:
    """Return what the check finds in a text, parsed as the shipped settings have it."""
    return judge(text, MarkdownParser(pelicanconf.MARKDOWN).parse)


def project(folder: Path, content: Path | Mapping[str, str] = SMALL) -> Path:
    """Copy what a site is made of into a folder, and return it; content is copied, or written by its names."""
    for name in _CODE:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=_MADE, dirs_exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for name in _SETTINGS:
        shutil.copy(SHIPPED / name, folder / name)
    settings = (folder / _SETTINGS[0]).read_text("utf-8")
    # The example's clock is stopped; the tests' own sites go with the days.
    (folder / _SETTINGS[0]).write_text(re.sub(r'(?m)^AS_OF = "[^"]*"', 'AS_OF = ""', settings), "utf-8")
    if isinstance(content, Path):
        shutil.copytree(content, folder / "content")
        return folder
    for name, text in content.items():
        (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / name).write_text(text, "utf-8")
    return folder


def lend_bytecode(folder: Path) -> None:
    """Give a clone the bytecode that this repository has of the same code: to compile all of it takes ten seconds.

    Bytecode knows its source by time and size, so a file with the same bytes gets the time of the one here.
    """
    for name in ("plugins", "tests"):
        for path in (ROOT / name).rglob("*"):
            target = folder / path.relative_to(ROOT)
            if path.name == "__pycache__" and target.parent.is_dir():
                shutil.copytree(path, target, ignore=_MADE, dirs_exist_ok=True)
            elif path.suffix == ".py" and target.is_file() and target.read_bytes() == path.read_bytes():
                shutil.copystat(path, target)
