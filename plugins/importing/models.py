"""What the import's steps hand to each other. Shapes only."""

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
    """Something of a text that did not come along as it was: what kind of thing, which one, and its line.

    `kind` counts in the report; `line` is that of the file that was written, 0 where there is none.
    """

    kind: str
    detail: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a text shows it: where it may be had, best first, and the words the writer gave it."""

    sources: tuple[str, ...]
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of the old site, in whatever format it was exported; `html` is as hostile as it came.

    `key` names it in the old place and never changes; `place` is where it stands in the export. `withheld` says why it
    stays a draft ("" where it was public). `old` are its addresses: whole, or from the root where the host is not
    known; `also` are other addresses that links call it by. `flowing`: a blank line ends a paragraph and a line break
    is one, as in WordPress before blocks.
    """

    key: str
    place: str
    title: str
    slug: str
    html: str
    published: datetime | None = None
    page: bool = False
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    category: str = ""
    withheld: str = ""
    old: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    picture: Picture | None = None
    flowing: bool = False
    lost: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """What was read of an old site. `site` is its address, "" where nothing tells it.

    `left` says what of the export is no text and stays behind; `problems` what should be one and cannot be read. `read`
    are the files it was begun with, `unread` those that are, or may be, another export.
    """

    kind: Kind
    site: str
    pieces: tuple[Piece, ...]
    left: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    read: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the pictures: source → path below the content folder, and source → why it stayed behind."""

    paths: Mapping[str, str] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A piece's outcome, for the report: its file ("" where none was written), and how far it came.

    `lost_words` are those of the old text that the new page does not have, `new_words` those it has more. Of a text
    that was there already, `came` counts the pictures that came in this run, `behind` those that stayed behind again.
    """

    piece: Piece
    file: str
    state: State
    why: str = ""
    draft: str = ""
    losses: tuple[Loss, ...] = ()
    lost_words: tuple[str, ...] = ()
    new_words: tuple[str, ...] = ()
    came: int = 0
    behind: int = 0
