"""The wire as data for other sites: `updates.json`, and a file a month. Pure text; docs/updates-json.md explains it.

No time of the build is in it, so that a build without news changes no byte.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from plugins.updates.publish.calendar_months import by_month, month_url
from plugins.updates.publish.views import EntryView, WireDay

PATH = "updates.json"
LATEST = 100
"""Updates in `updates.json`, the newest."""


@dataclass(frozen=True, slots=True)
class About:
    """What the files say of the site they come from: its absolute address, name, language, and zone."""

    site: str
    name: str
    language: str
    zone: ZoneInfo


def entries_of(days: Iterable[WireDay]) -> tuple[EntryView, ...]:
    """Return every update of the days, those behind another's line too, newest first."""
    every = [one for day in days for entry in day.entries for one in (entry, *entry.also_in)]
    return tuple(sorted(sorted(every, key=lambda entry: entry.id), key=lambda entry: entry.at, reverse=True))


def documents(days: Sequence[WireDay], pinned: Iterable[EntryView], about: About) -> Iterator[tuple[str, str]]:
    """Return path → text: the latest updates, then each month's, newest first."""
    months = by_month(days)
    paths = {month: f"{month_url(month)}updates.json" for month in months}
    shared = {"version": 2, "site": {"title": about.name, "url": f"{about.site}/", "language": about.language}}
    latest = {
        **shared,
        "feed": f"{about.site}/feeds/updates.json",
        "months": [{"month": f"{month:%Y-%m}", "url": f"{about.site}/{path}"} for month, path in paths.items()],
        "pinned": [entry.id for entry in pinned],
        "updates": [_entry(entry, about) for entry in entries_of(days)[:LATEST]],
    }
    yield PATH, _text(latest)
    for month, path in paths.items():
        rows = [_entry(entry, about) for entry in entries_of(months[month])]
        yield path, _text({**shared, "month": f"{month:%Y-%m}", "updates": rows})


def _entry(entry: EntryView, about: About) -> dict[str, Any]:
    """Return one update; what is not known, or was not said, is left out."""
    source = entry.source
    told = {
        "id": entry.id,
        "url": entry.link,
        "permalink": f"{about.site}/{entry.day_url}",
        "title": entry.outlet_title,
        "our_title": entry.title if entry.retitled_from else "",
        "summary_html": str(entry.summary),
        "note": entry.note,
        "language": entry.lang,
        "authors": list(entry.authors),
        "topics": [topic.id for topic in entry.topics],
        "story": f"{about.site}/{entry.story_url}" if entry.story_url else "",
        "earlier_titles": [{"title": title, "until": _time(until)} for title, until in entry.earlier_titles],
    }
    return {
        **{key: value for key, value in told.items() if value},
        **_date(entry, about.zone),
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
