"""What stands in a Markdown text, as python-markdown reads it: values only. Lines count from 0, the text's first."""

from dataclasses import dataclass
from typing import Literal, NamedTuple


class Link(NamedTuple):
    """An address that a text leads to or defines, as it is written, at the line where the address stands."""

    line: int
    url: str


class Picture(NamedTuple):
    """A picture of Markdown's, inline or by reference: the line it is shown on, its words and its address.

    `decorative` is true of one that is marked as ornament, by `{: role=presentation }`.
    """

    line: int
    alt: str
    src: str
    decorative: bool


class Heading(NamedTuple):
    """A heading's level, 1 to 6, and its words without markup; a picture in it counts by its words."""

    line: int
    level: int
    words: str


class Tag(NamedTuple):
    """A tag of HTML in a text, its name and its attributes' names in small letters.

    `kind` is "both" of one that is closed where it begins, `<br/>`. An end tag has no attributes.
    """

    line: int
    name: str
    kind: Literal["start", "end", "both"]
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """Return an attribute's value, "" where there is none; of two alike the last counts."""
        return dict(self.attributes).get(name, "")


class Passage(NamedTuple):
    """Words that were left of a paragraph, where they hold brackets or braces that may have been meant as markup.

    `line` is that of its first word; code in it is the word `x`, and so is a sign behind a backslash.
    """

    line: int
    text: str


class QuotedWords(NamedTuple):
    """Words that a text says it quotes from something: its id as the text gives it, and the words without markup."""

    of: str
    words: str


class Address(NamedTuple):
    """A place that leads to something, or, where it `shows`, loads it."""

    line: int
    url: str
    shows: bool


_LEADING = frozenset({"img", "a", "source", "audio", "video"})


@dataclass(frozen=True, slots=True)
class Markup:
    """All of a text: what it leads to, shows and is parted by, its HTML in order, and what was left as words.

    `attributes` are the lines and names of those that a writer set in a list, `{: name=value }`, but for `class` and
    `id`; `notes` the names of the footnotes that the text leads to; `code` the lines of indented code; `quotations`
    stand in the order of the text.
    """

    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    headings: tuple[Heading, ...]
    tags: tuple[Tag, ...]
    passages: tuple[Passage, ...]
    attributes: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]
    code: tuple[int, ...]
    quotations: tuple[QuotedWords, ...] = ()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Return every address in order of lines.

        Markdown shows and leads to files alike, and the path's ending tells what it is; only HTML says what it loads.
        """
        found = [Address(one.line, one.src, shows=False) for one in self.pictures]
        found += [Address(line, url, shows=False) for line, url in self.links]
        for tag in self.tags:
            if tag.name in _LEADING:
                given = dict(tag.attributes)
                found += [Address(tag.line, given[name], name == "src") for name in ("src", "href") if name in given]
        return tuple(sorted(found, key=lambda one: one.line))


NOTHING = Markup((), (), (), (), (), (), (), ())
"""What a text without words holds."""
