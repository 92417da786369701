"""Rewrite sources.toml so that a feed is asked at its new address; comments and order stay. Pure text."""

from collections.abc import Iterable

import tomlkit

from plugins.updates.archive.source_record import Move


def accepted(text: str, moves: Iterable[Move]) -> str:
    """Return the text of sources.toml with each moved source's `feed` set to where it has gone."""
    document = tomlkit.parse(text)
    to = {move.source: move.to for move in moves}
    for source in document.get("source", []):
        if source.get("id") in to:
            source["feed"] = to[source["id"]]
    return tomlkit.dumps(document)
