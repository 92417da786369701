"""Ask many at once: all hosts at the same time, those of one host one after the other, and none that wants quiet."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Container, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from plugins.core.net.http import Get, NetworkError, PostJson, Response, Validators, authority, retry_after
from plugins.core.polling.outcomes import Failure, FailureKind, Outcome, Waiting, failure_of_feed

T = TypeVar("T")
V = TypeVar("V")

MOST_BODIES = 32
"""Answers that are held at a time, on their way here or waiting to be taken; a body may have 10 MiB."""
OUR_FAULT = "this is a fault of Picketwire's own; report it with the source's name and this line"


async def fetch_by_host(
    every: Iterable[T], host_of: Callable[[T], str], fetch: Callable[[T], Awaitable[V]]
) -> AsyncGenerator[tuple[T, V]]:
    """Yield everyone with what `fetch` returned of it, once, in the order in which hosts answer. `fetch` never raises.

    It is an asynchronous generator, so that what comes of an answer is written where it is used.
    """
    hosts: defaultdict[str, list[T]] = defaultdict(list)
    for one in every:
        hosts[host_of(one)].append(one)
    answers: asyncio.Queue[tuple[T, V]] = asyncio.Queue(MOST_BODIES // 2)
    in_hand = asyncio.Semaphore(MOST_BODIES // 2)

    async def fetch_one_after_the_other(of_one_host: Iterable[T]) -> None:
        for one in of_one_host:
            async with in_hand:
                await answers.put((one, await fetch(one)))

    tasks = [asyncio.create_task(fetch_one_after_the_other(of_one_host)) for of_one_host in hosts.values()]
    try:
        for _ in range(sum(map(len, hosts.values()))):
            yield await answers.get()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def respecting_quiet(get: Get, now: datetime, waits: dict[str, datetime]) -> Get:
    """Return a `get` that asks no host that wants quiet, and remembers in `waits` when one asks for it.

    Source: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
    """

    async def ask(url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None) -> Response:
        refuse_quiet(url, now, waits)
        return note_quiet(await get(url, headers, validators), now, waits)

    return ask


def posting_with_respect(post: PostJson, now: datetime, waits: dict[str, datetime]) -> PostJson:
    """Return a `post` that does as `respecting_quiet` does."""

    async def ask(url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Response:
        refuse_quiet(url, now, waits)
        return note_quiet(await post(url, body, headers), now, waits)

    return ask


def refuse_quiet(url: str, now: datetime, waits: Mapping[str, datetime]) -> None:
    """Raise NetworkError where the host of an address wants to be left alone."""
    until = waits.get(authority(url))
    if until and until > now:
        raise NetworkError("rate limited", f"{authority(url)} asked us to wait until {until:%Y-%m-%d %H:%M} UTC")


def note_quiet(response: Response, now: datetime, waits: dict[str, datetime]) -> Response:
    """Return an answer, and remember for its whole host where it asks for quiet."""
    if response.status in {429, 503} and (until := retry_after(response.headers, now)):
        waits[authority(response.url)] = until
    return response


def our_fault(id: str, kind: FailureKind, error: Exception) -> Failure:
    """Return an exception nobody expected as the failure of one, so that the others go on."""
    return Failure(id, kind, f"{type(error).__name__}: {error}", OUR_FAULT)


def is_offline(asked: Iterable[tuple[str, str, Outcome]], known_to_fail: Container[str]) -> bool:
    """Tell whether it is this machine that has no network, rather than those asked who do not answer.

    `asked` has the id, the host and the outcome of everyone who was asked over the network, or would have been: a file
    saved by hand is read without one, and says nothing of it. It is assumed where none could be reached, and at least
    two of their hosts are not known to fail.
    """
    hosts = set()
    for id, host, outcome in asked:
        if isinstance(outcome, Waiting):
            continue
        failure = failure_of_feed(outcome)
        if failure is None or failure.kind != "unreachable":
            return False
        if id not in known_to_fail:
            hosts.add(host)
    return len(hosts) > 1
