"""The state of the sources for other programs: `status.json`, exact to the day. Pure text.

The time of a deploy is in it only when publishing, so that a build without news changes no byte.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from plugins.updates.publish.views import SourceView

PATH = "status.json"


def status(sources: Iterable[SourceView], checked_on: date | None, deployed_at: datetime | None) -> str:
    """Return the JSON text: when sources last answered, and how each does."""
    document = {
        "version": 1,
        "checked_on": _day(checked_on),
        "deployed_at": deployed_at.isoformat(timespec="seconds") if deployed_at else None,
        "sources": [_source(source) for source in sources if source.feed_link],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _source(source: SourceView) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "feed": source.feed_link,
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
