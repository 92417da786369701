"""The archive's updates as a build needs them: when and where each belongs at once, its text when somebody asks for it.

Of 100,000 updates a build prints some hundred anew, and parsing all their rows takes 1.2 s and 120 MiB, looking through
them 0.75 s. So of each file of the archive the cache has what places an update (time, source, topics, digests), under
the digest of the file's bytes; the rows themselves are read by whole files, of which the last few are kept.
"""

import marshal
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import starmap
from typing import Any

from plugins.core.archive.folder import StoredRows
from plugins.core.errors import Problem, SiteError
from plugins.updates.cache import WireCache
from plugins.updates.desk.takedowns import digest_of
from plugins.updates.digests import Digests, digests
from plugins.updates.model import Match, Update, by_id, plain_match

_FILES = 3
"""Files whose rows are in memory at least: a story goes on from one month into the next."""
_ROWS = 10_000
"""Rows in memory, of as many files as have no more, 12 MiB. So a first build of a wire of 4,000 updates parses each row
once, and not seven times to cluster it, to order it and for each kind of page and feed: 0.4 s of 21."""


class StoredUpdate(Update):
    """An archived update of which what places it is there, and its digests; all else is read when it is asked for.

    So it says what its row says, made safe, and takes no more memory than its place in the wire.
    """

    __slots__ = ("_file", "_rows", "known_digests", "known_text_digest", "sorted_by")

    def __getattr__(self, name: str) -> Any:
        """Return what is not there yet, as the update's row has it."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._rows.update(self._file, self.id), name)

    def __repr__(self) -> str:
        """Return what the update itself is shown as."""
        return repr(self._rows.update(self._file, self.id))


class _Rows:
    """The rows of the archive's files, made safe; those of the last files that were asked for are kept."""

    def __init__(self, stored: StoredRows[Update], made_safe: Callable[[Update], Update]) -> None:
        self._stored, self._made_safe = stored, made_safe
        self._open: OrderedDict[str, dict[str, Update]] = OrderedDict()

    def of(self, file: str) -> dict[str, Update]:
        """Return the updates of a file by id. Raises SiteError where it is not any more as it was."""
        if file not in self._open:
            self._open[file] = by_id(map(self._made_safe, self._stored.read_file(file).rows))
            while len(self._open) > _FILES and sum(map(len, self._open.values())) > _ROWS:
                self._open.popitem(last=False)
        self._open.move_to_end(file)
        return self._open[file]

    def update(self, file: str, id: str) -> Update:
        """Return one update of a file."""
        try:
            return self.of(file)[id]
        except KeyError:
            what = f"the update {id} is gone since the build began"
            raise SiteError([Problem(f"content/archive/updates/{file}", 0, what, "build again")]) from None


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
        places = list(map(_place, rows.of(file).values()))
        cache.put(name, marshal.dumps(places))
    else:
        places = marshal.loads(data)  # noqa: S302 - what was put, by its digest
    matches: dict[Any, tuple[Match, ...]] = {}
    for place in places:
        yield _stored(place, file, rows, matches)


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


def _stored(place: tuple[Any, ...], file: str, rows: _Rows, matches: dict[Any, tuple[Match, ...]]) -> StoredUpdate:
    """Return an update of which that much is known; `matches` are those of other updates, by their plain values."""
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
    put(update, "_file", file)
    put(update, "_rows", rows)
    return update
