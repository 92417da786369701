"""Parse feeds and filter their items, and remember both: an entry that comes again to the letter is not read twice.

Of a feed of thirty items one or two are new in a day, and reading an item takes 60 to 150 µs, filtering it 55. Both are
pure, so what they gave stands for as long as all that it was made from: the entry, its source and address, the topics,
and the code. The key of a source's file is a digest of these. The cache is disposable: what is missing or damaged is
read again, and a full disk costs the next run some time and nothing else.

Written by hand with `json` rather than by pydantic, whose import would add 0.1 s to the start of every worker process.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from functools import cache
from hashlib import blake2b
from itertools import starmap
from operator import attrgetter
from pathlib import Path
from typing import Any

from plugins.core.polling.outcomes import Failure
from plugins.core.syndication.read.raw_feed import RawEntry, RawText
from plugins.core.topics.topic import Topic
from plugins.updates.budgets import ItemBudget
from plugins.updates.filter.matching import Dropped, FilteredFeed, Kept, filter_item
from plugins.updates.model import Item, Match, SafeHtml, Source, plain_match
from plugins.updates.parse.item import item_of
from plugins.updates.parse.parser import parse

Result = tuple[Item, Kept | Dropped]
"""What one entry became: an item, and the topics' decision on it."""

_PLUGINS = Path(__file__).parents[2]
CODE = (
    "core/errors.py",
    "core/files.py",
    "core/polling/outcomes.py",
    "core/syndication/read",
    "core/text",
    "core/topics",
    "updates/budgets.py",
    "updates/filter",
    "updates/model.py",
    "updates/parse",
)
"""All the code below plugins/ that parsing and filtering import; a test holds this list to the imports."""
_LOCK = _PLUGINS.parent / "requirements.txt"
_MOST_CHARACTERS = 1_000_000
"""Kept of one source; a larger feed is read anew each time."""


def _value_names() -> Iterator[str]:
    """Yield the names of all plain values of an entry; of its texts, those of their parts."""
    for field in fields(RawEntry):
        if isinstance(field.default, RawText):
            for part in fields(RawText):
                yield f"{field.name}.{part.name}"
        else:
            yield field.name


_VALUES = attrgetter(*_value_names())
"""Gets everything an entry says as plain values: their repr takes a fifth of the time of the entry's own."""


class CachedParser:
    """Parses feeds and filters their items by `topics`; keeps the results in `folder`, or nowhere where it is None."""

    def __init__(self, folder: Path | None, topics: tuple[Topic, ...], budget: ItemBudget = ItemBudget()) -> None:  # noqa: B008 - frozen
        self._folder = folder
        self._topics = topics
        self._budget = budget
        self._rules = ""
        if folder:
            self._rules = digest(_code_digest(), repr(topics), repr(budget))

    def parse(self, body: bytes, content_type: str, url: str, source: Source) -> FilteredFeed | Failure:
        """Return a body's items with a decision on each, or why it is no feed. Never raises, for any bytes."""
        key = digest(self._rules, repr(source), url)
        known = self._load(source, key)
        results: dict[str, Result] = {}
        decisions: dict[Item, Kept | Dropped] = {}

        def cached_item(entry: RawEntry, source: Source, url: str) -> Item:
            name = digest(repr(_VALUES(entry)))
            if name not in results:
                results[name] = known.get(name) or self._read(entry, source, url)
            item, decision = results[name]
            decisions[item] = decision
            return item

        parsed = parse(body, content_type, url, source, cached_item, self._budget)
        if isinstance(parsed, Failure):
            return parsed
        if results.keys() != known.keys():
            self._save(source, key, results)
        in_order = tuple(decisions[item] for item in parsed.items)
        return FilteredFeed(parsed.title, parsed.items, parsed.problems, parsed.language, in_order)

    def _read(self, entry: RawEntry, source: Source, url: str) -> Result:
        item = item_of(entry, source, url)
        return item, filter_item(item, self._topics, source)

    def _load(self, source: Source, key: str) -> dict[str, Result]:
        """Return what is kept under a key, by the entries' digests; nothing where there is none, or it is damaged."""
        if self._folder is None:
            return {}
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            kept = json.loads((self._folder / f"{source.id}.json").read_bytes())
            if kept["key"] == key:
                return {name: _result(*row) for name, row in kept["results"].items()}
        return {}

    def _save(self, source: Source, key: str, results: Mapping[str, Result]) -> None:
        if self._folder is None:
            return
        rows = {name: _row(*result) for name, result in results.items()}
        text = json.dumps({"key": key, "results": rows})
        if len(text) > _MOST_CHARACTERS:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{source.id}.json").write_bytes(text.encode())


def forget(folder: Path, sources: Mapping[str, Source]) -> None:
    """Delete what is kept of sources that are no longer named."""
    for path in folder.glob("*.json"):
        if path.stem not in sources:
            path.unlink(missing_ok=True)


def digest(*parts: str) -> str:
    """Return a digest of texts."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def code_files() -> list[Path]:
    """Return the files of CODE, in a fixed order."""
    found: list[Path] = []
    for name in CODE:
        path = _PLUGINS / name
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return found


@cache
def _code_digest() -> str:
    """Return a digest of the code that reads and filters, of the packages it rests on, and of Python."""
    digested = blake2b(sys.version.encode(), digest_size=16)
    for path in (_LOCK, *code_files()):
        digested.update(path.read_bytes())
    return digested.hexdigest()


def _row(item: Item, decision: Kept | Dropped) -> tuple[object, object]:
    """Return a result as JSON has it: the item's values, and the decision's matches or its reason."""
    published = item.published and item.published.isoformat()
    updated = item.updated and item.updated.isoformat()
    texts = (item.guid, item.url, item.title, item.summary, item.authors, item.tags)
    values = (*texts, published, updated, item.language, item.via, item.day_only, item.outlet)
    if isinstance(decision, Dropped):
        return values, decision.reason
    return values, list(map(plain_match, decision.matches))


def _result(values: Any, decision: Any) -> Result:
    """Return a result again that `_row` gave. Raises ValueError or TypeError where it is damaged."""
    guid, url, title, summary, authors, tags, published, updated, language, via, day_only, outlet = values
    item = Item(
        guid,
        url,
        title,
        SafeHtml(summary),
        tuple(authors),
        tuple(tags),
        published and datetime.fromisoformat(published),
        updated and datetime.fromisoformat(updated),
        language,
        tuple(via),
        day_only,
        outlet,
    )
    if isinstance(decision, str):
        return item, Dropped(decision)
    return item, Kept(tuple(starmap(Match, decision)))
