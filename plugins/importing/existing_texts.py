"""The texts in the content folder: which documents are among them, and pictures that come late to one.

New ones are never written over another, and nothing of one that is there is changed but the link in the place of a
picture that did not come along with it, while that link has the title that the import gave it.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from plugins.core import files
from plugins.core.config import frontmatter
from plugins.core.errors import SiteError
from plugins.core.syndication.read.dates import read_date
from plugins.core.text import aliases
from plugins.importing import pipeline
from plugins.importing.markdown import front_matter
from plugins.importing.pipeline import TargetSite
from plugins.importing.transforms.text_pictures import STILL_THERE

FOLDERS = ("posts", "pages")

# What stands in the place of a picture that did not come along with a text, by its title:
# [words](https://old.example.org/a.png "This picture is still on the old site")
_LINK = re.compile(rf'(?<!!)\[(?P<words>(?:\\.|[^\[\]\\]){{0,2000}})\]\((?P<url>\S+) "{STILL_THERE}"\)')


def look(content: Path, now: datetime, settings: Mapping[str, Any]) -> TargetSite:
    """Return the site with what is there; a text that cannot be read only keeps its name."""
    site = TargetSite(now, settings)
    for folder in FOLDERS:
        for path in sorted((content / folder).rglob("*.md")):
            _note(site, folder, path, content)
    return site


def write(content: Path, path: str, text: str) -> None:
    """Write a new text. Raises ValueError where a file is there."""
    target = content / path
    if target.exists():
        raise ValueError(f"{files.display_path(target)} is there already; it was not overwritten")
    files.replace(target, text.encode())


def pictures_left_behind(text: str) -> list[str]:
    """Return the addresses of a text's pictures that are still on the old site."""
    return [link["url"] for link in _LINK.finditer(text)]


def with_pictures(text: str, paths: Mapping[str, str]) -> str:
    """Return a text with the pictures that came by now in their places; `paths` is where each is, by its address."""

    def shown(link: re.Match[str]) -> str:
        path = paths.get(link["url"])
        return f"![{link['words']}]({{static}}/{path})" if path else link[0]

    return _LINK.sub(shown, text)


def _note(site: TargetSite, folder: str, path: Path, content: Path) -> None:
    relative = path.relative_to(content).as_posix()
    try:
        text = files.read_text(path)
    except SiteError:
        text = ""
    front, _ = frontmatter.split(text, relative)
    slug = str(front.data.get("slug") or path.stem)
    site.paths[folder, slug] = site.paths[folder, path.stem] = relative
    site.answers[aliases.file_of(pipeline.address(folder, slug))] = relative
    old = front.data.get("aliases") or ""
    if not isinstance(old, list):
        old = str(old).split(",")
    for alias in map(str.strip, map(str, old)):
        if alias:
            site.answers.setdefault(aliases.file_of(alias), relative)
    if key := front_matter.key_of(text):
        site.imported[key] = relative, _is_public(front.data, site.now)


def _is_public(data: Mapping[str, object], now: datetime) -> bool:
    if data.get("status") == "draft":
        return False
    date = read_date(str(data.get("date", "")), str(now.tzinfo))
    return date is None or date <= now
