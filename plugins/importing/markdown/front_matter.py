"""A text's front matter, as the checks want it."""

import re
from datetime import datetime

import yaml

from plugins.core.text.slugs import slug
from plugins.importing.html_tree import group
from plugins.importing.model import OldDocument

_KEY = re.compile(r"^# Imported: (.+)$", re.MULTILINE)
_ENDLESS = 1_000_000  # letters of a line, so that none is broken


def write(document: OldDocument, date: datetime, draft: str, aliases: tuple[str, ...], picture: str) -> str:
    """Return a file's front matter, from its first `---` to the empty line below the last.

    `date` is in the site's zone. `draft` says why it is one, "" where it is none. `picture` is the path of the picture
    on top, below the content folder, "" for none; the document has its words.
    """
    lines = [f"# Imported: {document.key}", _field("title", document.title)]
    authors = [name for name in document.authors if slug(name)]
    if not document.is_page:
        lines.append(f"date: {date.isoformat(sep=' ', timespec='minutes')}")
    if len(authors) == 1 and not set(authors[0]) & set(",;"):
        lines.append(_field("author", authors[0]))
    elif authors:
        lines.append(_field("authors", authors))
    if not document.is_page:
        lines += _filed_under(document)
    if document.summary:
        lines.append(_field("summary", document.summary))
    if picture and document.picture:
        lines += ["image:", f"  {_field('src', picture)}", f"  {_field('alt', document.picture.alt)}"]
        if document.picture.caption:
            lines.append(f"  {_field('caption', document.picture.caption)}")
    if draft:
        lines += [f"# A draft: {draft}.", "status: draft"]
    if aliases:
        lines.append(_field("aliases", list(aliases)))
    return "---\n{}\n---\n\n".format("\n".join(lines))


def key_of(written: str) -> str:
    """Return which document a file was made of, "" where it was written here."""
    return group(_KEY.search(written.partition("\n---")[0]), 1).strip()


def _filed_under(document: OldDocument) -> list[str]:
    """Return a post's category and tags, of those that can have an address, each once."""
    lines: list[str] = []
    if slug(document.category):
        lines.append(_field("category", document.category))
    tags: dict[str, str] = {}
    for tag in document.tags:
        if name := slug(tag):
            tags.setdefault(name, tag)
    if tags:
        lines.append(_field("tags", list(tags.values())))
    return lines


def _field(name: str, value: str | list[str]) -> str:
    """Return a line of front matter; a list stands on it, too."""
    if isinstance(value, str):
        return str(yaml.safe_dump({name: value}, allow_unicode=True, width=_ENDLESS)).rstrip("\n")
    listed = yaml.safe_dump(value, allow_unicode=True, width=_ENDLESS, default_flow_style=True)
    return f"{name}: {str(listed).rstrip(chr(10))}"
