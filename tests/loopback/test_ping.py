"""`./inv ping` against a real hub on loopback."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from plugins.core.errors import SiteError
from plugins.sections.settings import SiteSettings
from plugins.updates.commands.ping import ping
from tests.site_settings import changed


class Hub:
    """Serves on loopback, in its own thread's loop; answers `status` and remembers what was announced."""

    def __init__(self) -> None:
        self.status = 204
        self.announced: list[dict[str, list[str]]] = []

    async def serve(self, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        body = await reader.readexactly(int(lines["content-length"]))
        assert head.startswith("POST /hub ")
        self.announced.append(parse_qs(body.decode()))
        out.write(f"HTTP/1.1 {self.status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await out.drain()
        out.close()

    def told(self, settings: dict[str, Any]) -> list[str]:
        """Run a ping against this hub; return the feeds it was told of, by their last part."""
        self.announced = []

        async def run() -> None:
            server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            async with server:
                given = changed(**settings, WEBSUB_HUB=f"http://127.0.0.1:{port}/hub").of(SiteSettings)
                await asyncio.to_thread(ping, given, ("127.0.0.1",))

        asyncio.run(run())
        assert all(form["hub.mode"] == ["publish"] for form in self.announced)
        return [form["hub.url"][0] for form in self.announced]


@pytest.fixture
def site(tmp_path: Path) -> dict[str, Any]:
    """Return the settings of a built site with two feeds."""
    feeds = tmp_path / "output" / "feeds"
    feeds.mkdir(parents=True)
    for name in ("a.json", "b.json"):
        (feeds / name).write_text("1")
    return {
        "SITEURL": "https://s.example/repo",
        "CONTACT": "",
        "PATH": str(tmp_path / "content"),
        "OUTPUT_PATH": str(tmp_path / "output"),
    }


def test_the_hub_hears_of_new_bytes_once(site: dict[str, Any]) -> None:
    """All at first, nothing when nothing changed, and then only what did."""
    hub = Hub()
    assert hub.told(site) == ["https://s.example/repo/feeds/a.json", "https://s.example/repo/feeds/b.json"]
    assert hub.told(site) == []
    Path(site["OUTPUT_PATH"], "feeds", "b.json").write_text("2")
    assert hub.told(site) == ["https://s.example/repo/feeds/b.json"]


def test_a_hub_that_refuses_is_asked_again(site: dict[str, Any]) -> None:
    """What was not taken is an error, and is not remembered as told."""
    hub = Hub()
    hub.status = 500
    with pytest.raises(SiteError, match=r"a\.json: the hub refused it \(status 500\)"):
        hub.told(site)
    hub.status = 202
    assert len(hub.told(site)) == 2


def test_without_a_hub_nobody_is_told(site: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """The step may stand in every site's workflow."""
    ping(changed(**site, WEBSUB_HUB="").of(SiteSettings))
    assert "WEBSUB_HUB is not set" in capsys.readouterr().out
