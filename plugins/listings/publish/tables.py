"""Which listings stand in which table: by employer, by state, by year of first sight, in parts that stay as they are.

No page has more rows than `size`. The front of a group has its newest; what a front cannot hold is in parts, a year
each, or so many rows of it where a year has more. A part is filled in the order of first sight, so what it has is there
to stay, and its address too: 2026, then 2026-2.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from plugins.listings.publish.build_views import newest_first
from plugins.listings.publish.views import ListingView, Mark

STATES = ("commented", "uncommented", "open", "closed", *get_args(Mark))
"""The states that have a table, in the order in which pages name them."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table that is cut off: its address, its key such as 2026-2, and its listings, the latest first."""

    url: str
    key: str
    rows: tuple[ListingView, ...]


@dataclass(frozen=True, slots=True)
class ListingGroup:
    """Listings that have something in common: where they are, what they are, the newest, how many, and the parts.

    `kind` is "all", "employer" or "state"; `name` the employer's name or the state's key. Parts are oldest first.
    """

    url: str
    kind: str
    name: str
    front: tuple[ListingView, ...]
    total: int
    parts: tuple[TablePart, ...]


def everything(listings: Iterable[ListingView], size: int) -> ListingGroup:
    """Return all listings; its front has what is commented on before what is not, as far as there is room."""
    listings = newest_first(listings)
    first = sorted(listings, key=lambda one: not one.is_commented)[:size]
    return ListingGroup(
        "listings/", "all", "", newest_first(first), len(listings), _parts("listings/years/", listings, size)
    )


def by_employer(listings: Iterable[ListingView], size: int) -> tuple[ListingGroup, ...]:
    """Return a group for each employer, in order of name; its name is as the latest listing has it."""
    groups: dict[str, list[ListingView]] = {}
    for listing in newest_first(listings):
        groups.setdefault(listing.employer_url, []).append(listing)
    named = (_group(url, "employer", rows[0].employer, rows, size) for url, rows in groups.items())
    return tuple(sorted(named, key=lambda group: (group.name.casefold(), group.url)))


def by_state(listings: Iterable[ListingView], size: int) -> tuple[ListingGroup, ...]:
    """Return a group for each state that a listing is in; one listing can be in several."""
    groups: dict[str, list[ListingView]] = {state: [] for state in STATES}
    for listing in newest_first(listings):
        for state in _states(listing):
            groups[state].append(listing)
    made: list[ListingGroup] = []
    for state, rows in groups.items():
        if rows:
            made.append(_group(f"listings/states/{state}/", "state", state, rows, size))
    return tuple(made)


def _states(listing: ListingView) -> Iterable[str]:
    if listing.state:
        yield listing.state
    yield from listing.marks
    yield "commented" if listing.is_commented else "uncommented"


def _group(url: str, kind: str, name: str, rows: Sequence[ListingView], size: int) -> ListingGroup:
    return ListingGroup(url, kind, name, tuple(rows[:size]), len(rows), _parts(url, rows, size))


def _parts(url: str, rows: Sequence[ListingView], size: int) -> tuple[TablePart, ...]:
    """Return the parts of a group whose front cannot hold it; none where it can."""
    if len(rows) <= size:
        return ()
    return tuple(TablePart(f"{url}{key}/", key, newest_first(part)) for key, part in _cut(rows, size).items())


def _cut(rows: Iterable[ListingView], size: int) -> Mapping[str, Sequence[ListingView]]:
    years: dict[int, list[ListingView]] = {}
    for listing in sorted(rows, key=lambda one: (one.day, one.id)):
        years.setdefault(listing.day.year, []).append(listing)
    parts: dict[str, Sequence[ListingView]] = {}
    for year, found in years.items():
        for number, start in enumerate(range(0, len(found), size), 1):
            key = f"{year}-{number}".removesuffix("-1")
            parts[key] = found[start : start + size]
    return parts
