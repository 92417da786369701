"""Well-behaved feeds over real HTTP, each on an address of its own, with an ETag and 304; pages may change any time."""

import hashlib
import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from xml.sax.saxutils import escape

START = datetime(2026, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    """An item as a test thinks of it; number N is published N hours after START."""

    number: int
    title: str = ""
    guid: str = ""
    url: str = ""
    html: str = "<p>Text.</p>"
    dated: bool = True

    @property
    def at(self) -> datetime:
        return START.fromtimestamp(START.timestamp() + 3600 * self.number, UTC)

    @property
    def words(self) -> str:
        return self.title or f"Workers walk out, report {self.number}"

    @property
    def link(self) -> str:
        return self.url or f"https://news.example.org/{self.number}"

    @property
    def id(self) -> str:
        return self.guid or f"urn:item:{self.number}"


def rss(items: Iterable[Item]) -> bytes:
    """Return RSS 2.0."""
    rows = "".join(
        f"<item><title>{escape(one.words)}</title><link>{escape(one.link)}</link>"
        f'<guid isPermaLink="false">{escape(one.id)}</guid><description>{escape(one.html)}</description>'
        + (f"<pubDate>{format_datetime(one.at)}</pubDate>" if one.dated else "")
        + "</item>"
        for one in items
    )
    head = "<title>t</title><link>https://example.org/</link><description>d</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{rows}</channel></rss>'.encode()


def atom(items: Iterable[Item]) -> bytes:
    """Return Atom 1.0."""
    rows = "".join(
        f"<entry><title>{escape(one.words)}</title><id>{escape(one.id)}</id><link href='{escape(one.link)}'/>"
        f"<updated>{one.at.isoformat()}</updated><summary type='html'>{escape(one.html)}</summary></entry>"
        for one in items
    )
    head = "<title>t</title><id>urn:t</id><updated>2026-01-02T00:00:00Z</updated>"
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{rows}</feed>'.encode()


def jsonfeed(items: Iterable[Item]) -> bytes:
    """Return JSON Feed 1.1."""
    rows = [
        {
            "id": one.id,
            "url": one.link,
            "title": one.words,
            "content_html": one.html,
            "date_published": one.at.isoformat(),
        }
        for one in items
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": rows}).encode()


class Feeds:
    """A context manager; `pages` maps a name to its bytes, or to (status, headers, bytes)."""

    def __init__(self, pages: Mapping[str, bytes | tuple[int, dict[str, str], bytes]]) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []

    def __enter__(self) -> Self:
        first = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = first.server_address[1]
        self._servers = [first]
        self.hosts = {name: f"127.0.0.{number}" for number, name in enumerate(self.pages, 1)}
        for host in list(self.hosts.values())[1:]:
            self._servers.append(ThreadingHTTPServer((host, self.port), self._handler()))
        for server in self._servers:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def url(self, name: str) -> str:
        return f"http://{self.hosts[name]}:{self.port}/{name}"

    def sources(self, **keys: str) -> str:
        """Return a sources.toml of every page, with more keys for all of them."""
        extra = "".join(f"{key} = {json.dumps(value)}\n" for key, value in ({"keep": "all"} | keys).items())
        return "\n".join(
            f'[[source]]\nid = "{name}"\ntitle = "Source {name}"\nfeed = "{self.url(name)}"\n'
            f'site = "https://{name}.example.org/"\nkind = "press"\n{extra}'
            for name in self.pages
        )

    def _handler(feeds) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - `self` is the handler's below
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.strip("/")
                feeds.asked.append(name)
                page = feeds.pages.get(name, (404, {}, b""))
                status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
                tag = f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'
                if status == 200 and self.headers.get("If-None-Match") == tag:
                    status, body = 304, b""
                self.send_response(status)
                for key, value in {"ETag": tag, "Content-Length": str(len(body)), **headers}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
