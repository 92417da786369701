"""What a section adds to the site's search index besides the pages themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page that is found by itself: the id of its element there, and its words as plain text."""

    anchor: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Findable:
    """One thing that readers find: a story, a fund, a milestone.

    `url` is below the site's root, and may end in an anchor. `kind` is what it is, a key of the labels in
    theme/templates/search.html; `section` is the key of the section it is looked for in. `title` and `text` are plain.
    `language` is set where it differs from the site's. A page with many things on it, such as a day of the wire, is one
    Findable with a part for each: the index then grows by days and words, and not by a file for each update.
    """

    url: str
    kind: str
    section: str
    title: str
    text: str = ""
    day: date | None = None
    language: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class LaterFindable:
    """A Findable by its `url`, of which is known whether it is as it was before it is made.

    `inputs` is a digest of all that it follows from, the code and the settings too.
    """

    url: str
    inputs: str
    make: Callable[[], Findable]


def sentences(*texts: str) -> str:
    """Return short texts as sentences, so that an excerpt of them does not run them together."""
    return " ".join(text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in texts if text)
