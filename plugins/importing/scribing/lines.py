"""What the scribes share: how lines stand within a list or quotation, and what keeps two of them apart. Pure."""

from bs4 import Tag
from bs4.element import NavigableString

CELL, ROW = "\ufdd2", "\ufdd3"
"""After a cell, a picture and a row while a table or figure is written; no text that was cleaned has such letters."""

NESTED = {"li", "blockquote", "dd", "x-note", "x-pull", "x-quote", "x-video", "td", "th"}
INDENT = "    "
_APART = "<!-- -->"
"""Stands between two lists, or two quotations, which Markdown would take for one."""

Parents = set[str]


def indented(text: str, by: str) -> str:
    """Return lines further in."""
    return "\n".join(f"{by}{line}" if line.strip() else "" for line in text.split("\n"))


def quoted(text: str) -> str:
    """Return lines as a quotation."""
    return "\n".join(f"> {line}" if line.strip() else ">" for line in text.split("\n"))


def apart(el: Tag, parent_tags: Parents) -> str:
    """Return what keeps a list or quotation from growing into the one above it."""
    above = el.previous_sibling
    while isinstance(above, NavigableString) and not above.strip():
        above = above.previous_sibling
    alike = isinstance(above, Tag) and (above.name == el.name or {above.name, el.name} <= {"ul", "ol"})
    return f"{_APART}\n\n" if alike and not NESTED & parent_tags else ""
