"""The archive's updates as a build needs them: when and where each belongs at once, its text when somebody asks for it.

Of 100,000 updates a build prints some hundred anew, and parsing all their rows takes 1.2 s and 120 MiB, looking through
them 0.75 s. So of each file of the archive the cache has what places an update (time, source, topics, digests), under
the digest of the file's bytes. A file is read when a row of it is asked for, and no other row of it is parsed then.
"""

import marshal
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import starmap
from typing import Any

from plugins.core.archive.folder import FileLines, StoredRows
from plugins.core.errors import Problem, SiteError
from plugins.updates.cache import WireCache
from plugins.updates.desk.takedowns import digest_of
from plugins.updates.digests import Digests, digests
from plugins.updates.model import Match, Update, by_id, plain_match

_FILES = 3
"""Files that are in memory: a story goes on from one month into the next."""
_ROWS = 10_000
"""Rows in memory, 12 MiB. So a first build of a wire of 4,000 updates parses each row once, and not seven times to
cluster it, to order it and for each kind of page and feed: 0.4 s of 21."""


class StoredUpdate(Update):
    """An archived update of which what places it is there, and its digests; all else is read when it is asked for.

    So it says what its row says, made safe, and takes no more memory than its place in the wire.
    """

    __slots__ = ("_file", "_place", "_rows", "known_digests", "known_text_digest", "sorted_by")

    def __getattr__(self, name: str) -> Any:
        """Return what is not there yet, as the update's row has it."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._rows.update(self._file, self._place), name)

    def __repr__(self) -> str:
        """Return what the update itself is shown as."""
        return repr(self._rows.update(self._file, self._place))


class _Rows:
    """The rows of the archive's files, made safe; those that were asked for last are kept."""

    def __init__(self, stored: StoredRows[Update], made_safe: Callable[[Update], Update]) -> None:
        self._stored, self._made_safe = stored, made_safe
        self._open: OrderedDict[str, FileLines[Update]] = OrderedDict()
        self._parsed: OrderedDict[tuple[str, int], Update] = OrderedDict()

    def all(self, file: str) -> list[Update]:
        """Return the updates of a file, in its order. Raises SiteError where one is damaged."""
        return [self.update(file, place) for place in range(len(self._lines(file)))]

    def update(self, file: str, place: int) -> Update:
        """Return one update of a file, by its place from 0. Raises SiteError where it is damaged."""
        found = self._parsed.get((file, place))
        if found is None:
            found = self._parsed[file, place] = self._made_safe(self._row(file, place))
            if len(self._parsed) > _ROWS:
                self._parsed.popitem(last=False)
        else:
            self._parsed.move_to_end((file, place))
        return found

    def _row(self, file: str, place: int) -> Update:
        try:
            return self._lines(file)[place]
        except (ValueError, RecursionError):
            self._stored.read_file(file)  # which says what is wrong with all of its rows
            raise

    def _lines(self, file: str) -> FileLines[Update]:
        if file not in self._open:
            lines = self._stored.read_lines(file)
            if lines is None:
                what = "the file has changed since the build began"
                raise SiteError([Problem(f"content/archive/updates/{file}", 0, what, "build again")])
            self._open[file] = lines
            if len(self._open) > _FILES:
                self._open.popitem(last=False)
        self._open.move_to_end(file)
        return self._open[file]


def stored_updates(
    stored: StoredRows[Update], made_safe: Callable[[Update], Update], cache: WireCache
) -> Mapping[str, Update]:
    """Return the archive's updates by id, each by `made_safe` (`parse.archived`), as no row is trusted.

    Where a file is not as it was last written, as after a merge, all are read at once; so they are where two files have
    one id, of which the archive makes one.
    """
    if stored.digests is None:
        return by_id(map(made_safe, stored.values()))
    rows = _Rows(stored, made_safe)
    found: list[StoredUpdate] = []
    for file, digest in stored.digests.items():
        found += _of_file(file, digest, rows, cache)
    placed = by_id(found)
    if len(placed) < len(found):
        return by_id(map(made_safe, stored.values()))
    return placed


def _of_file(file: str, digest: str, rows: _Rows, cache: WireCache) -> Iterator[StoredUpdate]:
    """Yield the updates of a file whose bytes have a digest, in the file's order."""
    name = f"places-{digest[:32]}"
    data = cache.get(name)
    cache.use([name])
    if data is None:
        places = list(map(_place, rows.all(file)))
        cache.put(name, marshal.dumps(places))
    else:
        places = marshal.loads(data)  # noqa: S302 - what was put, by its digest
    matches: dict[Any, tuple[Match, ...]] = {}
    for number, place in enumerate(places):
        yield _stored(place, (file, number), rows, matches)


def _place(update: Update) -> tuple[Any, ...]:
    """Return what is known of an update without its row, as plain values."""
    return (
        update.id,
        sys.intern(update.source),  # one text for all updates of a source, also when it is read again
        update.url,
        update.guid if update.guid != update.url else None,  # most feeds give the address twice: once is enough
        update.published.timestamp(),
        update.date_from,
        update.first_seen.timestamp(),
        tuple(map(plain_match, update.topics)),
        update.by_hand,
        update.day_only,
        tuple(digests(update)),
        digest_of(update),
    )


def _stored(
    place: tuple[Any, ...], row: tuple[str, int], rows: _Rows, matches: dict[Any, tuple[Match, ...]]
) -> StoredUpdate:
    """Return an update of which that much is known; `row` is its file and its place there.

    `matches` are those of other updates, by their plain values.
    """
    id, source, url, guid, published, date_from, first_seen, topics, by_hand, day_only, known, text = place
    if topics not in matches:
        matches[topics] = tuple(starmap(Match, topics))
    update = object.__new__(StoredUpdate)
    put = object.__setattr__  # what the constructor of a frozen dataclass does, for the fields that are known
    put(update, "id", id)
    put(update, "source", source)
    put(update, "url", url)
    put(update, "guid", url if guid is None else guid)
    put(update, "published", datetime.fromtimestamp(published, UTC))
    put(update, "date_from", date_from)
    put(update, "first_seen", datetime.fromtimestamp(first_seen, UTC))
    put(update, "topics", matches[topics])
    put(update, "by_hand", by_hand)
    put(update, "day_only", day_only)
    put(update, "sorted_by", min(update.published, update.first_seen))
    put(update, "known_digests", Digests(*known))
    put(update, "known_text_digest", text)
    put(update, "_file", row[0])
    put(update, "_place", row[1])
    put(update, "_rows", rows)
    return update
