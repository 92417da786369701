"""What the pages show of a moment: the days of a week, what comes later, what is past, place by place."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from plugins.events.model import Occurrence, Status
from plugins.events.publish.views import Schedule, schedule, seen

LONDON, TOKYO = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 3, 4, 12, tzinfo=LONDON)


def at(
    day: int,
    hour: int = 9,
    *,
    hours: float | None = 2,
    zone: ZoneInfo = LONDON,
    status: Status = "confirmed",
    **more: str,
) -> Occurrence:
    """Return a time of an event of March."""
    start = datetime(2026, 3, 1, hour, tzinfo=zone) + timedelta(days=day - 1)
    end = None if hours is None else start + timedelta(hours=hours)
    event = more.get("event", "gate")
    return Occurrence(
        id=f"{event}-{day}-{hour}", event=event, title="Picket", kind="picket", start=start, end=end, all_day=False,
        zone=zone, status=status, announced=NOW.astimezone(UTC), revised=NOW.astimezone(UTC),
        place=more.get("place", "Gate 4"), repeats=event == "gate",
    )  # fmt: skip


def shown(*occurrences: Occurrence) -> Schedule:
    """Return these as they are seen at noon of 4 March."""
    return schedule(occurrences, seen(NOW, None, LONDON))


def test_a_week_has_today_and_tomorrow_and_days_with_something_on() -> None:
    """An event is on the day of its own place; what goes on from yesterday is today's, and what ended is not."""
    found = shown(at(4), at(3, 20, hours=4), at(3, 22, hours=9, event="night"), at(6, 23, zone=TOKYO), at(10), at(11))
    days = {day.day.day: [one.id for one in day.occurrences] for day in found.days}
    assert days == {4: ["night-3-22", "gate-4-9"], 5: [], 6: ["gate-6-23"], 10: ["gate-10-9"]}
    assert [month.first for month in found.months] == [date(2026, 3, 1)]
    assert [one.id for one in found.months[0].occurrences] == ["gate-3-20"]


def test_later_is_the_next_time_of_what_repeats_and_all_that_is_off() -> None:
    """A daily picket does not fill the page; a day of it that is cancelled is told all the same."""
    later = shown(
        *(at(day) for day in range(11, 20)), at(20, status="cancelled"), at(25, event="assembly")
    ).after_the_week
    assert [one.id for one in later] == ["gate-11-9", "gate-20-9", "assembly-25-9"]


def test_what_is_next_is_neither_off_nor_over() -> None:
    """What began and has not ended is on; without an end it counts as on for two hours."""
    found = shown(
        at(4, 11),
        at(4, 8),
        at(4, 11, hours=None, event="open"),
        at(4, 9, hours=None, event="early"),
        at(5, status="withdrawn"),
    )
    assert [one.id for one in found.upcoming] == ["gate-4-11", "open-4-11"]


def test_places_are_known_by_their_names() -> None:
    """Those where something is to come are first; what differs in its signs alone is one place."""
    found = shown(at(1, place="Old hall"), at(5, place="Gate 4!"), at(2), at(6, place="…"))
    assert [(place.id, len(place.later), len(place.past)) for place in found.places] == [
        ("gate-4", 1, 1),
        ("old-hall", 0, 1),
    ]
