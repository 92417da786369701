"""What one look at an address proves: alive, dead, or cannot tell; and what several looks add up to.

A wall against robots is not death: sites answer 403 to us and 200 to readers. Nor is it life: counting every 403 as
good hides links that are gone. So it is neither. Answers in, verdicts out; nobody is asked here.
Sources: RFC 9110, section 15 (status codes); lychee issue 1157 and apify-docs pull request 2261 (the two mistakes).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from urllib.parse import urlsplit

from plugins.core.net.http import ErrorKind, NetworkError, Response
from plugins.core.net.page_title import page_title

Verdict = Literal["alive", "dead", "cannot tell"]

FAILURES_UNTIL_DEAD = 2
_GONE = {404: "not found", 410: "gone for good"}
_WALLED = frozenset({401, 402, 403, 405, 406, 407, 409, 418, 421, 425, 429, 430, 451, 503, 999})
"""Answers given to a visitor rather than about the page; 999 is LinkedIn's, 402 the pay-per-crawl gates'."""
_WALL_HEADERS = ("cf-mitigated", "x-datadome", "x-amzn-waf-action", "x-sucuri-block", "x-px-block")
_SUCCESS = range(200, 300)
_SERVER_FAULT = 500

_WALL_TITLE = re.compile(
    r"^just a moment|^attention required|checking your browser|security check|are you (a )?(human|robot)"
    r"|human verification|robot check|pardon our interruption|ddos-guard|^access (to this page has been )?denied"
    r"|client challenge|verify(ing)? you are human|^captcha|bot verification",
    re.IGNORECASE,
)
_MISSING_TITLE = re.compile(
    r"^(error )?404\b|\b404( -)? (error|not found)|\b(page|content|article) (was |could )?not (be )?found|^not found\b"
    r"|no longer (available|exists)|page (is )?unavailable",
    re.IGNORECASE,
)
_PARKED_TITLE = re.compile(
    r"domain (name )?(is|may be) for sale|is for sale\b.*(domain|hugedomains)|buy this domain|parked (free|domain)"
    r"|domain (has )?expired|hugedomains|^sedo\b|\bdan\.com\b|^welcome to nginx|default web page",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Seen(Response):
    """An answer of which only the opening was read, and until when the server's certificate holds (none over http)."""

    certificate_until: datetime | None = None


class LostError(NetworkError):
    """No answer, at the end of redirects that did come: the last of its `hops` says where it was lost."""

    def __init__(self, kind: ErrorKind, detail: str, hops: tuple[tuple[int, str], ...]) -> None:
        super().__init__(kind, detail)
        self.hops = hops


@dataclass(frozen=True, slots=True)
class Finding:
    """One look at an address: the verdict and what it rests on.

    `hops` are the redirects, each a status and where it sent us; `final` is where they ended, "" where nothing came.
    """

    url: str
    verdict: Verdict
    why: str
    status: int = 0
    final: str = ""
    hops: tuple[tuple[int, str], ...] = ()
    title: str = ""
    certificate_until: datetime | None = None
    reached: bool = True

    @property
    def chain(self) -> tuple[str, ...]:
        """Return every address on the way, the one asked for first."""
        return (self.url, *(target for _, target in self.hops))


@dataclass(frozen=True, slots=True)
class LinkHistory:
    """What the looks so far add up to, by the day. `failures` counts those in a row, up to the two that matter."""

    verdict: Verdict
    since: date
    failures: int = 0

    @property
    def dead(self) -> bool:
        """Say whether it has failed often enough in a row to be called dead before readers."""
        return self.failures >= FAILURES_UNTIL_DEAD


def settle(before: LinkHistory | None, verdict: Verdict, today: date) -> LinkHistory:
    """Add a verdict to a history. Life wipes failures out; a look that tells nothing leaves their count as it is.

    `since` moves only with the verdict, so that a look without news changes nothing.
    """
    since, failures = today, 0
    if before:
        failures = before.failures
        if before.verdict == verdict:
            since = before.since
    match verdict:
        case "alive":
            failures = 0
        case "dead":
            failures = min(failures + 1, FAILURES_UNTIL_DEAD)
    return LinkHistory(verdict, since, failures)


def judge(url: str, outcome: Response | NetworkError) -> Finding:
    """Return what an answer, or its absence, says about the address that was asked for."""
    if isinstance(outcome, NetworkError):
        verdict, reached = _OF_ERROR[outcome.kind]
        final = ""
        if outcome.hops:  # servers have answered up to where it was lost
            reached, final = True, outcome.hops[-1][1]
        return Finding(url, verdict, outcome.detail, final=final, hops=outcome.hops, reached=reached)
    title = page_title(outcome) if outcome.status in _SUCCESS else ""
    certificate_until = outcome.certificate_until if isinstance(outcome, Seen) else None
    verdict, why = _of_answer(url, outcome, title)
    return Finding(url, verdict, why, outcome.status, outcome.url, outcome.hops, title, certificate_until)


_OF_ERROR: Mapping[ErrorKind, tuple[Verdict, bool]] = {
    "unreachable": ("dead", False),
    "refused": ("dead", False),
    "timeout": ("cannot tell", False),
    "too large": ("alive", True),
    "too many redirects": ("cannot tell", True),
    "rate limited": ("cannot tell", True),
    "parse error": ("alive", True),
}
"""Per kind of error the verdict, and whether a server answered at all. Circles of redirects are most often a wall that
wants a cookie; what is too large or packed in an unknown way did come with a good status."""


def _of_answer(url: str, answer: Response, title: str) -> tuple[Verdict, str]:
    status = answer.status
    for name in _WALL_HEADERS:
        if name in answer.headers:
            return "cannot tell", f"a wall against robots ({status}, {name})"
    if status in _GONE:
        return "dead", f"{status}, {_GONE[status]}"
    if status in _SUCCESS:
        return _of_page(url, answer.url, title)
    if status in _WALLED:
        return "cannot tell", f"{status}: the server does not answer robots, or not now"
    if status >= _SERVER_FAULT:
        return "dead", f"{status}: the server is broken"
    return "cannot tell", f"{status}: an answer that says nothing of the page"


def _of_page(url: str, final: str, title: str) -> tuple[Verdict, str]:
    if _WALL_TITLE.search(title):
        return "cannot tell", f"a wall against robots (its page says “{title}”)"
    if _PARKED_TITLE.search(title):
        return "dead", f"its domain has nothing of the page’s owner any more (its page says “{title}”)"
    if _MISSING_TITLE.search(title):
        return "cannot tell", f"a page that says it is not there (“{title}”)"
    if _is_front(final) and not _is_front(url):
        return "cannot tell", f"leads to a front page now ({final})"
    return "alive", "answers"


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query
