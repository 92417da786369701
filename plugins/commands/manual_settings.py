"""The settings' page of the manual, from the settings file's own comments."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name, what its comment says, and the heading it is under. Its value is each site's own."""

    name: str
    comment: str
    heading: str


def read(text: str) -> tuple[Setting, ...]:
    """Return a settings file's settings in its order. A comment on a line of its own is a heading."""
    headings: dict[int, str] = {}
    beside: dict[int, str] = {}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            line, column = token.start
            comments = beside if column else headings
            comments[line] = token.string.lstrip("# ").strip()
    return tuple(_settings(ast.parse(text), headings, beside))


def page(settings: tuple[Setting, ...]) -> str:
    """Return the page: a table of settings under each heading."""
    lines = [
        "# Settings",
        "",
        "<!-- Made from pelicanconf.py by `./inv docs`: change the comments there. -->",
        "",
        "What `pelicanconf.py` sets, and why; the values are there. More on those of Pelican’s own is in",
        "[its manual](https://docs.getpelican.com/en/stable/settings.html). `publishconf.py` changes what",
        "publishing needs.",
    ]
    last = None
    for setting in settings:
        if setting.heading != last:
            title, _, more = setting.heading.partition(": ")
            lines += ["", f"## {title.rstrip('.')}", ""]
            if more:
                lines += [f"{more[:1].upper()}{more[1:]}", ""]
            lines += ["| Setting | What it does |", "|---|---|"]
            last = setting.heading
        lines.append(f"| `{setting.name}` | {cell(setting.comment)} |".replace("|  |", "| |"))
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    """Return text for a cell of a table."""
    return re.sub(r"\s+", " ", text).replace("|", "\\|").replace("<", "&lt;")


def _settings(tree: ast.Module, headings: Mapping[int, str], beside: Mapping[int, str]) -> Iterator[Setting]:
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        above = max((line for line in headings if line < node.lineno), default=0)
        comment = beside.get(node.lineno) or beside.get(node.end_lineno or node.lineno, "")
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id.isupper():
                yield Setting(target.id, comment, headings.get(above, "Settings"))
