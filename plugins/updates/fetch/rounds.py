"""A round: every source that is due is asked, all hosts at once, the sources of one host in turn.

Calls `schedule` and `fetch`; the network, the time and what becomes of a body are handed in. One source's trouble,
whatever it is, ends as that source's Failure. Bodies are handed on as they come, never collected.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from plugins.core.net.http import Get, NetworkError, Response, Validators, authority, retry_after
from plugins.updates.fetch.request import ReadFile, Say, fetch
from plugins.updates.fetch.schedule import after, due, remembered, waits_in
from plugins.updates.model import Source, SourceRecord
from plugins.updates.outcomes import Failure, FailureKind, Fetched, Outcome, Visit, Waiting

Consume = Callable[[Source, Outcome], Awaitable[Outcome]]
MOST_AT_HAND = 32
"""Sources between being asked and being done with, at a time: so many bodies are held at most."""
OWN_FAULT = "this is a fault of Picketwire's own; report it with the source's name and this line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a round is sent out with.

    `consume` takes each outcome as it arrives, bodies and all, and returns what it makes of it: the same, or a
    Failure where the body was no feed. `force` as in `schedule.due`; `read_file` and `say` as in `fetch.fetch`.
    """

    get: Get
    now: datetime
    consume: Consume
    force: bool = False
    read_file: ReadFile | None = None
    say: Say = lambda line: None


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a round, by source id and in the order given; outcomes are kept without their bodies.

    `offline`: nothing could be reached, and nothing speaks against it, so the fault is probably on our side.
    """

    outcomes: Mapping[str, Outcome]
    visits: Mapping[str, Visit]
    offline: bool = False


async def fetch_all(
    sources: Iterable[Source], visits: Mapping[str, Visit], records: Mapping[str, SourceRecord], errand: Errand
) -> Round:
    """Ask every source that is due, and return the outcomes with the visits to remember.

    Visits of sources that are no longer named are forgotten. Where `consume` raises, the outcome is a Failure.
    """
    sources = tuple(sources)
    walk = _Walk(errand, dict(visits), records, waits_in(visits, errand.now))
    hosts: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        hosts[authority(source.feed or source.fallback) or source.id].append(source)
    async with asyncio.TaskGroup() as group:
        for of_one_host in hosts.values():
            group.create_task(walk.along(of_one_host))
    kept = {source.id: walk.visits[source.id] for source in sources if source.id in walk.visits}
    outcomes = {source.id: walk.outcomes[source.id] for source in sources}
    return Round(outcomes, kept | remembered(walk.waits), _nobody_answered(sources, outcomes, records))


def _nobody_answered(
    sources: Iterable[Source], outcomes: Mapping[str, Outcome], records: Mapping[str, SourceRecord]
) -> bool:
    """Say whether none that was asked could be reached, with two hosts among them that are not known to fail."""
    asked = [source for source in sources if not isinstance(outcomes[source.id], Waiting)]
    well = {
        authority(source.feed or source.fallback)
        for source in asked
        if not ((record := records.get(source.id)) and record.failure)
    }
    answers = (outcomes[source.id] for source in asked)
    return len(well) > 1 and all(isinstance(one, Failure) and one.kind == "unreachable" for one in answers)


class _Walk:
    """The state of one round: grows as outcomes arrive."""

    def __init__(
        self,
        errand: Errand,
        visits: dict[str, Visit],
        records: Mapping[str, SourceRecord],
        waits: dict[str, datetime],
    ) -> None:
        self.errand = errand
        self.visits = visits
        self.records = records
        self.waits = waits
        self.outcomes: dict[str, Outcome] = {}
        self.room = asyncio.Semaphore(MOST_AT_HAND)

    async def along(self, sources: Iterable[Source]) -> None:
        """Visit the sources of one host, one after the other."""
        for source in sources:
            visit = self.visits.get(source.id) or Visit(source.id)
            async with self.room:
                outcome = await self._judged(source, await self._visited(source, visit))
            self.visits[source.id] = after(source, visit, outcome, self.errand.now)
            self.outcomes[source.id] = replace(outcome, body=b"") if isinstance(outcome, Fetched) else outcome

    async def _visited(self, source: Source, visit: Visit) -> Outcome:
        record, errand = self.records.get(source.id), self.errand
        if waiting := due(source, visit, record, errand.now, errand.force, self.waits):
            return waiting
        if record is None or record.last_success is None:
            # The archive has nothing of this source, so "not modified" would never bring it anything.
            visit = Visit(source.id, url=visit.url)
        try:
            return await fetch(source, visit, self._get, errand.now, errand.read_file, errand.say)
        except Exception as error:  # one source's trouble must not be the round's
            return _fault(source, "unreachable", error)

    async def _judged(self, source: Source, outcome: Outcome) -> Outcome:
        try:
            return await self.errand.consume(source, outcome)
        except Exception as error:  # as above
            return _fault(source, "parse error", error)

    async def _get(
        self, url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
    ) -> Response:
        """Ask, unless the host wants quiet; remember for the whole host when one says so now."""
        until = self.waits.get(authority(url))
        if until and until > self.errand.now:
            raise NetworkError("rate limited", f"{authority(url)} asked us to wait until {until:%Y-%m-%d %H:%M} UTC")
        response = await self.errand.get(url, headers, validators)
        if response.status in {429, 503} and (until := retry_after(response.headers, self.errand.now)):
            self.waits[authority(response.url)] = until
        return response


def _fault(source: Source, kind: FailureKind, error: Exception) -> Failure:
    return Failure(source.id, kind, f"{type(error).__name__}: {error}", OWN_FAULT)
