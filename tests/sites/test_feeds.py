"""A whole site's feeds by the rules of their formats, and by what validators warn of; written down in our own words.

Sources: RFC 4287, the RSS 2.0 specification with the RSS Advisory Board's profile, JSON Feed 1.1, and the
messages of the W3C's Feed Validation Service (https://validator.w3.org/feed/docs/).
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from plugins.updates.archive import archive_folder
from plugins.updates.model import Match, SafeHtml, Update
from tests.sites.siteconf import PLUGINS
from tests.sites.small_site import NOW, SmallSite

SITE = "https://example.org/repo"
ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"
SOURCES = """[[source]]
id = "post"
title = "The Pöst & M&S1 <i>"
site = "https://Pöst.example"
kind = "press"
feed = "https://pöst.example:443/feed?a[]=1"
"""
TOPICS = '[topic.pay]\ntitle = "Pay & <rest>"\nany = ["wage*"]\n[topic.none]\ntitle = "None"\nany = ["zzz"]\n'
DESK = '[[note]]\nupdate = "post-1"\ntext = "Seen <there> & here."\n[[hide]]\nupdate = "post-0"\n'
MORE = "tags: ['R&D', '<pay>']\nlang: ar\ncorrections: [{date: 2026-04-01, text: 'Nine, not <ten>.'}]\n"
BODY = """A [page](../../empty/), [the place](#quay) {: #quay }, a note.[^1]

[^1]: The note.

| a | b |
|---|--:|
| 1 | 2 |

<svg viewBox="0 0 1 1"><path d="M0 0"/></svg> <x-card>words</x-card> AT&T, &nosuch; <i aria-hidden="true">x</i>
"""
ADDRESS = re.compile(r"https?://[a-z0-9.-]+/[\w;/?:@&=+$.~!*'()%,#-]*", re.ASCII)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
ELEMENTS = " a div hr i li ol p span strong sup table tbody td th thead tr "
ATTRIBUTES = {"class", "dir", "href", "id", "title"}


def _update(number: int) -> Update:
    at = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(days=20 * number)
    title = ("Wages &lt; <b>rent</b> at M&S1", "The wage\x85 talks", "AT&T &copy it")[number % 3]
    summary = SafeHtml("<p>Words &amp; more.</p>" if number % 2 else "")
    url, topics = f"https://pöst.example/{number}?a[]=ü&b=5%", (Match("pay", "wage*", "title"),)
    return Update(f"post-{number}", "post", url, title, summary, (), at, "published", at, topics)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """Return a site under a path, in a zone of odd minutes, with odd texts and a wire of nine months."""
    site = SmallSite(tmp_path_factory.mktemp("feeds"))
    for name, text in {"sources": SOURCES, "topics": TOPICS, "desk": DESK}.items():
        site.write(f"updates/{name}.toml", text)
    site.post("odd", BODY, MORE, title="'Words & <i>more</i> &amp; M&S1'")
    site.post("empty", "")
    site.write("listings/one.md", "---\nemployer: A & B\nrole: R&D1\nseen: 2026-02-03\n---\n[There](../../posts/)\n")
    updates = {one.id: one for one in map(_update, range(12))}
    archive_folder.write(site.content / "archive/updates", archive_folder.Archive(updates))
    site.build(SITEURL=SITE, PLUGINS=PLUGINS, TIMEZONE="Asia/Kathmandu", SITENAME="Rights & <wire>")
    return site


def _read(site: SmallSite, ending: str) -> Iterator[tuple[str, str]]:
    found = [path for path in sorted((site.output / "feeds").rglob(f"*{ending}")) if path.is_file()]
    assert len(found) > 5
    return ((f"{SITE}/{path.relative_to(site.output).as_posix()}", path.read_text("utf-8")) for path in found)


class _Html(HTMLParser):
    """Refuses, as it reads, what readers of feeds do not trust, and every address that is not whole."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge an element."""
        assert f" {tag} " in ELEMENTS and {name for name, _ in attrs} <= ATTRIBUTES, (tag, attrs)
        assert all(ADDRESS.fullmatch(value or "") for name, value in attrs if name in {"href", "src"}), attrs


def test_atom_is_what_its_rules_ask_for(site: SmallSite) -> None:
    """Each document names itself, has what it must have once and first, and nothing that programs have to guess."""
    for address, text in _read(site, ".atom.xml"):
        feed = ElementTree.fromstring(text)  # noqa: S314 - our own
        entries = feed.findall(f"{ATOM}entry")
        assert feed[len(feed) - len(entries) :] == entries, "an entry stands before what is the feed's"
        assert [one.get("href") for one in feed.iterfind(f"{ATOM}link[@rel='self']")] == [address]
        assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries)
        for one in (feed, *entries, *feed.iter(f"{ATOM}source")):
            assert [len(one.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1], address
            assert ADDRESS.fullmatch(one.findtext(f"{ATOM}id") or ""), address
            html = one.find(f"{ATOM}title[@type='html']") is not None
            title = one.findtext(f"{ATOM}title") or ""
            assert title and ("<" not in title if html else unescape(title) == title), title
        assert all(ADDRESS.fullmatch(one.get("href", "")) for one in feed.iter(f"{ATOM}link")), address
        for at in (one.text or "" for name in ("published", "updated") for one in feed.iter(f"{ATOM}{name}")):
            assert RFC3339.fullmatch(at), at
            assert 1990 < datetime.fromisoformat(at).year <= datetime.fromtimestamp(NOW, UTC).year
        for one in (*feed.iter(f"{ATOM}content"), *feed.iter(f"{ATOM}summary")):
            assert (bool(one.text), one.get("type")) == (True, "html"), address
            _Html(one.text or "")


def test_rss_is_what_its_rules_and_its_profile_ask_for(site: SmallSite) -> None:
    """Channels and items are complete, dated in UTC with the right day of the week, and plain where HTML is none."""
    for address, text in _read(site, ".rss.xml"):
        channel = ElementTree.fromstring(text)[0]  # noqa: S314 - our own
        assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))
        assert [one.get("href") for one in channel.iterfind(f"{ATOM}link[@rel='self']")] == [address]
        assert not re.search("&(amp|lt);", "".join(re.findall("<(?:title|category|source)[^>]*>[^<]*", text)))
        items = channel.findall("item")
        assert len({one.findtext("guid") for one in items}) == len(items)
        for item in items:
            link, guid, date = (item.findtext(name) or "" for name in ("link", "guid", "pubDate"))
            assert item.findtext("title") and ADDRESS.fullmatch(link)
            assert [one.get("isPermaLink") for one in item.iterfind("guid")] == [str(guid == link).lower()]
            assert (date[-5:], f"{parsedate_to_datetime(date):%a}") == ("+0000", date[:3])
            assert all(ADDRESS.fullmatch(one.get("url", "")) for one in item.iterfind("source"))
            assert item.findtext("description")
            _Html(f"{item.findtext('description')}{item.findtext(f'{CONTENT}encoded', '')}")


def test_json_is_what_its_rules_ask_for(site: SmallSite) -> None:
    """Items have an id, an address and a text of their own, words without markup, their language and last change."""
    for address, text in _read(site, ".json"):
        feed = json.loads(text)
        assert (feed["version"], feed["feed_url"]) == ("https://jsonfeed.org/version/1.1", address)
        items = {item["id"]: item for item in feed["items"]}
        assert len(items) == len(feed["items"])
        for item in feed["items"]:
            assert item["title"] and item["content_html"] and ADDRESS.fullmatch(item["url"])
            assert RFC3339.fullmatch(item["date_published"])
            assert not re.search("&[a-z]+;", item.get("summary", ""))
            _Html(item["content_html"])
        if odd := items.get(f"{SITE}/posts/odd/ar/"):
            assert (odd["language"], odd["date_modified"]) == ("ar", "2026-04-01T00:00:00+05:45")
