"""Mastodon, by Mastodon.py; other servers that speak its API, such as GoToSocial, too.

Sources: https://docs.joinmastodon.org/methods/statuses/#create (Idempotency-Key, kept for an hour),
https://docs.joinmastodon.org/api/rate-limits/.
"""

import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any, TypeVar
from urllib.parse import unquote

import mastodon
import requests
from bs4 import BeautifulSoup
from mastodon import Mastodon

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

_LONGEST = 500
_LINK = 23
_PAGES = 5
"""Pages of 40 posts of ours that are looked through for what was sent already."""
_FORBIDDEN, _UNPROCESSABLE = 403, 422
T = TypeVar("T")


class MastodonNetwork:
    """One account on one server."""

    title = "Mastodon"

    def __init__(self, server: str, key: str, agent: str, timeout: float = 30.0) -> None:
        self.name = f"mastodon {server}"
        self._key = key
        self._retry_after: float | None = None
        session = requests.Session()
        session.hooks["response"].append(self._remember_retry_after)
        self._api = Mastodon(
            access_token=key,
            api_base_url=server,
            ratelimit_method="throw",  # how long to wait is not the library's to decide
            request_timeout=timeout,
            version_check_mode="none",
            mastodon_version="4.3.0",  # else it asks, and calls itself without end where nobody says (2.3.3)
            session=session,
            user_agent=agent,
        )
        self._recent: list[Any] | None = None

    def size(self, text: str) -> int:
        """Return how long a text without a link is."""
        return graphemes(text)

    @property
    def room(self) -> int:
        """Return how long a text may be beside its link."""
        return _LONGEST - _LINK - len("\n\n")

    def words(self, text: str, link: str) -> str:
        """Return a post's words as readers see them."""
        return f"{text}\n\n{link}"

    def find(self, announcement: Announcement) -> Posted | None:
        """Return what was sent already: the newest of our posts are asked for, and looked through for the link."""
        for status in self._own():
            if unquote(announcement.link) in _links(str(_field(status, "content") or "")):
                return Posted(_id(status))
        return None

    def send(self, announcement: Announcement, text: str, card: LinkPreview, parent: Sent | None) -> Posted:
        """Post it, with the page's picture and its words."""
        media = self._media(card)
        status = self._asked(
            lambda: self._api.status_post(
                self.words(text, announcement.link),
                in_reply_to_id=parent and parent.id,
                media_ids=media,
                visibility="public",
                language=announcement.language.partition("-")[0],
                idempotency_key=announcement.digest,
            )
        )
        return self._asked(lambda: Posted(_id(status)))

    def _own(self) -> list[Any]:
        """Return the account's newest posts, asked for once, and again after a doubt."""
        if self._recent is None:
            account = self._asked(self._api.account_verify_credentials)
            name = self._asked(lambda: _id(account))
            found: list[Any] = []
            page: Any = self._asked(lambda: self._api.account_statuses(name, exclude_reblogs=True, limit=40))
            for _ in range(_PAGES):
                if not isinstance(page, list):
                    raise self._unsure(ValueError("no list of posts"))
                found += page
                if (
                    not page or getattr(page, "_pagination_next", None) is None
                ):  # the last: of it `fetch_next` gives None
                    break
                page = self._asked(partial(self._api.fetch_next, page))
            self._recent = found
        return self._recent

    def _media(self, card: LinkPreview) -> list[Any] | None:
        """Upload the page's picture; what cannot be uploaded keeps no news back."""
        if not card.image:
            return None
        try:
            sent = self._asked(lambda: self._api.media_post(BytesIO(card.image), card.image_type, description=card.alt))
            return [self._asked(lambda: _id(sent))]
        except (RejectedError, UnsureError):
            return None

    def _remember_retry_after(self, response: requests.Response, *_: Any, **__: Any) -> None:
        given = response.headers.get("Retry-After", "")
        self._retry_after = float(given) if given.isdecimal() else None

    def _asked(self, ask: Callable[[], T]) -> T:
        """Return an answer. Raises an AnnounceError for each way in which there can be none."""
        try:
            return ask()
        except mastodon.MastodonRatelimitError as error:
            seconds, reset = self._retry_after, self._api.ratelimit_reset
            if seconds is None and reset is not None:
                seconds = reset - time.time()
            raise LimitedError(self._told("asks to be left alone", error), seconds) from None
        except mastodon.MastodonUnauthorizedError as error:
            raise RefusedError(self._told("does not take the key in MASTODON_ACCESS_TOKEN", error)) from None
        except (mastodon.MastodonNetworkError, mastodon.MastodonServerError) as error:
            raise self._unsure(error) from None
        except mastodon.MastodonAPIError as error:
            raise self._judged(error) from None
        except AnnounceError:
            raise
        except (mastodon.MastodonError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._unsure(error) from None

    def _judged(self, error: mastodon.MastodonAPIError) -> AnnounceError:
        status = error.args[1] if len(error.args) > 1 else None
        if status == _FORBIDDEN:
            return RefusedError(self._told("lets this key do nothing", error))
        if status in {400, 404, 413, _UNPROCESSABLE}:
            return RejectedError(self._told("does not take it", error))
        return self._unsure(error)

    def _unsure(self, error: Exception) -> UnsureError:
        self._recent = None  # what was sent may be there now
        return UnsureError(self._told("did not answer as it should", error))

    def _told(self, what: str, error: Exception) -> str:
        """Return a message that quotes no key, and nothing that means something to a terminal."""
        said = " ".join(map(str, error.args)).replace(self._key, "…")
        return f"{self.name} {what} ({for_terminal(said)[:200]})"


def _field(answer: Any, name: str) -> Any:
    """Return what an answer says under a name, None where it says nothing: a dict or an entity of the library's."""
    return answer.get(name) if isinstance(answer, dict) else getattr(answer, name, None)


def _id(answer: Any) -> str:
    """Return the id in an answer. Raises ValueError for half an answer, in which there is none."""
    found = _field(answer, "id")
    if not found:
        raise ValueError("an answer without an id")
    return str(found)


def _links(content: str) -> set[str]:
    """Return where the links of a post lead, in letters; a server may write an address in its own way."""
    return {unquote(str(link.get("href"))) for link in BeautifulSoup(content, "html.parser").find_all("a", href=True)}
