"""Request one source's feed and name what came: a body, nothing new, or a failure an editor can act on.

The request itself (`get`), the time and the reading of a saved file are arguments. Nothing is parsed here, and when a
source may be asked is decided in `schedule`.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from plugins.core.net.http import Get, NetworkError, Response, Validators, retry_after
from plugins.updates.fetch.bot_walls import challenge, is_page
from plugins.updates.model import Source
from plugins.updates.outcomes import Failure, FailureKind, FeedState, Fetched, Hop, NotModified

Answer = Fetched | NotModified | Failure
ReadFile = Callable[[str], bytes]

log = logging.getLogger(__name__)

ACCEPT = {
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"
}
KINDS: dict[int, FailureKind] = {
    **dict.fromkeys((401, 402, 403, 405, 406, 418, 451), "bot wall"),
    408: "timeout",
    410: "gone",
    429: "rate limited",
}
"""Statuses with a meaning of their own; another 4xx is "not found", 5xx and the rest "server error"."""

_OTHER_WAYS = "name another address as `fallback`, or save the feed by hand and name it as `file`"
REMEDIES: dict[FailureKind, str] = {
    "unreachable": "check the address in a browser; if it works there, wait for the next run",
    "refused": "give the feed's public http or https address",
    "timeout": "wait for the next run; if it stays slow, name another address as `fallback`",
    "too large": "look for a shorter feed of the same outlet, such as one section's",
    "too many redirects": "open the feed in a browser and give the address it ends at",
    "bot wall": f"ask the outlet to let the feed be read; until then, {_OTHER_WAYS}",
    "not found": "look for the feed's new address on the outlet's site, and correct `feed`",
    "rate limited": "nothing now: the host is left alone until its time is over; fetch less often if it comes again",
    "server error": "wait for the next run; if it lasts for days, tell the outlet",
    "gone": "the feed was closed for good and is not asked again; give its new address, or remove the source",
    "not a feed": "look for the feed's address in the page's source, and correct `feed`",
    "parse error": f"tell the outlet what is wrong with its feed; until then, {_OTHER_WAYS}",
}


async def request_feed(
    source: Source, state: FeedState, get: Get, now: datetime, read_file: ReadFile | None = None
) -> Answer:
    """Return what the source's feed brings, or else its fallback, or else the file saved by hand.

    `state` has the validators of the last answer. `read_file` takes `source.file` and returns its bytes, or raises
    OSError. A page in the feed's place makes way for the fallback, and is returned where nothing is better; that
    something other than the feed was used is logged as a warning.
    """
    tried: list[Answer] = []
    for url in filter(None, (source.feed, source.fallback)):
        answer = await _ask(source, state, url, get, now)
        if not _disappoints(answer):
            return _instead(source, tried, answer, url)
        tried.append(answer)
    if source.file and read_file:
        answer = _by_hand(source, state, read_file)
        if not isinstance(answer, Failure):
            return _instead(source, tried, answer, source.file)
        tried.append(answer)
    return _worst(source, tried)


def _disappoints(answer: Answer) -> bool:
    return isinstance(answer, Failure) or (isinstance(answer, Fetched) and is_page(answer.content_type, answer.body))


def _instead(source: Source, tried: list[Answer], answer: Answer, used: str) -> Answer:
    if tried:
        first = tried[0]
        why = f"{first.kind}: {first.detail}" if isinstance(first, Failure) else "the feed's address gives a page"
        log.warning("%s: %s was used, not its feed (%s)", source.id, used, why)
        if isinstance(answer, Fetched) and isinstance(first, Failure):
            return replace(answer, instead_of=first)
    return answer


def _worst(source: Source, tried: list[Answer]) -> Answer:
    """Return the first disappointment, which is the feed's own, with what else was tried."""
    if not tried:
        return _failure(source, "not found", "has neither a feed nor a file that can be read")
    others = [f"instead {one.kind}: {one.detail}" for one in tried[1:] if isinstance(one, Failure)]
    first = tried[0]
    return replace(first, detail="; ".join([first.detail, *others])) if isinstance(first, Failure) else first


async def _ask(source: Source, state: FeedState, url: str, get: Get, now: datetime) -> Answer:
    validators = Validators(state.url, state.etag, state.last_modified)
    try:
        response = await get(url, ACCEPT, validators)
    except NetworkError as error:
        return _failure(source, error.kind, error.detail)
    if 200 <= response.status < 300:  # noqa: PLR2004 – 2xx
        return _body(source, state, response)
    if response.status == 304 and response.url == state.url and validators.headers():  # noqa: PLR2004
        return NotModified(source.id, response.url, *_validators(response), _hops(response))
    return _turned_down(source, response, now)


def _body(source: Source, state: FeedState, response: Response) -> Answer:
    content_type = response.headers.get("content-type", "")
    if why := challenge(response, content_type):
        return _failure(source, "bot wall", why, response.status)
    digest = hashlib.sha256(response.body).hexdigest()
    return Fetched(
        source.id,
        response.url,
        response.body,
        content_type,
        digest,
        *_validators(response),
        _hops(response),
        unchanged=digest == state.digest,
    )


def _turned_down(source: Source, response: Response, now: datetime) -> Failure:
    status = response.status
    retry_at = retry_after(response.headers, now) if status in {429, 503} else None
    kind: FailureKind = KINDS.get(status, "not found" if 400 <= status < 500 else "server error")  # noqa: PLR2004
    if status == 503 and retry_at:  # noqa: PLR2004
        kind = "rate limited"
    elif status >= 500 and "cf-mitigated" in response.headers:  # noqa: PLR2004
        kind = "bot wall"
    return _failure(source, kind, f"{response.url} answered {status}", status, retry_at)


def _by_hand(source: Source, state: FeedState, read_file: ReadFile) -> Answer:
    try:
        body = read_file(source.file)
    except OSError as error:
        return _failure(source, "not found", f"{source.file} cannot be read ({error.strerror or error})")
    digest = hashlib.sha256(body).hexdigest()
    return Fetched(source.id, source.feed or source.site, body, "", digest, unchanged=digest == state.digest)


def _validators(response: Response) -> tuple[str, str]:
    """Return ETag and Last-Modified, each only where it can be sent back byte for byte."""
    etag, modified = (response.headers.get(name, "") for name in ("etag", "last-modified"))
    return (etag if etag.isprintable() else "", modified if modified.isprintable() else "")


def _hops(response: Response) -> tuple[Hop, ...]:
    return tuple(Hop(status, url) for status, url in response.hops)


def _failure(
    source: Source, kind: FailureKind, detail: str, status: int = 0, retry_at: datetime | None = None
) -> Failure:
    return Failure(source.id, kind, detail, REMEDIES[kind], status, retry_at)
