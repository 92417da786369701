"""What is announced, what is remembered of it, and what a network can answer. Values only."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from plugins.core.config.checked import Checked

Kind = Literal["new", "pinned", "corrected", "cancelled", "moved"]


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """How the page that is linked to describes itself: its Open Graph title, description and picture, with its words.

    `image` is the picture's bytes, b"" where there is none.
    """

    title: str = ""
    description: str = ""
    image: bytes = b""
    image_type: str = "image/png"
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing to announce. `key` names it for good, and is the same in every run.

    `link` is absolute, and no other announcement's: by it, what was sent is found again; `page` is the same below the
    site's root. `opening` is what it says in any case, `rest` what it says where there is room. `day` is when it
    happened. `parent` is the key of the announcement whose thread it continues, "" where it begins one.
    """

    key: str
    kind: Kind
    link: str
    page: str
    opening: str
    rest: str
    day: date
    language: str
    parent: str = ""

    @property
    def digest(self) -> str:
        """Return the key's digest, by which a network tells that it was asked twice."""
        return digest(self.key)


def digest(key: str) -> str:
    """Return the SHA-256 of a key, in hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()


class Sent(Checked):
    """One row of content/archive/announced.jsonl: what one network was told, or what was known before its first run.

    `network` is its name and account. The row with an empty `key` says since which day the network is told anything.
    `id` is what the network calls the post, `cid` the digest of a Bluesky record.
    """

    network: str
    key: str
    day: date
    state: Literal["before", "sent"]
    id: str = ""
    cid: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What a network calls a post: its id, and on Bluesky the digest of its record."""

    id: str
    cid: str = ""


class AnnounceError(Exception):
    """A network did not take a post. The message is for a person, and has no key in it."""


class RefusedError(AnnounceError):
    """It takes nothing from us, such as for a wrong key: no use in asking again."""


class RejectedError(AnnounceError):
    """It does not take this one post; the next may be taken."""


class LimitedError(AnnounceError):
    """It has heard enough for now. `seconds` is how long it asks to be left alone, None where it does not say."""

    def __init__(self, message: str, seconds: float | None) -> None:
        super().__init__(message)
        self.seconds = seconds


class UnsureError(AnnounceError):
    """Nobody knows whether it took the post: no answer, half an answer, or a fault of its own."""


class SocialNetwork(Protocol):
    """A network that posts are sent to. Each method raises an AnnounceError where it cannot answer."""

    name: str
    """The network and the account, as rows have it."""
    title: str

    def size(self, text: str) -> int:
        """Return how long a text without a link is, as this network counts."""

    @property
    def room(self) -> int:
        """Return how long a text may be beside its link."""

    def words(self, text: str, link: str) -> str:
        """Return a post's words as readers see them, link included."""

    def find(self, announcement: Announcement) -> Posted | None:
        """Return what was sent already, by another run that was killed before it could remember it."""

    def send(self, announcement: Announcement, text: str, card: LinkPreview, parent: Sent | None) -> Posted:
        """Post it. Asked twice for the same announcement, the network has it once."""
