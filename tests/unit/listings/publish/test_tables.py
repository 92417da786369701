"""Which listings stand in which table, and that what is on a page stays there."""

from datetime import UTC, datetime, timedelta

from plugins.listings.posting import ArchivedListing, Snapshot
from plugins.listings.publish import tables
from plugins.listings.publish.views import ListingView
from tests.unit.listings.publish.archived import at, builder, listing

SIZE = 3


def opened(count: int, first: datetime) -> list[ArchivedListing]:
    """Return listings, each a day after the one before."""
    days = (first + timedelta(days=number) for number in range(count))
    return [listing(f"{day:%Y%m%d}", Snapshot(day, "Planner", "", "Text.")) for day in days]


def views(*archived: ArchivedListing) -> tuple[ListingView, ...]:
    """Return the views of listings that nobody has commented on."""
    return builder(*archived).uncommented()


def test_no_page_has_them_all_and_none_is_lost() -> None:
    """The front has the newest; a year that is longer than a page is in parts, in order of first sight."""
    rows = views(*opened(8, datetime(2025, 12, 28, 12, tzinfo=UTC)))
    group = tables.everything(rows, SIZE)
    assert [view.id[-4:] for view in group.front] == ["0104", "0103", "0102"]
    assert {part.url: [view.id[-4:] for view in part.rows] for part in group.parts} == {
        "listings/years/2025/": ["1230", "1229", "1228"],
        "listings/years/2025-2/": ["1231"],
        "listings/years/2026/": ["0103", "0102", "0101"],
        "listings/years/2026-2/": ["0104"],
    }
    assert tables.everything(rows, 8).parts == ()


def test_a_part_that_is_full_stays_as_it_is() -> None:
    """What is seen later is on later pages; a page that was read keeps its address and its listings."""
    first = datetime(2026, 1, 1, 12, tzinfo=UTC)
    before = tables.everything(views(*opened(7, first)), SIZE).parts
    after = tables.everything(views(*opened(11, first)), SIZE).parts
    assert after[: len(before) - 1] == before[:-1]
    assert len(after) == 4


def test_what_is_commented_on_is_not_swept_off_the_front() -> None:
    """A board of many new listings leaves the commentary where readers look for it."""
    archived = opened(5, at(3))
    made = builder(*archived, files={"planner": {}})
    group = tables.everything((*made.commented(), *made.uncommented()), SIZE)
    assert [view.id for view in group.front] == ["harbour/20260207", "harbour/20260206", "planner"]


def test_employers_and_states_have_tables() -> None:
    """A listing is in the table of its employer, and of each state it is in."""
    texts = (Snapshot(at(1), "Planner", "", "Old."), Snapshot(at(2), "Planner", "", "New."))
    reworded = listing("2", *texts, employer="HARBOUR works")
    closed = listing("3", happened=[(3, "missing"), (4, "closed")], employer="Quay & Sons")
    made = builder(listing("1"), reworded, closed, files={"planner": {"board": "harbour/1"}, "by-hand": {}})
    shown = (*made.commented(), *made.uncommented())
    employers = {group.url: sorted(view.id for view in group.front) for group in tables.by_employer(shown, SIZE)}
    assert employers == {
        "listings/employers/harbour-works/": ["by-hand", "harbour/2", "planner"],
        "listings/employers/quay-sons/": ["harbour/3"],
    }
    states = {group.name: sorted(view.id for view in group.front) for group in tables.by_state(shown, SIZE)}
    assert states == {
        "commented": ["by-hand", "planner"],
        "uncommented": ["harbour/2", "harbour/3"],
        "open": ["harbour/2", "planner"],
        "closed": ["harbour/3"],
        "reworded": ["harbour/2"],
    }
