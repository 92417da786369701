"""The wire as JSON for other programs: `updates.json` and a file for each month (docs/updates-json.md); `status.json`.

No time of the build is in them, so that a build without news changes no byte; but `status.json` has the time of the
deploy when the site is published.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import repeat, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from plugins.sections.printed import File, LaterFile
from plugins.updates.digests import digest
from plugins.updates.model import Story, Update
from plugins.updates.publish.build_views import ViewBuilder
from plugins.updates.publish.layout import SHARED_DAYS, DayLines, month_url, near_days, whole_days, within_share
from plugins.updates.publish.months import WireMonths
from plugins.updates.publish.views import EntryView, SourceStatus, WireSite

PATH = "updates.json"
LATEST = 100
"""Updates in `updates.json`, the newest."""
STATUS_PATH = "status.json"

_InStory = tuple[Update, Story | None]
"""An update, with the story that tells it."""


def latest(wire: WireMonths, pinned: Iterable[EntryView], views: ViewBuilder, site: WireSite) -> File:
    """Return the latest updates, with the way to each month's."""
    listed: list[dict[str, str]] = []
    for month in wire.months:
        listed.append({"month": f"{month:%Y-%m}", "url": f"{site.url}/{_month_path(month)}"})
    newest = {
        **_shared(site),
        "feed": f"{site.url}/feeds/updates.json",
        "months": listed,
        "pinned": [entry.id for entry in pinned],
        "updates": _entries(_latest(wire, site.source_share), views, site),
    }
    return File(PATH, _text(newest))


def of_month(month: date, wire: WireMonths, views: ViewBuilder, site: WireSite, month_digest: bytes) -> LaterFile:
    """Return the file of a month; `month_digest` is a digest of all that is shown of it."""
    head = {**_shared(site), "month": f"{month:%Y-%m}"}
    inputs = digest(repr(head), month_digest.hex()).hex()
    return LaterFile(_month_path(month), lambda: _month_text(head, wire.days(month), views, site), inputs)


def _month_path(month: date) -> str:
    return f"{month_url(month)}updates.json"


def _shared(site: WireSite) -> dict[str, object]:
    return {"version": 2, "site": {"title": site.name, "url": f"{site.url}/", "language": site.language}}


def _month_text(head: Mapping[str, Any], days: Iterable[DayLines], views: ViewBuilder, site: WireSite) -> str:
    return _text({**head, "updates": _entries(_updates_of(days), views, site)})


def _updates_of(days: Iterable[DayLines]) -> list[_InStory]:
    """Return every update of the days with its story, those behind another's line too, newest first."""
    every: list[_InStory] = []
    for day in days:
        for updates, story in day.lines:
            every += zip(updates, repeat(story))
    every.sort(key=lambda row: row[0].id)
    every.sort(key=lambda row: row[0].sorted_by, reverse=True)
    return every


def _latest(days: Iterable[DayLines], share: float) -> list[_InStory]:
    """Return the newest updates, of which one source has its share at most while others have news of the last days."""
    # Counted back from the newest update's hour, SHARED_DAYS touch one day more.
    shared_days, older = near_days(days, SHARED_DAYS)
    every = _updates_of([*shared_days, *whole_days(older, LATEST)])
    near = list(takewhile(lambda row: every[0][0].sorted_by - row[0].sorted_by < SHARED_DAYS, every))
    chosen = within_share([update for update, _ in near], LATEST, share)
    newest = [(update, story) for update, story in near if update.id in chosen]
    return [*newest, *every[len(near) :]][:LATEST]


def status(sources: Iterable[SourceStatus], checked_on: date | None, deployed_at: datetime | None) -> str:
    """Return the JSON text: when sources last answered, and how each does."""
    document = {
        "version": 1,
        "checked_on": checked_on,
        "deployed_at": deployed_at and deployed_at.isoformat(timespec="seconds"),
        "sources": [_source_status(source) for source in sources if source.has_feed],
    }
    return _text(document)


def _entries(updates: Iterable[_InStory], views: ViewBuilder, site: WireSite) -> list[dict[str, Any]]:
    return [_entry(views.entry(update, story), site) for update, story in updates]


def _entry(entry: EntryView, site: WireSite) -> dict[str, Any]:
    """Return one update; what is not known, or was not said, is left out."""
    source = entry.source
    values: dict[str, Any] = {
        "id": entry.id,
        "url": entry.link,
        "permalink": f"{site.url}/{entry.day_url}",
        "title": entry.outlet_title,
        "our_title": entry.retitled_from and entry.title,
        "summary_html": str(entry.summary),
        "note": entry.note,
        "language": entry.lang,
        "authors": entry.authors,
        "outlet": entry.outlet,
        "topics": [topic.id for topic in entry.topics],
        "story": entry.story_url and f"{site.url}/{entry.story_url}",
        "earlier_titles": [{"title": title, "until": _time(until)} for title, until in entry.earlier_titles],
    }
    if entry.outlet == source.title:
        del values["outlet"]  # it is named below
    return {
        **{key: value for key, value in values.items() if value},
        **_date(entry, site.zone),
        "source": {"id": source.id, "title": source.title, "kind": source.kind, "url": source.link},
        "entered_by_hand": entry.by_hand,
    }


def _date(entry: EntryView, zone: ZoneInfo) -> dict[str, str]:
    if not entry.dated:
        return {"date": _time(entry.at), "date_is": "first seen"}
    if entry.timed:
        return {"date": _time(entry.at), "date_is": "time"}
    return {"date": entry.at.astimezone(zone).date().isoformat(), "date_is": "day"}


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _text(document: Mapping[str, Any]) -> str:
    """Return a document as JSON; days in it as in 2026-01-31."""
    return json.dumps(document, ensure_ascii=False, indent=1, default=date.isoformat) + "\n"


def _source_status(source: SourceStatus) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "feed": source.feed_link or None,
        "last_success": source.last_success,
        "last_new": source.last_new,
        "failing_since": source.failing_since,
        "failure": source.failure or None,
        "detail": source.detail or None,
        "gone_on": source.gone_on,
        "moved_to": source.moved_to or None,
    }
