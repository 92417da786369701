"""Feeds: three forms of the same entries."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import unescape

import feedparser

from plugins.core.syndication.write import feed_model
from plugins.core.syndication.write.render import render

CHANNEL = feed_model.Channel("https://example.org/repo", "A site", "en", "https://hub.example.org/")
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ENTRY = feed_model.Entry(
    id="tag:example.org,2026:1",
    link="https://news.example.org/1",
    title="<script>alert(1)</script> & more\x0b",
    html='<p>Whole <a href="https://example.org/">text</a></p>',
    summary="<p>Short</p>",
    published=AT,
    updated=AT.replace(hour=5),
    authors=("A. Writer", "B. Writer"),
    tags=("pay",),
    source=feed_model.EntrySource("Outlet", "https://news.example.org/", "https://news.example.org/feed"),
    language="es",
)
FEED = feed_model.Feed("posts", "posts/", (ENTRY,), "Posts", "All posts")


def test_all_three_forms_carry_the_same_entry() -> None:
    """A reader gets the same title, link, text, people and time from each."""
    made = render(FEED, CHANNEL)
    assert list(made) == ["feeds/posts.atom.xml", "feeds/posts.rss.xml", "feeds/posts.json"]
    for path in list(made)[:2]:
        parsed = feedparser.parse(made[path].encode(), sanitize_html=False)
        assert not parsed.bozo
        (entry,) = parsed.entries
        assert (entry.id, entry.link) == (ENTRY.id, ENTRY.link)
        assert unescape(entry.title) == "<script>alert(1)</script> & more"
        assert entry.content[0].value == ENTRY.html
        assert entry.published_parsed[:5] == (2026, 1, 2, 3, 4)
        assert [tag.term for tag in entry.tags] == ["pay"]
        assert entry.source.title == "Outlet"
    item = json.loads(made["feeds/posts.json"])["items"][0]
    assert item["title"] == "<script>alert(1)</script> & more"
    assert (item["id"], item["url"], item["content_html"]) == (ENTRY.id, ENTRY.link, ENTRY.html)
    assert item["authors"] == [{"name": "A. Writer"}, {"name": "B. Writer"}]
    assert (item["language"], item["_source"]["title"]) == ("es", "Outlet")


def test_a_site_that_moves_changes_no_id() -> None:
    """Whoever subscribes at the new address sees no entry twice; links lead to the new one."""
    own = replace(ENTRY, id="https://example.org/repo/posts/one/", link="https://example.org/repo/posts/one/")
    feed = replace(FEED, entries=(own, ENTRY))
    moved = {"site": "https://new.example.org", "first": "https://example.org/repo"}
    there = replace(feed, entries=tuple(_moved(one, moved["site"]) for one in feed.entries))
    before, after = render(feed, CHANNEL), render(there, replace(CHANNEL, **moved))
    for path in list(before)[:2]:
        old, new = feedparser.parse(before[path].encode()), feedparser.parse(after[path].encode())
        assert [entry.id for entry in new.entries] == [entry.id for entry in old.entries] == [own.id, ENTRY.id]
        assert new.entries[0].link == "https://new.example.org/posts/one/"
        assert new.feed.get("id") == old.feed.get("id")
    assert [item["id"] for item in json.loads(after["feeds/posts.json"])["items"]] == [own.id, ENTRY.id]


def _moved(entry: feed_model.Entry, to: str) -> feed_model.Entry:
    old = "https://example.org/repo"
    return replace(entry, id=entry.id.replace(old, to), link=entry.link.replace(old, to))


def test_a_feed_names_itself_and_its_hub() -> None:
    """Self link, home page and WebSub hub are absolute, whatever the base path."""
    made = render(FEED, CHANNEL)
    atom = feedparser.parse(made["feeds/posts.atom.xml"].encode()).feed
    links = {link.rel: link.href for link in atom.links}
    assert links == {
        "alternate": "https://example.org/repo/posts/",
        "self": "https://example.org/repo/feeds/posts.atom.xml",
        "hub": "https://hub.example.org/",
    }


def test_an_empty_feed_reads_no_clock() -> None:
    """The same values give the same bytes on any day, and no date that validators take for a broken clock's."""
    made = render(feed_model.Feed("posts", "posts/", (), "Posts", "All posts"), CHANNEL)
    assert "<updated>2000-01-01T00:00:00" in made["feeds/posts.atom.xml"]
    assert "lastBuildDate" not in made["feeds/posts.rss.xml"]
    assert json.loads(made["feeds/posts.json"])["items"] == []


def test_a_plain_text_is_never_taken_for_markup() -> None:
    """Atom says which of the two a title is; in RSS it is written as the profile asks; JSON has words alone."""
    one = replace(ENTRY, title="M&S &lt; you", summary="<p>Fish &amp; chips</p>", tags=("R&D",), html="", source=None)
    atom, rss, read = render(replace(FEED, entries=(one,), title="P&L"), CHANNEL).values()
    assert '<title type="html">M&amp;amp;S &amp;amp;lt; you</title>' in atom
    assert "<title>P&amp;L</title>" in atom
    assert "<title>M&#x26;S &#x26;lt; you</title>" in rss
    assert "<category>R&#x26;D</category>" in rss
    assert json.loads(read)["items"][0]["summary"] == "Fish & chips"
    assert json.loads(read)["items"][0]["content_html"] == "M&amp;S &amp;lt; you"


def test_addresses_are_uris_and_times_in_rss_are_utc() -> None:
    """Programs that know nothing of other scripts in addresses, or of Nepal's clocks, read the same as all others."""
    there = "https://Häfen.example:443/a[]?q=ñ&r=5%"
    at = AT.astimezone(timezone(timedelta(hours=5, minutes=45)))
    one = replace(
        ENTRY, link=there, published=at, source=feed_model.EntrySource("Häfen", "https://häfen.example", there)
    )
    atom, rss, read = render(replace(FEED, entries=(one,)), CHANNEL).values()
    uri = "https://xn--hfen-loa.example/a%5B%5D?q=%C3%B1&r=5%25"
    (entry,) = feedparser.parse(atom.encode()).entries
    assert (entry.link, entry.source.id, entry.source.link) == (uri, uri, "https://xn--hfen-loa.example/")
    assert json.loads(read)["items"][0]["url"] == uri
    assert "<pubDate>Fri, 02 Jan 2026 03:04:05 +0000</pubDate>" in rss


def test_a_translated_entry_leads_to_itself_and_names_its_languages() -> None:
    """Each form tells the languages; whether a reader follows the first alternate or the last, it is its own."""
    languages = (("es", "https://news.example.org/1/es/"), ("en", ENTRY.link))
    made = render(replace(FEED, entries=(replace(ENTRY, language="", languages=languages),)), CHANNEL)
    for path in list(made)[:2]:
        (entry,) = feedparser.parse(made[path].encode()).entries
        assert entry.link == ENTRY.link
        alternates = [link for link in entry.links if link.rel == "alternate"]
        assert alternates[0].href == ENTRY.link
        assert [(link.hreflang, link.href) for link in alternates if "hreflang" in link] == list(languages)
    item = json.loads(made["feeds/posts.json"])["items"][0]
    assert item["_languages"] == [{"language": language, "url": url} for language, url in languages]
