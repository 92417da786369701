"""Bluesky, by atproto; other servers of the AT Protocol too.

A post's key in its repository follows from what it announces, and a repository takes no second record of one key: so a
post is there once, whatever happened between sending and remembering. Sources: https://atproto.com/specs/tid,
https://docs.bsky.app/docs/advanced-guides/posts, https://docs.bsky.app/docs/advanced-guides/rate-limits.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from atproto_client import Client
from atproto_client.exceptions import (
    BadRequestError,
    RateLimitExceededError,
    RequestErrorBase,
    UnauthorizedError,
)
from atproto_client.models.common import XrpcError
from atproto_client.request import Request
from atproto_core.exceptions import AtProtocolError

from plugins.announce.model import (
    AnnounceError,
    Announcement,
    LimitedError,
    LinkPreview,
    Posted,
    RefusedError,
    RejectedError,
    Sent,
    UnsureError,
)
from plugins.announce.post_words import graphemes
from plugins.core.escapes import for_terminal

COLLECTION = "app.bsky.feed.post"
_LONGEST, _LONGEST_HOST = 300, 60
_SERVER_FAULT = 500
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_DAY = timedelta(days=1)
T = TypeVar("T")


def record_key(announcement: Announcement) -> str:
    """Return a TID that follows from an announcement: the day before it as its time, the rest by the key's digest."""
    # The day before, since a time within the day itself would often be still to come.
    midnight = datetime.combine(announcement.day, time(), UTC) - _DAY
    number = int(announcement.digest[:16], 16)
    microseconds = int(midnight.timestamp()) * 1_000_000 + number % (24 * 60 * 60 * 1_000_000)
    # 53 bits of microseconds, then 10 of a clock's id, as 13 digits of 5 bits each.
    bits = (microseconds << 10) | (int(announcement.digest[16:20], 16) % 1024)
    return "".join(_DIGITS[(bits >> shift) & 31] for shift in range(60, -1, -5))


class BlueskyNetwork:
    """One account."""

    title = "Bluesky"

    def __init__(
        self, service: str, handle: str, key: str, agent: str, now: Callable[[], datetime], timeout: float = 30.0
    ) -> None:
        self.name = f"bluesky {handle}"
        self._handle, self._key, self._now = handle, key, now
        request = Request(timeout=timeout)
        request.add_additional_header("User-Agent", agent)
        self._api = Client(service, request=request)
        self._did = ""

    def size(self, text: str) -> int:
        """Return how long a text is."""
        return graphemes(text)

    @property
    def room(self) -> int:
        """Return how long a text may be beside its link, which is written as its host: the card leads there too."""
        return _LONGEST - len("\n\n") - _LONGEST_HOST

    def words(self, text: str, link: str) -> str:
        """Return a post's words as readers see them."""
        return f"{text}\n\n{_shown(link)}"

    def find(self, announcement: Announcement) -> Posted | None:
        """Return what was sent already: there is a record of this key."""
        params = {"repo": self._account(), "collection": COLLECTION, "rkey": record_key(announcement)}
        try:
            found = self._asked(lambda: self._api.com.atproto.repo.get_record(params))
        except _NotThereError:
            return None
        return self._posted(found)

    def send(self, announcement: Announcement, text: str, card: LinkPreview, parent: Sent | None) -> Posted:
        """Post it, with the page's card."""
        link, words = announcement.link, self.words(text, announcement.link)
        start = len(words.encode()) - len(_shown(link).encode())  # in bytes: a facet's places are those of UTF-8
        facet = {
            "index": {"byteStart": start, "byteEnd": len(words.encode())},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": link}],
        }
        external: dict[str, Any] = {"uri": link, "title": card.title, "description": card.description}
        if thumb := self._thumb(card):
            external["thumb"] = thumb
        record: dict[str, Any] = {
            "$type": COLLECTION,
            "text": words,
            "createdAt": self._now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "langs": [announcement.language],
            "facets": [facet],
            "embed": {"$type": "app.bsky.embed.external", "external": external},
        }
        if parent:
            above = {"uri": parent.id, "cid": parent.cid}
            record["reply"] = {"root": above, "parent": above}
        data = {
            "repo": self._account(),
            "collection": COLLECTION,
            "rkey": record_key(announcement),
            "record": record,
        }
        try:
            return self._posted(self._asked(lambda: self._api.com.atproto.repo.create_record(data)))
        except RejectedError:
            if found := self.find(announcement):  # by another run, since this one looked
                return found
            raise

    def _account(self) -> str:
        """Return the account's lasting name, after logging in once."""
        if not self._did:
            self._asked(lambda: self._api.login(self._handle, self._key, fetch_bsky_profile=False))
            me = self._asked(self._api.com.atproto.server.get_session)
            self._did = self._asked(lambda: _text(me, "did"))
        return self._did

    def _thumb(self, card: LinkPreview) -> Any:
        """Upload the card's picture; what cannot be uploaded keeps no news back."""
        if not card.image:
            return None
        try:
            answer = self._asked(lambda: self._api.upload_blob(card.image))
            return self._asked(lambda: answer.blob)
        except (RejectedError, UnsureError):
            return None

    def _posted(self, answer: Any) -> Posted:
        return self._asked(lambda: Posted(_text(answer, "uri"), _text(answer, "cid")))

    def _asked(self, ask: Callable[[], T]) -> T:
        """Return an answer. Raises an AnnounceError for each way in which there can be none."""
        try:
            return ask()
        except RateLimitExceededError as error:
            raise LimitedError(self._told("asks to be left alone", error), self._seconds(error)) from None
        except UnauthorizedError as error:
            raise RefusedError(self._told("does not take the key in BLUESKY_APP_PASSWORD", error)) from None
        except BadRequestError as error:
            raise self._judged(error) from None
        except AnnounceError:
            raise
        except (AtProtocolError, httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnsureError(self._told("did not answer as it should", error)) from None

    def _judged(self, error: RequestErrorBase) -> AnnounceError:
        name = None
        if error.response and isinstance(error.response.content, XrpcError):
            name = error.response.content.error
        if name == "RecordNotFound":
            return _NotThereError("there is no such record")
        if name in {"ExpiredToken", "InvalidToken", "AccountTakedown", "AuthFactorTokenRequired"}:
            return RefusedError(self._told("lets this account do nothing", error))
        return RejectedError(self._told("does not take it", error))

    def _seconds(self, error: RateLimitExceededError) -> float | None:
        seconds: float | None = error.retry_after
        if seconds is None and error.reset_at:
            seconds = (error.reset_at - self._now()).total_seconds()
        return seconds

    def _told(self, what: str, error: Exception) -> str:
        """Return a message that quotes no key, and nothing that means something to a terminal."""
        said = (str(error) or type(error).__name__).replace(self._key, "…")
        return f"{self.name} {what} ({for_terminal(said)[:200]})"


class _NotThereError(AnnounceError):
    """There is no record of a key."""


def _shown(link: str) -> str:
    """Return a link as it is written in a post: its host, cut where one is longer than any should be."""
    host = urlsplit(link).netloc
    if len(host) > _LONGEST_HOST:
        host = f"{host[: _LONGEST_HOST - 1]}…"
    return host


def _text(answer: Any, key: str) -> str:
    """Return a text in an answer. Raises ValueError for half an answer, in which there is none."""
    found = getattr(answer, key, None)
    if not isinstance(found, str) or not found:
        raise ValueError(f"an answer without {key}")
    return found
