"""Parse: every kind of feed, whole or broken, yields all its items; what is no feed is told as such."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

import feedparser
import pytest

from plugins.core.polling.outcomes import Failure
from plugins.core.syndication.read import feedparser_fallback, rss_atom
from plugins.core.syndication.read.raw_feed import Limits, Markup, RawFeed
from plugins.core.syndication.read.xml_repair import find_root, repair, replace_bad_references
from plugins.core.text.charset import decode
from plugins.updates.model import Item, Parsed, Source
from plugins.updates.parse.item import item_of
from plugins.updates.parse.parser import parse
from tests.loopback.feeds import Item as Served
from tests.loopback.feeds import atom
from tests.loopback.feeds import rss as rss_feed

FEEDS = Path(__file__).parents[3] / "feeds"
FIXTURES = sorted(path for path in FEEDS.iterdir() if not path.name.endswith(".expected.json"))
URL = "https://feeds.example.org/dir/feed.xml"
SOURCE = Source("src", "Source", "https://feeds.example.org/", "press", timezone="America/Los_Angeles")


def read(body: bytes | str, content_type: str = "", source: Source = SOURCE) -> Parsed | Failure:
    """Parse a body as if it had come from URL."""
    return parse(body if isinstance(body, bytes) else body.encode(), content_type, URL, source)


def parsed(body: bytes | str, content_type: str = "", source: Source = SOURCE) -> Parsed:
    """Parse what has to be a feed."""
    found = read(body, content_type, source)
    assert isinstance(found, Parsed), found
    return found


def rss(items: str, prolog: str = "") -> str:
    """Return an RSS feed around items."""
    return f'<?xml version="1.0"?>{prolog}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def plainly(found: object) -> Any:
    """Return an outcome as it stands in NAME.expected.json."""
    kind = {"Parsed": "parsed", "Failure": "failure"}[type(found).__name__]
    return json.loads(json.dumps({kind: asdict(found)}, default=_written))  # type: ignore[call-overload]


def _written(value: object) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_fixtures_are_read_as_expected(path: Path) -> None:
    """Each feed in tests/feeds is read exactly as its NAME.expected.json says, which a person has looked at."""
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text("utf-8"))
    assert plainly(read(path.read_bytes())) == expected


@pytest.mark.parametrize("path", [path for path in FIXTURES if path.suffix == ".xml"], ids=lambda path: path.name)
def test_no_item_feedparser_finds_is_lost(path: Path) -> None:
    """There are at least as many items as feedparser finds, but for one that is cut off."""
    found = read(path.read_bytes())
    whole = replace_bad_references(Markup(decode(path.read_bytes()).text))  # which feedparser does not survive
    reference = feedparser.parse(BytesIO(whole.encode()))
    if isinstance(found, Parsed):
        told = [problem for problem in found.problems if "breaks off" in problem]
        assert len(found.items) + len(told) >= len(reference.entries)
    else:
        assert not reference.entries


@pytest.mark.parametrize("form", [rss_feed, atom], ids=["rss", "atom"])
def test_half_an_item_is_no_item(form: Callable[[list[Served]], bytes]) -> None:
    """Wherever a feed breaks off, its items are those of the whole: half an address would be another item for good."""
    body = form([Served(number, html="<p>Text.</p>" * (number - 110)) for number in (112, 111)])
    whole = read(body)
    assert isinstance(whole, Parsed)
    for length in range(0, len(body), 3):
        cut = read(body[:length])
        assert isinstance(cut, Failure) or cut.items == whole.items[: len(cut.items)], body[:length]


def test_a_feed_that_closes_no_item_is_not_cut_off() -> None:
    """Some software never closes an item; where the channel ends, so has its last one."""
    found = read(rss("<item><title>One</title><link>https://a.example/1</link>").encode())
    assert isinstance(found, Parsed)
    assert [item.title for item in found.items] == ["One"]


def _items(feed: RawFeed) -> list[Item]:
    return [item_of(entry, SOURCE, URL) for entry in feed.entries]


@pytest.mark.parametrize("full_text", [False, True])
@pytest.mark.parametrize("path", [path for path in FIXTURES if path.suffix == ".xml"], ids=lambda path: path.name)
def test_the_quick_reader_and_feedparser_agree(path: Path, full_text: bool) -> None:
    """Wherever the quick reader reads a feed at all, feedparser finds the same items with the same content."""
    text = decode(path.read_bytes()).text
    markup = repair(Markup(text[max(find_root(text)[1], 0) :]))
    source = replace(SOURCE, full_text=full_text)
    try:
        quick = rss_atom.read(markup, URL, Limits())
    except rss_atom.UnusualFeed:
        return
    slow = feedparser_fallback.read(markup, URL, Limits())
    assert [item_of(e, source, URL) for e in quick.entries] == [item_of(e, source, URL) for e in slow.entries]
    assert (quick.title, quick.language) == (slow.title, slow.language)


def test_quick_reader_takes_the_ordinary_feeds() -> None:
    """The common formats in good order do not need feedparser, so that a fetch is quick."""
    for name in ("rss20-press", "atom10-guild", "atom03", "rss10", "rss091", "empty", "youtube", "podcast"):
        text = decode((FEEDS / f"{name}.xml").read_bytes()).text
        assert rss_atom.read(Markup(text[find_root(text)[1] :]), URL, Limits()).problems == ()


@pytest.mark.parametrize(
    ("header", "declared", "encoding"),
    [
        ("text/xml; charset=utf-8", "windows-1252", "utf-8"),
        ("text/xml; charset=iso-8859-1", "utf-8", "utf-8"),
        ("text/xml", "windows-1251", "windows-1251"),
        ("application/xml; charset=windows-1251", "utf-8", "windows-1251"),
        ("application/rss+xml; charset=ISO-8859-1", "windows-1251", "windows-1251"),
        ("application/xml; charset=nonsense", "windows-1251", "windows-1251"),
        ('text/xml; charset="koi8-r"', "windows-1251", "koi8-r"),
        ("text/xml", "utf-16", "utf-16"),
        ("text/xml; charset=utf-8", "utf-8", "utf-16"),
        ("text/html", "utf-8", "utf-8-sig"),
        ("text/xml; charset=utf-7", "shift_jis", "shift_jis"),
    ],
)
def test_header_declaration_and_mark_may_disagree(header: str, declared: str, encoding: str) -> None:
    """Whichever of header, declaration and byte-order mark is right, the characters are."""
    title = "日本のスト" if encoding == "shift_jis" else "Забастовка"
    text = (
        f'<?xml version="1.0" encoding="{declared}"?><rss><channel><item><title>{title}</title></item></channel></rss>'
    )
    assert [item.title for item in parsed(text.encode(encoding), header).items] == [title]


@pytest.mark.parametrize("quick", [True, False], ids=["whole", "salvaged"])
@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("html", "Talks & votes resume"),
        ("text", "Talks & <em>votes</em> <img src='x' onerror='y'/><script>z</script>resume"),
    ],
)
def test_a_title_is_what_its_feed_says_it_is(kind: str, title: str, quick: bool) -> None:
    """Where Atom says a title is HTML, its tags, and what nobody would see of it, are not read; else they are text."""
    inner = "Talks &amp;amp; &lt;em>votes&lt;/em> &lt;img src='x' onerror='y'/>&lt;script>z&lt;/script>resume"
    entry = f'<entry><id>1</id><title type="{kind}">{inner}</title></entry>'
    end = "</feed>" if quick else ""
    (item,) = parsed(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entry}{end}').items
    assert item.title == title


def test_a_feed_from_a_mainframe_is_read() -> None:
    """XML may be in EBCDIC, and its declaration says in which (XML 1.0, appendix F)."""
    body = '<?xml version="1.0" encoding="cp500"?><rss><channel><item><title>Strike [1]</title></item></channel></rss>'
    (item,) = parsed(body.encode("cp500")).items
    assert item.title == "Strike [1]"


def test_item_without_title_and_link_is_kept() -> None:
    """What can stand for a headline does: the summary's first words, the link, the guid, at last a word for none."""
    found = parsed(
        rss(
            "<item><description>Only &lt;b&gt;words&lt;/b&gt;</description></item><item><link>https://x.example/1</link>"
            "</item><item><guid isPermaLink='false'>g1</guid></item><item/>"
        )
    )
    assert [item.title for item in found.items] == ["Only words", "https://x.example/1", "g1", "Untitled"]


def test_guid_is_the_address_only_where_the_feed_says_so() -> None:
    """A guid that is a permanent link stands in for a missing link; one that is declared not to be does not."""
    for stated, url in (
        ("", "https://x.example/1"),
        (' isPermaLink="true"', "https://x.example/1"),
        (' isPermaLink="false"', ""),
    ):
        assert parsed(rss(f"<item><guid{stated}>https://x.example/1</guid></item>")).items[0].url == url


def test_full_text_sources_show_the_content() -> None:
    """A source whose full text is shown gives its content whole; any other gives an excerpt of its summary."""
    long = "word " * 200
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><summary>Short</summary>'
        f"<content>{long}</content></entry></feed>"
    )
    assert parsed(body).items[0].summary == "Short"
    assert parsed(body, source=replace(SOURCE, full_text=True)).items[0].summary == long.strip()
    assert len(parsed(body.replace("<summary>Short</summary>", "")).items[0].summary) <= 300


def test_one_bad_item_does_not_cost_the_others() -> None:
    """An item that cannot be made sense of becomes a problem that names it; the others stay."""

    def picky(entry: Any, source: Source, url: str) -> Item:
        if entry.title.value == "B":
            raise ValueError("broken beyond words")
        return item_of(entry, source, url)

    body = rss("<item><title>A</title></item><item><title>B</title></item><item><title>C</title></item>")
    found = parse(body.encode(), "", URL, SOURCE, picky)
    assert isinstance(found, Parsed)
    assert [item.title for item in found.items] == ["A", "C"]
    assert found.problems == ("item 2 (B): ValueError: broken beyond words; left out",)


def test_at_most_two_thousand_items_are_read() -> None:
    """A feed without end is cut, and says so, whichever reader takes it."""
    most = Limits().entries
    items = "<item><title>x</title></item>" * (most + 5)
    for body in (rss(items), rss(items)[:-20], json.dumps({"items": [{"id": str(n)} for n in range(most + 5)]})):
        found = parsed(body)
        assert len(found.items) == most
        assert any("2000 items" in problem for problem in found.problems)


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>x</title></item>", "<!DOCTYPE rss [" + '<!ENTITY a "&b;&b;">' * 50_000 + "]>"),
        rss("<item><title>x</title></item>", "<!DOCTYPE rss [" + "<!ENTITY a '" * 50_000),
        rss("<a>" * 50_000),
        rss(f"<item><description>{'&lt;b&gt;' * 50_000}</description></item>"),
        rss(f"<item><description>{'&lt;div&gt;&lt;p&gt;' * 20_000}</description></item>"),
        rss("<item><description>" + "".join(f"&lt;b a{n}=1&gt;" for n in range(20_000)) + "</description></item>"),
        rss("<item " + " ".join(f"a{n}='1'" for n in range(50_000)) + "/>"),
        rss("<item><title>" + "<![CDATA[" * 50_000),
        rss("<item><title>" + "&amp;" * 200_000 + "</title></item>"),
        rss("<item><pubDate>" + "1" * 500_000 + "</pubDate><author>" + "a@" * 200_000 + "</author></item>"),
        rss("<item><category>" + "&lt;a " * 200_000 + "</category></item>"),
        rss("<item><title>" + "<" * 100_000 + "</title></item>"),
        rss("<item><title>" + "Ã©" * 200_000 + "</title></item>"),
        "<rss><" * 50_000,
        "<!--" * 300_000,
        "<!" * 300_000,
        "<?" * 300_000,
        '{"items":' * 50_000,
        '{"items": [' + "[" * 100_000,
        '{"items": [{"id": ' + "9" * 500_000 + "}]}",
        "<rss>" + "&#" * 200_000,
        "<html><title>" * 50_000 + "<link rel=alternate " * 50_000,
    ],
    ids=range(22),
)
def test_feeds_made_to_hurt_are_answered_in_time(body: str) -> None:
    """Nesting, repetition and endless tokens cost seconds at most, and raise nothing."""
    start = process_time()
    read(body)
    assert process_time() - start < 10


@pytest.mark.parametrize("body", ["", "  \n", "\x00", "\ufeff", "hello", "<", "<a>", "[]", '{"items": {}}', "<html>"])
def test_what_is_no_feed_is_told_as_such(body: str) -> None:
    """A body without a feed is a failure of that kind, with what came and what to do."""
    found = read(body)
    assert isinstance(found, Failure)
    assert (found.source, found.kind) == ("src", "not a feed")
    assert found.detail
    assert found.remedy


@pytest.mark.parametrize(
    ("guid", "url"),
    [
        ("<guid>/2026/11/talks.html</guid>", "https://feeds.example.org/2026/11/talks.html"),
        ('<guid isPermaLink="true">/2026/11/talks?id=7</guid>', "https://feeds.example.org/2026/11/talks?id=7"),
        ("<guid>../talks</guid>", "https://feeds.example.org/talks"),
        ('<guid isPermaLink="false">/2026/11/talks.html</guid>', ""),
        ("<guid>42</guid>", ""),
        ("<guid>/a path, or is it</guid>", ""),
        ("<guid>/2026/11/talks.html</guid><link>https://post.example/talks</link>", "https://post.example/talks"),
    ],
)
def test_a_permalink_written_from_the_sites_root_leads_there(guid: str, url: str) -> None:
    """A guid that is a link without a host is the item's address, on the feed's host; its id stays as it is.

    So it is whichever reader reads it, that of whole feeds or of broken ones.
    """
    item = f"<item><title>Talks</title>{guid}</item>"
    whole, broken = parsed(rss(item)), parsed(rss(item).replace("</channel></rss>", "<x>"))
    assert [one.url for one in (*whole.items, *broken.items)] == [url, url]
    assert {one.guid for one in (*whole.items, *broken.items)} == {re.sub("<link>.*|<[^>]*>", "", guid)}


@pytest.mark.parametrize(
    "namespace",
    [
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://unheard-of.example/rss/",
    ],
)
def test_items_are_found_in_whatever_namespace_a_feed_has(namespace: str) -> None:
    """RSS 0.90 had two namespaces, and some feeds make up one of their own: their items are items all the same."""
    body = (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{namespace}">'
        "<channel><title>Port</title></channel>"
        "<item><title>Talks</title><link>https://x.example/1</link></item></rdf:RDF>"
    )
    assert [(item.title, item.url) for item in parsed(body).items] == [("Talks", "https://x.example/1")]


def test_a_feed_whose_items_cannot_be_read_says_so() -> None:
    """A feed that has items by its tags is never taken for an empty one in silence; one without items is."""
    body = '<rss xmlns:x="urn:x"><channel><title>T</title><x:item><x:title>A</x:title></x:item></channel></rss>'
    found = parsed(body)
    assert found.items == ()
    assert "has 1 items by its tags, but none of them can be read" in found.problems
    assert parsed(rss("<!-- <item> --><description><![CDATA[<item>]]></description>")).problems == ()


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("euc_jp", "港湾労働者がストライキを続ける"),
        ("shift_jis", "労働組合は会社側の提案を拒否した"),
        ("euc_kr", "항만 노동자들이 파업을 계속한다"),
        ("gb2312", "码头工人继续罢工，工会要求提高工资"),
        ("koi8_r", "Докеры продолжают забастовку"),
        ("tis_620", "คนงานท่าเรือยังคงนัดหยุดงาน"),
    ],
)
def test_a_feed_that_declares_no_encoding_is_readable(encoding: str, title: str) -> None:
    """Its items are read by what their letters look like, called UTF-8 by the server or not, and the run says so."""
    body = rss(f"<item><title>{title}</title></item>").encode(encoding)
    for content_type in ("", "application/rss+xml; charset=utf-8"):
        found = parsed(body, content_type)
        assert [item.title for item in found.items] == [title]
        assert any("by its looks" in problem for problem in found.problems)


GATHERED = """<item><title>Talks</title><link>https://a.example/1</link>
<source url="https://a.example/feed">The A &amp; Times</source></item>
<item><title>Votes</title><link>https://b.example/2</link></item>"""
ATOM_GATHERED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Gatherer</title><entry><title>Talks</title>
<link href="https://a.example/1"/><source><id>urn:a</id><title>The A &amp; Times</title></source></entry>
<entry><title>Votes</title><link href="https://b.example/2"/></entry></feed>"""


@pytest.mark.parametrize("feed", [rss(GATHERED), ATOM_GATHERED, rss(GATHERED, "<!DOCTYPE rss>")])
def test_an_outlet_is_believed_only_of_who_is_said_to_gather(feed: str) -> None:
    """RSS and Atom name the feed an item was taken from; anybody could write a great paper's name there."""
    gathers = replace(SOURCE, gathers=True)
    titles = {item.title: item.outlet for item in parsed(feed, source=gathers).items}
    assert titles == {"Talks": "The A & Times", "Votes": ""}
    assert {item.outlet for item in parsed(feed).items} == {""}
    assert {item.title for item in parsed(feed).items} == {"Talks", "Votes"}
