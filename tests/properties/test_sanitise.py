"""Sanitise, for any text: nothing armed comes out, and a second time changes nothing."""

import re

from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.core.syndication.read.raw_feed import RawEntry, RawText
from plugins.core.text.plain_text import plain, plain_line
from plugins.updates.model import Source
from plugins.updates.parse.item import item_of
from plugins.updates.parse.links import address
from plugins.updates.parse.safe_html import excerpt, sanitise
from tests.unit.updates.parse.test_safe_html import problems

NAMES = (
    "a p div b i em strong ul ol li table tr td th caption tbody pre code blockquote br hr h2 span img svg math mtext "
    "mglyph style script template noscript iframe object button select option textarea title form foreignObject "
    "annotation-xml desc malignmark font xmp plaintext listing noembed details summary dl dt dd abbr ruby rt frameset"
)
ATTRIBUTES = (
    ' href="javascript:alert(1)"',
    " href='https://x.example/a?b&c'",
    " href=/rel",
    " onclick=alert(1)",
    ' style="x"',
    ' title="</style><img src=x onerror=alert(1)>"',
    " id=x",
    " src=//evil.example/x",
    " encoding=text/html",
    ' lang="en"',
)
PIECES = st.one_of(
    st.builds(
        lambda slash, name, attributes, end: f"<{slash}{name}{''.join(attributes)}{end}",
        st.sampled_from(["", "", "/"]),
        st.sampled_from(NAMES.split()),
        st.lists(st.sampled_from(ATTRIBUTES), max_size=2),
        st.sampled_from([">", ">", ">", "/>", ""]),
    ),
    st.text(max_size=8),
    st.sampled_from(
        ["<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#x202e;", "&amp;lt;", "&nbsp;", "\n", "<", ">", '"', "'"]
    ),
)
MARKUP = st.lists(PIECES, max_size=25).map("".join)
SOURCE = Source("src", "Source", "https://example.org/", "press")
BASES = st.sampled_from(["https://example.org/feed", "", "javascript:alert(1)"])


@settings(deadline=None)
@given(MARKUP, BASES)
@example("<p><button><p>x", "")
@example("<pre>\n\n\nx", "")
@example("<svg><p><style><a id='</style><img src=1>'>", "")
@example("<a><table><a>x", "https://example.org/")
def test_what_comes_out_is_allowed_and_stays_as_it_is(html: str, base: str) -> None:
    """For any markup: only the table's elements and attributes pass, and sanitising twice is sanitising once."""
    safe = sanitise(html, base)
    assert problems(safe) == []
    assert sanitise(safe, base) == safe
    assert sanitise(safe, "") == safe


@settings(deadline=None)
@given(MARKUP, st.integers(10, 80))
def test_excerpts_are_short_and_safe(html: str, limit: int) -> None:
    """For any markup: an excerpt keeps its limit, is sanitised, and an excerpt of it is itself."""
    short = excerpt(sanitise(html, "https://example.org/"), limit)
    assert len(plain(short)) <= limit
    assert problems(short) == []
    assert sanitise(short, "") == short
    assert excerpt(short, limit) == short


@settings(deadline=None)
@given(st.one_of(st.text(), MARKUP))
def test_titles_are_one_visible_line(text: str) -> None:
    """For any text: a title is one line of at most 500 characters without controls or marks that turn it round."""
    title = plain_line(text)
    assert len(title) <= 500
    assert title == " ".join(title.split())
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]", title)


@settings(deadline=None)
@given(st.text(), BASES)
def test_addresses_are_web_addresses(url: str, base: str) -> None:
    """For any text: an address is nothing, or http(s) with nothing in it that ends an attribute; twice is once."""
    found = address(url, base)
    assert re.fullmatch(r"(?:https?://[^\s<>\"`]+)?", found)
    assert address(found, base) == found


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            PIECES,
            st.sampled_from(
                [
                    "word ",
                    "&nbsp;",
                    "\u00a0\u00a0 ",
                    "&#8239;",
                    "a&amp;b ",
                    "<br>",
                    "<p>",
                    "</p>",
                    "<pre>\n",
                    "…",
                    "’",
                    "長",
                ]
            ),
        ).flatmap(lambda piece: st.integers(1, 60).map(lambda times: piece * times)),
        max_size=30,
    ).map("".join)
)
@example("word&nbsp;&nbsp; " * 40)
@example("<p>" + "one two\u00a0 " * 37 + "</p>")
def test_no_excerpt_in_the_archive_is_longer_than_300_characters(html: str) -> None:
    """For any feed: what a browser shows of an excerpt is at most 300 characters, as a reader counts them.

    Counted by another program than the one that cuts: the text of the page's tree, references resolved, and the spaces
    that CSS folds folded. Every no-break space counts.
    """
    item = item_of(RawEntry(guid="1", title=RawText("T"), summary=RawText(html)), SOURCE, "https://example.org/feed")
    shown = BeautifulSoup(item.summary, "html.parser").get_text()
    assert len(re.sub(r"[ \t\n\r\f]+", " ", shown).strip(" ")) <= 300
