"""The door to the texts that show pictures: every text's pictures checked, by the same rules for check and build."""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from plugins.core import files
from plugins.core.config import frontmatter
from plugins.core.errors import Problem, SiteError
from plugins.images import load, markdown_images
from plugins.images.model import Shown
from plugins.sections.model import Edition, Newsroom

FOLDERS = ("posts", "pages", "listings")

_MAY_SHOW = re.compile(r"!\[|<img|\bimage\b", re.IGNORECASE)


def edition(newsroom: Newsroom) -> Edition:
    """Return an edition that prints nothing of its own and tells what is wrong with the pictures texts show."""
    found: list[Problem] = []
    shown: set[Path] = set()
    for path, front in _texts(newsroom):
        images = [*_front_picture(front), *markdown_images.shown(front.body)]
        found += markdown_images.problems(images, front.body_line, files.spoken(path))
        sources = (image.src for image in images)
        shown.update(_file(newsroom.content, path, src) for src in sources if src.startswith(("{", "|")))
    # A picture that is missing is told by whoever checks the text's links.
    for picture in sorted(shown):
        if picture.is_file() and load.is_picture(picture.name):
            try:
                load.picture(picture)
            except SiteError as error:
                found += error.problems
    return Edition("images", problems=tuple(found))


def _texts(newsroom: Newsroom) -> Iterator[tuple[Path, frontmatter.FrontMatter]]:
    """Read every text that may show a picture and is no draft, or drafts too where they are shown.

    Its own section tells what is wrong with a text's head.
    """
    for folder in FOLDERS:
        for path in sorted((newsroom.content / folder).rglob("*.md")):
            if path.name.startswith((".", "_")):
                continue
            try:
                text = files.read_text(path)
            except SiteError:
                continue
            if not _MAY_SHOW.search(text):  # most texts show none, and reading front matter takes its time
                continue
            front, _ = frontmatter.split(text, str(path))
            if newsroom.shows_drafts or front.data.get("status") != "draft":
                yield path, front


def _front_picture(front: frontmatter.FrontMatter) -> Iterator[Shown]:
    """Return a post's own picture; that it has words is checked with the rest of the front matter."""
    image = front.data.get("image")
    if isinstance(image, dict) and isinstance(image.get("src"), str):
        line = front.line_of(["image", "src"]) - front.body_line
        yield Shown(line, "", f"{{static}}/{image['src'].lstrip('/')}", decorative=True)


def _file(content: Path, text: Path, src: str) -> Path:
    """Return the file a `{static}` address means: below the text's folder, or below content with a leading slash."""
    path = unquote(src[1:].partition("}")[2] or src[1:].partition("|")[2])
    folder = dirname(text.relative_to(content).as_posix())
    return content / normpath(path[1:] if path.startswith("/") else join(folder, path))
