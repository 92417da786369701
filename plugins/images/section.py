"""Check the pictures of every text, how they are shown and the files themselves, by the same rules as a build."""

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from plugins.core.config import frontmatter
from plugins.core.errors import Problem, SiteError
from plugins.core.text import file_links
from plugins.core.text.markdown_model import Markup
from plugins.core.text_files import TextFile, TextFiles
from plugins.images import load_picture, markdown_images, problem_cache
from plugins.images.model import VECTOR, Shown
from plugins.sections import missing_files
from plugins.sections.model import Edition, Newsroom
from plugins.sections.text_facts import Parse

FOLDERS = ("posts", "pages", "listings")

_MAY_SHOW = ("![", "<img", "image", "{static}", "{attach}", "|static|", "|attach|", "poster")
"""What a text has that shows a picture, in small letters. As one regular expression it took four times as long."""


def edition(newsroom: Newsroom) -> Edition:
    """Return an edition that prints nothing of its own and tells what is wrong with the pictures texts show."""
    found: list[Problem] = []
    notices: list[Problem] = []
    shown: dict[Path, _Place] = {}
    for text, facts in _texts(newsroom):
        found += (Problem(text.where, *one) for one in facts.problems)
        notices += (Problem(text.where, *one) for one in facts.notices)
        for line, file in facts.files:
            shown.setdefault(newsroom.content / file, (text.where, line))
    # A picture that is missing is told by whoever checks the text's links.
    there = {picture: place for picture, place in sorted(shown.items()) if picture.is_file()}
    faulty = _faulty(there, newsroom.content.resolve().parent / ".cache")
    return Edition("images", problems=(*found, *faulty), notices=tuple(notices))


class _Facts(NamedTuple):
    """What is to be known of one text, in values that JSON has; lines count from 1, the file's first.

    `problems` and `notices` are (line, what, remedy) of how it shows pictures, `files` (line, file below the content
    folder) of all pictures that it shows or leads to.
    """

    problems: list[tuple[int, str, str]]
    notices: list[tuple[int, str, str]]
    files: list[tuple[int, str]]


_Place = tuple[str, int]
"""A text's file and line, where a picture is first shown."""


def _faulty(shown: Mapping[Path, _Place], cache: Path) -> Iterator[Problem]:
    """Return what is wrong with the pictures themselves: a drawing's faults at its lines, others where it is shown."""
    rasters: list[Path] = []
    for picture in shown:
        if picture.suffix.lower() != VECTOR:
            rasters.append(picture)
            continue
        try:
            load_picture.picture(picture)
        except SiteError as error:
            yield from error.problems
    if not rasters:
        return
    memory = problem_cache.load_cache(cache)
    with ThreadPoolExecutor(os.cpu_count()) as workers:  # Pillow works outside of the interpreter's lock
        problems = list(zip(rasters, workers.map(memory.problems, rasters), strict=True))
    memory.keep(problems)
    for picture, told in problems:
        for one in told:
            yield Problem(*shown[picture], f"{one.where}: {one.what}", one.remedy)


def _files(source: str, body: str, markup: Markup, images: Iterable[Shown]) -> Iterator[tuple[int, str]]:
    """Return the line and file of every picture that a text shows or leads to; all are published with it.

    Files are below the content folder, as is the text `source`.
    """
    for image in images:
        if file := file_links.file_shown(image.src, source):
            yield image.line, file
    for line, _, file in file_links.targets(markup.addresses, source):
        if load_picture.is_picture(file):
            yield line, file
    for line, poster in markdown_images.posters(body, markup):
        yield line, file_links.from_content(poster, source)


def _texts(newsroom: Newsroom) -> Iterator[tuple[TextFile, _Facts]]:
    """Yield every text that may show a picture, drafts too: they are checked like all others.

    Its own section tells what is wrong with a text's head, and why one cannot be read.
    """
    files, facts = newsroom.notes(TextFiles), newsroom.facts("images", _take)
    for folder in FOLDERS:
        for text in files.of(newsroom.content, folder):
            with suppress(SiteError):
                if found := facts.of(text):
                    yield text, _Facts(*found)


def _take(text: TextFile, parse: Parse) -> _Facts | None:
    """Return a text's facts; None where it cannot show a picture, as most do not."""
    small = text.text.lower()
    if not any(sign in small for sign in _MAY_SHOW):  # front matter takes its time
        return None
    front, _ = frontmatter.split(text.text, text.where)
    markup = parse(front.body)
    images = [*_front_picture(front, text.source), *markdown_images.shown(markup)]
    facts = _Facts([], [], [])
    for problem in markdown_images.problems(images, front.body_line, text.where):
        # Words for a picture can wait until a draft goes out: an imported text is a draft because it lacks them.
        waits = problem.what.startswith(markdown_images.NO_ALT) and front.data.get("status") == "draft"
        told = facts.notices if waits else facts.problems
        told.append((problem.line, problem.what, problem.remedy))
    for line, file in _files(text.source, front.body, markup, images):
        if not missing_files.is_outside(file):
            facts.files.append((front.body_line + line, file))
    return facts if any(facts) else None


def _front_picture(front: frontmatter.FrontMatter, source: str) -> Iterator[Shown]:
    """Return a post's own picture; that it has words is checked with the rest of the front matter."""
    image = front.data.get("image")
    if isinstance(image, dict) and isinstance(image.get("src"), str):
        line = front.line_of(["image", "src"]) - front.body_line
        yield Shown(line, "", f"{{static}}/{file_links.from_content(image['src'], source)}", decorative=True)
