"""Telling the hub which feeds are new."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from plugins.core.net.http import NetworkError, Response
from plugins.updates.commands import ping

HUB = "https://hub.example/"


def test_every_feed_is_told_of_and_a_refusal_harms_no_other() -> None:
    """One word a feed, in the hub's own form; what it did not take is named, with the reason."""
    sent: list[tuple[str, Mapping[str, str]]] = []

    async def post(url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Response:
        sent.append((url, form))
        if form["hub.url"].endswith("/b"):
            raise NetworkError("timeout", "no answer")
        return Response(404 if form["hub.url"].endswith("/c") else 204, url, {})

    feeds = [f"https://s.example/feeds/{name}" for name in "abcd"]
    failed = asyncio.run(ping.announce(HUB, feeds, post))
    assert sent == [(HUB, {"hub.mode": "publish", "hub.url": feed}) for feed in feeds]
    assert failed == {feeds[1]: "no answer", feeds[2]: "the hub refused it (status 404)"}


def test_only_what_people_subscribe_to_is_looked_at(tmp_path: Path) -> None:
    """The archived documents, in folders, and the sources' list are no feeds to announce."""
    for name in ("a.atom.xml", "a.rss.xml", "a.json", "sources.opml", "a/2026-01.atom.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert list(ping.digests(tmp_path, "/")) == ["/a.atom.xml", "/a.json", "/a.rss.xml"]
    assert ping.digests(tmp_path / "none", "/") == {}
