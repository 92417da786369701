"""Archived updates by what an item is recognised by."""

from datetime import UTC, datetime

from plugins.updates.model import DateFrom, SafeHtml, Update

_FIRST_SEEN = datetime(2026, 1, 1, tzinfo=UTC)


def known_update(id: str, guid: str, url: str, title: str, published: datetime | None) -> Update:
    """Return an archived update; without a date of its own where `published` is None."""
    dated = published or _FIRST_SEEN
    date_from: DateFrom = "published" if published else "first-seen"
    return Update(id, "src", url, title, SafeHtml(""), (), dated, date_from, _FIRST_SEEN, guid=guid)
