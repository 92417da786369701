"""Read and check every text in content/posts and content/pages, by the same rules for check and build."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from plugins.core.config import markdown_file
from plugins.core.errors import Problem
from plugins.core.text import file_links
from plugins.core.text.markdown_code import without_code
from plugins.core.text_files import TextFiles
from plugins.posts.model import UNFINISHED, PageMatter, PostMatter, is_public
from plugins.sections import missing_files
from plugins.sections.model import Newsroom

_SHOWN = 60  # characters of an unfinished paragraph that are shown
FOLDERS: dict[str, type[PageMatter]] = {"posts": PostMatter, "pages": PageMatter}

Text = markdown_file.Text[PageMatter]


class TextsByPath(dict[str, Text]):
    """The texts that a run has read and checked, by whole path, so that Pelican's reader need not read them again."""


def read_for_build(newsroom: Newsroom) -> list[Text]:
    """Read every post and page, in order of path, and note them in TextsByPath."""
    written = read_all(newsroom.content, newsroom.notes(TextFiles))
    newsroom.notes(TextsByPath).update((os.path.abspath(text.path), text) for text in written)  # noqa: PTH100 - as Pelican does
    return written


def read_all(content: Path, files: TextFiles | None = None) -> list[Text]:
    """Read every post and page, in order of path; `files` are those that a run has read."""
    files = files or TextFiles()
    texts: list[Text] = []
    for folder, model in FOLDERS.items():
        texts += [markdown_file.read(path, model, files) for path in files.markdown_files(content / folder)]
    return texts


def is_withheld(text: Text, now: datetime) -> bool:
    """Say whether a text stays in; one whose front matter has problems counts as what it is going to be."""
    if text.matter is None:
        return str(text.front.data.get("status")).strip().lower() == "draft"
    return not is_public(text.matter, now)


def problems(written: list[Text], content: Path) -> list[Problem]:
    """Return what is wrong with the texts, drafts too: their own problems, and pictures that are not there."""
    found: list[Problem] = []
    for text in written:
        found += text.problems
    for text in written:
        found += _image(text, content)
        if text.matter and text.matter.status != "draft":
            found += unfinished(text, "write it in your own words, or make it `status: draft`")
    return found


def notices(written: list[Text], now: datetime) -> list[Problem]:
    """Return what a writer may want to know: what a text that stays in is waiting for, and a text without any words."""
    remedy = "write it in your own words, then take `status: draft` away"
    found: list[Problem] = []
    for text in written:
        if is_withheld(text, now):
            found += unfinished(text, remedy)
        else:
            found += _empty(text)
    return found


def unfinished(text: Text, remedy: str) -> Iterator[Problem]:
    """Return each paragraph that somebody else began, and that was left as it was."""
    if UNFINISHED not in text.front.body:
        return
    for number, line in enumerate(without_code(text.front.body).split("\n")):
        if line.startswith(UNFINISHED):
            found = line if len(line) < _SHOWN else f"{line[:_SHOWN]}…"
            yield Problem(text.where, text.front.body_line + number, f"is not written yet (found {found})", remedy)


def _empty(text: Text) -> Iterator[Problem]:
    """Tell of a text that is to be published and says nothing, nor shows anything out of its front matter."""
    matter = text.matter
    if matter is None or matter.status == "draft" or text.front.body.strip():
        return
    shows = isinstance(matter, PostMatter) and (matter.via or matter.image or matter.listings or matter.funds)
    if not shows:
        line, remedy = text.front.line_of(["title"]), "write them, or keep it back by status: draft"
        yield Problem(text.where, line, "the text has no words", remedy)


def _image(text: Text, content: Path) -> Iterator[Problem]:
    image = text.front.data.get("image")
    src = isinstance(image, dict) and image.get("src")
    if not isinstance(src, str) or not src.strip():
        return
    file = file_links.from_content(src.strip(), text.path.relative_to(content).as_posix())
    if missing_files.is_outside(file) or not (content / file).is_file():
        remedy = missing_files.remedy(content, file) or "give its path below the content folder, as in images/gate.jpg"
        yield Problem(text.where, text.front.line_of(["image", "src"]), f"there is no picture {src}", remedy)
