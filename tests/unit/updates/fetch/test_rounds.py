"""A round over many sources, with a network of plain values."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from plugins.core.net.http import Response
from plugins.updates.fetch.rounds import Errand, fetch_all
from plugins.updates.model import Source, SourceRecord
from plugins.updates.outcomes import Failure, Fetched, Visit, Waiting

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RSS = b"<rss><channel/></rss>"
KNOWN = SourceRecord("a", last_success=date(2026, 2, 28))


def _source(name, host="a.example", **fields):
    return Source(name, name, "", "press", f"https://{host}/{name}", **fields)


async def _keep(_source, outcome):
    return outcome


def _go(sources, visits=None, records=None, get=None, consume=_keep, **errand):
    asked = []

    async def answer(url, headers=None, validators=None):
        asked.append((url, validators.headers() if validators else {}))
        return get(url) if get else Response(200, url, {"etag": '"1"'}, RSS)

    work = Errand(**{"get": answer, "now": NOW, "consume": consume} | errand)
    return asyncio.run(fetch_all(sources, visits or {}, records or {}, work)), asked


def test_bodies_are_handed_on_and_not_kept():
    """The consumer gets each body once; the round remembers what came, without it."""
    bodies = []

    async def consume(_source, outcome):
        bodies.append(outcome.body)
        return outcome

    done, _ = _go([_source("a"), _source("b", "b.example")], consume=consume)
    assert bodies == [RSS, RSS] and [one.body for one in done.outcomes.values()] == [b"", b""]
    assert done.visits["a"].etag == '"1"' and done.visits["a"].next_at == NOW + timedelta(hours=1)


def test_a_body_that_was_no_feed_leaves_the_validators_of_the_last_that_was():
    """Where the consumer judges the body unfit, the visit counts as failed and the next is asked in full."""

    async def refuse(source, _outcome):
        return Failure(source.id, "not a feed", "a page", "look")

    before = Visit("a", url="https://a.example/a", etag='"0"', digest="d")
    done, _ = _go([_source("a")], {"a": before}, {"a": KNOWN}, consume=refuse)
    assert (done.visits["a"].etag, done.visits["a"].streak) == ('"0"', 1)


def test_a_source_the_archive_does_not_know_is_asked_in_full():
    """Validators are of no use where the archive is empty: "not modified" would bring nothing for ever."""
    visit = Visit("a", url="https://a.example/a", etag='"0"', digest="d")
    _, asked = _go([_source("a")], {"a": visit}, {"a": KNOWN})
    assert asked[0][1] == {"If-None-Match": '"0"'}
    done, asked = _go([_source("a")], {"a": visit})
    assert asked[0][1] == {} and isinstance(done.outcomes["a"], Fetched)


def test_an_unexpected_fault_is_one_sources_failure():
    """A bug met on one source's way is told as its failure, with type and message; the others arrive."""

    def get(url):
        if url.endswith("/a"):
            raise ZeroDivisionError("division by zero")
        return Response(200, url, {}, RSS)

    done, _ = _go([_source("a"), _source("b"), _source("c", "c.example")], get=get)
    assert done.outcomes["a"].detail == "ZeroDivisionError: division by zero"
    assert [type(one) for one in done.outcomes.values()] == [Failure, Fetched, Fetched]


def test_a_source_that_is_not_due_is_reported_and_not_asked():
    """Waiting is an outcome; the consumer hears of it, and the visit stays as it was."""
    visit = Visit("a", feed="https://a.example/a", checked_at=NOW - timedelta(minutes=59))
    done, asked = _go([_source("a")], {"a": visit, "removed": Visit("removed")})
    assert isinstance(done.outcomes["a"], Waiting) and asked == [] and done.visits == {"a": visit}


def test_a_fallback_on_a_host_that_wants_quiet_is_not_asked():
    """Retry-After from the feed holds for the fallback on the same host; on another host it is asked."""

    def get(url):
        return Response(429, url, {"retry-after": "60"}) if "a.example" in url else Response(200, url, {}, RSS)

    same, asked = _go([_source("a", fallback="https://a.example/other")], get=get)
    assert len(asked) == 1 and same.outcomes["a"].kind == "rate limited"
    other, asked = _go([_source("a", fallback="https://b.example/a")], get=get)
    assert isinstance(other.outcomes["a"], Fetched) and len(asked) == 2
    again, asked = _go([_source("z")], other.visits, get=get, force=True, now=NOW + timedelta(seconds=59))
    assert isinstance(again.outcomes["z"], Waiting) and asked == []
