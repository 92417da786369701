"""The door to the texts that are here: which old ones are among them, and new ones written, never over another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from plugins.core import files
from plugins.core.config import frontmatter
from plugins.core.errors import SiteError
from plugins.core.text import aliases
from plugins.importing import pipeline
from plugins.importing.scribing import matter

FOLDERS = ("posts", "pages")


@dataclass(slots=True)
class Here:
    """What is here. `imported` is key → (path, whether readers see it), `slugs` are (folder, slug) → file.

    `answers` is a file of the output → what answers there.
    """

    imported: dict[str, tuple[str, bool]] = field(default_factory=dict)
    slugs: dict[tuple[str, str], str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


def look(content: Path, now: datetime) -> Here:
    """Return what is here; a text that cannot be read only keeps its name."""
    here = Here()
    for folder in FOLDERS:
        for path in sorted((content / folder).rglob("*.md")):
            _note(here, folder, path, content, now)
    return here


def _note(here: Here, folder: str, path: Path, content: Path, now: datetime) -> None:
    relative = path.relative_to(content).as_posix()
    try:
        written = files.read_text(path)
    except SiteError:
        written = ""
    front, _ = frontmatter.split(written, relative)
    slug = str(front.data.get("slug") or path.stem)
    here.slugs[folder, slug] = here.slugs[folder, path.stem] = relative
    here.answers[aliases.file_of(pipeline.address(folder, slug))] = relative
    old = front.data.get("aliases")
    for one in old if isinstance(old, list) else str(old or "").split(","):
        if str(one).strip():
            here.answers.setdefault(aliases.file_of(str(one).strip()), relative)
    if key := matter.key_of(written):
        here.imported[key] = relative, _is_public(front.data, now)


def _is_public(data: Mapping[str, object], now: datetime) -> bool:
    if data.get("status") == "draft":
        return False
    try:
        date = datetime.fromisoformat(str(data.get("date", now)).replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return True
    return (date if date.tzinfo else date.replace(tzinfo=now.tzinfo)) <= now


def change(content: Path, path: str, written: str) -> None:
    """Write a text anew that is here."""
    files.replace(content / path, written.encode())


def write(content: Path, path: str, written: str) -> None:
    """Write a new text. Raises ValueError where a file is there."""
    target = content / path
    if target.exists():
        raise ValueError(f"{files.display_path(target)} is there already; it was not overwritten")
    files.replace(target, written.encode())
