"""What goes through the pipes between the event loop and its workers: orders first, then jobs and answers. Pure."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from plugins.updates.filter.topic import Topic
from plugins.updates.model import Source

LENGTH = 8
"""Bytes before a message that say how long it is."""

Job = tuple[bytes, str, str, Source]
"""A body, its content type, where it came from, and whose it is."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a worker is told first: megabytes of memory and seconds for a feed; topics to judge by, if it judges.

    `memory` is the folder in which it remembers what it made of items, None for nowhere.
    """

    megabytes: int
    seconds: int
    topics: tuple[Topic, ...] | None = None
    memory: Path | None = None


def framed(message: bytes) -> bytes:
    """Return a message as it goes through the pipe."""
    return len(message).to_bytes(LENGTH, "big") + message


def received(pipe: BinaryIO) -> bytes:
    """Return the next message, nothing where there are no more."""
    return pipe.read(int.from_bytes(pipe.read(LENGTH), "big"))
