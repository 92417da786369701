"""What goes through the pipes between the event loop and its workers: settings first, then jobs and answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from plugins.core.topics.topic import Topic
from plugins.updates.budgets import ItemBudget
from plugins.updates.model import Source

LENGTH = 8
"""Bytes before a message that say how long it is, the most significant first."""

Job = tuple[bytes, str, str, Source]
"""A body, its content type, the address it came from, and its source."""


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """A worker's first message: its bounds for each feed, the topics, the parse cache's folder, an item's budget."""

    megabytes: int
    seconds: int
    topics: tuple[Topic, ...] = ()
    cache: Path | None = None
    budget: ItemBudget = ItemBudget()  # noqa: RUF009 - frozen


def framed(message: bytes) -> bytes:
    """Return a message with its length before it, as it goes through the pipe."""
    return len(message).to_bytes(LENGTH, "big") + message


def read_message(pipe: BinaryIO) -> bytes:
    """Return the next message; nothing where there are no more."""
    return pipe.read(int.from_bytes(pipe.read(LENGTH), "big"))
