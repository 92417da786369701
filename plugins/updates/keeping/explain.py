"""Why an item is on the wire, or is not: what the archive says, and what the topics would say today. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from plugins.updates.keeping.filter import Dropped, judge
from plugins.updates.keeping.rows import Drop
from plugins.updates.keeping.topics import Topic
from plugins.updates.models import Match, Source, Update


def explain(
    asked: str,
    updates: Iterable[Update],
    drops: Iterable[Drop],
    sources: Mapping[str, Source],
    topics: Sequence[Topic],
    canonical: Callable[[str], str],
) -> list[str]:
    """Return lines on every item with this address or id: kept or dropped, why, and what would happen to it now."""
    wanted = canonical(asked)

    def meant(update: Update) -> bool:
        return update.id == asked or bool(update.url and canonical(update.url) == wanted)

    lines = [line for update in updates if meant(update) for line in _kept(update, sources, topics)]
    lines += [line for drop in drops if meant(drop.update) for line in _dropped(drop, sources, topics)]
    return lines or [
        f"{asked}: not in the archive, and not among what was dropped lately.",
        "Either no source has it, or it was dropped more than 30 days ago; "
        "`./inv fetch --source ID --dry-run` shows what a source has now.",
    ]


def _kept(update: Update, sources: Mapping[str, Source], topics: Sequence[Topic]) -> Iterator[str]:
    yield f"{update.id}: kept. “{update.title}”, {update.source}, first seen {update.first_seen:%Y-%m-%d %H:%M} UTC."
    yield f"  Dated {update.published:%Y-%m-%d %H:%M} UTC ({update.date_from})."
    yield f"  Kept for {_matches(update.topics) or 'its source keeps everything'}."
    yield from (f"  Headline until {one.until:%Y-%m-%d %H:%M} UTC: “{one.title}”." for one in update.earlier_titles)
    yield _today(update, sources, topics)


def _dropped(drop: Drop, sources: Mapping[str, Source], topics: Sequence[Topic]) -> Iterator[str]:
    update = drop.update
    yield f"{update.id}: dropped on {drop.day}. “{update.title}”, {update.source}."
    yield f"  Because {drop.reason}."
    yield _today(update, sources, topics)


def _today(update: Update, sources: Mapping[str, Source], topics: Sequence[Topic]) -> str:
    source = sources.get(update.source)
    if source is None:
        return f"  There is no source {update.source} in sources.toml any more."
    verdict = judge(update, topics, source)
    if isinstance(verdict, Dropped):
        return f"  By today's rules it would be dropped: {verdict.reason}."
    return f"  By today's rules it would be kept for {_matches(verdict.matches) or 'its source keeps everything'}."


def _matches(matches: Iterable[Match]) -> str:
    return "; ".join(f"topic {one.topic} (“{one.term}” in {one.field})" for one in matches)
