"""What one request may bring: an answer, or one kind of error. Values and their names only.

Nothing here touches a socket: what asks the network takes a `Get` as an argument, and `client` is the one there is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Literal, Protocol
from urllib.parse import urlsplit

ErrorKind = Literal[
    "unreachable", "refused", "timeout", "too large", "too many redirects", "rate limited", "parse error"
]
VERSION = "0.1"
LONGEST_WAIT = timedelta(hours=24)


class NetworkError(Exception):
    """A request that brought no answer; `detail` says what happened, in the words of the place it happened in.

    `hops` are the redirects that did come before it, as in Response, where that is known.
    """

    hops: tuple[tuple[int, str], ...] = ()

    def __init__(self, kind: ErrorKind, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind: ErrorKind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server named the body it gave for exactly this address (RFC 9110, section 8.8)."""

    url: str
    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        """Return the conditional headers, byte for byte as they came; none where there is nothing to send."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. Header names are lower case, of repeated ones the first counts.

    `url` is the final address; `hops` the redirects on the way, each a status and the address it sent us to.
    `body` is decompressed, and empty unless the status is 2xx: an error page is not read.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    hops: tuple[tuple[int, str], ...] = ()


class Get(Protocol):
    """One polite request, following redirects. Raises NetworkError and nothing else."""

    async def __call__(
        self, url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
    ) -> Response:
        """Return the answer; `headers` go with every hop, `validators` only to the address that gave them."""
        ...


class PostJson(Protocol):
    """One polite POST of JSON, following the redirects that keep method and body. Raises NetworkError alone."""

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Response:
        """Return the answer; `headers` go with every hop."""
        ...


def user_agent(site_url: str, contact: str) -> str:
    """Return the honest name we go by, with the site and whom to write to (RFC 9110, section 10.1.5).

    What a header cannot carry is left out; the parentheses stay balanced.
    """
    texts = (_in_comment(f"+{site_url}"), _in_comment(contact))
    comment = "; ".join(text for text in texts if text not in {"", "+"})
    if not comment:
        return f"Picketwire/{VERSION}"
    return f"Picketwire/{VERSION} ({comment})"


def _in_comment(text: str) -> str:
    """Return what of a text a header's comment can hold: printable ASCII but for parentheses and backslashes."""
    return "".join(c for c in text if " " <= c <= "~" and c not in "()\\").strip()


@lru_cache(maxsize=4096)
def authority(url: str) -> str:
    """Return whose server an address is: its host, with the port where that is neither 80 nor 443; "" if none.

    http and https are one server; another port is most often a server of its own.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if port in {None, 80, 443}:
        return host
    return f"{host}:{port}"


def retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return until when a server asks to be left alone, at most 24 hours from `now` (RFC 9110, section 10.2.3).

    Seconds or an HTTP date; none where it says nothing, nothing readable, or a time that has passed.
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+", text):
        # No more digits than a day of seconds has: int() refuses thousands of them.
        wait = LONGEST_WAIT
        if len(text.lstrip("0")) < len("100000"):
            wait = timedelta(seconds=int(text))
    else:
        try:
            until = parsedate_to_datetime(text)
            if until.tzinfo is None:  # its zone was -0000: UTC, of which nobody knows where (RFC 5322, section 3.3)
                until = until.replace(tzinfo=UTC)
            wait = until - now
        except (ValueError, TypeError, OverflowError):
            return None
    if wait <= timedelta():
        return None
    return now + min(wait, LONGEST_WAIT)
