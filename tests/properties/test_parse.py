"""Parse, for any bytes: an answer, never an exception; and both readers of well-formed feeds give the same one."""

from pathlib import Path
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.core.polling.outcomes import Failure
from plugins.core.syndication.read import feedparser_fallback, rss_atom
from plugins.core.syndication.read.raw_feed import Limits, Markup
from plugins.updates.model import Parsed, Source
from plugins.updates.parse.item import item_of
from plugins.updates.parse.parser import parse
from tests.unit.updates.parse.test_safe_html import problems

URL = "https://feeds.example.org/feed"
SOURCE = Source("src", "Source", "https://feeds.example.org/", "press", timezone="Europe/Berlin")
SEEDS = [
    path.read_bytes()
    for path in sorted((Path(__file__).parents[1] / "feeds").iterdir())
    if not path.name.endswith(".expected.json")
]
SHARDS = [
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"<!DOCTYPE x [",
    b"<!ENTITY a 'b'>",
    b"&#xD800;",
    b"&#9999999999;",
    b"\x00",
]
SHARDS += [
    b"</item>",
    b"<item>",
    b"</entry>",
    b"<title>",
    b'"',
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\x1b$B",
    b"<!--",
    b"{",
    b"[",
    b"\\ud800",
]
TYPES = st.sampled_from(
    ["", "text/xml", "application/json", "text/html; charset=utf-16", "x; charset=\x00", "a;charset=hex"]
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a feed with pieces cut out, doubled and put in."""
    body = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        first, second = sorted((draw(st.integers(0, len(body))), draw(st.integers(0, len(body)))))
        put = draw(st.one_of(st.sampled_from(SHARDS), st.binary(max_size=6), st.just(body[first:second])))
        body = body[:first] + put + body[draw(st.sampled_from([first, second])) :]
    return body[:50_000]


@settings(deadline=None)
@given(
    st.one_of(
        mutated(), mutated(), st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-16"))
    ),
    TYPES,
)
def test_any_bytes_have_an_answer(body: bytes, content_type: str) -> None:
    """Whatever comes, the answer is items or a worded failure, and what is in the items is safe."""
    found = parse(body, content_type, URL, SOURCE)
    if isinstance(found, Failure):
        assert found.kind in {"not a feed", "parse error"}
        assert found.detail
        assert found.remedy
        return
    assert isinstance(found, Parsed)
    for item in found.items:
        assert item.title
        assert problems(item.summary) == []
        assert item.url == "" or item.url.startswith(("https://", "http://"))
        assert all(via.startswith(("https://", "http://")) for via in item.via)


# Without the letters mojibake begins with: feedparser repairs it in its own way, and in guids too.
WORDS = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc"],
        exclude_characters="\ufffe\uffff" + "".join(map(chr, range(0xC2, 0xF5))),
    ),
    max_size=20,
)
HTML = st.lists(
    st.one_of(WORDS, st.sampled_from(["<b>", "</b>", "<p>", "&amp;", '<a href="/x">y</a>'])), max_size=6
).map(" ".join)
DATES = st.sampled_from(["Tue, 24 Nov 2026 10:00:00 CET", "2026-11-24T10:00:00Z", "2026-11-24", "yesterday"])
LINKS = st.sampled_from(["https://x.example.org/1", "/2?a=b&c=d", "3", "javascript:alert(1)", "http://["])


def _element(name: str, text: st.SearchStrategy[str], attributes: str = "") -> st.SearchStrategy[str]:
    return text.map(lambda value: f"<{name}{attributes}>{escape(value)}</{name}>")


RSS_FIELDS = st.one_of(
    _element("title", WORDS),
    _element("link", LINKS),
    _element("guid", st.one_of(WORDS, LINKS), ' isPermaLink="false"'),
    _element("description", HTML),
    _element("content:encoded", HTML),
    _element("pubDate", DATES),
    _element("dc:date", DATES),
    _element("dc:creator", WORDS),
    _element("category", WORDS),
    _element("x:unknown", WORDS),
)
ATOM_FIELDS = st.one_of(
    _element("title", WORDS, ' type="text"'),
    _element("title", HTML, ' type="html"'),
    _element("id", WORDS),
    _element("published", DATES),
    _element("updated", DATES),
    _element("summary", HTML, ' type="html"'),
    _element("content", HTML, ' type="html" xml:base="/base/"'),
    _element("author", st.just("")).map(lambda _: "<author><name>Jo</name><email>jo@x.example</email></author>"),
    LINKS.map(lambda href: f'<link href="{escape(href)}"/>'),
    LINKS.map(lambda href: f'<link rel="via" href="{escape(href)}"/>'),
    WORDS.map(lambda term: '<category term="{}"/>'.format(escape(term, {'"': "&quot;"}))),
)


def _items(name: str, fields: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    # Of each field one: which of several titles or dates counts is no promise of either reader.
    once = st.lists(fields, max_size=8, unique_by=lambda field: field[1:].split(">")[0].split(" ")[0])
    return st.lists(once.map(lambda each: f"<{name}>{''.join(each)}</{name}>"), max_size=4).map("".join)


RSS = _items("item", RSS_FIELDS).map(
    lambda items: (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x="urn:x" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>{items}</channel></rss>'
    )
)
ATOM = _items("entry", ATOM_FIELDS).map(
    lambda items: f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title>{items}</feed>'
)


@settings(deadline=None)
@given(st.one_of(RSS, ATOM))
def test_the_quick_reader_finds_what_feedparser_finds(feed: str) -> None:
    """For any well-formed feed of the common fields: the quick reader's items are feedparser's."""
    quick = rss_atom.read(Markup(feed), URL, Limits())
    slow = feedparser_fallback.read(Markup(feed), URL, Limits())
    assert [item_of(e, SOURCE, URL) for e in quick.entries] == [item_of(e, SOURCE, URL) for e in slow.entries]
