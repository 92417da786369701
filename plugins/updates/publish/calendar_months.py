"""Days → months: calendars to move about in, and lists cut by month so that old pages stay. Pure."""

from calendar import Calendar
from collections.abc import Sequence
from datetime import date

from plugins.updates.publish.views import DayCell, MonthView, WireDay


def month_url(month: date) -> str:
    """Return where a month's page is."""
    return f"updates/{month:%Y/%m}/"


def by_month(days: Sequence[WireDay]) -> dict[date, tuple[WireDay, ...]]:
    """Return month (its first day) → its days, newest first."""
    months: dict[date, list[WireDay]] = {}
    for day in sorted(days, key=lambda day: day.date, reverse=True):
        months.setdefault(day.date.replace(day=1), []).append(day)
    return {month: tuple(rows) for month, rows in months.items()}


def calendars(days: Sequence[WireDay], first_weekday: int = 0) -> tuple[MonthView, ...]:
    """Return a calendar for each month that has updates, newest first, each knowing its neighbours.

    Weeks begin with `first_weekday`, 0 for Monday.
    """
    months, weeks = by_month(days), Calendar(first_weekday)
    order = list(months)
    return tuple(
        MonthView(
            first=month,
            heads=tuple(weeks.monthdatescalendar(month.year, month.month)[0]),
            weeks=_weeks(month, months[month], weeks),
            url=month_url(month),
            previous_url=month_url(order[number + 1]) if number + 1 < len(order) else "",
            next_url=month_url(order[number - 1]) if number else "",
        )
        for number, month in enumerate(order)
    )


def _weeks(month: date, days: Sequence[WireDay], calendar: Calendar) -> tuple[tuple[DayCell | None, ...], ...]:
    known = {day.date: day for day in days}

    def cell(day: date) -> DayCell | None:
        if day.month != month.month:
            return None
        wire = known.get(day)
        return DayCell(day, wire.url, len(wire.entries)) if wire else DayCell(day, "", 0)

    weeks = calendar.monthdatescalendar(month.year, month.month)
    return tuple(tuple(cell(day) for day in week) for week in weeks)
