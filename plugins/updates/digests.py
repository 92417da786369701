"""Digests of updates, by which it is known what was made of them before."""

import marshal
from collections.abc import Iterable
from dataclasses import fields
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple

from plugins.updates.model import Update, plain_match

SIZE = 16
"""Bytes of a digest."""
_APART = {"published", "first_seen", "topics", "earlier_titles"}
_PLAIN = attrgetter(*(field.name for field in fields(Update) if field.name not in _APART))
"""Gets those values of an update that are texts, numbers and tuples of them."""


class Digests(NamedTuple):
    """An update's digests: of all that is published of it, and of what decides which story it is in.

    The second stays when a headline is changed later, or when other topics are found in the update.
    """

    shown: bytes
    clustered: bytes


def digests(update: Update) -> Digests:
    """Return an update's digests: those of an archived one are known (`archive.stored_updates`), else made in 7 µs."""
    known: Digests | None = getattr(update, "known_digests", None)
    if known is not None:
        return known
    times = (update.published.timestamp(), update.first_seen.timestamp())
    topics = tuple(map(plain_match, update.topics))
    earlier = tuple((one.title, one.until.timestamp()) for one in update.earlier_titles)
    shown = (_PLAIN(update), times, topics, earlier)
    title = earlier[0][0] if earlier else update.title
    links = (update.url, update.via)
    clustered = (update.id, update.source, title, update.summary, update.language, links, times, update.date_from)
    return Digests(_of_plain(shown), _of_plain(clustered))


def all_shown(updates: Iterable[Update]) -> bytes:
    """Return the digests of all that is published of each update, one behind the other."""
    return b"".join(digests(update).shown for update in updates)


def digest(*parts: str) -> bytes:
    """Return a digest of texts."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


def _of_plain(values: tuple[Any, ...]) -> bytes:
    # Equal values have equal bytes in version 2: later ones tell whether two texts are one object. Six times as fast as
    # their repr.
    return blake2b(marshal.dumps(values, 2), digest_size=SIZE).digest()
