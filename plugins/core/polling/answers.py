"""What an HTTP answer means to whoever asks the same address again and again: a body, nothing new, or a failure."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from plugins.core.net.bot_walls import challenge
from plugins.core.net.http import Response, Validators, retry_after
from plugins.core.polling.outcomes import Failure, FailureKind, FeedState, Fetched, Hop, NotModified

Answer = Fetched | NotModified | Failure
Remedies = Mapping[FailureKind, str]
"""What an editor can do about each kind of failure, in the words of who asked."""

KINDS: dict[int, FailureKind] = {
    **dict.fromkeys((401, 402, 403, 405, 406, 418, 451), "bot wall"),
    408: "timeout",
    410: "gone",
    429: "rate limited",
}
"""Statuses with a meaning of their own; another 4xx is "not found", 5xx and the rest "server error"."""


def read_answer(id: str, response: Response, state: FeedState, now: datetime, remedies: Remedies) -> Answer:
    """Return what came for `id`; `state` has the validators that were sent and the digest of the last body."""
    if 200 <= response.status < 300:  # noqa: PLR2004 – 2xx
        return _body(id, state, response, remedies)
    sent = Validators(state.url, state.etag, state.last_modified).headers()
    if response.status == 304 and response.url == state.url and sent:  # noqa: PLR2004
        return NotModified(id, response.url, *_validators(response), _hops(response))
    return _turned_down(id, response, now, remedies)


def failure(
    id: str, kind: FailureKind, detail: str, remedies: Remedies, status: int = 0, retry_at: datetime | None = None
) -> Failure:
    """Return a failure with what to do about it."""
    return Failure(id, kind, detail, remedies[kind], status, retry_at)


def _body(id: str, state: FeedState, response: Response, remedies: Remedies) -> Answer:
    content_type = response.headers.get("content-type", "")
    if why := challenge(response, content_type):
        return failure(id, "bot wall", why, remedies, response.status)
    digest = hashlib.sha256(response.body).hexdigest()
    return Fetched(
        id,
        response.url,
        response.body,
        content_type,
        digest,
        *_validators(response),
        _hops(response),
        unchanged=digest == state.digest,
    )


def _turned_down(id: str, response: Response, now: datetime, remedies: Remedies) -> Failure:
    status = response.status
    kind: FailureKind = "server error"
    if 400 <= status < 500:  # noqa: PLR2004 – 4xx
        kind = "not found"
    kind = KINDS.get(status, kind)
    retry_at = retry_after(response.headers, now) if status in {429, 503} else None
    if status == 503 and retry_at:  # noqa: PLR2004
        kind = "rate limited"
    elif status >= 500 and "cf-mitigated" in response.headers:  # noqa: PLR2004
        kind = "bot wall"
    return failure(id, kind, f"{response.url} answered {status}", remedies, status, retry_at)


def _validators(response: Response) -> tuple[str, str]:
    return _sendable(response, "etag"), _sendable(response, "last-modified")


def _sendable(response: Response, name: str) -> str:
    """Return a header of an answer, "" where there is none, or none that can be sent back byte for byte."""
    value = response.headers.get(name, "")
    return value if value.isprintable() else ""


def _hops(response: Response) -> tuple[Hop, ...]:
    return tuple(Hop(status, url) for status, url in response.hops)
