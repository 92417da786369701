"""Fetch every source that is due: all hosts at once, the sources of one host one after the other.

`fetch_all` is an asynchronous generator, so that what comes of an answer is written where it is used: in the pipeline.
Whatever goes wrong with one source becomes that source's Failure. Nothing is written here, and nothing remembered but
which hosts asked for quiet.
"""

import logging
from collections.abc import AsyncGenerator, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from plugins.core.net.http import Get, authority
from plugins.core.polling.by_host import fetch_by_host, our_fault, respecting_quiet
from plugins.core.polling.outcomes import FeedState, Outcome
from plugins.updates.fetch.request import ReadFile, request_feed
from plugins.updates.fetch.schedule import due
from plugins.updates.model import Source, SourceRecord

log = logging.getLogger(__name__)


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

    def fetch_all(self, sources: Iterable[Source]) -> AsyncGenerator[tuple[Source, Outcome]]:
        """Yield every source with its outcome once, in the order in which hosts answer."""
        return fetch_by_host(sources, host_of, self._fetch)

    async def _fetch(self, source: Source) -> Outcome:
        state = self.states.get(source.id) or FeedState(source.id)
        record = self.records.get(source.id)
        if waiting := due(source, state, record, self.now, self.force, self.host_waits):
            return waiting
        if record is None or record.last_success is None:
            # The archive has nothing of this source, so "not modified" would never bring it anything.
            state = FeedState(source.id, url=state.url)
        try:
            return await request_feed(
                source, state, respecting_quiet(self.get, self.now, self.host_waits), self.now, self.read_file
            )
        except Exception as error:
            log.debug("%s: unexpected", source.id, exc_info=True)
            return our_fault(source.id, "unreachable", error)


def host_of(source: Source) -> str:
    """Return the host a source is asked at; its own id where it is asked nowhere."""
    return authority(source.address) or source.id
