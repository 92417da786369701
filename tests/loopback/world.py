"""A world of sources over real HTTP, each on an address of its own, most of which misbehave on most days.

It plays days that pass as quickly as they are asked for. Every source publishes items numbered by day, holds the last
WINDOW of them, and is well on every third day at the latest, so that each of its items can be had. The world writes
down who asked for what and when, by the day it plays.
"""

import asyncio
import gzip
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from itertools import cycle, islice
from types import TracebackType
from typing import Any, Self

from yarl import URL

from plugins.core.net.client import Network
from plugins.core.net.http import Response, Validators
from tests.loopback.faulty import Seen, head
from tests.loopback.feeds import Item, atom, jsonfeed, rss

START = datetime(2026, 1, 2, 6, tzinfo=UTC)
WINDOW = 10
PATIENCE = 0.5
"""Seconds after which a run gives up on a slow source."""
GONE_AFTER = 4
CYCLE = 3
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = b'<!DOCTYPE l [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
CHALLENGE = b"<!doctype html><html><head><title>Just a moment...</title></head><body>_cf_chl_opt</body></html>"
BOMB = gzip.compress(b"\0" * (11 * 2**20))


@dataclass(frozen=True)
class Asked:
    """One request for a source's feed: by which reader, at which moment of the play, and what it was answered."""

    reader: str
    source: str
    at: datetime
    conditional: frozenset[str] = frozenset()


def briefly(source: str, number: int) -> str:
    """Return what an item says."""
    return f"<p>Report {number} of {source}.</p>"


@dataclass(frozen=True)
class Place:
    """What a source serves on a day, `per_day` new items on each; `story` tells what an item says."""

    source: str
    kind: str
    day: int
    now: datetime
    per_day: int = 1
    story: Callable[[str, int], str] = briefly

    @property
    def well(self) -> bool:
        """Say whether the source behaves today, as far as it ever does."""
        if self.kind == "gone":
            return self.day < GONE_AFTER
        return self.kind in ALWAYS or self.day % CYCLE == 0

    def numbers(self) -> range:
        """Return the numbers of the items in today's feed."""
        days = self.day // CYCLE * CYCLE if self.kind == "conditional" else self.day
        end = (days + 1) * self.per_day
        return range(max(0, end - WINDOW * self.per_day), 0 if self.kind == "empty" else end)

    def items(self) -> list[Item]:
        """Return today's items, the latest first; no two sources have an address or a guid in common."""
        made = []
        for number in reversed(self.numbers()):
            url = f"https://{self.source}.example.org/{number}"
            one = Item(number, f"Pickets at {self.source}, day {number}", f"urn:{self.source}:{number}", url)
            made.append(self._odd(replace(one, html=self.story(self.source, number))))
        return made

    def _odd(self, item: Item) -> Item:
        match self.kind:
            case "undated":
                return replace(item, dated=False)
            case "future":
                return replace(item, number=item.number + 24 * 365 * 40)
            case "repeated guid":
                return replace(item, guid="urn:the-same-for-all")
            case "changing guids":
                return replace(item, guid=f"urn:{self.day}:{item.number}")
            case "wrong charset":
                return replace(item, title=f"Grève à {self.source}, day {item.number}")
        return item

    def body(self) -> bytes:
        """Return today's feed, whole."""
        form = {"undated": rss, "wrong charset": rss, "repeated guid": rss}.get(self.kind)
        form = form or (rss, atom, jsonfeed)[int(self.source[1:]) % 3]
        return form(self.items())


Answer = Callable[[Place, Seen, asyncio.StreamWriter], Awaitable[None]]


async def _whole(place: Place, seen: Seen, out: asyncio.StreamWriter) -> None:
    """Answer as a good server does: with validators, and 304 to who sends both back."""
    body = place.body()
    tag = f'"{sha256(body).hexdigest()[:16]}"'
    modified = format_datetime(START + timedelta(days=place.numbers().stop), usegmt=True)
    given = {} if place.kind == "bare" else {"etag": tag, "last_modified": modified}
    back = (seen.headers.get("if-none-match", b"").decode(), seen.headers.get("if-modified-since", b"").decode())
    if given and back == (tag, modified):
        head(out, 304, **given)
        return
    charset = "iso-8859-1" if place.kind == "wrong charset" else "utf-8"
    head(out, 200, content_length=str(len(body)), content_type=f"text/xml; charset={charset}", **given)
    out.write(body)


def _status(status: int, body: bytes = b"", **headers: str) -> Answer:
    async def answer(_place: Place, _seen: Seen, out: asyncio.StreamWriter) -> None:
        head(out, status, content_length=str(len(body)), **headers)
        out.write(body)

    return answer


async def _drip(place: Place, _seen: Seen, out: asyncio.StreamWriter) -> None:
    body = place.body()
    head(out, 200, content_length=str(len(body)))
    for byte in body:
        out.write(bytes([byte]))
        await out.drain()
        await asyncio.sleep(0.05)


async def _silent(_place: Place, _seen: Seen, _out: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def _endless(_place: Place, _seen: Seen, out: asyncio.StreamWriter) -> None:
    head(out, 200, content_type="text/xml")
    while True:
        out.write(b"<item><title>More</title></item>" * 4096)
        await out.drain()


async def _reset(place: Place, _seen: Seen, out: asyncio.StreamWriter) -> None:
    body = place.body()
    head(out, 200, content_length=str(len(body)))
    out.write(body[: len(body) // 2])
    await out.drain()
    out.transport.abort()


async def _cut(place: Place, _seen: Seen, out: asyncio.StreamWriter) -> None:
    body = place.body()
    half = body[: len(body) // 2]
    head(out, 200, content_length=str(len(half)), content_type="text/xml")
    out.write(half)


async def _again_later(place: Place, _seen: Seen, out: asyncio.StreamWriter) -> None:
    head(out, 429, content_length="0", retry_after=format_datetime(place.now + timedelta(hours=20), usegmt=True))


def _declaring(doctype: bytes) -> Answer:
    async def answer(place: Place, _seen: Seen, out: asyncio.StreamWriter) -> None:
        body = rss(place.items()).replace(b"?><rss", b"?>" + doctype + b"<rss").replace(b"Pickets", b"&c;Pickets")
        head(out, 200, content_length=str(len(body)), content_type="text/xml")
        out.write(body)

    return answer


FAULTS: dict[str, Answer] = {
    "slow drip": _drip,
    "silent": _silent,
    "endless": _endless,
    "bomb": _status(200, BOMB, content_encoding="gzip"),
    "loop": _status(302, location="/round"),
    "to a private address": _status(301, location="http://10.0.0.1/feed"),
    "to metadata": _status(302, location="http://169.254.169.254/latest/"),
    "reset": _reset,
    "401": _status(401),
    "402": _status(402),
    "403": _status(403),
    "404": _status(404),
    "gone": _status(410),
    "429 seconds": _status(429, retry_after=str(5 * 3600)),
    "429 date": _again_later,
    "500": _status(500),
    "challenge": _status(200, CHALLENGE, content_type="text/html"),
    "truncated": _cut,
    "laughs": _declaring(LAUGHS),
    "external entity": _declaring(OUTSIDE),
}
SLOW = ("slow drip", "silent")
"""The kinds that never come to an end by themselves."""
ALWAYS = ("conditional", "bare", "wrong charset", "undated", "future", "repeated guid", "changing guids", "empty")
QUIET = {"429 seconds": 5, "429 date": 20}
"""Hours for which a source asks to be left alone."""
KINDS = (*FAULTS, *ALWAYS)


@dataclass
class World:
    """The sources by id with their kinds, and the play's time, which whoever plays sets forward."""

    kinds: dict[str, str]
    per_day: int = 1
    now: datetime = START
    reader: str = ""
    log: list[Asked] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)
    port: int = 0
    story: Callable[[str, int], str] = briefly
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def day(self) -> int:
        """Return the day of the play, from 0."""
        return (self.now - START).days

    def quiet(self, source: str, at: datetime) -> timedelta:
        """Return how long a source may not be asked again after it was asked at that time."""
        day = (at - START).days
        kind, well = self.kinds[source], self._at(source, day).well
        return timedelta(hours=24 if kind == "bare" else 1 if well else QUIET.get(kind, 1))

    def _at(self, source: str, day: int) -> Place:
        return Place(source, self.kinds[source], day, self.now, self.per_day, self.story)

    def expected(self) -> set[str]:
        """Return the addresses of all items that a reader who came every day must have by now."""
        return {url for name in self.kinds for day in range(self.day + 1) for url in self._brought(name, day)}

    def _brought(self, source: str, day: int) -> set[str]:
        place = self._at(source, day)
        return {item.url for item in place.items()} if place.well else set()

    def sources(self, *, reverse: bool = False) -> str:
        """Return a sources.toml that names them all."""
        rows = [
            f'[[source]]\nid = "{name}"\ntitle = "Source {name}"\nfeed = "http://{host}:{self.port}/feed"\n'
            f'site = "https://{name}.example.org/"\nkind = "press"\nkeep = "all"\n'
            for name, host in zip(self.kinds, self.hosts(), strict=True)
        ]
        return "\n".join(reversed(rows) if reverse else rows)

    def hosts(self) -> list[str]:
        """Return the sources' addresses."""
        return [f"127.0.3.{number}" for number in range(1, len(self.kinds) + 1)]

    def slow_hosts(self) -> frozenset[str]:
        """Return the addresses of the sources that do not come to an end today."""
        kinds = zip(self.hosts(), self.kinds.items(), strict=True)
        return frozenset(host for host, (name, kind) in kinds if kind in SLOW and not self._at(name, self.day).well)

    def accept(self, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        """Serve one request in a task of its own, held here: the loop itself would let it go."""
        task = asyncio.get_running_loop().create_task(self._answer(reader, out))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
            fields = (line.partition(b":") for line in lines[1:] if line)
            seen = Seen(lines[0].split()[1].decode(), {k.decode().lower(): v.strip() for k, _, v in fields}, 0)
            name = dict(zip(self.hosts(), self.kinds, strict=True))[out.get_extra_info("sockname")[0]]
            place = self._at(name, self.day)
            if seen.path == "/feed":
                sent = frozenset(seen.headers) & {"if-none-match", "if-modified-since"}
                self.log.append(Asked(self.reader, name, self.now, sent))
            with suppress(ConnectionError):
                if seen.path == "/round":
                    head(out, 302, content_length="0", location="/feed")
                else:
                    await (_whole if place.well else FAULTS[place.kind])(place, seen, out)
                await out.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # connected, and asked nothing; or hung up on us, as it may
        except Exception as error:
            self.failed.append(error)
        finally:
            out.close()


class PlayNetwork:
    """The network of a run in the play: it soon gives up on the hosts that are slow, and on no other.

    One patience for all would let the machine's load decide which sources fail: a sound one on a busy machine takes
    longer than a test can wait for a silent one. `settings` are those of `Network`.
    """

    def __init__(self, slow: frozenset[str], **settings: Any) -> None:
        self._slow = slow
        self._impatient = Network(**settings, total_seconds=PATIENCE)
        self._patient = Network(**settings, total_seconds=3600, connect_seconds=3600)

    async def __aenter__(self) -> Self:
        await self._impatient.__aenter__()
        await self._patient.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._impatient.__aexit__(kind, error, trace)
        await self._patient.__aexit__(kind, error, trace)

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
    ) -> Response:
        """Return the answer, as `Network.get` does."""
        network = self._impatient if URL(url).host in self._slow else self._patient
        return await network.get(url, headers, validators)


def world(sources: int, per_day: int = 1, misbehaving: int = 0) -> World:
    """Return a world in which each kind occurs in turn; `misbehaving` leaves the sources after that many well."""
    named = [f"s{number}" for number in range(sources)]
    kinds = list(islice(cycle(KINDS), misbehaving or sources))
    kinds += ["conditional", "bare"] * sources
    return World(dict(zip(named, kinds, strict=False)), per_day)


@contextmanager
def playing(play: World) -> Iterator[World]:
    """Serve a world from a thread of its own until the block ends."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def serve() -> None:
        first, *others = play.hosts()
        server = await asyncio.start_server(play.accept, first, 0)
        play.port = server.sockets[0].getsockname()[1]
        rest = await asyncio.start_server(play.accept, others, play.port)
        ready.set()
        try:
            await asyncio.Event().wait()
        finally:
            server.close()
            rest.close()

    def run() -> None:
        asyncio.set_event_loop(loop)
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        left = asyncio.all_tasks(loop)
        for one in left:
            one.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.close()

    task = loop.create_task(serve())
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    if not ready.wait(10):
        raise RuntimeError("the world did not begin")
    try:
        yield play
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)
        if play.failed:
            raise play.failed[0]
