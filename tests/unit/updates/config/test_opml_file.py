"""Sources from another program's subscription list."""

from pathlib import Path
from typing import get_args

import pytest

from plugins.core.errors import SiteError
from plugins.updates.commands.import_opml import import_sources
from plugins.updates.config import opml_file, sources_file
from plugins.updates.config.topics_file import read_topics
from plugins.updates.model import Kind, Source
from plugins.updates.publish import feeds

OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Unions"><outline text="Pay and health"><outline text="East &amp; West" type="rss"
  xmlUrl="https://east.example/feed" htmlUrl="https://east.example/"/></outline></outline>
<outline text="Misc"><outline title="No text" xmlUrl="feed://plain.example/rss"/></outline>
<outline text="East &amp; West" xmlUrl="https://other.example/feed"/>
<outline text="Known" xmlUrl="http://www.post.example/feed/?utm_source=x"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/>
<outline text="Title with &quot;quotes&quot;&#10;and a line" xmlUrl="https://q.example/f?a=1&amp;b=2"/>
</body></opml>"""
SOURCES = """\
# Mine.
[[source]]
id = "post" # first
title = "The Post"
site = "https://post.example/"
kind = "press"
feed = "https://post.example/feed"
"""
TOPICS = '[topic.pay]\ntitle = "Pay and health"\nany = ["wage*"]\n'


def read(data: bytes, known: list[Source] | None = None) -> opml_file.Imported:
    """Return what is imported where the topic of pay is known."""
    return opml_file.read_opml(data, known or [], {"pay": "Pay and health"}, "blog")


def test_folders_say_kind_and_topic_however_deep() -> None:
    """A folder named after a kind or a topic counts for all below it; any other leaves the kind that was asked for."""
    post = Source("post", "The Post", "https://post.example/", "press", feed="https://post.example/feed")
    found = read(OPML, [post])
    assert [(one.id, one.title, one.kind, one.topics) for one in found.new] == [
        ("east-west", "East & West", "union", ("pay",)),
        ("no-text", "No text", "blog", ()),
        ("east-west-2", "East & West", "blog", ()),
        ("title-with-quotes-and-a-line", 'Title with "quotes" and a line', "blog", ()),
    ]
    assert found.new[1].feed == "https://plain.example/rss"
    assert found.left_out == ("Known: there already, as post", "Bad: no web address (got javascript:alert(1))")


def test_a_feeds_own_site_is_kept() -> None:
    """Where the list names the site a feed is of, readers are sent there; else to the feed's own host."""
    feed = b'<outline text="%s" type="rss" xmlUrl="%s" htmlUrl="%s"/>'
    rows = [
        (b"Blog", b"https://feeds.example.net/b?a=1&amp;b=2", b"https://www.blog.example/strike/"),
        (b"Bad", b"https://bad.example/feed", b"javascript:alert(1)"),
    ]
    data = b'<opml version="1.1"><body>' + b"".join(feed % row for row in rows) + b"</body></opml>"
    assert [one.site for one in read(data).new] == ["https://www.blog.example/strike/", "https://bad.example/"]


def test_what_is_written_is_what_sources_toml_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file reads back with the new sources, the old lines are untouched, and importing again adds nothing."""
    folder = tmp_path / "content" / "updates"
    folder.mkdir(parents=True)
    (folder / "sources.toml").write_text(SOURCES)
    (folder / "topics.toml").write_text(TOPICS)
    (tmp_path / "mine.opml").write_bytes(OPML)
    import_sources(tmp_path / "content", tmp_path / "mine.opml")
    text = (folder / "sources.toml").read_text()
    assert text.startswith(SOURCES)
    read = sources_file.read_sources(folder, read_topics(folder).ids)
    assert not read.problems
    assert [(one.id, one.kind) for one in read.sources] == [
        ("post", "press"),
        ("east-west", "union"),
        ("no-text", "press"),
        ("east-west-2", "press"),
        ("title-with-quotes-and-a-line", "press"),
    ]
    assert "4 added, 2 left out" in capsys.readouterr().out
    import_sources(tmp_path / "content", tmp_path / "mine.opml")
    assert (folder / "sources.toml").read_text() == text


def test_a_row_that_sources_toml_would_refuse_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No row breaks the file or brings a password into it, and none is repeated; the sound rows come."""
    hostile = [
        "https://user:s3cret@private.example/feed",
        "feed:https://user:s3cret@private.example/feed",
        "https://s3cret@private.example/feed",
        "https://user:s3cret%40private.example/feed",
        "https:\\\\user:s3cret@private.example/feed",
        "https://port.example:99999/feed",
        "https://port.example:0/feed",
        "https://space.example/a b",
        "https://quote.example/a&quot;b",
        "https://[::1/feed",
        "https://",
        "https://angle.example/&lt;a>",
    ]
    sites = (
        "https://user:s3cret@site.example/",
        "https://site.example:99999/",
        "https://site.example/a b",
        "https://[",
    )
    rows = [f'<outline text="Row &#10;[[source]] {n}" xmlUrl="{url}"/>' for n, url in enumerate(hostile)]
    rows += [f'<outline text="S{n}" xmlUrl="https://s{n}.example/" htmlUrl="{url}"/>' for n, url in enumerate(sites)]
    rows += [
        '<outline text="&#10;]\u2028&#34;&#34;&#34;"><outline text="&#9;" xmlUrl="https://odd.example/feed"/></outline>'
    ]
    folder = tmp_path / "content" / "updates"
    folder.mkdir(parents=True)
    (folder / "sources.toml").write_text(SOURCES)
    (tmp_path / "mine.opml").write_text(f'<opml version="2.0"><body>{"".join(rows)}</body></opml>', "utf-8")

    import_sources(tmp_path / "content", tmp_path / "mine.opml")

    read = sources_file.read_sources(folder, frozenset())
    assert read.problems == ()
    assert [one.site for one in read.sources[1:]] == [
        *(f"https://s{n}.example/" for n in range(4)),
        "https://odd.example/",
    ]
    text, said = (folder / "sources.toml").read_text("utf-8"), capsys.readouterr().out
    assert f"5 added, {len(hostile)} left out" in said
    assert "s3cret" not in text + said
    assert "take out what stands between // and @" in said


def test_a_file_that_cannot_be_added_to_stays_as_it_is(tmp_path: Path) -> None:
    """Sources that are written as a list of another kind are told of, and no byte is changed."""
    folder = tmp_path / "updates"
    folder.mkdir()
    text = 'source = [{id = "a", title = "A", site = "https://a.example/", kind = "press"}]\n'
    (folder / "sources.toml").write_text(text)
    (tmp_path / "mine.opml").write_bytes(OPML)
    with pytest.raises(SiteError):
        import_sources(tmp_path, tmp_path / "mine.opml")
    assert (folder / "sources.toml").read_text() == text


def test_our_own_list_comes_back_whole() -> None:
    """What this site gives out another copy of it can take in: feeds, titles and kinds."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    ours = [
        Source(f"s-{kind}", f"The <{kind}>", f"https://{kind}.example/", kind, feed=f"https://{kind}.example/feed")
        for kind in kinds
    ]
    found = read(feeds.opml(ours, "Ours").encode())
    assert {(one.title, one.feed, one.kind, one.site) for one in found.new} == {
        (one.title, one.feed, one.kind, one.site) for one in ours
    }


@pytest.mark.parametrize("data", [b"", b"<html><p>x</p></html>", b"\xff\xfe\x00", b"https://example.org/x.opml"])
def test_what_is_no_list_is_refused(data: bytes, tmp_path: Path) -> None:
    """A wrong file is said to be one, and nothing is asked of the network."""
    with pytest.raises(ValueError, match="it is not"):
        read(data)
    (tmp_path / "updates").mkdir()
    (tmp_path / "x.opml").write_bytes(data)
    with pytest.raises(SiteError, match=r"x\.opml: it is not"):
        import_sources(tmp_path, tmp_path / "x.opml")


def test_wrong_arguments_are_told(tmp_path: Path) -> None:
    """A file that is not there and a kind that is none each say what to do."""
    with pytest.raises(SiteError, match="cannot be read"):
        import_sources(tmp_path, tmp_path / "no.opml")
    with pytest.raises(SiteError, match="there is no kind 'pres'"):
        import_sources(tmp_path, tmp_path / "no.opml", "pres")
