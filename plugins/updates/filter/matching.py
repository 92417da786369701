"""Filter items by the topics: whether each is kept, for which terms, or why it is dropped."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import cast

from plugins.core.topics.term_index import Vocabulary
from plugins.core.topics.topic import Topic
from plugins.core.topics.topic_matching import TextFields, judge
from plugins.updates.filter.item_fields import FilterItem, values
from plugins.updates.model import Field, Match, Parsed, Source


@dataclass(frozen=True, slots=True)
class Kept:
    """The item is archived; `matches` is empty where the source keeps all and no topic matched."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """The item is left out, and why, in words for the editor."""

    reason: str


@dataclass(frozen=True, slots=True)
class FilteredFeed(Parsed):
    """A parsed feed with what the topics say of each of its items; `decisions` are in the order of `items`."""

    decisions: tuple[Kept | Dropped, ...] = ()


def filter_item(item: FilterItem, topics: Iterable[Topic], source: Source) -> Kept | Dropped:
    """Return whether a source's item is kept. Only the source's own topics count, where it names some.

    A `Dropped` gives the reason of every topic that came near to keeping the item.
    """
    fields: dict[Vocabulary, TextFields] = {}
    matches: list[Match] = []
    reasons: list[str] = []
    for topic in topics:
        if source.topics and topic.id not in source.topics:
            continue
        if topic.vocabulary not in fields:
            fields[topic.vocabulary] = TextFields(partial(values, item), topic.vocabulary)
        found = judge(topic, fields[topic.vocabulary])
        if isinstance(found, str):
            reasons.append(found)
        else:
            matches += [Match(topic.id, one.term, cast("Field", one.field)) for one in found]
    if matches or source.keep == "all":
        return Kept(tuple(matches))
    return Dropped("; ".join(filter(None, reasons)) or "no topic matched")
