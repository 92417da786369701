"""Send what is to be announced to one network, once each. The network, the record and waiting are arguments."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from plugins.announce.choose import with_threads
from plugins.announce.model import (
    AnnounceError,
    Announcement,
    LimitedError,
    LinkPreview,
    Posted,
    RefusedError,
    RejectedError,
    Sent,
    SocialNetwork,
    UnsureError,
)
from plugins.announce.post_words import fitted
from plugins.announce.record import Record

TRIES = 3
LONGEST_WAIT = 120.0
"""Seconds that a run waits where a network asks for it; what asks for more waits for the next run."""
_PAUSE = 2.0

CardOf = Callable[[Announcement], LinkPreview | None]
Wait = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What became of an announcement: a word, such as "sent", and what there is to say of it."""

    word: str
    text: str
    is_fault: bool = False


def begin(network: SocialNetwork, announcements: Iterable[Announcement], record: Record, today: date) -> int:
    """Take everything there is for known before a network's first run, and return how much that was; -1 if it had one.

    Nobody wants the whole past at once, in a fresh clone either.
    """
    if record.of(network.name, ""):
        return -1
    known = [Sent(network=network.name, key=one.key, day=today, state="before") for one in announcements]
    record.add(*known, Sent(network=network.name, key="", day=today, state="before"))
    return len(known)


def due(network: SocialNetwork, announcements: Iterable[Announcement], record: Record) -> tuple[Announcement, ...]:
    """Return what a network has not been told; corrections only of what it was told."""
    unknown = [one for one in announcements if not record.of(network.name, one.key)]
    return tuple(with_threads(unknown, lambda key: record.sent(network.name, key) is not None))


def send(
    network: SocialNetwork,
    announcements: Iterable[Announcement],
    record: Record,
    card_of: CardOf,
    wait: Wait,
    today: date,
) -> Iterator[ReportLine]:
    """Send what is due, and yield what became of each; after what concerns all of them, nothing more is sent."""
    for one in due(network, announcements, record):
        card = card_of(one)
        if card is None:
            yield ReportLine("waits", f"{one.opening}: the build has no page {one.page}; build the site first", True)
            continue
        parent = record.sent(network.name, one.parent)
        if one.parent and not parent:
            continue  # what it corrects was not taken
        try:
            sent, word = _send(network, one, card, parent, wait)
        except RejectedError as error:
            yield ReportLine("not taken", f"{one.opening}: {error}", True)
            continue
        except AnnounceError as error:
            yield ReportLine("stopped", f"{error}; what was not sent waits for the next run", True)
            return
        row = Sent(network=network.name, key=one.key, day=today, state="sent", id=sent.id, cid=sent.cid)
        record.add(row)
        yield ReportLine(word, one.opening)


def _send(
    network: SocialNetwork, one: Announcement, card: LinkPreview, parent: Sent | None, wait: Wait
) -> tuple[Posted, str]:
    """Return what was sent, or was found to have been sent before. Raises the last AnnounceError."""
    text = text_for(network, one)
    for attempt in range(1, TRIES + 1):
        try:
            if found := network.find(one):  # by a run that was killed, or by a try of ours that had no answer
                return found, "was there"
            return network.send(one, text, card, parent), "sent"
        except LimitedError as error:
            pause = _PAUSE * attempt
            if error.seconds is not None:
                pause = max(error.seconds, 0.0)
            if attempt == TRIES or pause > LONGEST_WAIT:
                raise
            wait(pause)
        except UnsureError:
            if attempt == TRIES:
                raise
            wait(_PAUSE * attempt)
    raise RefusedError(f"{network.title} was asked in vain")  # no attempt ends here


def text_for(network: SocialNetwork, one: Announcement) -> str:
    """Return an announcement's words without its link, as long as the network has room for."""
    return fitted(one.opening, one.rest, network.room, network.size)
