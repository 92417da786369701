"""The wire's pages: which there are, and the values each template is given.

What grows is cut by day and month, so that a page whose time is over keeps its bytes. The values of such a page are
made when it is printed, and before that its `inputs` are known, a digest of all that they are made of.
"""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from plugins.sections.printed import LazyContext, Page
from plugins.updates.digests import digest
from plugins.updates.model import Steps, Story, Update, ids_of
from plugins.updates.publish.build_views import ViewBuilder, story_url
from plugins.updates.publish.layout import (
    DayLines,
    by_month,
    month_url,
    shared_out,
    until,
    whole_days,
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
T = TypeVar("T")
U = TypeVar("U")


def front(
    days: Sequence[DayLines],
    views: ViewBuilder,
    sources: Sequence[SourceView],
    pinned: Sequence[EntryView] = (),
    as_of: date | None = None,
    first_weekday: int = 0,
) -> Page:
    """Return the wire's first page: the latest, up to the day at which an archive's clock was stopped."""
    shown = until(without_pinned(days, ids_of(pinned)), as_of)
    months = calendars(days, first_weekday)
    last = as_of or date.max
    return _page(
        "updates/",
        "updates",
        days=views.days(whole_days(shown, _LATEST)),
        calendar=next((month for month in months if month.first <= last), None),
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
    entries: list[EntryView] = []
    for day in shared_out(days, _EMBEDDED, source_share):
        entries += views.day(day).entries
    return _page("updates/embed/", "embed", entries=tuple(entries))


def by_day(days: Sequence[DayLines], views: ViewBuilder, first_weekday: int = 0) -> Iterator[Dated]:
    """Return a page a day, each knowing the day before and after, and a page a month."""
    places = [(day.date, day.url) for day in days]
    digests: dict[date, list[bytes]] = defaultdict(list)
    for day, (before, after) in zip(days, _neighbours(places, None), strict=True):
        month, inputs = day.date.replace(day=1), views.day_digest(day)
        digests[month].append(inputs)
        made = {"month_url": month_url(month), "previous": before, "next": after}
        yield month, _later(day.url, "updates_day", made, [inputs], day=partial(views.day, day))
    rows = by_month(days)
    for view in calendars(days, first_weekday):
        later = partial(views.days, rows[view.first])
        yield view.first, _later(view.url, "updates_month", {"calendar": view}, digests[view.first], days=later)


def _neighbours(newest_first: Sequence[T], nothing: U) -> Iterable[tuple[T | U, T | U]]:
    """Return, for each of what comes newest first, the one before it in time and the one after; `nothing` at an end."""
    row: list[T | U] = [nothing, *newest_first, nothing]
    return zip(row[2:], row[:-2], strict=True)


def of_stories(stories: Iterable[Story], steps: Mapping[str, Steps], views: ViewBuilder) -> Iterator[Dated]:
    """Return a page for each story that more than one update tells; `steps` are those beside it, by its id."""
    for story in stories:
        if not story.has_page:
            continue
        near = steps.get(story.id, Steps())
        later: dict[str, Callable[[], object]] = {
            "story": partial(views.story, story),
            "previous": partial(_story_or_none, near.before, views),
            "next": partial(_story_or_none, near.after, views),
        }
        inputs = map(views.story_digest, (story, near.before, near.after))
        month = story.lead.first_seen.date().replace(day=1)
        yield month, _later(story_url(story.id), "story", {}, inputs, **later)


def _story_or_none(story: Story | None, views: ViewBuilder) -> StoryView | None:
    return views.story(story) if story else None


def former_addresses(stories: Sequence[Story]) -> Iterator[tuple[str, Story]]:
    """Return the file that answers at each address that a story had before, and the story to which it leads.

    That is the one that has its updates now; of several, one with a page, then the one whose id the address has.
    """
    pages = {story.id for story in stories if story.has_page}
    heirs = defaultdict[str, list[Story]](list)
    for story in stories:
        for former_id in story.former_ids:
            heirs[former_id].append(story)
    for former_id in sorted(heirs.keys() - pages):
        heir = min(heirs[former_id], key=lambda story: (not story.has_page, story.id != former_id))
        yield f"{story_url(former_id)}index.html", heir


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
    latest_month, newest = next(iter(by_month(until(days, as_of)).items()), (date.min, ()))
    made: dict[str, object] = {template: own or view, "months": places, "month": None, "previous": None, "next": None}
    yield latest_month, _of_month(view.url, template, made, newest, views)
    for (month, url), (before, after) in zip(places, _neighbours(places, None), strict=True):
        made = {template: view, "months": (), "month": month, "previous": before, "next": after}
        yield month, _of_month(url, template, made, months[month], views)


def _of_month(
    url: str, template: str, made: Mapping[str, object], days: tuple[DayLines, ...], views: ViewBuilder
) -> Page:
    return _later(url, template, made, map(views.day_digest, days), days=partial(views.days, days))


def calendars(days: Sequence[DayLines], first_weekday: int = 0) -> tuple[MonthView, ...]:
    """Return a calendar for each month that has updates, newest first, each knowing its neighbours.

    Weeks begin with `first_weekday`, 0 for Monday.
    """
    months, calendar = by_month(days), Calendar(first_weekday)
    urls = tuple(map(month_url, months))
    found: list[MonthView] = []
    for (month, of_month), url, (before, after) in zip(months.items(), urls, _neighbours(urls, ""), strict=True):
        weeks = calendar.monthdatescalendar(month.year, month.month)
        found.append(MonthView(month, tuple(weeks[0]), _cells(month, weeks, of_month), url, before, after))
    return tuple(found)


def _cells(
    month: date, weeks: Iterable[Iterable[date]], days: Iterable[DayLines]
) -> tuple[tuple[DayCell | None, ...], ...]:
    """Return a month's weeks as cells; none for days of the months beside it, which its first and last week have."""
    known = {day.date: DayCell(day.date, day.url, len(day.lines)) for day in days}
    rows: list[tuple[DayCell | None, ...]] = []
    for week in weeks:
        cells: list[DayCell | None] = []
        for day in week:
            if day.month == month.month:
                cells.append(known.get(day, DayCell(day, "", 0)))
            else:
                cells.append(None)
        rows.append(tuple(cells))
    return tuple(rows)


def _page(url: str, template: str, **values: object) -> Page:
    return Page(f"{url}index.html", template, {"section_key": _KEY, **values})


def _later(
    url: str, template: str, made: Mapping[str, object], inputs: Iterable[bytes], **later: Callable[[], object]
) -> Page:
    """Return a page of values that are `made`, and of others that are made when it is printed, of these `inputs`."""

    def values() -> Mapping[str, object]:
        made_now = {name: make() for name, make in later.items()}
        return {"section_key": _KEY, **made, **made_now}

    made_of = digest(repr((made, tuple(later), *inputs))).hex()
    return Page(f"{url}index.html", template, LazyContext(values), inputs=made_of)
