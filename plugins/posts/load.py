"""Read and check every text in content/posts and content/pages, by the same rules for check and build."""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from plugins.core.config import markdown_file
from plugins.core.errors import Problem, SiteError
from plugins.core.text.markdown_model import NOTHING
from plugins.core.text_files import TextFile, TextFiles
from plugins.posts import places
from plugins.posts.model import PageMatter, PostMatter, is_public, standing_of
from plugins.posts.post_facts import PostFacts, facts_of
from plugins.sections import missing_files
from plugins.sections.model import Newsroom
from plugins.sections.text_facts import Parse

FOLDERS: dict[str, type[PageMatter]] = {"posts": PostMatter, "pages": PageMatter}

Text = markdown_file.Text[PageMatter]


class ReadText(NamedTuple):
    """A text for whoever prints it: its checked front matter, None where there are problems, and its body."""

    matter: PageMatter | None
    body: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class KnownText:
    """A post or page of this run, and what is known of it; `where` is its path for messages."""

    path: Path
    where: str
    facts: PostFacts

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the file, or with its front matter."""
        return tuple(Problem(self.where, *one) for one in self.facts.problems)

    def is_withheld(self, now: datetime) -> bool:
        """Say whether the text stays in; one whose front matter has problems counts as what it is going to be."""
        facts = self.facts
        if facts.problems or facts.is_draft:
            return facts.is_draft
        date = datetime.fromisoformat(facts.date) if facts.date else None
        expires = datetime.fromisoformat(facts.expires) if facts.expires else None
        found = standing_of("published", date, expires, now)
        return not (found is None or found.is_public)

    def read(self, file: TextFile) -> ReadText:
        """Return the text for whoever prints it; `file` is its own."""
        if self.facts.problems:
            return ReadText(None, "", self.problems)
        body = file.text[len(file.text) - self.facts.body_size :]
        return ReadText(_model(file).model_validate_json(self.facts.matter), body, ())


class TextsByPath(dict[str, tuple[KnownText, TextFile]]):
    """The texts that a run has read and checked, by whole path, so that Pelican's reader need not read them again."""


def read_for_build(newsroom: Newsroom) -> list[KnownText]:
    """Read every post and page, in order of path, and note them in TextsByPath."""
    slugs = places.Slugs(newsroom.settings.pelican)
    facts = newsroom.facts("posts", partial(_take, slugs), slugs.given)
    noted, written = newsroom.notes(TextsByPath), []
    for file in _files(newsroom.content, newsroom.notes(TextFiles)):
        try:
            found = PostFacts(*facts.of(file))
        except SiteError as error:
            text: Text = markdown_file.unreadable(file.path, file.where, error)
            found = facts_of(text, file.source, NOTHING, slugs)
        written.append(KnownText(file.path, file.where, found))
        noted[os.path.abspath(file.path)] = written[-1], file  # noqa: PTH100 - as Pelican does
    return written


def _take(slugs: places.Slugs, file: TextFile, parse: Parse) -> PostFacts:
    text = markdown_file.parsed(file.text, file.path, file.where, _model(file))
    return facts_of(text, file.source, parse(text.front.body), slugs)


def _files(content: Path, files: TextFiles) -> Iterator[TextFile]:
    for folder in FOLDERS:
        yield from files.of(content, folder)


def _model(file: TextFile) -> type[PageMatter]:
    return FOLDERS[file.source.partition("/")[0]]


def read_all(content: Path) -> list[Text]:
    """Read every post and page, in order of path."""
    return [markdown_file.read(file.path, _model(file)) for file in _files(content, TextFiles())]


def read_again(path: Path, model: type[PageMatter]) -> ReadText:
    """Read one file as it is now, for whoever prints it."""
    text: Text = markdown_file.read(path, model)
    return ReadText(text.matter, text.front.body, text.problems)


def is_withheld(text: Text, now: datetime) -> bool:
    """Say whether a text stays in; see `KnownText.is_withheld`."""
    if text.matter is None:
        return str(text.front.data.get("status")).strip().lower() == "draft"
    return not is_public(text.matter, now)


def problems(written: Iterable[KnownText], content: Path) -> Iterator[Problem]:
    """Yield what is wrong with the texts, drafts too: their own problems, and pictures that are not there."""
    for text in written:
        if text.facts.problems:
            yield from text.problems
        if text.facts.picture:
            yield from _missing_picture(text, content)
        if text.facts.unfinished and not text.facts.problems and not text.facts.is_draft:
            yield from _unfinished(text, "write it in your own words, or make it `status: draft`")
        for one in text.facts.unnamed:
            yield Problem(text.where, *one)


def notices(written: Iterable[KnownText], withheld: Collection[Path]) -> Iterator[Problem]:
    """Yield what a writer may want to know: what a text that stays in waits for, and a text without any words."""
    for text in written:
        if text.path in withheld:
            yield from _unfinished(text, "write it in your own words, then take `status: draft` away")
        elif text.facts.wordless:
            remedy = "write them, or keep it back by status: draft"
            yield Problem(text.where, text.facts.wordless, "the text has no words", remedy)


def _unfinished(text: KnownText, remedy: str) -> Iterator[Problem]:
    for line, found in text.facts.unfinished:
        yield Problem(text.where, line, f"is not written yet (found {found})", remedy)


def _missing_picture(text: KnownText, content: Path) -> Iterator[Problem]:
    if text.facts.picture is None:
        return
    line, src, file = text.facts.picture
    if missing_files.is_outside(file) or not (content / file).is_file():
        remedy = missing_files.remedy(content, file) or "give its path below the content folder, as in images/gate.jpg"
        yield Problem(text.where, line, f"there is no picture {src}", remedy)
