"""Feeds of Pelican that would say what they said in the last build are not written again.

A feed says what its texts answer, the newest hundred of them, and to put that into XML takes 10 ms; a site has one for
each of its tags.
"""

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pelican.writers
from pelican import signals
from pelican.writers import Writer

from .consumed import Consumed
from .fingerprints import Fingerprints
from .values import UnknownValueError

_SAID = ("SITENAME", "SITESUBTITLE", "SITEURL", "FEED_DOMAIN")
"""What a feed says of the site."""
_ASKED = ("path", "url", "feed_type", "feed_title")
_FEEDS = ("Atom1Feed", "Rss201rev2Feed")


class FeedInputs:
    """Says of a feed that Pelican is about to write what it follows from, besides settings and code."""

    def __init__(self, said: Consumed, fingerprints: Fingerprints) -> None:
        self._said, self._fingerprints = said, fingerprints

    def _are_all(self, writer: Writer) -> bool:
        """Say whether feeds follow from nothing but the code of Pelican and its library, and nobody waits for one."""
        if signals.feed_generated.receivers or signals.feed_written.receivers:
            return False
        kinds = [type(writer), *(getattr(pelican.writers, name) for name in _FEEDS)]
        return all(map(self._fingerprints.is_stock, kinds)) and not any(name in vars(writer) for name in vars(Writer))

    def of(self, writer: Writer, asked: Mapping[str, Any]) -> str:
        """Return a digest of it, "" where that cannot be told. `asked` are the arguments of the writer's `write_feed`.

        A feed without any texts says when it was written.
        """
        if not self._are_all(writer):
            return ""
        parts = []
        for element in asked["elements"][: writer.settings["FEED_MAX_ITEMS"]]:
            fingerprint = self._fingerprints.of(element, with_words=True)
            if fingerprint is None:
                return ""
            parts.append(fingerprint)
        if not parts:
            return ""
        said = [*map(asked["context"].get, _SAID), *map(asked.get, _ASKED)]
        try:
            parts.append(self._said.data(said))
        except UnknownValueError:
            return ""
        return hashlib.blake2b(b"".join(parts), digest_size=20).hexdigest()


@contextmanager
def active(stays: Callable[[Writer, str, Mapping[str, Any]], bool]) -> Iterator[None]:
    """Leave out feeds that stay as they are, until the block ends.

    `stays` is told the writer, a feed's path, and the arguments of `Writer.write_feed`.
    """
    original = Writer.write_feed
    signature = inspect.signature(original)

    @wraps(original)
    def write_feed(writer: Writer, *args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(writer, *args, **kwargs)
        bound.apply_defaults()
        asked = bound.arguments
        path = asked["path"]
        if isinstance(path, str) and path and not asked["override_output"]:
            written = pelican.writers.sanitised_join(writer.output_path, path)
            if written not in writer._written_files and stays(writer, written, asked):
                writer._written_files.add(written)  # Pelican refuses to write a file twice
                return None
        return original(writer, *args, **kwargs)

    Writer.write_feed = write_feed
    try:
        yield
    finally:
        Writer.write_feed = original
