"""Reading feeds: whoever takes entries over finds in them what the feed says, whichever of the readers read it."""

import json

import pytest

from plugins.core.syndication.read.raw_feed import Enclosure, Limits, RawFeed
from plugins.core.syndication.read.reader import BrokenFeedError, NotAFeedError, read_feed

URL = "https://feeds.example.org/dir/feed.xml"
RSS = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Port</title>'
    '<atom:link rel="self" href="https://feeds.example.org/self"/><link>https://port.example.org/</link>'
    '<item><title>Talks</title><enclosure url="/a.mp3" type="audio/mpeg" length="1"/>'
    "<guid>https://port.example.org/1</guid></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app"><title>Port</title>'
    '<link rel="self" href="https://feeds.example.org/self"/><link href="https://port.example.org/"/>'
    '<entry><title>Talks</title><id>1</id><link rel="enclosure" type="audio/mpeg" href="/a.mp3"/>'
    "<app:control><app:draft>yes</app:draft></app:control></entry></feed>"
)
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Port",
        "home_page_url": "https://port.example.org/",
        "items": [
            {
                "id": "1",
                "title": "Talks",
                "image": "https://port.example.org/gate.jpg",
                "attachments": [{"url": "https://feeds.example.org/a.mp3", "mime_type": "audio/mpeg"}],
            }
        ],
    }
)


def read(text: str, limits: Limits = Limits()) -> RawFeed:  # noqa: B008 - frozen
    """Read a feed as if it had come from URL."""
    return read_feed(text.encode(), "", URL, limits)


@pytest.mark.parametrize(
    "text", [RSS, RSS[:-6], ATOM, ATOM[:-7], JSON], ids=["rss", "rss cut", "atom", "atom cut", "json"]
)
def test_a_feed_has_its_site_and_its_files(text: str) -> None:
    """The home page is the site's and never the feed's own address; files that belong to an entry come with it."""
    feed = read(text)
    assert (feed.title, feed.site) == ("Port", "https://port.example.org/")
    (entry,) = feed.entries
    assert entry.title.value == "Talks"
    assert entry.enclosures == (Enclosure("https://feeds.example.org/a.mp3", "audio/mpeg"),)


def test_a_draft_is_marked() -> None:
    """An entry that its own feed calls a draft (RFC 5023, 13.1) is marked as one, whole or cut."""
    assert [read(text).entries[0].is_draft for text in (ATOM, ATOM[:-7], RSS)] == [True, True, False]


def test_a_picture_comes_with_an_entry_of_json_feed() -> None:
    """JSON Feed names an entry's main picture."""
    assert read(JSON).entries[0].image == "https://port.example.org/gate.jpg"


@pytest.mark.parametrize("end", ["</channel></rss>", ""], ids=["whole", "cut"])
def test_the_caller_says_how_much_is_read(end: str) -> None:
    """Of a feed and of each text no more is read than the limits allow, and what is left out is said."""
    feed = read(f"<rss><channel>{'<item><description>abcdef</description></item>' * 3}{end}", Limits(2, 4))
    assert [entry.summary.value for entry in feed.entries] == ["abcd", "abcd"]
    assert any("more than 2 items" in problem for problem in feed.problems)


def test_reading_changes_nothing_for_other_users_of_feedparser() -> None:
    """Whoever else uses feedparser finds it as it comes: ids are resolved there, and never in ours."""
    import feedparser  # noqa: PLC0415 - after ours has read something

    broken = ATOM.replace("<app:", "<b><app:")
    assert read(broken).entries[0].guid == "1"
    assert "id" in feedparser.api.LooseFeedParser.can_be_relative_uri
    assert "id" in feedparser.api.StrictFeedParser.can_be_relative_uri


def test_what_is_no_feed_says_what_it_is() -> None:
    """A page, JSON of another kind and nothing at all are told apart; broken JSON is broken."""
    for text, root in (("<html><p>x</p></html>", "html"), ('{"a": 1}', "json"), ("", "")):
        with pytest.raises(NotAFeedError) as caught:
            read(text)
        assert caught.value.root == root
    with pytest.raises(BrokenFeedError):
        read('{"items": [')
