"""Feeds that have moved for good: their new addresses, written into the text of sources.toml."""

from collections.abc import Iterable

import tomlkit

from plugins.updates.archive.source_record import Move


def accepted(text: str, moves: Iterable[Move]) -> str:
    """Return the text of sources.toml with each moved source's `feed` at its new address; comments and order stay."""
    document = tomlkit.parse(text)
    to = {move.source: move.to for move in moves}
    for source in document.get("source", []):
        if source.get("id") in to:
            source["feed"] = to[source["id"]]
    return tomlkit.dumps(document)
