"""From a feed's body to items that are judged, where an entry that comes again to the letter is not read again."""

from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from plugins.updates.filter.matching import Dropped, Kept, Weighed, judge
from plugins.updates.filter.topic import Topic
from plugins.updates.model import Item, Source
from plugins.updates.outcomes import Failure
from plugins.updates.parse.cache_file import Made, Memory, digest
from plugins.updates.parse.formats.entry import Entry, Text
from plugins.updates.parse.item import item_of
from plugins.updates.parse.parser import parse

_FIELDS = {field.name: field.default for field in fields(Entry)}
_SAID = attrgetter(
    *(name for name, default in _FIELDS.items() if not isinstance(default, Text)),
    *(f"{name}.{part.name}" for name, default in _FIELDS.items() if isinstance(default, Text) for part in fields(Text)),
)
"""Everything an entry says, as plain values; its own repr takes five times as long."""


class Reader:
    """Reads feeds, judges their items by `topics`, and remembers what came of them in `folder`."""

    def __init__(self, folder: Path, topics: tuple[Topic, ...]) -> None:
        self._memory = Memory(folder, topics)
        self._topics = topics

    def answer(self, body: bytes, content_type: str, url: str, source: Source) -> Weighed | Failure:
        """Return what `parse` and `weigh` make of a body."""
        known = self._memory.known(source, url)
        made: dict[str, Made] = {}
        verdicts: dict[Item, Kept | Dropped] = {}

        def item(entry: Entry, source: Source, url: str) -> Item:
            name = digest(repr(_SAID(entry)))
            if name not in made:
                made[name] = known.get(name) or self._made(entry, source, url)
            verdicts[made[name][0]] = made[name][1]
            return made[name][0]

        parsed = parse(body, content_type, url, source, item)
        if isinstance(parsed, Failure):
            return parsed
        if made.keys() != known.keys():
            self._memory.keep(source, url, made)
        ordered = tuple(verdicts[item] for item in parsed.items)
        return Weighed(parsed.title, parsed.items, parsed.problems, parsed.language, ordered)

    def _made(self, entry: Entry, source: Source, url: str) -> Made:
        item = item_of(entry, source, url)
        return item, judge(item, self._topics, source)
