"""Why an item is in the archive, or is not: what the archive says, and what the topics would say today. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from plugins.core.text.urls import canonical
from plugins.updates.archive.rows import Drop
from plugins.updates.filter.matching import Dropped, filter_item
from plugins.updates.filter.topic import Topic
from plugins.updates.model import Match, Source, Update


def meant(asked: str) -> Callable[[Update], bool]:
    """Return what tells whether an update has this id, or this address in any spelling."""
    wanted = canonical(asked)
    return lambda update: update.id == asked or bool(update.url and canonical(update.url) == wanted)


def unknown(asked: str) -> Iterator[str]:
    """Return lines for an item of which nothing is known."""
    yield f"{asked}: not in the archive, and not among what was dropped lately."
    yield "Either no source has it, or it was dropped more than 30 days ago;"
    yield "`./inv fetch --source ID --dry-run` shows what a source has now."


def kept(update: Update, sources: Mapping[str, Source], topics: Sequence[Topic]) -> Iterator[str]:
    """Return lines on an archived update: what it was kept for, and what would happen to it now."""
    yield f"{update.id}: kept. “{update.title}”, {update.source}, first seen {update.first_seen:%Y-%m-%d %H:%M} UTC."
    yield f"  Dated {update.published:%Y-%m-%d %H:%M} UTC ({update.date_from})."
    if update.by_hand:
        yield "  Entered by hand: no topic has to keep it."
        return
    yield f"  Kept for {_matches(update.topics) or 'its source keeps everything'}."
    yield from (f"  Headline until {one.until:%Y-%m-%d %H:%M} UTC: “{one.title}”." for one in update.earlier_titles)
    yield _today(update, sources, topics)


def dropped(drop: Drop, sources: Mapping[str, Source], topics: Sequence[Topic]) -> Iterator[str]:
    """Return lines on an item that the topics dropped: when, for which rule, and what would happen to it now."""
    update = drop.update
    yield f"{update.id}: dropped on {drop.day}. “{update.title}”, {update.source}."
    yield f"  Because {drop.reason}."
    yield _today(update, sources, topics)


def _today(update: Update, sources: Mapping[str, Source], topics: Sequence[Topic]) -> str:
    source = sources.get(update.source)
    if source is None:
        return f"  There is no source {update.source} in sources.toml any more."
    decision = filter_item(update, topics, source)
    if isinstance(decision, Dropped):
        return f"  By today's rules it would be dropped: {decision.reason}."
    return f"  By today's rules it would be kept for {_matches(decision.matches) or 'its source keeps everything'}."


def _matches(matches: Iterable[Match]) -> str:
    return "; ".join(f"topic {one.topic} (“{one.term}” in {one.field})" for one in matches)
