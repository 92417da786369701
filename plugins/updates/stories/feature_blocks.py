"""The features of all updates that were clustered, of which only those in use are in memory.

A new update is compared with stories of the days around it, and with few others. So the features lie in blocks of
stories that began one after another, and a block that was not looked into lately is packed and put into a `BlockStore`.
Of 100,000 updates all features together take 450 MiB, those of the open blocks 30.
"""

import marshal
import zlib
from collections import OrderedDict, defaultdict
from dataclasses import replace
from hashlib import sha256
from typing import Any, Protocol

from plugins.updates.stories.frames import Frame
from plugins.updates.stories.similarity import UpdateFeatures
from plugins.updates.stories.text_features import TextFeatures

STORIES = 256
"""Stories in a block."""
_OPEN = 24
"""Blocks in memory: a busy month has twenty. Those of the last days are always among them."""

_Features = defaultdict[int, list[UpdateFeatures]]
"""Features in the order of arrival, by the story's number."""


class LostBlockError(Exception):
    """A block is not there any more, or not what was put; all must be clustered again."""


class BlockStore(Protocol):
    """Keeps bytes by their digest."""

    def put(self, data: bytes) -> str:
        """Keep bytes, and return the name they are found under. The same bytes have the same name."""

    def get(self, name: str) -> bytes | None:
        """Return what was put; None where it is lost or damaged."""


class MemoryBlocks:
    """A BlockStore that ends with the process."""

    def __init__(self) -> None:
        self._blocks: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        """Keep bytes."""
        name = sha256(data).hexdigest()
        self._blocks[name] = data
        return name

    def get(self, name: str) -> bytes | None:
        """Return what was put."""
        return self._blocks.get(name)


class FeatureBlocks:
    """The features of each story's updates, by the story's number. `packed` are the blocks' names in the store."""

    def __init__(self, store: BlockStore, packed: dict[int, str] | None = None) -> None:
        self._store = store
        self._packed = packed or {}
        self._open: OrderedDict[int, _Features] = OrderedDict()
        self._changed: set[int] = set()

    def of(self, story: int) -> list[UpdateFeatures]:
        """Return the features of a story's updates, in the order of arrival. Raises LostBlockError."""
        number = story // STORIES
        block = self._open.get(number)
        if block is None:
            block = self._opened(number)
        self._open.move_to_end(number)
        return block[story]

    def add(self, story: int, features: UpdateFeatures) -> None:
        """Add an update's features to a story. Raises LostBlockError."""
        self.of(story).append(features)
        self._changed.add(story // STORIES)

    def pack(self) -> dict[int, str]:
        """Put all that changed into the store; return the names of all blocks."""
        for number in sorted(self._changed):
            self._put(number, self._open[number])
        return dict(self._packed)

    def _opened(self, number: int) -> _Features:
        """Open a block, and pack those that were not looked into for the longest."""
        block = self._open[number] = self._unpacked(number)
        while len(self._open) > _OPEN:
            oldest = next(iter(self._open))
            if oldest in self._changed:
                self._put(oldest, self._open[oldest])
            del self._open[oldest]
        return block

    def _put(self, number: int, block: _Features) -> None:
        rows = {story: list(map(_row, features)) for story, features in block.items()}
        self._packed[number] = self._store.put(zlib.compress(marshal.dumps(rows), 1))
        self._changed.discard(number)

    def _unpacked(self, number: int) -> _Features:
        name = self._packed.get(number)
        if name is None:
            return defaultdict(list)
        data = self._store.get(name)
        if data is None:
            raise LostBlockError(name)
        block: _Features = defaultdict(list)
        packed = marshal.loads(zlib.decompress(data))  # noqa: S302 - found by the digest of what was put
        for story, rows in packed.items():
            block[story] = [_features(*row) for row in rows]
        return block


def _row(features: UpdateFeatures) -> tuple[Any, ...]:
    """Return features as plain values, such as `marshal` writes ten times as fast as pickle writes the objects."""
    text, frame = features.text, features.text.frame
    return (
        features.source,
        features.outlet,
        features.at,
        features.page,
        features.links,
        features.weights,
        features.norm,
        features.bare_norm,
        features.needed,
        (
            text.title,
            text.title_steps,
            text.steps,
            text.figures,
            text.day_counts,
            text.names,
            text.alone,
            text.explains,
            text.expects,
            text.bare,
            None,  # the frame
        ),
        frame and (frame.actions, frame.expected, frame.workers, frame.acronyms),
    )


def _features(*row: Any) -> UpdateFeatures:
    source, outlet, at, page, links, weights, norm, bare_norm, needed, text, frame = row
    read = TextFeatures(*text)
    if frame is not None:
        read = replace(read, frame=Frame(*frame))
    return UpdateFeatures(source, outlet, at, page, links, read, weights, norm, bare_norm, needed)
