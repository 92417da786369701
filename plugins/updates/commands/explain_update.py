"""The door for `./inv fetch --explain`: all that is known of one item, from the topics to its story. Reads only."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core.errors import SiteError
from plugins.updates.archive import decisions as explaining
from plugins.updates.archive import dropped_items
from plugins.updates.config.load import Written, read_archive, read_content
from plugins.updates.config.paths import Places
from plugins.updates.desk.history import decided
from plugins.updates.desk.order import Desk
from plugins.updates.desk.orders import settle
from plugins.updates.model import Update
from plugins.updates.publish.entries import story_url
from plugins.updates.stories.genres import stands_alone
from plugins.updates.stories.reasons import Evidence, evidence
from plugins.updates.stories.stories import group


def explain(content: Path, zone: ZoneInfo, asked: str) -> None:
    """Say of an item, named by its address or id, why it is on the wire or not, what the desk did, and its story."""
    places = Places(content)
    written = read_content(places.updates, zone)
    if written.problems:
        raise SiteError(written.problems)
    stored = read_archive(places.archive).updates.values()
    drops, _ = dropped_items.read(places.dropped)  # damaged rows are told of when they are next written
    updates = (*stored, *(entry.update for entry in written.by_hand))
    is_meant = explaining.meant(asked)
    dropped = [drop for drop in drops if is_meant(drop.update)]
    kept = [update for update in updates if is_meant(update)]
    lines = [line for drop in dropped for line in explaining.dropped(drop, written.sources, written.topics)]
    lines += [line for update in kept for line in explaining.kept(update, written.sources, written.topics)]
    lines = lines or list(explaining.unknown(asked))
    lines += decided(asked, written.desk, updates)
    lines += [line for update in kept for line in _story(update, written, updates)]
    print(*lines, sep="\n")


def _story(asked: Update, written: Written, updates: Sequence[Update]) -> Iterator[str]:
    """Return lines on the story an update stands in, and how each of its updates came there."""
    desk, _ = settle(written.desk.orders, updates)
    there = [one for one in updates if one.source in written.sources and one.id not in desk.gone]
    if asked not in there:
        yield "  It stands in no story: it is not published."
        return
    kinds = {source.id: source.kind for source in written.sources.values()}
    outlets = {source.id: source.title for source in written.sources.values()}
    stories = group(there, kinds=kinds, outlets=outlets, joins=desk.joins, splits=desk.splits)
    story = next(one for one in stories if asked in one.updates)
    if len(story.updates) == 1:
        labelled = "its headline says that it is a comment, an explainer, a live page or a list"
        unmatched = "no other update is known to tell of the same"
        yield f"  It stands alone: {labelled if stands_alone(asked.title) else unmatched}."
        return
    yield f"  In the story {story.id} ({story_url(story.id)}), told by {len(story.updates)}, led by {story.lead.id}:"
    found = {one.update.id: one for one in evidence(there, outlets, asked.id)}
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
    words = ", ".join(f"“{word}”" for word in found.words)
    return f"says the same, {found.likeness:.2f} where {found.needed:.2f} is needed: {words}"
