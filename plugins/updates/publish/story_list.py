"""The wire as it is published: archive and hand-entered updates together, as stories. Pure: values in, values out."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from plugins.core.syndication.write import feed_model
from plugins.updates.model import Source, SourceRecord, Update
from plugins.updates.publish.views import SourceView, TopicView


def newest_first(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return updates by time, the newest first; equal times in order of id."""
    by_id = sorted(updates, key=lambda update: update.id)
    return tuple(sorted(by_id, key=lambda update: update.sorted_by, reverse=True))


def source_view(source: Source, record: SourceRecord | None) -> SourceView:
    """Return a source as it is shown."""
    record = record or SourceRecord(source.id)
    return SourceView(
        id=source.id,
        title=source.title,
        kind=source.kind,
        url=f"updates/sources/{source.id}/",
        link=source.site,
        feed_link=source.feed,
        by_hand=not (source.feed or source.fallback or source.file),
        last_success=record.last_success,
        last_new=record.last_new,
        failing_since=record.failing_since,
        failure=record.failure,
        detail=record.detail,
        gone_on=record.gone_on,
        moved_to=record.moved_to,
    )


def topic_view(name: str, title: str) -> TopicView:
    """Return a topic as it is shown."""
    return TopicView(name, title, f"updates/topics/{name}/", feed_model.link(f"topic-{name}", title))


def about(updates: Iterable[Update], topic: str) -> tuple[Update, ...]:
    """Return the updates that are about a topic, in the order given."""
    return tuple(update for update in updates if any(match.topic == topic for match in update.topics))


def is_stale(records: Iterable[SourceRecord], now: datetime, fresh_days: int) -> bool:
    """Say whether readers should be told that no source has answered for a while."""
    answered = [record.last_success for record in records if record.last_success]
    return bool(answered) and now.date() - max(answered) > timedelta(days=fresh_days)


def by_source(updates: Iterable[Update]) -> dict[str, tuple[Update, ...]]:
    """Return source → its updates, in the order given."""
    rows = sorted(updates, key=lambda update: update.source)
    return {source: tuple(group) for source, group in groupby(rows, key=lambda update: update.source)}
