"""Ask one source, politely, and name what came: a body, no news, or a failure an editor can act on.

Pure but for `get`, which is handed in with the time. It never parses a feed and never decides when to ask.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from plugins.core.net.http import Get, NetworkError, Response, Validators, retry_after
from plugins.updates.fetch.bot_walls import challenge, is_page
from plugins.updates.model import Source
from plugins.updates.outcomes import Failure, FailureKind, Fetched, Hop, NotModified, Visit

Answer = Fetched | NotModified | Failure
ReadFile = Callable[[str], bytes]
Say = Callable[[str], None]

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


async def fetch(
    source: Source,
    visit: Visit,
    get: Get,
    now: datetime,
    read_file: ReadFile | None = None,
    say: Say = lambda line: None,
) -> Answer:
    """Return what the source's feed brings, or else its fallback, or else the file saved by hand.

    `read_file` takes `source.file` and returns its bytes or raises OSError. `say` is told when something other
    than the feed was used. A page that is no feed makes way for the fallback, and is returned where nothing is better.
    """
    tried: list[Answer] = []
    for url in filter(None, (source.feed, source.fallback)):
        answer = await _ask(source, visit, url, get, now)
        if not _disappoints(answer):
            return _instead(source, tried, answer, url, say)
        tried.append(answer)
    if source.file and read_file:
        answer = _by_hand(source, visit, read_file)
        if not isinstance(answer, Failure):
            return _instead(source, tried, answer, source.file, say)
        tried.append(answer)
    return _worst(source, tried)


def _disappoints(answer: Answer) -> bool:
    return isinstance(answer, Failure) or (isinstance(answer, Fetched) and is_page(answer.content_type, answer.body))


def _instead(source: Source, tried: list[Answer], answer: Answer, used: str, say: Say) -> Answer:
    if tried:
        first = tried[0]
        why = f"{first.kind}: {first.detail}" if isinstance(first, Failure) else "the feed's address gives a page"
        say(f"{source.id}: {used} was used, not its feed ({why})")
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


async def _ask(source: Source, visit: Visit, url: str, get: Get, now: datetime) -> Answer:
    validators = Validators(visit.url, visit.etag, visit.last_modified)
    try:
        response = await get(url, ACCEPT, validators)
    except NetworkError as error:
        return _failure(source, error.kind, error.detail)
    if 200 <= response.status < 300:  # noqa: PLR2004 – 2xx
        return _body(source, visit, response)
    if response.status == 304 and response.url == visit.url and validators.headers():  # noqa: PLR2004
        return NotModified(source.id, response.url, *_validators(response), _hops(response))
    return _turned_down(source, response, now)


def _body(source: Source, visit: Visit, response: Response) -> Answer:
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
        unchanged=digest == visit.digest,
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


def _by_hand(source: Source, visit: Visit, read_file: ReadFile) -> Answer:
    try:
        body = read_file(source.file)
    except OSError as error:
        return _failure(source, "not found", f"{source.file} cannot be read ({error.strerror or error})")
    digest = hashlib.sha256(body).hexdigest()
    return Fetched(source.id, source.feed or source.site, body, "", digest, unchanged=digest == visit.digest)


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
