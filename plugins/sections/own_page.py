"""Say whether an owner has written a page of their own where a section would print one: theirs takes its place."""

from pathlib import Path

from pydantic import ConfigDict

from plugins.core.config import markdown_file
from plugins.core.config.checked import Checked


class _Anything(Checked):
    """Front matter that somebody else checks."""

    model_config = ConfigDict(extra="ignore")


def has_own_page(content: Path, slug: str) -> bool:
    """Say whether a page of the content that is no draft has this slug."""
    for path in (content / "pages").rglob("*.md"):
        front = markdown_file.read(path, _Anything).front.data
        own = str(front.get("slug") or path.stem).strip()
        if own == slug and str(front.get("status")).strip().lower() != "draft":
            return True
    return False
