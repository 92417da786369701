"""An old site over real HTTP with real faults: every text comes, each picture that does not is told, nothing hangs."""

import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from plugins.core.errors import SiteError
from plugins.importing import command
from plugins.importing.command import ImportOptions, import_site
from plugins.sections import settings as site_settings
from tests.loopback.faulty import Faulty, Handler, Seen, answer, head

ITEM = """<item><title>The {name} picture</title><link>{base}/2024/{name}/</link><guid>{name}</guid>
<pubDate>Tue, 05 Mar 2024 10:00:00 +0000</pubDate>
<content:encoded><![CDATA[<p>Words about a {name} quay.</p><p><img src="{shown}" alt="A {name} lamp"></p>]]>
</content:encoded></item>"""
FEED = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Quay notes</title><link>{base}/</link>{items}</channel></rss>"""


def _png(side: int = 40) -> bytes:
    out = BytesIO()
    Image.effect_noise((side, side), 60).save(out, "PNG")
    return out.getvalue()


async def _endless(_: Seen, out: asyncio.StreamWriter) -> None:
    head(out, 200, content_length=str(200 * 2**20))
    out.write(b"x")


async def _drip(_: Seen, out: asyncio.StreamWriter) -> None:
    head(out, 200, content_type="image/png")
    while True:
        out.write(b" ")
        await out.drain()
        await asyncio.sleep(0.05)


PICTURES: dict[str, tuple[Handler, str]] = {
    "whole": (answer(200, _png()), ""),
    "lost": (answer(404, b""), "answered 404"),
    "large": (_endless, "larger than"),
    "disguised": (answer(200, b"<html><body>Log in</body></html>", content_type="image/png"), "not a picture"),
    "luring": (answer(302, b"", location="http://10.0.0.7/router.png"), "10.0.0.7"),
    "broken": (answer(200, _png()[:500]), "cannot be read"),
    "slow": (_drip, "in time"),
}


def _import(content: Path, server: Faulty, given: str, *, images: bool = True) -> int:
    settings = site_settings.read("tests/sites/siteconf.py", PATH=str(content))
    return import_site(settings, server.url(given), ImportOptions(allow=("127.0.0.1",), images=images))


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty content folder; a server that drips is left after half a second."""
    monkeypatch.setattr(command, "_SECONDS", 0.5)
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


def _report(content: Path) -> str:
    (path,) = (content.parent / ".cache" / "import").glob("*.md")
    return path.read_text("utf-8")


def test_a_picture_that_does_not_come_costs_itself_alone(content: Path) -> None:
    """Every text is written; where a picture stayed behind a link with its words stands, and the report says why."""

    async def run() -> int:
        async with Faulty() as server:
            base = server.url("")
            items = "".join(ITEM.format(name=name, base=base, shown=f"{base}/{name}.png") for name in PICTURES)
            server.routes |= {"/feed": answer(200, FEED.format(base=base, items=items).encode())}
            server.routes |= {f"/{name}.png": handler for name, (handler, _) in PICTURES.items()}
            return await asyncio.to_thread(_import, content, server, "/feed")

    assert asyncio.run(run()) == 0
    report = _report(content)
    for name, (_, why) in PICTURES.items():
        text = (content / "posts" / f"{name}.md").read_text("utf-8")
        assert f"Words about a {name} quay." in text
        if name == "whole":
            assert f"![A {name} lamp]({{static}}/images/{name}/{name}.png)" in text
            continue
        assert f"[A {name} lamp](http://127.0.0.1:" in text
        told = [line for line in report.split("\n") if f"posts/{name}.md:" in line and "picture left" in line]
        assert len(told) == 1 and why in told[0]
    assert [path.name for path in (content / "images").rglob("*.*")] == ["whole.png"]


def test_a_server_that_is_gone_is_not_asked_for_every_picture(content: Path) -> None:
    """Three requests without an answer are enough; another server's pictures come."""

    async def run() -> tuple[int, int]:
        async with Faulty() as server, Faulty() as gone:
            base = server.url("")
            shown = {f"n{number}": gone.url(f"/n{number}.png") for number in range(9)} | {"here": f"{base}/here.png"}
            items = "".join(ITEM.format(name=name, base=base, shown=url) for name, url in shown.items())
            server.routes = {"/feed": answer(200, FEED.format(base=base, items=items).encode())}
            server.routes |= {"/here.png": answer(200, _png())}
            gone.routes = {f"/n{number}.png": _drip for number in range(9)}
            return await asyncio.to_thread(_import, content, server, "/feed"), len(gone.seen)

    assert asyncio.run(run()) == (0, 3)
    assert len(list((content / "posts").glob("*.md"))) == 10
    assert _report(content).count("was asked no more") == 6
    assert (content / "images/here/here.png").exists()


def test_a_picture_that_failed_is_asked_for_again(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run brings the pictures that now come, into the places of their links; the writer's words stay."""
    post, other = content / "posts/lamp.md", content / "posts/crane.md"

    async def run() -> tuple[int, int]:
        async with Faulty() as server:
            base = server.url("")
            names = ("lamp", "crane", "rope")
            items = "".join(ITEM.format(name=name, base=base, shown=f"{base}/{name}.png") for name in names)
            server.routes = {f"/{name}.png": answer(503, b"") for name in names}
            server.routes |= {"/feed": answer(200, FEED.format(base=base, items=items).encode())}
            first = await asyncio.to_thread(_import, content, server, "/feed")
            post.write_text(post.read_text("utf-8").replace("Words about", "My own words about"), "utf-8")
            other.write_text(other.read_text("utf-8").replace(' "This picture is still on the old site"', ""), "utf-8")
            changed = other.read_text("utf-8")
            server.routes["/lamp.png"] = server.routes["/crane.png"] = answer(200, _png())
            again = await asyncio.to_thread(_import, content, server, "/feed")
            assert other.read_text("utf-8") == changed
            return first, again

    assert asyncio.run(run()) == (0, 0)
    text = post.read_text("utf-8")
    assert "My own words about a lamp quay." in text
    assert "![A lamp lamp]({static}/images/lamp/lamp.png)" in text and "127.0.0.1" not in text.partition("\n---\n")[2]
    assert "[A rope lamp](http://" in (content / "posts/rope.md").read_text("utf-8")
    assert [path.name for path in (content / "images").rglob("*.*")] == ["lamp.png"]
    said = capsys.readouterr().out
    assert "Pictures that had stayed behind and came this time: 1." in said
    assert "Pictures still on the old site: 1. Run this again" in said


@pytest.mark.parametrize(
    ("handler", "said"),
    [
        (answer(404, b""), "answered 404"),
        (answer(302, b"", location="http://10.0.0.7/feed"), "10.0.0.7"),
        (_endless, "larger than"),
        (_drip, "in time"),
        (
            answer(200, b'<html><head><link rel=alternate type="application/rss+xml" href="/feed.xml"></head></html>'),
            "give the feed it names: /feed.xml",
        ),
    ],
)
def test_a_feed_that_does_not_come_writes_nothing(content: Path, handler: Handler, said: str) -> None:
    """What is wrong with the address is told, with what to do; no folder is made."""

    async def run() -> None:
        async with Faulty({"/feed": handler}) as server:
            await asyncio.to_thread(_import, content, server, "/feed")

    with pytest.raises(SiteError) as raised:
        asyncio.run(run())
    assert said in "\n".join(map(str, raised.value.problems))
    assert list(content.iterdir()) == []


def test_a_broken_feed_gives_what_can_be_read(content: Path) -> None:
    """A feed that breaks off gives the texts before that place, and the exit code says that something is missing."""

    async def run() -> int:
        async with Faulty() as server:
            items = "".join(ITEM.format(name=name, base=server.url(""), shown="x.png") for name in ("first", "second"))
            whole = FEED.format(base=server.url(""), items=items)
            server.routes = {"/feed": answer(200, whole[: whole.index("Words about a second")].encode())}
            return await asyncio.to_thread(_import, content, server, "/feed", images=False)

    assert asyncio.run(run()) == 1
    assert "Words about a first quay." in (content / "posts/first.md").read_text("utf-8")
    assert "the feed is broken" in _report(content)
