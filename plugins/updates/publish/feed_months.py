"""The history of the wire's feeds by months of first sight: which parts there are, and a digest of those of a month.

So the parts of months that are over need not be put together to know that they are as they were: of 100,000 updates in
eleven feeds, there are 1,655.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import cached_property, partial
from hashlib import blake2b
from itertools import islice
from operator import attrgetter
from typing import Literal

from plugins.core.syndication.write.feed_model import Feed
from plugins.sections.printed import LaterFeed
from plugins.updates.desk.order import Desk
from plugins.updates.digests import SIZE, all_shown, digest
from plugins.updates.model import Kind, Update, by_id
from plugins.updates.publish import feeds
from plugins.updates.publish.build_views import ViewBuilder
from plugins.updates.publish.layout import first_of_month, topics_of
from plugins.updates.publish.months import topics
from plugins.updates.publish.views import WireSite


@dataclass(frozen=True, slots=True)
class WireFeed:
    """A feed without entries, and whose updates it has: everybody's, those about a topic, or of a kind of source."""

    feed: Feed
    by: Literal["", "topic", "kind"] = ""
    of: str = ""


class FeedMonths:
    """The feeds of some updates, which may be in any order; of each feed, all are counted, the unpublished too."""

    def __init__(
        self, feeds: Sequence[WireFeed], updates: Iterable[Update], desk: Desk, views: ViewBuilder, site: WireSite
    ) -> None:
        self._feeds, self._desk, self._views, self._site = feeds, desk, views, site
        self._months = defaultdict[date, list[Update]](list)
        for update in updates:
            at = update.first_seen
            self._months[first_of_month(at.year, at.month)].append(update)
        self._running = site.now.astimezone(UTC).date().replace(day=1)

    @property
    def months(self) -> list[date]:
        """Return the months in which updates were first seen, by their first days."""
        return sorted(self._months)

    @cached_property
    def _keys(self) -> Mapping[WireFeed, list[tuple[date, str]]]:
        """Return the parts of each feed with their months, oldest first."""
        keys: dict[WireFeed, list[tuple[date, str]]] = {one: [] for one in self._feeds}
        for month in self.months:
            updates = self._months[month]
            about, of_kinds = topics(updates), self._kinds(updates)
            counts = {"": {"": len(updates)}, "topic": about, "kind": of_kinds}
            for one in self._feeds:
                count = counts[one.by].get(one.of, 0)
                closed = count // feeds.PART
                if month < self._running and count % feeds.PART:
                    closed += 1
                keys[one] += [(month, feeds.part_key(f"{month:%Y-%m}", number)) for number in range(1, closed + 1)]
        return keys

    def _kinds(self, updates: Iterable[Update]) -> dict[str, int]:
        """Return of how many updates' sources are of each kind."""
        found = defaultdict[str, int](int)
        for source, count in Counter(map(attrgetter("source"), updates)).items():
            found[self._views.sources[source].kind] += count
        return found

    def _kind(self, update: Update) -> Kind:
        return self._views.sources[update.source].kind

    def _of(self, one: WireFeed, updates: Iterable[Update]) -> Iterator[Update]:
        """Yield those of the updates that a feed has."""
        match one.by:
            case "topic":
                return (update for update in updates if one.of in topics_of(update))
            case "kind":
                return (update for update in updates if one.of == self._kind(update))
            case _:
                return iter(updates)

    def digest(self, month: date) -> bytes:
        """Return a digest of all that the parts of a month have and lead to."""
        updates = self._months[month]
        beside = []
        for one, keys in self._keys.items():
            within = [number for number, (of, _) in enumerate(keys) if of == month]
            if within:
                beside.append((one, keys[max(0, within[0] - 1) : within[-1] + 2]))
        sources = sorted({update.source for update in updates})
        hidden = [update.id for update in updates if update.id in self._desk.unpublished]
        digested = blake2b(repr((beside, sources, hidden)).encode("utf-8", "surrogatepass"), digest_size=SIZE)
        digested.update(self._views.topics_digest)
        for source in sources:
            digested.update(self._views.source_digest(source))
        digested.update(all_shown(updates))
        digested.update(self._views.edits_digest(updates))
        return digested.digest()

    def parts(self, month: date, maker: feeds.EntryMaker) -> Iterator[LaterFeed]:
        """Yield the closed parts of a month, of all feeds."""
        published = self._desk.published
        for one, keys in self._keys.items():
            closed, _ = feeds.parts(self._of(one, self._months[month]), self._site.now, feeds.PART)
            for part in closed:
                at = keys.index((month, part.key))
                near = [key for _, key in keys[max(0, at - 1) : at + 2]]
                place = feeds.placed(one.feed, near, near.index(part.key))
                shown = published(part.updates)
                inputs = digest(repr(place), b"".join(map(self._views.entry_digest, shown)).hex()).hex()
                yield LaterFeed(place.key, partial(feeds.with_entries, place, shown, maker), inputs)

    def current(self, updates: Iterable[Update], maker: feeds.EntryMaker) -> Iterator[Feed]:
        """Yield the feeds that people subscribe to: the latest, and all that no closed part has yet.

        `updates` are those that are published, newest first.
        """
        for one, keys in self._keys.items():
            newest = islice(self._of(one, updates), self._site.feed_entries)
            rest: list[Update] = []
            for month in self.months:
                if month >= self._running:
                    rest += feeds.parts(self._of(one, self._months[month]), self._site.now, feeds.PART)[1]
            latest = by_id((*newest, *self._desk.published(rest)))
            document = feeds.with_entries(one.feed, latest.values(), maker)
            yield feeds.placed(document, [key for _, key in keys])
