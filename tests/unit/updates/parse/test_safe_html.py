"""Sanitise: foreign HTML, titles and addresses come out harmless and readable."""

from html.parser import HTMLParser

import pytest

from plugins.core.text.plain_text import plain, plain_line
from plugins.updates.model import SafeHtml
from plugins.updates.parse.links import address
from plugins.updates.parse.safe_html import ALLOWED, LINK_REL, excerpt, sanitise

BASE = "https://news.example.org/blog/feed.xml"

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='java\nscript:alert(1)'>x</a><a href='&#1;javascript:alert(1)'>x</a>",
    "<a href=' &Tab;JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a><a href='vbscript:x'>x</a><a href='blob:x'>x</a>",
    "<a href='https:javascript:alert(1)'>x</a><a href='//javascript:alert(1)/'>x</a><a href='java\u2028script:1'>x</a>",
    "<a href='x' style='background:url(javascript:alert(1))' onclick=alert(1) id=x class=y target=_blank>x</a>",
    "<p style='position:fixed' onmouseover=alert(1) id=top class=alert>x</p><base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'><meta http-equiv=refresh content='0;url=javascript:1'>",
    "<video src=x onerror=alert(1)><audio src=x><source src=x></audio></video><embed src=x><object data=x></object>",
    "<input autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>x</button><textarea></textarea>",
    "<![CDATA[<script>alert(1)</script>]]><!--><script>alert(1)</script>--><?php echo 1 ?><!DOCTYPE x>",
    "<xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>",
    "<<script>alert(1)//<</script>><scr<script>ipt>alert(1)</scr</script>ipt>",
    "<title><a title='</title><img src=x onerror=alert(1)>'></title><textarea><a title='</textarea><img src=x>'>",
    "<details open ontoggle=alert(1)><summary>x</summary></details><marquee onstart=alert(1)>x</marquee>",
    "<table><td><a href=x><table><td><a href=y></a></table></a></td></table><p><button><p>",
    "<pre>\n\n\n</pre><listing>\n\n</listing><select><style></select><img src=x onerror=alert(1)></style>",
    "{{ 7*7 }}{% raw %}${alert(1)}<%= x %>\u2028\u2029\x00\x0b\ud800\ufffe\u202e",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script><a:b onclick=alert(1)>x</a:b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;img src=x onerror=alert(1)&#62;&ltimg src=x onerror=alert(1)&gt",
    "<a href='https://ok.example/' ping='https://evil.example/' download onpointerenter=alert(1)>x</a>",
    "<p>" * 3000 + "<b>" * 3000 + "<div>" * 3000 + "x",
)


class Reader(HTMLParser):
    """Lists the tags and attributes a reader meets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found.extend((tag, name, value or "") for name, value in attrs)


def problems(html: str) -> list[str]:
    """Return what is in the HTML that the table does not allow."""
    reader = Reader(html)
    wrong = [tag for tag in reader.tags if tag not in ALLOWED]
    for tag, name, value in reader.found:
        if (tag, name) == ("a", "rel"):
            wrong += [value] * (value != LINK_REL)
        elif name not in ALLOWED[tag] | ALLOWED["*"]:
            wrong.append(f"{tag} {name}")
        elif name == "href" and not value.startswith(("https://", "http://")):
            wrong.append(value)
    return wrong


@pytest.mark.parametrize("attack", ATTACKS)
def test_only_the_table_passes(attack: str) -> None:
    """Nothing but allowed elements and attributes comes out, links are http(s), and a second time changes nothing."""
    safe = sanitise(attack, BASE)
    assert problems(safe) == []
    assert sanitise(safe, BASE) == safe
    assert problems(excerpt(safe, 40)) == []


def test_links_are_resolved_against_the_base_and_marked() -> None:
    """Relative links lead where the feed meant, protocol-relative ones to the base's scheme, none gives credit."""
    safe = sanitise('<a href="/a?b=1&amp;c">1</a><a href="c">2</a><a href="//cdn.example/x">3</a>', BASE)
    hrefs = [value for _, name, value in Reader(safe).found if name == "href"]
    assert hrefs == [
        "https://news.example.org/a?b=1&c",
        "https://news.example.org/blog/c",
        "https://cdn.example/x",
    ]
    assert safe.count(f'rel="{LINK_REL}"') == 3


@pytest.mark.parametrize("base", ["", "javascript:alert(1)", "file:///etc/", "http://[", "data:text/html,"])
def test_a_base_that_is_no_web_address_resolves_nothing(base: str) -> None:
    """Without a sound base a relative link is text, and an absolute one stays."""
    safe = sanitise('<a href="x">a</a> <a href="https://ok.example/">b</a>', base)
    assert [value for _, name, value in Reader(safe).found if name == "href"] == ["https://ok.example/"]


def test_what_is_dropped_leaves_readable_text() -> None:
    """Headings and captions do not run into the next word, and links and paragraphs left empty go."""
    html = (
        '<h2>Day 100</h2>Talks resume<p><a href="/x"><img src="t.gif"></a></p><section>a</section><section>b</section>'
    )
    assert plain(sanitise(html, BASE)) == "Day 100 Talks resume a b"
    assert "<a" not in sanitise(html, BASE)
    assert "<p" not in sanitise(html, BASE)


def test_characters_nobody_sees_are_taken_out() -> None:
    """Controls, byte-order marks and marks that turn the reading order, also as references, do not reach a page."""
    safe = sanitise("<p>a\u202eb&#x202e;c\x08d&#x200b;e\ufefff\x85</p>", BASE)
    assert safe == "<p>abcdef…</p>"


def test_excerpt_is_short_whole_and_well_formed() -> None:
    """An excerpt has at most its limit of characters, ends with an ellipsis after a whole word, and closes its tags."""
    html = sanitise(
        "<p>" + 'Members <b>will <a href="/x">picket again</a></b> on Monday &amp; Tuesday. ' * 20 + "</p>", BASE
    )
    for limit in range(20, 320, 7):
        short = excerpt(html, limit)
        text = plain(short)
        assert len(text) <= limit
        assert text.endswith("…")
        assert plain(html).startswith(text[:-1])
        assert not plain(html)[len(text) - 1].isalnum() or not text[-2].isalnum()
        assert sanitise(short, BASE) == short
        assert excerpt(short, limit) == short
    assert excerpt(SafeHtml("<p>Short.</p>")) == "<p>Short.</p>"


def test_excerpt_of_text_without_spaces_is_cut_all_the_same() -> None:
    """Scripts that do not part words, and one endless word, are cut within it."""
    assert len(plain(excerpt(SafeHtml("長" * 1000), 300))) == 300


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<script>alert(1)</script> Zebrafinch", "<script>alert(1)</script> Zebrafinch"),
        ("&lt;script&gt; is a tag", "<script> is a tag"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<b>Strike</b>: day 5<br>more &amp; more", "Strike: day 5 more & more"),
        ("5 < 6 > 4 & AT&T &copy &notanentity;", "5 < 6 > 4 & AT&T &copy &notanentity;"),
        ("The <b> tag", "The <b> tag"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("  two\n\tlines\u2028here\x00 ", "two lines here"),
        ("a\u200bb\u202ec\ufeff\u2066d\u00ad", "abcd"),
        ("👩\u200d🎤 sings, نمی\u200cخواهم, x\u200dy", "👩\u200d🎤 sings, نمی\u200cخواهم, xy"),
        ("cafÃ© â€“ â€œstrikeâ€\x9d", "café – “strike”"),
        ("Страйк".encode().decode("cp1252"), "Страйк"),
        ("CAFÉ” und MENÜ»", "CAFÉ” und MENÜ»"),
        ("Caf\x92s", "Caf’s"),
        ("&#1114112; &#0; &#x80;", "\ufffd \ufffd €"),
        ("{{ title }}", "{{ title }}"),
    ],
)
def test_titles_are_shown_as_they_are_meant(title: str, shown: str) -> None:
    """A title is decoded once, loses only markup that is surely meant as such, and no letter of what is not."""
    assert plain_line(title) == shown


def test_declared_plain_text_keeps_its_tags() -> None:
    """What the feed itself declares to be plain text is shown with its angle brackets."""
    assert plain_line("Use <b>bold</b>", literal=True) == "Use <b>bold</b>"


def test_titles_are_capped() -> None:
    """A title has at most 500 characters, and says that it was cut."""
    assert len(plain_line("word " * 1000)) <= 500
    assert plain_line("word " * 1000).endswith("word…")


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("/a b", "https://news.example.org/a%20b"),
        (" https://example.org/\u202e\n ", "https://example.org/"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("\\\\evil.example\\x", "https://evil.example/x"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://example.org/%22", "https://example.org/%22"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
        ("https://bücher.example/é", "https://bücher.example/é"),
        ("javascript:alert(1)", ""),
        ("JaVa\tScript:alert(1)", ""),
        ("https://", ""),
        ("https:///x", ""),
        ("https://ex ample.org/", ""),
        ("https://example.org:99999/", ""),
        ("http://[::1", ""),
        ("mailto:a@example.org", ""),
        ("ftp://example.org/", ""),
        ("https://example.org/" + "x" * 3000, ""),
        ("", ""),
    ],
)
def test_addresses_are_absolute_web_addresses_or_nothing(url: str, found: str) -> None:
    """Only http(s) addresses with a host come out, resolved, without a password, and safe within quotes."""
    assert address(url, BASE) == found


@pytest.mark.parametrize("blank", ["\u3164", "&#x2800;", "\u034f\ufe0f", "<b>\u115f</b>"])
def test_a_link_without_anything_to_see_is_none(blank: str) -> None:
    """Fillers make no link that nobody sees and everybody may press."""
    assert sanitise(f'<p>Strike <a href="https://b.example.org/">{blank}</a> over</p>', BASE) == "<p>Strike over</p>"
