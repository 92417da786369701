"""The kinds of blocks and references, a block's form, a block in a text's source, a reference: values only."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from plugins.core.config.fields import is_id

Body = Literal["text", "lines", "none"]
"""What stands in a block: Markdown, lines of a form of their own, or nothing."""

CARDS = ("listing", "fund", "story", "milestone", "demand")
"""What has a card: a block of this name with an id."""

KINDS = ("listing", "fund", "update", "story", "strike", "milestone", "demand", "event", "section")
"""What a link may name, written `{kind}ID`; a section by its key in the navigation."""


_OF_BOARD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9_-]+")


def is_listing(name: str) -> bool:
    """Say whether a name can be a listing's: an id, or BOARD/NUMBER of one that is not commented on."""
    return is_id(name) or bool(_OF_BOARD.fullmatch(name))


@dataclass(frozen=True, slots=True)
class BlockForm:
    """What a block may say of itself.

    `argument` is what stands after the bar, in words; "" where nothing may. `read_argument` and the readers in
    `options` return the value as it is used, or raise ValueError with what it must be.
    """

    body: Body
    argument: str = ""
    argument_needed: bool = False
    read_argument: Callable[[object], str] = str
    options: Mapping[str, Callable[[object], str]] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    body_needed: bool = False


@dataclass(frozen=True, slots=True)
class BlockSource:
    """A block as it stands in a text. Lines count from 0 at the text's first; `end` is -1 where it is not closed."""

    name: str
    slashes: int
    line: int
    argument: str
    options: tuple[str, ...]
    body: tuple[str, ...]
    body_line: int
    end: int


@dataclass(frozen=True, slots=True)
class ListingQuotation:
    """Words that a text quotes from a listing, by its id; the line is that of the first word, and counts from 0."""

    line: int
    listing: str
    words: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a text that names something by kind and id; the line counts from 0."""

    line: int
    kind: str
    id: str
