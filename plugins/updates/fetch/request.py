"""Request one source's feed and name what came: a body, nothing new, or a failure an editor can act on.

The request itself (`get`), the time and the reading of a saved file are arguments. Nothing is parsed here, and when a
source may be asked is decided in `schedule`.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from plugins.core.net.bot_walls import challenge_words, is_page
from plugins.core.net.http import Get, NetworkError, Validators
from plugins.core.polling.answers import Answer, failure, read_answer
from plugins.core.polling.outcomes import Failure, FailureKind, FeedState, Fetched
from plugins.updates.model import Source

ReadFile = Callable[[str], bytes]

log = logging.getLogger(__name__)

ACCEPT = {
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"
}
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
        why = "the feed's address gives a page"
        if isinstance(first, Failure):
            why = f"{first.kind}: {first.detail}"
        log.warning("%s: %s was used, not its feed (%s)", source.id, used, why)
        if isinstance(answer, Fetched) and isinstance(first, Failure):
            return replace(answer, instead_of=first)
    return answer


def _worst(source: Source, tried: list[Answer]) -> Answer:
    """Return the first disappointment, which is the feed's own, with what else was tried."""
    if not tried:
        return failure(source.id, "not found", "has neither a feed nor a file that can be read", REMEDIES)
    first, *others = tried
    if not isinstance(first, Failure):
        return first
    details = [first.detail]
    for other in others:
        if isinstance(other, Failure):
            details.append(f"instead {other.kind}: {other.detail}")
    return replace(first, detail="; ".join(details))


async def _ask(source: Source, state: FeedState, url: str, get: Get, now: datetime) -> Answer:
    try:
        response = await get(url, ACCEPT, Validators(state.url, state.etag, state.last_modified))
    except NetworkError as error:
        return failure(source.id, error.kind, error.detail, REMEDIES)
    return read_answer(source.id, response, state, now, REMEDIES)


def _by_hand(source: Source, state: FeedState, read_file: ReadFile) -> Answer:
    try:
        body = read_file(source.file)
    except OSError as error:
        what = f"{source.file} cannot be read ({error.strerror or error})"
        return failure(source.id, "not found", what, REMEDIES)
    if is_page("", body) and (words := challenge_words(body)):
        what = f"{source.file} is a challenge page ({words!r}), saved in the feed's place"
        return failure(source.id, "bot wall", what, REMEDIES)
    digest = hashlib.sha256(body).hexdigest()
    return Fetched(source.id, source.feed or source.site, body, "", digest, unchanged=digest == state.digest)
