"""What happened to job ads in a period, as far as their records tell. Pure."""

from collections.abc import Iterable, Iterator

from plugins.listings.model import ListingView
from plugins.sections.news import NewsItem, Period


def news(listings: Iterable[ListingView], period: Period) -> Iterator[NewsItem]:
    """Return each listing that was first seen, opened, changed or closed in the period; all of them are public.

    The words of a change are those of its record; a listing that is closed on the day of such a record is told once.
    """
    for listing in listings:
        about = f"{listing.role}, {listing.employer}"
        reference = f"{{listing}}{listing.id}"
        by = (listing.source_title,) if listing.source_title else ()
        if period.has(listing.day):
            text = listing.summary or (listing.pay.quote if listing.pay else "")
            yield NewsItem(reference, about, listing.day, "new", text, by=by)
        elif listing.posted and period.has(listing.posted):
            yield NewsItem(reference, about, listing.posted, "opened", listing.summary, by=by)
        for day, text, _ in listing.history:
            if period.has(day):
                change = "closed" if day == listing.closed else "changed"
                yield NewsItem(reference, about, day, change, text)
        if listing.closed and period.has(listing.closed) and listing.closed not in _days(listing):
            yield NewsItem(reference, about, listing.closed, "closed")


def _days(listing: ListingView) -> set[object]:
    return {day for day, _, _ in listing.history}
