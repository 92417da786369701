"""What the wire brought in a period: each story once, by its reports of that time. Pure; the desk has had its say."""

from collections.abc import Iterable, Iterator, Sequence

from plugins.sections.news import NewsItem, Period
from plugins.updates.model import Story
from plugins.updates.publish.entries import Entries

_PINNED = 10_000  # above any number of outlets


def news(stories: Iterable[Story], entries: Entries, pins: Sequence[str], period: Period) -> Iterator[NewsItem]:
    """Return the stories of which something was reported in the period; `stories` are those on show.

    A story is told by the first of these reports in the story's own order, in which primary sources lead; its outlets
    are those of the period. More outlets rank higher, and what the desk has pinned highest, in the desk's order.
    """
    for story in stories:
        told = [entries.entry(update, story) for update in story.updates if period.has(update.sorted_by)]
        if not told:
            continue
        lead = told[0]
        outlets = tuple(dict.fromkeys(entry.source.title for entry in told))
        pinned = [_PINNED - pins.index(entry.id) for entry in told if entry.id in pins]
        yield NewsItem(
            reference=f"{{story}}{lead.id}",
            title=lead.title or lead.source.title,
            change="retitled" if lead.retitled_from else "",
            at=min(entry.at for entry in told),
            text=next((entry.note for entry in told if entry.note), ""),
            by=outlets,
            rank=max(pinned, default=len(outlets)),
        )
