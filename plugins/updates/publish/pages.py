"""The wire's pages: which there are, and the values each template is given.

What grows is cut by day and month, so that a page whose time is over keeps its bytes. The values of such a page are
made when it is printed, and before that its `inputs` are known, a digest of all that they are made of.
"""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from plugins.sections.printed import LazyContext, Page
from plugins.updates.digests import digest
from plugins.updates.model import Steps, Story, ids_of
from plugins.updates.publish.build_views import ViewBuilder, story_url
from plugins.updates.publish.layout import (
    DayLines,
    day_url,
    month_url,
    shared_out,
    until,
    whole_days,
    without_pinned,
)
from plugins.updates.publish.months import WireMonths
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


def front(
    wire: WireMonths,
    views: ViewBuilder,
    sources: Sequence[SourceView],
    pinned: Sequence[EntryView] = (),
    as_of: date | None = None,
    first_weekday: int = 0,
) -> Page:
    """Return the wire's first page: the latest, up to the day at which an archive's clock was stopped."""
    shown = until(without_pinned(wire, ids_of(pinned)), as_of)
    latest = next((month for month in wire.months if month <= (as_of or date.max)), None)
    return _page(
        "updates/",
        "updates",
        days=views.days(whole_days(shown, _LATEST)),
        calendar=latest and calendar(latest, wire.days(latest), wire.beside(latest), first_weekday),
        months=tuple((month, month_url(month)) for month in wire.months),
        sources=sources,
        topics=tuple(views.topics.values()),
        pinned=tuple(pinned),
    )


def status(sources: Sequence[SourceStatus], checked_on: date | None) -> Page:
    """Return the editor's page of how the sources do."""
    return _page("updates/status/", "status", sources=sources, checked_on=checked_on)


def embed(days: Iterable[DayLines], views: ViewBuilder, source_share: float = 1.0) -> Page:
    """Return the page that other sites show in a frame: the latest entries, and nothing else."""
    entries: list[EntryView] = []
    for day in shared_out(days, _EMBEDDED, source_share):
        entries += views.day(day).entries
    return _page("updates/embed/", "embed", entries=tuple(entries))


def by_day(wire: WireMonths, month: date, views: ViewBuilder, first_weekday: int = 0) -> Iterator[Page]:
    """Return a page for each day of a month, knowing the day before and after, and the month's own."""
    days, digests = wire.days(month), list[bytes]()
    earlier, later = wire.days_beside(month)
    dates = [later, *(day.date for day in days), earlier]
    for day, after, before in zip(days, dates[:-2], dates[2:], strict=True):
        inputs = views.day_digest(day)
        digests.append(inputs)
        made = {"month_url": month_url(month), "previous": _place(before, day_url), "next": _place(after, day_url)}
        yield _later(day.url, "updates_day", made, [inputs], day=partial(views.day, day))
    view = calendar(month, days, wire.beside(month), first_weekday)
    yield _later(view.url, "updates_month", {"calendar": view}, digests, days=partial(views.days, days))


def _place(day: date | None, url: Callable[[date], str]) -> tuple[date, str] | None:
    """Return a day or a month with where its page is; None where there is none."""
    return (day, url(day)) if day else None


def of_stories(stories: Iterable[Story], steps: Mapping[str, Steps], views: ViewBuilder) -> Iterator[Page]:
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
        yield _later(story_url(story.id), "story", {}, inputs, **later)


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


def own_page(
    view: SourceView | TopicView,
    template: str,
    own: SourceStatus | TopicView,
    months: Iterable[date],
    newest: tuple[DayLines, ...],
    views: ViewBuilder,
) -> Page:
    """Return a source's or topic's own page, with its `newest` days and the way to all its months, newest first.

    `own` is what is shown of it here, where that says more than beside its updates.
    """
    places = tuple((month, _own_month_url(view, month)) for month in months)
    made: dict[str, object] = {template: own, "months": places, "month": None, "previous": None, "next": None}
    return _with_days(view.url, template, made, newest, views)


def month_page(
    view: SourceView | TopicView,
    template: str,
    month: date,
    days: tuple[DayLines, ...],
    beside: tuple[date | None, date | None],
    views: ViewBuilder,
) -> Page:
    """Return the page of a month of a source or a topic.

    It knows the months `beside` it alone, so that a page that is over stays as it is when the next ones come.
    """
    before, after = (_place(one, partial(_own_month_url, view)) for one in beside)
    made = {template: view, "months": (), "month": month, "previous": before, "next": after}
    return _with_days(_own_month_url(view, month), template, made, days, views)


def _own_month_url(view: SourceView | TopicView, month: date) -> str:
    """Return where the page of a month of a source or a topic is."""
    return f"{view.url}{month:%Y/%m}/"


def _with_days(
    url: str, template: str, made: Mapping[str, object], days: tuple[DayLines, ...], views: ViewBuilder
) -> Page:
    return _later(url, template, made, map(views.day_digest, days), days=partial(views.days, days))


def calendar(
    month: date, days: Iterable[DayLines], beside: tuple[date | None, date | None], first_weekday: int = 0
) -> MonthView:
    """Return the calendar of a month with its `days` that have updates; it knows the months `beside` it.

    Weeks begin with `first_weekday`, 0 for Monday.
    """
    weeks = Calendar(first_weekday).monthdatescalendar(month.year, month.month)
    before, after = (month_url(one) if one else "" for one in beside)
    return MonthView(month, tuple(weeks[0]), _cells(month, weeks, days), month_url(month), before, after)


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
