"""content/listings, loaded: files → checked values with their places."""

from collections.abc import Iterator
from pathlib import Path

from plugins.core.config import markdown_file
from plugins.core.config.fields import is_id
from plugins.core.errors import Problem
from plugins.listings.model import ListingMatter

ListingFile = markdown_file.Text[ListingMatter]
"""A listing's file: its id is the file's stem."""

RESERVED = frozenset({"boards", "embed", "employers", "numbers", "states", "years"})
"""Names below listings/ that the site's own pages have."""


def read_listings(folder: Path) -> list[ListingFile]:
    """Return every listing, drafts and those with problems too, in order of id; names with an underscore are notes."""
    return [markdown_file.read(path, ListingMatter) for path in sorted(folder.glob("[!._]*.md"))]


def commented_on(listings: list[ListingFile]) -> frozenset[str]:
    """Return the ids of archived listings that a file is about, a draft too."""
    named: set[str] = set()
    for listing in listings:
        board = listing.front.data.get("board")
        if isinstance(board, str):
            named.add(board.strip())
    return frozenset(named)


def is_draft(listing: ListingFile) -> bool:
    """Say whether a listing stays in, as far as it can be read."""
    return str(listing.front.data.get("status")).strip().lower() == "draft"


def problems(listings: list[ListingFile]) -> Iterator[Problem]:
    """Return what is wrong with the listings: their front matter, their names."""
    for listing in listings:
        yield from listing.problems
        if listing.path.stem in RESERVED:
            what = f"the address /listings/{listing.path.stem}/ is a page of the site's own"
            yield Problem(listing.where, 0, what, "give the file another name")
        if not is_id(listing.path.stem):
            what = f"the file name is the listing's address (got {listing.path.name})"
            yield Problem(listing.where, 0, what, "use small letters, digits and hyphens")
