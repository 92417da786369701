"""The archive of listings in figures."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from plugins.listings.posting import ArchivedListing, Event, Happening, Snapshot
from plugins.listings.publish import figures
from tests.unit.listings.publish.archived import at, builder, listing, sum_of

ZONE = ZoneInfo("UTC")


def of(employer: str, number: int, *happened: tuple[datetime, Event]) -> ArchivedListing:
    """Return a listing of an employer to which this happened; the last read was on 20 April."""
    happenings = tuple(Happening(*one) for one in happened)
    return listing(
        str(number), employer=employer, happenings=happenings, first_seen=happenings[0].at, last_seen=at(20, 4)
    )


def test_an_opening_counts_at_the_end_of_each_month_it_is_there() -> None:
    """Closed within its month it counts nowhere; reopened it counts again; relisted it is not counted twice."""
    told = figures.openings(
        [
            of("Harbour Works", 1, (at(3, 1), "opened"), (at(9, 3), "closed")),
            of("Harbour Works", 2, (at(5, 2), "opened"), (at(20, 2), "closed"), (at(2, 4), "reopened")),
            of("Harbour Works", 3, (at(9, 3), "relisted")),
            of("Quay & Sons", 4, (at(28, 2), "opened")),
        ],
        ZONE,
    )
    assert told is not None
    assert told.months == (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1))
    assert [(one.employer, one.counts) for one in told.series] == [
        ("Harbour Works", (1, 1, 1, 2)),
        ("Quay & Sons", (0, 1, 1, 1)),
    ]
    assert told.totals == (1, 2, 2, 3)
    assert [column.height for column in told.series[0].columns] == [50, 50, 50, 100]


def test_employers_and_months_beyond_the_most_do_not_make_the_page_grow() -> None:
    """The smallest employers are counted together, and the first months of a long archive are left out."""
    many = [of(f"Employer {number:02}", number, (at(3, 1), "opened")) for number in range(30)]
    old = replace(many[0], first_seen=datetime(2001, 1, 1, tzinfo=UTC))
    told = figures.openings([old, *many[1:]], ZONE)
    assert told is not None
    assert len(told.months) == figures.MOST_MONTHS
    assert len(told.series) == figures.MOST_EMPLOYERS + 1
    assert told.series[-1].employer == ""
    assert sum(one.counts[-1] for one in told.series) == told.totals[-1] == 30


def test_pay_is_spread_by_currency_and_period_and_only_where_both_ends_are_stated() -> None:
    """No figure mixes dollars with euros, hours with years, or base pay with what targets bring."""

    def paying(number: str, *ranges: object) -> ArchivedListing:
        return listing(number, Snapshot(at(1), "Planner", "", "Text.", ranges))  # type: ignore[arg-type]

    views = builder(
        paying("1", sum_of(90000, 120000)),
        paying("2", sum_of(100000, 160000), sum_of(200000, 300000, basis="ote")),
        paying("3", sum_of(50000, 60000, currency="EUR"), sum_of(80000, None)),
        paying("4", sum_of(20, 30, period="hour")),
    ).uncommented()
    told = figures.pay(views)
    assert [(one.currency, one.period) for one in told] == [("USD", "year"), ("EUR", "year"), ("USD", "hour")]
    (spread,) = told[0].spreads
    assert (spread.listings, spread.low, spread.middle, spread.high) == (2, 90000, 117500, 160000)
    assert (spread.start, spread.width, spread.tick) == (56.25, 43.75, 73.44)


def test_days_until_a_rewording_count_from_the_first_sight() -> None:
    """A change of the place alone is no rewording; a listing that was never reworded is counted as such."""

    def reworded(number: str, day: int, text: str) -> ArchivedListing:
        first = Snapshot(at(1), "Planner", "Here", "You are flexible.")
        return listing(number, first, Snapshot(at(day), "Planner", "There", text))

    told = figures.rewordings(
        [reworded("1", 4, "You are calm."), reworded("2", 20, "No."), reworded("3", 9, "You are flexible.")]
    )
    assert (told.reworded, told.never, told.middle) == (2, 1, 11)
    assert [one.listings for one in told.waits] == [1, 1, 0, 0]
