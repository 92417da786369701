"""The promises of the network door and the polite fetch, kept against a real server that breaks its own."""

import asyncio
import gzip
import socket
import tracemalloc
import zlib
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from plugins.core.net.client import Network
from plugins.core.net.http import NetworkError
from plugins.core.polling.outcomes import Failure, Fetched, NotModified, Outcome, Waiting
from plugins.updates.fetch.fetcher import Fetcher
from plugins.updates.model import Source
from tests.loopback.conftest import Ask
from tests.loopback.faulty import ATOM, NOW, QUICK, Faulty, Handler, Seen, answer, head

CHALLENGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>"


async def _for_ever(_seen: Seen, _out: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


def _failed(outcome: Outcome, kind: str) -> Failure:
    assert isinstance(outcome, Failure), outcome
    assert outcome.kind == kind, outcome
    assert outcome.detail and outcome.remedy
    return outcome


def test_validators_go_back_byte_exact_and_304_is_no_news(ask: Ask) -> None:
    """ETag and Last-Modified are sent as they came, quotes, weakness, case and all, and 304 is NotModified."""
    etag, modified = 'W/"Ab,c é"', "sun, 01 mar 2026 11:59:59 gmt"
    first, _ = ask(answer(etag=etag, last_modified=modified))
    assert isinstance(first, Fetched) and (first.etag, first.last_modified, first.body) == (etag, modified, ATOM)
    outcome, server = ask(answer(304, b""), {"url": "ROOT/feed", "etag": first.etag, "last_modified": modified})
    assert isinstance(outcome, NotModified)
    assert server.seen[0].headers["if-none-match"] == etag.encode()
    assert server.seen[0].headers["if-modified-since"] == modified.encode()


def test_validators_go_only_to_the_address_that_gave_them(ask: Ask) -> None:
    """On the way through a redirect the first hop is asked without condition, the final address with it."""
    routes = {"/feed": answer(301, b"", location="/new"), "/new": answer(304, b"")}
    outcome, server = ask(routes, {"url": "ROOT/new", "etag": '"1"'})
    assert isinstance(outcome, NotModified) and [hop.status for hop in outcome.hops] == [301]
    assert ["if-none-match" in seen.headers for seen in server.seen] == [False, True]


def test_a_304_nobody_asked_for_is_a_failure(ask: Ask) -> None:
    """Without validators of this address, 304 brings nothing and is not taken for success."""
    _failed(ask(answer(304, b""), {"url": "https://else.example/", "etag": '"1"'})[0], "server error")


def test_a_validator_that_cannot_be_sent_back_exactly_is_not_kept(ask: Ask) -> None:
    """An ETag with bytes that are not text is left out; the body is still taken."""
    outcome, _ = ask(answer(etag=b'"\xe9"', last_modified="x"))
    assert isinstance(outcome, Fetched) and (outcome.etag, outcome.last_modified) == ("", "x")


def test_the_request_is_honest_and_bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own name is given; no login is sent, and no cookie, not even one the server set on the way."""
    real = socket.getaddrinfo  # a name, since a cookie jar keeps none for a bare IP address
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: real("127.0.0.1", *rest, **more))

    async def run() -> None:
        routes = {"/feed": answer(302, b"", location="/b", set_cookie="a=b; Path=/"), "/b": answer()}
        async with Faulty(routes) as server, Network(**QUICK | {"allow": ["desk.example"]}) as net:
            await net.get(f"http://desk.example:{server.port}/feed", {"Authorization": "x", "Accept": "y"})
            for seen in server.seen:
                assert (seen.headers["user-agent"], seen.headers["accept"]) == (QUICK["user_agent"].encode(), b"y")
                assert not {"cookie", "authorization", "referer"} & set(seen.headers)
            assert [seen.path for seen in server.seen] == ["/feed", "/b"]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(ATOM, mtime=0)),
        ("GZIP", gzip.compress(ATOM[:9], mtime=0) + gzip.compress(ATOM[9:], mtime=0) + bytes(9)),
        ("deflate", zlib.compress(ATOM)),
        ("deflate", zlib.compress(ATOM)[2:-4]),
    ],
)
def test_compressed_bodies_arrive_whole(ask: Ask, encoding: str, body: bytes) -> None:
    """gzip, of several members and padded, and both kinds of deflate are undone."""
    outcome, _ = ask(answer(body=body, content_encoding=encoding))
    assert isinstance(outcome, Fetched) and outcome.body == ATOM


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", gzip.compress(ATOM, mtime=0)[:-12]), ("gzip", b"not gzip"), ("br", b"x"), ("gzip, gzip", b"x")],
)
def test_bodies_that_cannot_be_undone_are_named(ask: Ask, encoding: str, body: bytes) -> None:
    """A compressed body cut short, or not what it claims, is a failure: no half feed is kept under an ETag."""
    _failed(ask(answer(body=body, content_encoding=encoding, etag='"1"'))[0], "parse error")


def test_a_slow_drip_is_cut_by_the_total_time(ask: Ask) -> None:
    """A body that comes a byte at a time ends with the total time, however lively it looks."""

    async def drip(_seen: Seen, out: asyncio.StreamWriter) -> None:
        head(out, 200)
        while True:
            out.write(b" ")
            await out.drain()
            await asyncio.sleep(0.02)

    assert "bytes" in _failed(ask(drip, total_seconds=0.3)[0], "timeout").detail


def test_a_server_that_never_answers_is_cut(ask: Ask) -> None:
    """No answer at all ends with the total time."""
    _failed(ask(_for_ever, total_seconds=0.2)[0], "timeout")


def test_redirects_share_one_total_time(ask: Ask) -> None:
    """A chain of slow redirects has no more time than one request."""

    async def slowly(seen: Seen, out: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15)
        head(out, 302, location=f"{seen.path}x", content_length="0")

    outcome, server = ask({"/feed" + "x" * n: slowly for n in range(6)}, total_seconds=0.4)
    _failed(outcome, "timeout")
    assert len(server.seen) == 3


def test_an_endless_body_is_cut_at_the_limit(ask: Ask) -> None:
    """A body without end is given up once it is larger than allowed."""

    async def endless(_seen: Seen, out: asyncio.StreamWriter) -> None:
        head(out, 200)
        while True:
            out.write(bytes(65536))
            await out.drain()

    _failed(ask(endless, max_bytes=2**20)[0], "too large")


def test_a_gzip_bomb_is_cut_without_room_for_it(ask: Ask) -> None:
    """64 MiB in 64 KiB of gzip are given up at 1 MiB, and never take more than a few MiB of memory."""
    bomb = gzip.compress(bytes(64 * 2**20), 9)
    tracemalloc.start()
    try:
        outcome, _ = ask(answer(body=bomb, content_encoding="gzip"), max_bytes=2**20)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    _failed(outcome, "too large")
    assert peak < 6 * 2**20


def test_a_row_of_empty_gzip_members_is_cut(ask: Ask) -> None:
    """Thousands of members that hold nothing do not keep us busy."""
    _failed(ask(answer(body=gzip.compress(b"", mtime=0) * 20_000, content_encoding="gzip"))[0], "too large")


def test_a_body_as_large_as_allowed_is_taken(ask: Ask) -> None:
    """The limit itself still fits; one byte more does not."""
    assert isinstance(ask(answer(body=bytes(1000)), max_bytes=1000)[0], Fetched)
    _failed(ask(answer(body=bytes(1001)), max_bytes=1000)[0], "too large")
    _failed(ask(answer(body=gzip.compress(bytes(1001)), content_encoding="gzip"), max_bytes=1000)[0], "too large")


async def _reset_midway(_seen: Seen, out: asyncio.StreamWriter) -> None:
    head(out, 200, content_length="1000")
    out.write(ATOM)
    await out.drain()
    out.transport.abort()


async def _hang_up(_seen: Seen, out: asyncio.StreamWriter) -> None:
    out.transport.abort()


async def _bad_chunks(_seen: Seen, out: asyncio.StreamWriter) -> None:
    head(out, 200, transfer_encoding="chunked")
    out.write(b"5\r\nhello\r\nzz\r\n")


async def _no_http(_seen: Seen, out: asyncio.StreamWriter) -> None:
    out.write(b"220 mail.example ESMTP\r\n\r\n")


async def _short(_seen: Seen, out: asyncio.StreamWriter) -> None:
    head(out, 200, content_length="9999")
    out.write(ATOM)


@pytest.mark.parametrize("fault", [_reset_midway, _hang_up, _bad_chunks, _no_http, _short])
def test_broken_answers_are_named_and_not_asked_for_twice(ask: Ask, fault: Handler) -> None:
    """A reset, a body shorter than promised, bad chunks, no HTTP: one failure, after one request."""
    outcome, server = ask(fault)
    _failed(outcome, "unreachable")
    assert len(server.seen) == 1


@pytest.mark.parametrize("headers", [b"X: " + b"a" * 10**6, b"\r\n".join([b"X: a"] * 10**4)])
def test_header_bombs_are_cut(ask: Ask, headers: bytes) -> None:
    """One endless header, or thousands, are too large."""

    async def bomb(_seen: Seen, out: asyncio.StreamWriter) -> None:
        out.write(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n\r\n")

    _failed(ask(bomb)[0], "too large")


def test_a_closed_port_is_unreachable() -> None:
    """Where nothing listens, it says so."""

    async def run() -> None:
        async with Faulty() as server, Network(**QUICK) as net:
            url = server.url()
            await server.__aexit__(None, None, None)
            with pytest.raises(NetworkError, match=r"no connection to 127\.0\.0\.1"):
                await net.get(url)

    asyncio.run(run())


def test_redirect_loops_and_long_chains_end(ask: Ask) -> None:
    """A circle is seen when it closes; five redirects are followed, a sixth is not."""
    circle = {"/feed": answer(302, b"", location="/b"), "/b": answer(302, b"", location="/feed")}
    outcome, server = ask(circle)
    assert "circle" in _failed(outcome, "too many redirects").detail and len(server.seen) == 2
    chain = {f"/{n}": answer(301, b"", location=f"/{n + 1}") for n in range(1, 6)}
    outcome, _ = ask({"/feed": answer(301, b"", location="/1"), **chain, "/6": answer()})
    _failed(outcome, "too many redirects")
    outcome, server = ask({"/feed": answer(301, b"", location="/2"), **chain, "/6": answer()})
    assert isinstance(outcome, Fetched) and len(outcome.hops) == 5 and outcome.url == server.url("/6")


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]:PORT/secret",
        "http://[::1]:PORT/secret",
        "http://127.0.0.2:PORT/secret",
        "http://2130706434:PORT/secret",  # 127.0.0.2 as one number
        "http://0x7f.2:PORT/secret",
        "http://017700000002:PORT/secret",
        "http://0.0.0.0:PORT/secret",
        "http://user:pass@127.0.0.1:PORT/secret",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "data:text/xml,<rss/>",
        "javascript:alert(1)",
        "http://[broken/",
    ],
)
def test_redirects_to_what_is_not_public_are_refused(target: str) -> None:
    """Every hop is judged by where it leads: only the one opened address is reached, and nothing but http(s)."""

    async def run() -> None:
        async with Faulty({"/secret": answer()}) as server, Network(**QUICK) as net:
            server.routes["/feed"] = answer(302, b"", location=target.replace("PORT", str(server.port)))
            with pytest.raises(NetworkError) as raised:
                await net.get(server.url())
            assert [seen.path for seen in server.seen] == ["/feed"]
            assert raised.value.kind == "refused"

    asyncio.run(run())


def test_an_opened_name_opens_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name opens what that name leads to, not the address under any other; a network opens its own."""
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: real("127.0.0.1", *rest, **more))

    async def run() -> None:
        async with Faulty({"/feed": answer()}) as server:
            by_name = f"http://desk.example:{server.port}/feed"
            async with Network(**QUICK | {"allow": ["desk.example"]}) as net:
                assert (await net.get(by_name)).status == 200
                with pytest.raises(NetworkError, match="loopback"):
                    await net.get(server.url())
            async with Network(**QUICK | {"allow": ["127.0.0.0/8"]}) as net:
                assert (await net.get(server.url())).status == 200
            async with Network(**QUICK | {"allow": []}) as net:
                for url in (by_name, server.url()):
                    with pytest.raises(NetworkError, match="refused"):
                        await net.get(url)
            assert len(server.seen) == 2

    asyncio.run(run())


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, "bot wall"),
        (402, "bot wall"),
        (403, "bot wall"),
        (404, "not found"),
        (410, "gone"),
        (429, "rate limited"),
        (500, "server error"),
        (503, "server error"),
    ],
)
def test_statuses_are_named(ask: Ask, status: int, kind: str) -> None:
    """Each status an editor meets has its kind, and the number is kept."""
    assert _failed(ask(answer(status, b"no"))[0], kind).status == status


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Sun, 01 Mar 2026 12:10:00 GMT", 600),
        ("9" * 5000, 86400),
        ("-5", None),
        ("soon", None),
        ("Sun, 01 Mar 2020 12:10:00 GMT", None),
    ],
)
def test_retry_after_is_heeded_in_both_forms(ask: Ask, status: int, header: str, seconds: int) -> None:
    """Seconds and dates are read, a day at most; what is negative, past or unreadable is passed over."""
    outcome, _ = ask(answer(status, b"", retry_after=header))
    expected = NOW + timedelta(seconds=seconds) if seconds else None
    assert _failed(outcome, "rate limited" if seconds or status == 429 else "server error").retry_at == expected


def test_a_500_is_forgotten_once_the_feed_is_back(ask: Ask) -> None:
    """The fallback is asked when the feed fails, and the feed again the next time."""
    outcome, server = ask({"/feed": answer(500, b""), "/other": answer()}, fallback="/other")
    assert isinstance(outcome, Fetched) and outcome.url == server.url("/other")
    outcome, server = ask({"/feed": answer(), "/other": answer()}, fallback="/other")
    assert isinstance(outcome, Fetched) and outcome.url == server.url("/feed")


@pytest.mark.parametrize("content_type", ["text/html", "application/xml"])
def test_a_challenge_page_with_200_is_a_bot_wall(ask: Ask, content_type: str) -> None:
    """A page that asks for proof of a browser is no feed, whatever it calls itself."""
    _failed(ask(answer(body=CHALLENGE, content_type=content_type))[0], "bot wall")


def test_any_other_page_is_left_to_the_parser(ask: Ask) -> None:
    """An ordinary page is handed on as it came."""
    page = b"<html><title>Strike news</title><p>Join us.</html>"
    assert isinstance(ask(answer(body=page, content_type="text/html"))[0], Fetched)


def test_one_at_a_time_per_host_with_the_gap_between() -> None:
    """On the server's clock, a host never has two requests at once, and the pause lies between them."""

    async def run() -> None:
        async with Faulty() as server, Network(**QUICK | {"host_gap": 0.1}) as net:
            for n in range(4):
                server.routes[f"/{n}"] = answer()
            await asyncio.gather(*(net.get(server.url(f"/{n}")) for n in range(4)))
            assert server.most_open == 1
            gaps = [later.at - earlier.at for earlier, later in pairwise(server.seen)]
            assert len(gaps) == 3 and min(gaps) >= 0.1

    asyncio.run(run())


def test_no_more_in_flight_than_allowed() -> None:
    """Of many hosts, only so many are asked at once, and so many are."""

    async def run() -> None:
        arrived, go = asyncio.Semaphore(0), asyncio.Event()

        async def wait(_seen: Seen, out: asyncio.StreamWriter) -> None:
            arrived.release()
            await go.wait()
            head(out, 200, content_length="0")

        async with Faulty({"/feed": wait}, "0.0.0.0") as server:
            limits = {"in_flight": 3, "allow": ["127.0.0.0/8"]}
            async with Network(**QUICK | limits) as net:
                urls = [f"http://127.0.1.{n}:{server.port}/feed" for n in range(1, 10)]
                asked = [asyncio.ensure_future(net.get(url)) for url in urls]
                for _ in range(3):
                    await arrived.acquire()
                go.set()
                await asyncio.gather(*asked)
            assert server.most_open == 3 and len(server.seen) == 9

    asyncio.run(run())


def test_one_hostile_source_of_many_harms_no_other() -> None:
    """Every fault at once, and one consumer that breaks: the honest sources all arrive."""
    faults = [_reset_midway, _bad_chunks, _no_http, _for_ever, answer(500, b""), answer(body=CHALLENGE)]

    async def run() -> None:
        async with Faulty({f"/{n}": answer() for n in range(30)}, "0.0.0.0") as server:
            server.routes |= {f"/{n}": fault for n, fault in enumerate(faults)}
            sources = [Source(f"s{n}", "", "", "press", f"http://127.0.2.{n + 1}:{server.port}/{n}") for n in range(30)]
            async with Network(**QUICK | {"allow": ["127.0.0.0/8"], "total_seconds": 1}) as net:
                found = await _all(sources, net)
        assert sorted(found) == sorted(source.id for source in sources)
        assert all(isinstance(found[f"s{n}"], Failure) for n in range(6))
        assert all(isinstance(found[f"s{n}"], Fetched) for n in range(6, 30))

    asyncio.run(run())


async def _all(
    sources: list[Source],
    net: Network,
    now: datetime = NOW,
    host_waits: dict[str, datetime] | None = None,
    force: bool = False,
) -> dict[str, Outcome]:
    """Fetch sources, and return the outcomes by their ids."""
    waits = {} if host_waits is None else host_waits
    fetcher = Fetcher(get=net.get, now=now, states={}, records={}, host_waits=waits, force=force)
    return {source.id: outcome async for source, outcome in fetcher.fetch_all(sources)}


def test_a_host_that_asks_for_quiet_is_left_alone_by_all_its_sources() -> None:
    """After Retry-After, no other source of the host asks, in this run or, even forced, the next."""

    async def run() -> None:
        async with Faulty({"/0": answer(429, b"", retry_after="7200")}) as server, Network(**QUICK) as net:
            sources = [Source(f"s{n}", "", "", "press", server.url(f"/{n}")) for n in range(3)]
            waits: dict[str, datetime] = {}
            first = await _all(sources, net, host_waits=waits)
            second = await _all(sources, net, NOW + timedelta(minutes=119), waits, force=True)
            assert len(server.seen) == 1
            waiting = [*list(first.values())[1:], *second.values()]
            assert all(isinstance(one, Waiting) and one.until == NOW + timedelta(hours=2) for one in waiting)
            server.routes |= {f"/{n}": answer() for n in range(3)}
            await _all(sources, net, NOW + timedelta(hours=2), waits)
            assert len(server.seen) == 4

    asyncio.run(run())
