"""The wire as JSON for other programs: `updates.json` and a file for each month (docs/updates-json.md); `status.json`.

No time of the build is in them, so that a build without news changes no byte; but `status.json` has the time of the
deploy when the site is published.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from plugins.sections.printed import File, LaterFile
from plugins.updates.digests import digest
from plugins.updates.model import Story, Update
from plugins.updates.publish.build_views import ViewBuilder
from plugins.updates.publish.layout import SHARED_DAYS, DayLines, by_month, latest, month_url, within_share
from plugins.updates.publish.views import EntryView, SourceStatus, WireSite

PATH = "updates.json"
LATEST = 100
"""Updates in `updates.json`, the newest."""
STATUS_PATH = "status.json"

_Told = tuple[Update, Story | None]


def documents(
    days: Sequence[DayLines], pinned: Iterable[EntryView], views: ViewBuilder, site: WireSite
) -> Iterator[tuple[date, File | LaterFile]]:
    """Return the latest updates, then each month's, newest first, with the months that they are of."""
    months = by_month(days)
    paths = {month: f"{month_url(month)}updates.json" for month in months}
    shared = {"version": 2, "site": {"title": site.name, "url": f"{site.url}/", "language": site.language}}
    newest = {
        **shared,
        "feed": f"{site.url}/feeds/updates.json",
        "months": [{"month": f"{month:%Y-%m}", "url": f"{site.url}/{path}"} for month, path in paths.items()],
        "pinned": [entry.id for entry in pinned],
        "updates": [_entry(views.entry(*told), site) for told in _latest(days, site.source_share)],
    }
    yield next(iter(months), date.min), File(PATH, _text(newest))
    for month, path in paths.items():
        head = {**shared, "month": f"{month:%Y-%m}"}
        inputs = digest(repr((head, *(views.day_digest(day) for day in months[month])))).hex()
        yield month, LaterFile(path, partial(_of_month, head, months[month], views, site), inputs)


def _of_month(head: Mapping[str, Any], days: Iterable[DayLines], views: ViewBuilder, site: WireSite) -> str:
    return _text({**head, "updates": [_entry(views.entry(*told), site) for told in _updates_of(days)]})


def _updates_of(days: Iterable[DayLines]) -> list[_Told]:
    """Return every update of the days with its story, those behind another's line too, newest first."""
    every = [(update, line.story) for day in days for line in day.lines for update in line.updates]
    every.sort(key=lambda told: told[0].id)
    every.sort(key=lambda told: told[0].sorted_by, reverse=True)
    return every


def _latest(days: Sequence[DayLines], share: float) -> list[_Told]:
    """Return the newest updates, of which one source has its share at most while others have news of the last days."""
    recent = [day for day in days if days[0].date - day.date <= SHARED_DAYS]
    older = days[len(recent) :]
    told = _updates_of([*recent, *older[: len(latest(older, LATEST))]])
    near = [one for one in told if told[0][0].sorted_by - one[0].sorted_by < SHARED_DAYS]
    chosen = within_share([update for update, _ in near], LATEST, share)
    return [*(one for one in near if one[0].id in chosen), *told[len(near) :]][:LATEST]


def status(sources: Iterable[SourceStatus], checked_on: date | None, deployed_at: datetime | None) -> str:
    """Return the JSON text: when sources last answered, and how each does."""
    document = {
        "version": 1,
        "checked_on": _day(checked_on),
        "deployed_at": deployed_at.isoformat(timespec="seconds") if deployed_at else None,
        "sources": [_source_status(source) for source in sources if source.has_feed],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _entry(entry: EntryView, site: WireSite) -> dict[str, Any]:
    """Return one update; what is not known, or was not said, is left out."""
    source = entry.source
    values = {
        "id": entry.id,
        "url": entry.link,
        "permalink": f"{site.url}/{entry.day_url}",
        "title": entry.outlet_title,
        "our_title": entry.title if entry.retitled_from else "",
        "summary_html": str(entry.summary),
        "note": entry.note,
        "language": entry.lang,
        "authors": list(entry.authors),
        "outlet": entry.outlet if entry.outlet != source.title else "",
        "topics": [topic.id for topic in entry.topics],
        "story": f"{site.url}/{entry.story_url}" if entry.story_url else "",
        "earlier_titles": [{"title": title, "until": _time(until)} for title, until in entry.earlier_titles],
    }
    return {
        **{key: value for key, value in values.items() if value},
        **_date(entry, site.zone),
        "source": {"id": source.id, "title": source.title, "kind": source.kind, "url": source.link},
        "entered_by_hand": entry.by_hand,
    }


def _date(entry: EntryView, zone: ZoneInfo) -> dict[str, str]:
    if entry.dated and not entry.timed:
        return {"date": entry.at.astimezone(zone).date().isoformat(), "date_is": "day"}
    return {"date": _time(entry.at), "date_is": "time" if entry.dated else "first seen"}


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _source_status(source: SourceStatus) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "feed": source.feed_link or None,
        "last_success": _day(source.last_success),
        "last_new": _day(source.last_new),
        "failing_since": _day(source.failing_since),
        "failure": source.failure or None,
        "detail": source.detail or None,
        "gone_on": _day(source.gone_on),
        "moved_to": source.moved_to or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
