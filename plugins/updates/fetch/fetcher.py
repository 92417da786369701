"""Fetch every source that is due: all hosts at once, the sources of one host one after the other.

`fetch_all` is an asynchronous generator, so that what comes of an answer is written where it is used: in the pipeline.
Whatever goes wrong with one source becomes that source's Failure. Nothing is written here, and nothing remembered but
which hosts asked for quiet.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from plugins.core.net.http import Get, NetworkError, Response, Validators, authority, retry_after
from plugins.updates.fetch.request import ReadFile, request_feed
from plugins.updates.fetch.schedule import due
from plugins.updates.model import Source, SourceRecord
from plugins.updates.outcomes import Failure, FailureKind, FeedState, Outcome, Waiting

log = logging.getLogger(__name__)

MOST_BODIES = 32
"""Answers that are held at a time, on their way here or waiting to be taken; a body may have 10 MiB."""
OUR_FAULT = "this is a fault of Picketwire's own; report it with the source's name and this line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Fetches sources; every argument reaches the outside through `get` and `read_file`.

    `states` and `records` are what earlier runs left of each source, by its id. `host_waits` says until when a host
    wants to be left alone (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3), and grows as hosts ask for it.
    `force` asks sources that are not due; `read_file` takes a source's `file`, returns its bytes, or raises OSError.
    """

    get: Get
    now: datetime
    states: Mapping[str, FeedState]
    records: Mapping[str, SourceRecord]
    host_waits: dict[str, datetime]
    force: bool = False
    read_file: ReadFile | None = None

    async def fetch_all(self, sources: Iterable[Source]) -> AsyncGenerator[tuple[Source, Outcome]]:
        """Yield every source with its outcome once, in the order in which hosts answer."""
        hosts: defaultdict[str, list[Source]] = defaultdict(list)
        for source in sources:
            hosts[host_of(source)].append(source)
        answers: asyncio.Queue[tuple[Source, Outcome]] = asyncio.Queue(MOST_BODIES // 2)
        in_hand = asyncio.Semaphore(MOST_BODIES // 2)

        async def fetch_one_after_the_other(of_one_host: Iterable[Source]) -> None:
            for source in of_one_host:
                async with in_hand:
                    await answers.put((source, await self._fetch(source)))

        tasks = [asyncio.create_task(fetch_one_after_the_other(of_one_host)) for of_one_host in hosts.values()]
        try:
            for _ in range(sum(map(len, hosts.values()))):
                yield await answers.get()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetch(self, source: Source) -> Outcome:
        state, record = self.states.get(source.id) or FeedState(source.id), self.records.get(source.id)
        if waiting := due(source, state, record, self.now, self.force, self.host_waits):
            return waiting
        if record is None or record.last_success is None:
            # The archive has nothing of this source, so "not modified" would never bring it anything.
            state = FeedState(source.id, url=state.url)
        try:
            return await request_feed(source, state, self._get, self.now, self.read_file)
        except Exception as error:
            log.debug("%s: unexpected", source.id, exc_info=True)
            return our_fault(source, "unreachable", error)

    async def _get(
        self, url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
    ) -> Response:
        """Ask, unless the host wants quiet; remember for the whole host when it asks for quiet now."""
        until = self.host_waits.get(authority(url))
        if until and until > self.now:
            raise NetworkError("rate limited", f"{authority(url)} asked us to wait until {until:%Y-%m-%d %H:%M} UTC")
        response = await self.get(url, headers, validators)
        if response.status in {429, 503} and (until := retry_after(response.headers, self.now)):
            self.host_waits[authority(response.url)] = until
        return response


def host_of(source: Source) -> str:
    """Return the host a source is asked at; its own id where it is asked nowhere."""
    return authority(source.feed or source.fallback) or source.id


def our_fault(source: Source, kind: FailureKind, error: Exception) -> Failure:
    """Return an exception nobody expected as one source's failure, so that the others go on."""
    return Failure(source.id, kind, f"{type(error).__name__}: {error}", OUR_FAULT)


def is_offline(sources: Iterable[Source], outcomes: Mapping[str, Outcome], records: Mapping[str, SourceRecord]) -> bool:
    """Tell whether it is this machine that has no network, rather than the sources that do not answer.

    That is assumed where none of those asked could be reached, and at least two of their hosts are not known to fail.
    """
    asked = [source for source in sources if not isinstance(outcomes[source.id], Waiting)]
    failures = [outcomes[source.id] for source in asked]
    if not all(isinstance(failure, Failure) and failure.kind == "unreachable" for failure in failures):
        return False
    known_to_fail = {name for name, record in records.items() if record.failure}
    return len({host_of(source) for source in asked if source.id not in known_to_fail}) > 1
