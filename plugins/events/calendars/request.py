"""Ask for one calendar and name what came: a body, nothing new, or a failure an editor can act on."""

import logging
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from plugins.core.net.http import Get, NetworkError, Validators
from plugins.core.polling.answers import Answer, failure, read_answer
from plugins.core.polling.by_host import our_fault
from plugins.core.polling.outcomes import FailureKind, FeedState
from plugins.events.model import Calendar

log = logging.getLogger(__name__)

ACCEPT = {"Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1"}
REMEDIES: Mapping[FailureKind, str] = MappingProxyType(
    {
        "unreachable": "check the address in a browser; if it works there, wait for the next run",
        "refused": "give the calendar’s public https address (webcal: is the same)",
        "timeout": "wait for the next run",
        "too large": "ask for a calendar of the coming months alone",
        "too many redirects": "open the address in a browser and give the one it ends at",
        "bot wall": "ask whose it is to let the calendar be read: it may be private still",
        "not found": "look for the calendar’s .ics address, and correct `calendar`",
        "rate limited": "nothing now: the host is left alone until its time is over",
        "server error": "wait for the next run; if it lasts for days, tell whose it is",
        "gone": "look for the calendar’s new address, and correct `calendar`",
    }
)


async def request_calendar(calendar: Calendar, state: FeedState, get: Get, now: datetime) -> Answer:
    """Return what the calendar's address brings; `state` has the validators of its last answer. Never raises."""
    try:
        response = await get(calendar.address, ACCEPT, Validators(state.url, state.etag, state.last_modified))
        return read_answer(calendar.id, response, state, now, REMEDIES)
    except NetworkError as error:
        return failure(calendar.id, error.kind, error.detail, REMEDIES)
    except Exception as error:
        log.debug("%s: unexpected", calendar.id, exc_info=True)
        return our_fault(calendar.id, "unreachable", error)
