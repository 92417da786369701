"""What the sitemap and the manifest say: the pages for visitors, and the site itself. Values only."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page for visitors: its path below the site's root, and when its content last changed (none: not known).

    `languages` are all languages it is to be had in, its own too, each with a path; none where there is but one.
    """

    path: str
    modified: date | None = None
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """What is noted of a page when it is printed: when its content last changed, and the languages it is there in."""

    modified: date | None = None
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SiteIdentity:
    """What the site says of itself. `url` is absolute, without a final slash."""

    url: str
    name: str
    description: str
    language: str


@dataclass(frozen=True, slots=True)
class Crawler:
    """A program that is refused, and why it is on the list."""

    name: str
    why: str
