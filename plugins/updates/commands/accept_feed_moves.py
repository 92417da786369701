"""The door for `./inv fetch --accept-moves`: what has moved for good gets its new address in sources.toml."""

from pathlib import Path

from plugins.core import files
from plugins.updates.archive import source_record
from plugins.updates.config.feed_moves import accepted
from plugins.updates.config.load import read_archive
from plugins.updates.config.paths import Places


def accept_moves(content: Path) -> None:
    """Write the new address of every feed that has moved for good into sources.toml, and say which."""
    places = Places(content)
    moves = source_record.proposals(read_archive(places.archive).records.values())
    path = places.updates / "sources.toml"
    if moves:
        files.replace(path, accepted(files.read_text(path), moves).encode())
    print(*(f"{move.source}: feed is now {move.to}" for move in moves) if moves else ("No feed has moved.",), sep="\n")
