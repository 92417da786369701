"""Fetching many sources, over a network of plain values."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from plugins.core.net.http import Response, Validators
from plugins.core.polling.by_host import is_offline
from plugins.core.polling.outcomes import Failure, FeedState, Fetched, Outcome, Waiting
from plugins.updates.fetch.fetcher import Fetcher
from plugins.updates.model import Source, SourceRecord

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RSS = b"<rss><channel/></rss>"
KNOWN = SourceRecord("a", last_success=date(2026, 2, 28))


def source(name: str, host: str = "a.example", fallback: str = "") -> Source:
    """Return a source with a feed on a host."""
    return Source(name, name, "", "press", f"https://{host}/{name}", fallback)


class Net:
    """A network that answers with `respond`, and notes what it was asked with which validators."""

    def __init__(self, respond: Callable[[str], Response] | None = None) -> None:
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self._respond = respond or (lambda url: Response(200, url, {"etag": '"1"'}, RSS))

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
    ) -> Response:
        """Answer a GET."""
        self.asked.append((url, validators.headers() if validators else {}))
        return self._respond(url)


def fetched(
    sources: Iterable[Source],
    net: Net,
    states: Mapping[str, FeedState] | None = None,
    records: Mapping[str, SourceRecord] | None = None,
    host_waits: dict[str, datetime] | None = None,
    *,
    force: bool = False,
) -> dict[str, Outcome]:
    """Fetch sources, and return the outcomes by their ids."""
    fetcher = Fetcher(
        get=net.get,
        now=NOW,
        states=states or {},
        records=records or {},
        host_waits={} if host_waits is None else host_waits,
        force=force,
    )

    async def run() -> dict[str, Outcome]:
        return {one.id: outcome async for one, outcome in fetcher.fetch_all(sources)}

    return asyncio.run(run())


def test_each_source_comes_once_with_its_body() -> None:
    """Sources of one host and of several are all yielded, bodies and all."""
    found = fetched([source("a"), source("b"), source("c", "c.example")], Net())
    assert sorted(found) == ["a", "b", "c"]
    assert all(isinstance(outcome, Fetched) and outcome.body == RSS for outcome in found.values())


def test_a_source_the_archive_does_not_know_is_asked_in_full() -> None:
    """Validators are of no use where the archive is empty: "not modified" would bring nothing for ever."""
    state, net = FeedState("a", url="https://a.example/a", etag='"0"', digest="d"), Net()
    fetched([source("a")], net, {"a": state}, {"a": KNOWN})
    assert net.asked[0][1] == {"If-None-Match": '"0"'}
    net = Net()
    found = fetched([source("a")], net, {"a": state})
    assert net.asked[0][1] == {}
    assert isinstance(found["a"], Fetched)


def test_an_unexpected_fault_is_one_sources_failure() -> None:
    """A bug met on one source's way is told as its failure, with type and message; the others arrive."""

    def respond(url: str) -> Response:
        if url.endswith("/a"):
            raise ZeroDivisionError("division by zero")
        return Response(200, url, {}, RSS)

    found = fetched([source("a"), source("b"), source("c", "c.example")], Net(respond))
    failure = found["a"]
    assert isinstance(failure, Failure)
    assert failure.detail == "ZeroDivisionError: division by zero"
    assert isinstance(found["b"], Fetched)
    assert isinstance(found["c"], Fetched)


def test_a_source_that_is_not_due_is_yielded_and_not_asked() -> None:
    """Waiting is an outcome as others are."""
    net = Net()
    state = FeedState("a", feed="https://a.example/a", checked_at=NOW - timedelta(minutes=59))
    assert isinstance(fetched([source("a")], net, {"a": state})["a"], Waiting)
    assert net.asked == []


def test_a_fallback_on_a_host_that_wants_quiet_is_not_asked() -> None:
    """Retry-After from the feed holds for the fallback on the same host; on another host it is asked."""

    def respond(url: str) -> Response:
        if "a.example" in url:
            return Response(429, url, {"retry-after": "60"})
        return Response(200, url, {}, RSS)

    net = Net(respond)
    same = fetched([source("a", fallback="https://a.example/other")], net)["a"]
    assert len(net.asked) == 1
    assert isinstance(same, Failure)
    assert same.kind == "rate limited"
    net, waits = Net(respond), dict[str, datetime]()
    assert isinstance(fetched([source("a", fallback="https://b.example/a")], net, host_waits=waits)["a"], Fetched)
    assert len(net.asked) == 2
    net = Net(respond)
    assert isinstance(fetched([source("z")], net, host_waits=waits, force=True)["z"], Waiting)
    assert net.asked == []


def test_a_consumer_that_stops_leaves_no_request_behind() -> None:
    """Whoever leaves the loop early ends what is on its way, and nothing goes on asking."""
    net = Net()

    async def run() -> int:
        fetcher = Fetcher(get=net.get, now=NOW, states={}, records={}, host_waits={})
        answers = fetcher.fetch_all([source(f"s{number}", f"h{number}.example") for number in range(100)])
        await anext(answers)
        await answers.aclose()
        before = len(net.asked)
        await asyncio.sleep(0)
        return len(net.asked) - before

    assert asyncio.run(run()) == 0


def test_offline_is_where_nobody_answers_who_did_before() -> None:
    """Two hosts, not known to fail, that cannot be reached say that the fault is ours; one may have died."""
    dead, slow = Failure("a", "unreachable", "no address", "wait"), Failure("b", "timeout", "slow", "wait")
    here: list[tuple[str, str, Outcome]] = [("a", "a.example", dead), ("b", "b.example", dead)]
    assert is_offline(here, set())
    assert not is_offline(here, {"b"})
    assert not is_offline([here[0], ("b", "b.example", slow)], set())
    assert not is_offline(here[:1], set())
