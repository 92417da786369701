"""`./inv fetch --explain`: everything known of one item: topics, the desk's orders, and its story. Writes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core.errors import SiteError
from plugins.core.escapes import for_terminal
from plugins.core.text.urls import canonical
from plugins.core.topics.topic import Topic
from plugins.updates.archive import dropped_items
from plugins.updates.budgets import StoryBudget
from plugins.updates.config.load import HandWritten, read_archive, read_content
from plugins.updates.config.paths import Places
from plugins.updates.desk.order import Desk, Verb
from plugins.updates.desk.resolve import UpdateNames, resolve_orders
from plugins.updates.desk.takedowns import takedowns
from plugins.updates.filter.matching import Dropped, filter_item
from plugins.updates.model import Drop, Match, Source, Update, of_sources, without
from plugins.updates.publish.build_views import story_url
from plugins.updates.stories.reasons import Evidence, evidence
from plugins.updates.stories.stories import group
from plugins.updates.stories.text_features import stands_alone

_ORDERS: Mapping[Verb, str] = {
    "pin": "keeps it on top of the wire",
    "hide": "keeps it off the site and its feeds",
    "retitle": "gives it the headline “{words}”",
    "note": "says under it: “{words}”",
    "join": "joins it with {others}",
    "split": "lets it stand alone",
    "takedown": "took its text down for good",
}


def explain(content: Path, zone: ZoneInfo, asked: str, budget: StoryBudget = StoryBudget()) -> None:  # noqa: B008 - frozen
    """Print why an item, named by its address or id, is archived or not, what the desk decided about it, and its story.

    Raises SiteError where the content is wrong.
    """
    places = Places(content)
    written = read_content(places.updates, zone)
    if written.problems:
        raise SiteError(written.problems)
    stored = read_archive(places.archive).updates.values()
    drops, _ = dropped_items.read(places.dropped)  # its invalid rows are reported by the next fetch
    updates = (*stored, *written.updates)
    is_meant = _meant(asked)
    down = takedowns(written.desk.orders, updates, written.sites)
    kept = list(filter(is_meant, updates))
    lines: list[str] = []
    for drop in drops:
        if is_meant(drop.update) and not down.has(drop.update):
            lines += _dropped(drop, written.sources, written.topics)
    for update in kept:
        lines += _kept(update, written.sources, written.topics)
    if not lines:
        lines += _unknown(asked)
    lines += _orders(asked, written, updates)
    for update in kept:
        lines += _story(update, written, updates, budget)
    print(*map(for_terminal, lines), sep="\n")


def _orders(asked: str, written: HandWritten, updates: Sequence[Update]) -> Iterator[str]:
    """Yield a line for each order about an id or address; a takedown is listed when its update is gone, too."""
    names = UpdateNames(updates)
    ids = set(names.find(asked))
    for order in written.desk.orders:
        if ids.intersection(names.named_in(order)) or takedowns([order], updates, written.sites).cover(asked, asked):
            others = ", ".join(name for name in order.names if ids.isdisjoint(names.find(name)))
            what = _ORDERS[order.verb].format(words=order.words, others=others)
            where, line = written.desk.locate(order)
            yield f"  The desk {what} ({where}:{line})."


def _meant(asked: str) -> Callable[[Update], bool]:
    """Return what tells whether an update has this id, or this address in any spelling."""
    wanted = canonical(asked)
    return lambda update: update.id == asked or bool(update.url and canonical(update.url) == wanted)


def _unknown(asked: str) -> Iterator[str]:
    """Return lines for an item of which nothing is known."""
    yield f"{asked}: not in the archive, and not among what was dropped lately."
    yield "Either no source has it, or it was dropped more than 30 days ago;"
    yield "`./inv fetch --source ID --dry-run` shows what a source has now."


def _kept(update: Update, sources: Mapping[str, Source], topics: Sequence[Topic]) -> Iterator[str]:
    """Return lines on an archived update: what it was kept for, and what would happen to it now."""
    yield f"{update.id}: kept. “{update.title}”, {update.source}, first seen {update.first_seen:%Y-%m-%d %H:%M} UTC."
    yield f"  Dated {update.published:%Y-%m-%d %H:%M} UTC ({update.date_from})."
    if update.by_hand:
        yield "  Entered by hand: no topic has to keep it."
        return
    yield f"  Kept for {_matches(update.topics)}."
    for earlier in update.earlier_titles:
        yield f"  Headline until {earlier.until:%Y-%m-%d %H:%M} UTC: “{earlier.title}”."
    yield _today(update, sources, topics)


def _dropped(drop: Drop, sources: Mapping[str, Source], topics: Sequence[Topic]) -> Iterator[str]:
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
    return f"  By today's rules it would be kept for {_matches(decision.matches)}."


def _matches(matches: Iterable[Match]) -> str:
    """Return for what an item is kept: the topics by which terms, or else the source's word."""
    reasons = [f"topic {one.topic} (“{one.term}” in {one.field})" for one in matches]
    return "; ".join(reasons) or "its source keeps everything"


def _story(asked: Update, written: HandWritten, updates: Sequence[Update], budget: StoryBudget) -> Iterator[str]:
    """Yield lines on the story of an update, and on how each of the story's updates joined it."""
    desk, _ = resolve_orders(written.desk.orders, updates, sites=written.sites)
    published = without(of_sources(updates, written.sources), desk.taken_down)
    if asked not in published:
        yield "  It stands in no story: it is not published."
        return
    stories = group(
        published,
        kinds=written.kinds,
        outlets=written.outlets,
        sites=written.sites,
        joins=desk.joins,
        splits=desk.splits,
        budget=budget,
    )
    story = next(one for one in stories if asked in one.updates)
    if len(story.updates) == 1:
        why = "no other update is known to tell of the same"
        if stands_alone(asked.title):
            why = "its headline says that it is a comment, an explainer, a live page or a list"
        yield f"  It stands alone: {why}."
        return
    yield f"  In the story {story.id} ({story_url(story.id)}), told by {len(story.updates)}, led by {story.lead.id}:"
    found = {one.update.id: one for one in evidence(published, written.outlets, asked.id, budget)}
    for update in sorted(story.updates, key=lambda one: one.first_seen):
        yield f"    {update.id}: {_because(update, found.get(update.id), desk)}"


def _because(update: Update, found: Evidence | None, desk: Desk) -> str:
    if found is None or update.id in desk.splits:
        return "joined by the desk"
    match found.by:
        case "first":
            return f"began it: “{update.title}”"
        case "page":
            return "is the same page as one before it"
        case "source":
            return "names the same source as one before it, or is it"
        case "headline":
            return "has the same headline; its time is not known"
    said = "says the same"
    if found.by == "action":
        said = "tells the same step of a dispute"
    words = ", ".join(f"“{word}”" for word in found.words) or "in other words"
    return f"{said}, {found.likeness:.2f} where {found.needed:.2f} is needed: {words}"
