"""Listings as an archive has them, and their views, for the tests of what is shown."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from plugins.listings.model import ListingMatter
from plugins.listings.posting import ArchivedListing, Event, Happening, PayRange, Snapshot
from plugins.listings.publish.build_views import Commentary, ListingViewBuilder
from plugins.listings.publish.views import YardstickView

PLAN = YardstickView("plan", "Health plan", 26470, "USD", "year", 2023, "It kept the plan.", "The plan", "")


def at(day: int, month: int = 2) -> datetime:
    """Return noon of a day of 2026, in UTC."""
    return datetime(2026, month, day, 12, tzinfo=UTC)


def listing(
    number: str = "7", *snapshots: Snapshot, happened: Iterable[tuple[int, Event]] = (), **values: Any
) -> ArchivedListing:
    """Return a listing of the board "harbour" that was opened on 1 February; `happened` are days of it, and events."""
    texts = snapshots or (Snapshot(at(1), "Planner", "The harbour", "You are flexible."),)
    told = (Happening(texts[0].seen, "opened"), *(Happening(at(day), event) for day, event in happened))
    given: dict[str, Any] = {
        "id": f"harbour/{number}",
        "employer": "Harbour Works",
        "url": f"https://jobs.example.org/{number}",
        "first_seen": texts[0].seen,
        "last_seen": at(20),
        "snapshots": texts,
        "happenings": told,
    }
    return ArchivedListing(**(given | values))


def sum_of(low: float | None, high: float | None, **values: Any) -> PayRange:
    """Return yearly pay in dollars as a board's own fields give it."""
    return PayRange(
        **({"quote": f"{low}-{high}", "low": low, "high": high, "currency": "USD", "period": "year"} | values)
    )


def builder(
    *archived: ArchivedListing,
    files: Mapping[str, Mapping[str, object]] = {},
    yardsticks: Iterable[YardstickView] = (),
    zone: str = "UTC",
) -> ListingViewBuilder:
    """Return what makes the views of these listings, and of files with this front matter besides what all have."""
    whole = {"employer": "Harbour Works", "role": "Planner", "seen": "2026-02-01"}
    written = [Commentary(name, ListingMatter.model_validate(whole | dict(given))) for name, given in files.items()]
    known = {one.id: one for one in yardsticks}
    return ListingViewBuilder(written, {one.id: one for one in archived}, known, ZoneInfo(zone))
