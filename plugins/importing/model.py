"""The values that the import's steps hand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from plugins.core.errors import Problem

State = Literal["written", "there already", "left out"]
Kind = Literal["substack", "medium", "wordpress", "feed"]

NAMES: Mapping[Kind, str] = {"substack": "Substack", "medium": "Medium", "wordpress": "WordPress", "feed": "feed"}


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a document that did not come along as it was.

    `kind` counts in the report; `detail` says which one. `before` are the last words before its place in the old page,
    none where it has no place there; `line` is that of the file that was written, 0 for none.
    """

    kind: str
    detail: str = ""
    before: tuple[str, ...] | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class OldPicture:
    """A picture as a document shows it: its addresses, the best first, and the words the writer gave it."""

    sources: tuple[str, ...]
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class OldDocument:
    """A post or page of the old site, in whatever format it was exported; `html` is as hostile as it came.

    `key` names it on the old site and never changes; `place` is where it stands in the export. `withheld` says why it
    was not public there, "" where it was. `old` are its addresses: whole, or from the root where the host is not known;
    `also` are other addresses that links call it by. `has_line_breaks`: a line's end in `html` breaks the line, and a
    blank line ends a paragraph, as in WordPress before it had blocks. `lost` is what the export itself left out.
    """

    key: str
    place: str
    title: str
    slug: str
    html: str
    published: datetime | None = None
    is_page: bool = False
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    category: str = ""
    withheld: str = ""
    old: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    picture: OldPicture | None = None
    has_line_breaks: bool = False
    lost: tuple[Loss, ...] = ()

    @property
    def folder(self) -> str:
        """The folder of its kind below the content folder."""
        return "pages" if self.is_page else "posts"


@dataclass(frozen=True, slots=True)
class Export:
    """What was read of an old site. `site` is its address, "" where nothing tells it.

    `left` says what of the export is no document and stays behind; `problems` what should be one and cannot be read.
    `read` are the files it was begun with, `unread` those that are, or may be, another export.
    """

    kind: Kind
    site: str
    documents: tuple[OldDocument, ...]
    left: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    read: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchedPictures:
    """The outcome for all pictures: source → path below the content folder, and source → why it did not come."""

    paths: Mapping[str, str] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)

    def path(self, picture: OldPicture) -> str:
        """Return where a picture is, below the content folder; "" where it did not come along."""
        return next(filter(None, map(self.paths.get, picture.sources)), "")

    def why_not(self, picture: OldPicture) -> str:
        """Return why a picture did not come along."""
        return next(filter(None, map(self.failed.get, picture.sources)), "it was not asked for")


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """What became of a document, for the report: its file ("" where none was written), and how far it came.

    `why` says why it was not written, `draft` why it is a draft. `lost_words` are those of the old text that the new
    page does not have, `new_words` those it has more. Of a document that was there already, `came` counts the pictures
    that came in this run, `behind` those that stayed behind again.
    """

    document: OldDocument
    file: str
    state: State
    why: str = ""
    draft: str = ""
    losses: tuple[Loss, ...] = ()
    lost_words: tuple[str, ...] = ()
    new_words: tuple[str, ...] = ()
    came: int = 0
    behind: int = 0
