"""The wire's pages: which there are, and the values each template is given.

What grows is cut by day and month, so that a page whose time is over keeps its bytes. The values of such a page are
made when it is printed, and before that its `inputs` are known, a digest of all that they are made of.
"""

from calendar import Calendar
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from plugins.sections.printed import LazyContext, Page
from plugins.updates.digests import digest
from plugins.updates.model import Steps, Story, Update
from plugins.updates.publish.build_views import ViewBuilder, story_url
from plugins.updates.publish.layout import (
    DayLines,
    by_month,
    latest,
    month_url,
    shared_out,
    until,
    without_pinned,
)
from plugins.updates.publish.views import (
    DayCell,
    EntryView,
    MonthView,
    SourceStatus,
    SourceView,
    StoryView,
    TopicView,
)

_KEY = "updates"
_LATEST = 40  # entries on the wire's first page, cut at a day
_EMBEDDED = 10  # entries on the page that other sites show

Dated = tuple[date, Page]
"""A page, and the month that most of it is of, by its first day: pages of one month are printed together."""


def front(
    days: Sequence[DayLines],
    views: ViewBuilder,
    sources: Sequence[SourceView],
    pinned: Sequence[EntryView] = (),
    as_of: date | None = None,
    first_weekday: int = 0,
) -> Page:
    """Return the wire's first page: the latest, up to the day at which an archive's clock was stopped."""
    months = calendars(days, first_weekday)
    on_top = [entry.id for entry in pinned]
    return _page(
        "updates/",
        "updates",
        days=views.days(whole_days(until(without_pinned(days, on_top), as_of), _LATEST)),
        calendar=next((month for month in months if as_of is None or month.first <= as_of), None),
        months=tuple((month.first, month.url) for month in months),
        sources=sources,
        topics=tuple(views.topics.values()),
        pinned=tuple(pinned),
    )


def status(sources: Sequence[SourceStatus], checked_on: date | None) -> Page:
    """Return the editor's page of how the sources do."""
    return _page("updates/status/", "status", sources=sources, checked_on=checked_on)


def embed(days: Sequence[DayLines], views: ViewBuilder, source_share: float = 1.0) -> Page:
    """Return the page that other sites show in a frame: the latest entries, and nothing else."""
    entries = [entry for day in views.days(shared_out(days, _EMBEDDED, source_share)) for entry in day.entries]
    return _page("updates/embed/", "embed", entries=tuple(entries))


def by_day(days: Sequence[DayLines], views: ViewBuilder, first_weekday: int = 0) -> Iterator[Dated]:
    """Return a page a day, each knowing the day before and after, and a page a month."""
    known = {day.date: views.day_digest(day) for day in days}
    for number, day in enumerate(days):
        after = days[number - 1] if number else None  # the newest comes first
        before = days[number + 1] if number + 1 < len(days) else None
        beside: dict[str, object] = {
            "month_url": month_url(day.date),
            "previous": (before.date, before.url) if before else None,
            "next": (after.date, after.url) if after else None,
        }
        month, inputs = day.date.replace(day=1), [known[day.date]]
        yield month, _later(day.url, "updates_day", beside, inputs, day=partial(views.day, day))
    rows = by_month(days)
    for view in calendars(days, first_weekday):
        of_month = rows[view.first]
        inputs = [known[day.date] for day in of_month]
        page = _later(view.url, "updates_month", {"calendar": view}, inputs, days=partial(views.days, of_month))
        yield view.first, page


def of_stories(stories: Iterable[Story], steps: Mapping[str, Steps], views: ViewBuilder) -> Iterator[Dated]:
    """Return a page for each story that more than one update tells; `steps` are those beside it, by its id."""
    for story in stories:
        if len(story.updates) > 1:
            near = steps.get(story.id, Steps())
            inputs = [views.story_digest(one) if one else b"" for one in (story, near.before, near.after)]
            later: dict[str, Callable[[], object]] = {
                "story": partial(views.story, story),
                "previous": partial(_story_or_none, near.before, views),
                "next": partial(_story_or_none, near.after, views),
            }
            month = story.lead.first_seen.date().replace(day=1)
            yield month, _later(story_url(story.id), "story", {}, inputs, **later)


def _story_or_none(story: Story | None, views: ViewBuilder) -> StoryView | None:
    return views.story(story) if story else None


def former_addresses(stories: Sequence[Story]) -> Iterator[tuple[str, Story]]:
    """Return the file that answers at each address that a story had before, and the story to which it leads.

    That is the one that has its updates now; of several, one with a page, then the one whose id the address has.
    """
    pages = {story.id for story in stories if len(story.updates) > 1}
    claims = [(old, story) for story in stories for old in story.former_ids if old not in pages]
    claims.sort(key=lambda claim: (claim[0], len(claim[1].updates) == 1, claim[1].id != claim[0]))
    for old, found in groupby(claims, key=lambda claim: claim[0]):
        _, story = next(found)
        yield f"{story_url(old)}index.html", story


def of_one(
    view: SourceView | TopicView,
    template: str,
    updates: Iterable[Update],
    views: ViewBuilder,
    as_of: date | None = None,
    own: SourceStatus | TopicView | None = None,
) -> Iterator[Dated]:
    """Return a source's or topic's pages: its own with the latest month and the way to all, and one a month.

    `updates` come newest first. The latest month is that of the day at which an archive's clock was stopped, up to that
    day. On its own page it is shown as `own`, where that says more.

    A month's page knows its neighbours alone, so that a page that is over stays as it is when the next ones come.
    """
    days = views.layout.alone(updates)
    months = by_month(days)
    places = tuple((month, f"{view.url}{month:%Y/%m}/") for month in months)
    newest: tuple[DayLines, ...] = next(iter(by_month(until(days, as_of)).values()), ())
    made: dict[str, object] = {template: own or view, "months": places, "month": None, "previous": None, "next": None}
    latest_month = newest[0].date.replace(day=1) if newest else date.min
    yield latest_month, _of_month(view.url, template, made, newest, views)
    for number, (month, url) in enumerate(places):
        after = places[number - 1] if number else None  # the newest comes first
        before = places[number + 1] if number + 1 < len(places) else None
        made = {template: view, "months": (), "month": month, "previous": before, "next": after}
        yield month, _of_month(url, template, made, months[month], views)


def _of_month(
    url: str, template: str, made: Mapping[str, object], days: tuple[DayLines, ...], views: ViewBuilder
) -> Page:
    inputs = [views.day_digest(day) for day in days]
    return _later(url, template, made, inputs, days=partial(views.days, days))


def whole_days(days: Sequence[DayLines], most: int) -> tuple[DayLines, ...]:
    """Return the newest days, as many whole ones as `most` lines allow, at least one."""
    kept = len(latest(days, most))
    return tuple(days[:kept])


def calendars(days: Sequence[DayLines], first_weekday: int = 0) -> tuple[MonthView, ...]:
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


def _weeks(month: date, days: Sequence[DayLines], calendar: Calendar) -> tuple[tuple[DayCell | None, ...], ...]:
    known = {day.date: day for day in days}

    def cell(day: date) -> DayCell | None:
        if day.month != month.month:
            return None
        wire = known.get(day)
        if wire:
            return DayCell(day, wire.url, len(wire.lines))
        return DayCell(day, "", 0)

    weeks = calendar.monthdatescalendar(month.year, month.month)
    return tuple(tuple(map(cell, week)) for week in weeks)


def _page(url: str, template: str, **values: object) -> Page:
    return Page(f"{url}index.html", template, {"section_key": _KEY, **values})


def _later(
    url: str, template: str, made: Mapping[str, object], inputs: Iterable[bytes], **later: Callable[[], object]
) -> Page:
    """Return a page of values that are `made`, and of others that are made when it is printed, of these `inputs`."""

    def values() -> Mapping[str, object]:
        return {"section_key": _KEY, **made, **{name: make() for name, make in later.items()}}

    told = digest(repr((made, tuple(later), *inputs))).hex()
    return Page(f"{url}index.html", template, LazyContext(values), inputs=told)
