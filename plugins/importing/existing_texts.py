"""The texts in the content folder: which documents are among them; new ones, which are never written over another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from plugins.core import files
from plugins.core.config import frontmatter
from plugins.core.errors import SiteError
from plugins.core.text import aliases
from plugins.importing import pipeline
from plugins.importing.markdown import front_matter

FOLDERS = ("posts", "pages")


@dataclass(slots=True)
class Existing:
    """What is there. `imported` is a document's key → (path below content, whether readers see it).

    `paths` is (folder, slug) → path below content; `answers` is a file of the output → what answers there.
    """

    imported: dict[str, tuple[str, bool]] = field(default_factory=dict)
    paths: dict[tuple[str, str], str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


def look(content: Path, now: datetime) -> Existing:
    """Return what is there; a text that cannot be read only keeps its name."""
    existing = Existing()
    for folder in FOLDERS:
        for path in sorted((content / folder).rglob("*.md")):
            _note(existing, folder, path, content, now)
    return existing


def write(content: Path, path: str, text: str) -> None:
    """Write a new text. Raises ValueError where a file is there."""
    target = content / path
    if target.exists():
        raise ValueError(f"{files.display_path(target)} is there already; it was not overwritten")
    files.replace(target, text.encode())


def _note(existing: Existing, folder: str, path: Path, content: Path, now: datetime) -> None:
    relative = path.relative_to(content).as_posix()
    try:
        text = files.read_text(path)
    except SiteError:
        text = ""
    front, _ = frontmatter.split(text, relative)
    slug = str(front.data.get("slug") or path.stem)
    existing.paths[folder, slug] = existing.paths[folder, path.stem] = relative
    existing.answers[aliases.file_of(pipeline.address(folder, slug))] = relative
    old = front.data.get("aliases")
    for one in old if isinstance(old, list) else str(old or "").split(","):
        if alias := str(one).strip():
            existing.answers.setdefault(aliases.file_of(alias), relative)
    if key := front_matter.key_of(text):
        existing.imported[key] = relative, _is_public(front.data, now)


def _is_public(data: Mapping[str, object], now: datetime) -> bool:
    if data.get("status") == "draft":
        return False
    try:
        date = datetime.fromisoformat(str(data.get("date", now)).replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return True
    return (date if date.tzinfo else date.replace(tzinfo=now.tzinfo)) <= now
