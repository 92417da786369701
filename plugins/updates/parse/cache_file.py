"""What was made of a feed's entries, remembered until it is read again: an entry that is the same is not read twice.

A door to the cache. Of a feed of thirty items one or two are new in a day, and to clean and judge the others again
would bring what it brought before: both are pure, so their outcome stands as long as all they were made from. That is
the entry to the letter, the source, its address, the topics, and this program; the key is a digest of these. What is
remembered may be lost or damaged at any time; then the entry is read again.
"""

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from plugins.core import files
from plugins.updates.filter.matching import Dropped, Kept
from plugins.updates.filter.topic import Topic
from plugins.updates.model import Item, Match, SafeHtml, Source

Made = tuple[Item, Kept | Dropped]

_LOCK = Path(__file__).parents[3] / "requirements.txt"
_MOST = 1_000_000
"""Characters remembered of one feed; a larger one is read anew each time."""


class Memory:
    """What is remembered in `folder`, a file for each source; of another's rules, or another program's, nothing."""

    def __init__(self, folder: Path, topics: tuple[Topic, ...]) -> None:
        self._folder = folder
        self._rules = digest(_program(), repr(topics))

    def known(self, source: Source, url: str) -> dict[str, Made]:
        """Return what was made of a source's entries, by their names; what is lost or damaged is not there."""
        return _read(self._path(source), self._key(source, url))

    def keep(self, source: Source, url: str, made: Mapping[str, Made]) -> None:
        """Remember what was made of a source's entries, in place of what was remembered before."""
        _write(self._path(source), self._key(source, url), made)

    def _path(self, source: Source) -> Path:
        return self._folder / f"{source.id}.json"

    def _key(self, source: Source, url: str) -> str:
        return digest(self._rules, repr(source), url)


def forget(folder: Path, sources: Mapping[str, Source]) -> None:
    """Delete what is remembered of sources that are no longer named."""
    for path in folder.glob("*.json"):
        if path.stem not in sources:
            path.unlink(missing_ok=True)


def digest(*parts: str) -> str:
    """Return a digest of texts."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def _program() -> str:
    """Return a digest of the code that reads and judges, and of what it rests on."""
    rooms = sorted(Path(__file__).parents[1].glob("*/*.py"))
    return digest(sys.version, *(files.read_text(one) for one in (_LOCK, *rooms) if one.exists()))


def _read(path: Path, key: str) -> dict[str, Made]:
    """Return what is remembered under a key; nothing where there is no such file, or anything is wrong with it."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        held = json.loads(path.read_bytes())
        if held["key"] == key:
            return {name: (_item(*item), _verdict(verdict)) for name, (item, verdict) in held["made"].items()}
    return {}


def _write(path: Path, key: str, made: Mapping[str, Made]) -> None:
    rows = {name: (_row(item), _told(verdict)) for name, (item, verdict) in made.items()}
    text = json.dumps({"key": key, "made": rows})
    if len(text) > _MOST:
        return
    with suppress(OSError):  # where the disk is full, it is not remembered, or the half of it, which counts as nothing
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def _row(item: Item) -> tuple[Any, ...]:
    dates = (item.published and item.published.isoformat(), item.updated and item.updated.isoformat())
    return (*(item.guid, item.url, item.title, item.summary, item.authors, item.tags), *dates, item.language, item.via)


def _item(*row: Any) -> Item:
    guid, url, title, summary, authors, tags, published, updated, language, via = row
    first, last = (text and datetime.fromisoformat(text) for text in (published, updated))
    return Item(guid, url, title, SafeHtml(summary), tuple(authors), tuple(tags), first, last, language, tuple(via))


def _told(verdict: Kept | Dropped) -> object:
    if isinstance(verdict, Dropped):
        return verdict.reason
    return [(match.topic, match.term, match.field) for match in verdict.matches]


def _verdict(told: Any) -> Kept | Dropped:
    return Dropped(told) if isinstance(told, str) else Kept(tuple(Match(*match) for match in told))
