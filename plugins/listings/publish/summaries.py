"""What the digest and the search are given of listings: what happened to them in a period, and what can be found."""

from collections.abc import Iterable, Iterator, Mapping

from plugins.core.text.characters import clean, cut, fold
from plugins.listings.posting import ArchivedListing
from plugins.listings.publish.feeds import TOLD, happenings
from plugins.listings.publish.views import HappeningView, ListingView
from plugins.sections.findable import Findable, sentences
from plugins.sections.news import NewsItem, Period

_CHANGES = {"relisted": "opened", "noted": "changed"}
"""What the digest calls an event, where it has another word for it."""
_RANKS = {"new": 3, "changed": 2, "reopened": 1, "closed": 1}
"""Of many, what is commented on is told first, then what was reworded."""
_FOUND = 1000
"""Characters of an advertisement that the search knows, of one that has a page without commentary."""


def news(listings: Iterable[ListingView], period: Period) -> Iterator[NewsItem]:
    """Return what happened to listings in the period; all of them are public.

    A listing that is commented on is new on the day it was first seen, and the words of a change are those of its
    record. What is told twice of a day, by a board and by hand, is told in the words of the hand.
    """
    for listing in listings:
        about = f"{listing.role}, {listing.employer}"
        reference = f"{{listing}}{listing.id}"
        by = tuple(filter(None, [listing.source_title]))
        if listing.is_commented and period.has(listing.day):
            text = listing.summary
            if not text and listing.pay:
                text = listing.pay.quote
            yield NewsItem(reference, about, listing.day, "new", text, by=by, rank=_RANKS["new"])
        elif listing.is_commented and listing.posted and period.has(listing.posted):
            yield NewsItem(reference, about, listing.posted, "opened", listing.summary, by=by)
        noted = listing.noted_on
        for _, one in happenings(listing):
            change = _change(listing, one)
            told_already = one.event != "noted" and one.day in noted
            is_opening = change == "opened" and listing.is_commented
            if one.event in TOLD and period.has(one.day) and not told_already and not is_opening:
                yield NewsItem(reference, about, one.day, change, one.text, rank=_RANKS.get(change, 0))


def _change(listing: ListingView, one: HappeningView) -> str:
    if one.event == "noted" and one.day == listing.closed:
        return "closed"
    return _CHANGES.get(one.event, one.event)


def findables(
    listings: Iterable[ListingView], archive: Mapping[str, ArchivedListing], ids: Mapping[str, str]
) -> Iterator[Findable]:
    """Return what can be found of listings that are not commented on; the others' pages say themselves what they are.

    `ids` are the archive's, by `ref`.
    """
    for listing in listings:
        text = cut(fold(clean(archive[ids[listing.ref]].now.text)), _FOUND)
        words = sentences(listing.employer, listing.location, text)
        yield Findable(listing.url, "listing", "listings", listing.role, words, day=listing.day)
