"""The listings' pages: which there are, and the values each template is given."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from plugins.listings.publish import pay_views
from plugins.listings.publish.tables import ListingGroup
from plugins.listings.publish.views import ChangeView, ListingView, SnapshotView
from plugins.sections import redirect_page
from plugins.sections.printed import File, Page

_KEY = "listings"
_EMBEDDED = 5
"""Listings on the page that other sites show in a frame."""


def front(everything: ListingGroup, employers: Sequence[ListingGroup], states: Sequence[ListingGroup]) -> Page:
    """Return the first page of all: the newest listings, and the ways to the others."""
    return _page("listings/", "listings", group=everything, rows=_rows(everything), employers=employers, states=states)


def of_group(group: ListingGroup) -> Iterator[Page]:
    """Return the pages of a group but for its front: a table for each of its parts."""
    neighbours = (None, *group.parts, None)
    for before, part, after in zip(neighbours, group.parts, neighbours[2:], strict=False):
        rows = pay_views.on_one_scale(part.rows)
        yield _page(part.url, "listings_table", group=group, part=part, rows=rows, previous=before, next=after)


def front_of_group(group: ListingGroup) -> Page:
    """Return the first page of a group: its newest listings."""
    return _page(group.url, "listings_table", group=group, rows=_rows(group), part=None, previous=None, next=None)


def of_listing(
    listing: ListingView, snapshots: Sequence[SnapshotView], changes: Sequence[ChangeView], body: str = ""
) -> Page:
    """Return a listing's page: the commentary, where there is one, its history, and all texts it ever had."""
    shown = replace(listing, body=body)
    if not listing.is_commented:  # nothing beside it that its bars could be compared with
        (shown,) = pay_views.on_one_scale([shown])
    tops = pay_views.scale_tops(chain(shown.pays, *(one.pays for one in snapshots)))
    texts = tuple(replace(one, pays=pay_views.drawn(one.pays, tops)) for one in snapshots)
    values = {"listing": shown, "snapshots": texts, "changes": tuple(changes)}
    return _page(listing.url, "listing", modified=listing.changed_on, **values)


def former_address(listing: ListingView, url: str, siteurl: str, language: str) -> File:
    """Return what answers where a listing was before somebody commented on it."""
    page = redirect_page.redirect_page(listing.url, f"{listing.role}, {listing.employer}", siteurl, language)
    return File(f"{url}index.html", page)


def embed(listings: Iterable[ListingView]) -> Page:
    """Return the page that other sites show in a frame: the first of the listings given."""
    rows = pay_views.on_one_scale(islice(listings, _EMBEDDED))
    return _page("listings/embed/", "listings_embed", rows=rows)


def _rows(group: ListingGroup) -> tuple[ListingView, ...]:
    return pay_views.on_one_scale(group.front)


def _page(url: str, template: str, modified: date | None = None, **values: object) -> Page:
    return Page(f"{url}index.html", template, {"section_key": _KEY, **values}, modified=modified)
