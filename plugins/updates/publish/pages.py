"""The wire's pages: which there are, and the values each template is given.

What grows is cut by day and month, so that a page whose time is over keeps its bytes.
"""

from calendar import Calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from plugins.sections.printed import Page
from plugins.updates.model import Steps, Story, Update
from plugins.updates.publish.build_views import ViewBuilder, latest, shared_out, story_url, until, without_pinned
from plugins.updates.publish.views import DayCell, EntryView, MonthView, SourceView, TopicView, WireDay

_KEY = "updates"
_LATEST = 40  # entries on the wire's first page, cut at a day
_EMBEDDED = 10  # entries on the page that other sites show


def front(
    days: Sequence[WireDay],
    sources: Sequence[SourceView],
    topics: Sequence[TopicView],
    pinned: Sequence[EntryView] = (),
    as_of: date | None = None,
    first_weekday: int = 0,
) -> Iterator[Page]:
    """Return the wire's first page: the latest, up to the day at which an archive's clock was stopped."""
    months = calendars(days, first_weekday)
    yield _page(
        "updates/",
        "updates",
        days=whole_days(until(without_pinned(days, pinned), as_of), _LATEST),
        calendar=next((month for month in months if as_of is None or month.first <= as_of), None),
        months=tuple((month.first, month.url) for month in months),
        sources=sources,
        topics=topics,
        pinned=tuple(pinned),
    )


def status(sources: Sequence[SourceView], checked_on: date | None) -> Page:
    """Return the editor's page of how the sources do."""
    return _page("updates/status/", "status", sources=sources, checked_on=checked_on)


def embed(days: Sequence[WireDay], source_share: float = 1.0) -> Page:
    """Return the page that other sites show in a frame: the latest entries, and nothing else."""
    entries = [entry for day in shared_out(days, _EMBEDDED, source_share) for entry in day.entries]
    return _page("updates/embed/", "embed", entries=tuple(entries))


def by_day(days: Sequence[WireDay], first_weekday: int = 0) -> Iterator[Page]:
    """Return a page a day, each knowing the day before and after, and a page a month."""
    for number, day in enumerate(days):
        after = days[number - 1] if number else None  # the newest comes first
        before = days[number + 1] if number + 1 < len(days) else None
        yield _page(
            day.url,
            "updates_day",
            day=day,
            month_url=month_url(day.date),
            previous=(before.date, before.url) if before else None,
            next=(after.date, after.url) if after else None,
        )
    rows = by_month(days)
    for month in calendars(days, first_weekday):
        yield _page(month.url, "updates_month", calendar=month, days=rows[month.first])


def of_stories(stories: Iterable[Story], steps: Mapping[str, Steps], views: ViewBuilder) -> Iterator[Page]:
    """Return a page for each story that more than one update tells; `steps` are those beside it, by its id."""
    for story in stories:
        if len(story.updates) > 1:
            view, near = views.story(story), steps.get(story.id, Steps())
            before = views.story(near.before) if near.before else None
            after = views.story(near.after) if near.after else None
            yield _page(view.url, "story", story=view, previous=before, next=after)


def former_addresses(stories: Sequence[Story], views: ViewBuilder) -> Iterator[tuple[str, str, str]]:
    """Return what answers at each address that a story had before: its file, where it leads, and the title there.

    It leads to the story that has its updates now, or to the day of the one update that is left of it; of several, to
    a story with a page, then to the update whose id the address has.
    """
    pages = {story.id for story in stories if len(story.updates) > 1}
    claims = [(old, story) for story in stories for old in story.former_ids if old not in pages]
    claims.sort(key=lambda claim: (claim[0], len(claim[1].updates) == 1, claim[1].id != claim[0]))
    for old, found in groupby(claims, key=lambda claim: claim[0]):
        _, story = next(found)
        lead = views.entry(story.lead, story)
        yield f"{story_url(old)}index.html", lead.story_url or lead.day_url, lead.title or lead.source.title


def of_one(
    view: SourceView | TopicView,
    template: str,
    updates: Iterable[Update],
    views: ViewBuilder,
    as_of: date | None = None,
) -> Iterator[Page]:
    """Return a source's or topic's pages: its own with the latest month and the way to all, and one a month.

    The latest month is that of the day at which an archive's clock was stopped, up to that day.

    A month's page knows its neighbours alone, so that a page that is over stays as it is when the next ones come.
    """
    days = views.days(Story(update.id, (update,)) for update in updates)
    months = by_month(days)
    places = tuple((month, f"{view.url}{month:%Y/%m}/") for month in months)
    newest = next(iter(by_month(until(days, as_of)).values()), ())
    given: dict[str, object] = {template: view}
    yield _page(view.url, template, **given, days=newest, months=places, month=None, previous=None, next=None)
    for number, (month, url) in enumerate(places):
        after = places[number - 1] if number else None  # the newest comes first
        before = places[number + 1] if number + 1 < len(places) else None
        yield _page(url, template, **given, days=months[month], months=(), month=month, previous=before, next=after)


def whole_days(days: Sequence[WireDay], most: int) -> tuple[WireDay, ...]:
    """Return the newest days, as many whole ones as `most` entries allow, at least one."""
    kept = len(latest(days, most))
    return tuple(days[:kept])


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
        if wire:
            return DayCell(day, wire.url, len(wire.entries))
        return DayCell(day, "", 0)

    weeks = calendar.monthdatescalendar(month.year, month.month)
    return tuple(tuple(map(cell, week)) for week in weeks)


def _page(url: str, template: str, **values: object) -> Page:
    return Page(f"{url}index.html", template, {"section_key": _KEY, **values})
