"""How those who are asked answer, and what is kept of the last answer. Values only.

In all of them `source` is the id of who was asked: a source of the wire, or a job board.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FailureKind = Literal[
    "unreachable",  # no address, no connection, a reset, a broken certificate
    "refused",  # a private address, or a scheme that is not http(s)
    "timeout",
    "too large",
    "too many redirects",
    "bot wall",  # 401, 402, 403, or a challenge page with 200
    "not found",  # 404
    "rate limited",  # 429, 503 with Retry-After
    "server error",  # 5xx
    "gone",  # 410: it is not asked again
    "moved",  # redirected for good to a feed that is not the one known
    "not a feed",
    "parse error",
    "incomplete",  # a board of several pages, of which one was missing
    "shrunk",  # a board that has suddenly lost most of its listings
]


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the cache keeps of a source's last request; losing it costs one request in full, nothing else.

    `etag` and `last_modified` are sent back byte for byte as they came (RFC 9110, 13.1). `digest` is the SHA-256 of the
    last body. `feed` is what was asked for then, as it was set: another one is asked at once. No request before
    `next_at`, unless forced; `streak` counts failures in a row.
    """

    source: str
    feed: str = ""
    url: str = ""
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    checked_at: datetime | None = None
    next_at: datetime | None = None
    streak: int = 0


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the status that sent us on, and the address it sent us to."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body that came; `url` is the final address, after `hops`. `unchanged`: same bytes as the last time.

    `instead_of` is what befell the feed, where this came from its fallback or a file saved by hand.
    """

    source: str
    url: str
    body: bytes
    content_type: str
    digest: str
    etag: str = ""
    last_modified: str = ""
    hops: tuple[Hop, ...] = ()
    unchanged: bool = False
    instead_of: "Failure | None" = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server said 304: what we have is current."""

    source: str
    url: str
    etag: str = ""
    last_modified: str = ""
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """The source was not asked: it is not due, its host asked us to wait, or it is gone."""

    source: str
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that brought nothing: what kind, what exactly happened, and what the editor can do."""

    source: str
    kind: FailureKind
    detail: str
    remedy: str
    status: int = 0
    retry_at: datetime | None = None


Outcome = Fetched | NotModified | Waiting | Failure


def failure_of_feed(outcome: Outcome) -> Failure | None:
    """Return what befell a source's own feed, also where another was read in its place; None where it answered."""
    if isinstance(outcome, Fetched):
        return outcome.instead_of
    return outcome if isinstance(outcome, Failure) else None
