"""From foreign HTML to Markdown and on to a page: nothing fails, nothing runs, no word goes astray."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from itertools import groupby
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from bs4 import BeautifulSoup
from bs4.element import Comment
from hypothesis import example, given, settings

from plugins.core.config import frontmatter
from plugins.core.config.checked import check
from plugins.importing import html_tree, pipeline
from plugins.importing.conversion_log import ConversionLog
from plugins.importing.formats import feed_entries, medium, shortcodes, substack, wordpress
from plugins.importing.markdown import front_matter, verification
from plugins.importing.model import FetchedPictures, OldDocument
from plugins.importing.transforms import old_links
from plugins.importing.transforms.old_links import Moved
from plugins.importing.tree.shape import shape
from plugins.posts.model import PageMatter, PostMatter
from tests.copies import judged
from tests.shipped import pelicanconf

SETTINGS = {"MARKDOWN": pelicanconf.MARKDOWN}
DAY = datetime(2024, 5, 1, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")

ODD = [
    *("# x", "#x", "1. x", "12.", "- x", "-", "--", "---", "===", "+ x", "* x", "***", "> x", ": x", ":   x", "~~~"),
    *("/// pull", "///", "[x](y)", "![x](y)", "[^1]", "[^1]: x", "*[HTML]: x", "a_b_c", "_x_", "*x*", "**x**", "`x`"),
    *("{: .x}", "{#id}", "{filename}a.md", "{static}/x", "{fund}x", "|filename|a.md", "a | b", "| - |", "---|---"),
    *(
        "<b>",
        "&lt;",
        "&amp;amp;",
        "&#35;",
        "&copy",
        "\\",
        "\\*",
        "C:\\new",
        "http://example.org/a_b*c",
        "x@example.org",
    ),
    *("!", "Wow!", "“q”", "…", "\xa0x", "é", "日本", "😀", "<!--", "-->", "<script>alert(1)</script>", "javascript:x"),
    *("klzzwxh:0", "wzxhzdk:0", "\x02wzxhzdk:0\x03", "\ufdd00\ufdd1", "word", "two words", "end.", "C#", "##", "```"),
]
SIGNS = st.text("*_`~^#:!|/\\<>[](){}&;=+-.1a \"'\n", max_size=6)
PARTS = st.lists(st.sampled_from(ODD) | st.text(max_size=8) | SIGNS, min_size=1, max_size=4)
WORDS = st.builds(str.join, st.sampled_from([" ", " ", "", "\n"]), PARTS)
ESCAPED = WORDS.map(lambda words: words.replace("&", "&amp;").replace("<", "&lt;"))
INLINE_TAGS = ["b", "strong", "i", "em", "a", "code", "del", "sub", "sup", "span", "mark", "u", "kbd", "s"]
BLOCK_TAGS = ["p", "div", "blockquote", "h1", "h2", "h4", "section", "pre", "figcaption", "td", "center", "dd", "dt"]


def _element(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>"


def _table(rows: list[list[str]]) -> str:
    return _element("table", "".join(_element("tr", "".join(_element("td", cell) for cell in row)) for row in rows))


def _inline(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(children, max_size=3).map("".join)
    links = joined.map(lambda inner: f'<a href="https://example.org/x_(y)?a=1&amp;b=*2">{inner}</a>')
    return st.builds(_element, st.sampled_from(INLINE_TAGS), joined) | links


INLINE = st.recursive(ESCAPED | st.sampled_from(["<br>", " ", "\n", "\n\n", "<br><br>"]), _inline, max_leaves=6)
RUN = st.lists(INLINE, max_size=4).map("".join)


def _block(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(children, max_size=3).map("".join)
    items = st.lists(children, min_size=1, max_size=3).map(lambda each: "".join(_element("li", one) for one in each))
    rows = st.lists(st.lists(RUN | children, min_size=1, max_size=3), min_size=1, max_size=3)
    return (
        st.builds(_element, st.sampled_from(BLOCK_TAGS), joined)
        | st.builds(_element, st.sampled_from(["ul", "ol"]), items)
        | rows.map(_table)
        | joined.map(lambda inner: f'<figure><img src="https://example.org/a.jpg" alt="A *gate*">{inner}</figure>')
    )


HTML = st.recursive(RUN, _block, max_leaves=8)

HOSTILE = [
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<math><mi//xlink:href='x'>",
    ),
    *(
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\nscript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
    ),
    *(
        "<iframe src='javascript:alert(1)'>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<base href='//evil.example/'>",
    ),
    *("<form action='//evil.example'><input>", "<object data='javascript:x'>", "<embed src='data:text/html,x'>"),
    *("<style>*{}</style>", "<p style='x' onclick='y'>", "<noscript><p title='</noscript><img src=x onerror=y>'>"),
    *(
        '<div class=youtube-wrap data-attrs=\'{"videoId":"\\"><script>"}\'></div>',
        "<div data-attrs='[[[[' class=tweet>",
    ),
    *('<div class=twitter-embed data-attrs=\'{"full_text":"<script>x</script>","name":"|\\n///"}\'>x</div>',),
    *("<a href='https://e.example/\"><script>'>y</a>", "<img alt='](x) <script>' src='https://e.example/a.png'>"),
    *("<x-quote who='<script>' url='javascript:x'>", "<x-loss n=99>", "<x-note label='](x)'>", "<x-video url=y>"),
    *(
        "<pre>```\n<script>x</script>\n```</pre>",
        "<code>`<script>`</code>",
        "</td></tr></table>",
        "<!-- wp:x -->",
        "]]>",
    ),
    *(
        "<img srcset='x 1w, javascript:y 2w'>",
        "<a href='//'>",
        "<a href='http://[::1'>z</a>",
        "<a href='mailto:a@b?c'>m</a>",
    ),
    *(
        "<figure><a href='javascript:x'><img src='https://e.example/b.png'></a></figure>",
        "<td>",
        "<li>",
        "</p>",
        "\x00",
    ),
]


def _shaped(html: str, *, flowing: bool = False) -> pipeline.Prepared:
    piece = OldDocument("k", "p", "Title", "slug", html, DAY, has_line_breaks=flowing)
    shaped = pipeline.prepare(piece, "slug", "https://old.example.org")
    paths = {source: "images/slug/a.jpg" for one in shaped.pictures for source in one.sources}
    return pipeline.place(shaped, FetchedPictures(paths), DAY)


def _body(html: str, *, flowing: bool = False) -> str:
    settled = _shaped(html, flowing=flowing)
    written = pipeline.write(settled, DAY, (), Moved(""), SETTINGS)
    return frontmatter.split(written.text, "x")[0].body


@settings(max_examples=150)
@given(HTML, st.booleans())
@example('<a href="https://example.org/">]: x</a>', False)
@example('<a href="https://example.org/"><code>x]: y</code></a>', False)
def test_every_word_of_the_old_page_is_on_the_new_one(html: str, flowing: bool) -> None:
    """Whatever the markup, the words that a reader saw are there, and no others."""
    body = _body(html, flowing=flowing)
    before, after = verification.words(html_tree.parse(html)), verification.words(verification.printed(body, SETTINGS))
    assert not before - after, (list((before - after).elements()), body)
    assert not after - before, (list((after - before).elements()), body)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(HOSTILE) | HTML | st.text(max_size=20), max_size=6).map("".join), st.booleans())
def test_no_markup_fails_or_gets_through(html: str, flowing: bool) -> None:
    """Any text is read; what is printed has only the elements, attributes and addresses that may be."""
    assert verification.violations(verification.printed(_body(html, flowing=flowing), SETTINGS)) == []


@settings(max_examples=80)
@given(HTML)
@example('<a href="https://example.org/">^0</a>')
@example("{:")
@example("<ul><li><pre>{fund}x &lt;!--</pre></li></ul>")
def test_what_is_written_passes_the_checks_of_texts(html: str) -> None:
    """No block, heading or reference comes about that nobody wrote; links to files are the pictures' alone."""
    found = judged(_body(html))
    assert found.problems == ()
    assert found.references == ()


DRESS = {"strong", "em", "del", "ins", "mark", "sub", "sup", "a", "ul", "ol", "li", "blockquote", "td", "dt", "dd"}
DRESS |= {"h2", "h3", "h4", "h5", "h6"}


def _dressed(soup: BeautifulSoup) -> list[tuple[str, list[str]]]:
    """Return a text's letters, each run of them with the elements around it; code holds letters alone."""
    found = []
    for string in soup.find_all(string=True):
        around: list[str] = []
        for one in string.parents:
            name = {"th": "td", "kbd": "code", "pre": "code"}.get(one.name, one.name)
            if name == "code":
                around = ["code"]
            elif name in DRESS:
                around.append(f"a {html_tree.attribute(one, 'href')}" if name == "a" else name)
        letters = "" if isinstance(string, Comment) else "".join(string.split())
        found += [(letter, sorted(around)) for letter in letters]
    return [("".join(one[0] for one in run), dress) for dress, run in groupby(found, key=lambda one: one[1])]


@settings(max_examples=80)
@given(HTML)
@example("<dt><table><tr><td># x</td></tr></table></dt>")
@example("<ul><li><h4><del><b>!</b></del></h4></li></ul>")
@example("<ul><li>a<ul><li>x</li></ul><pre>1. x</pre></li></ul>")
@example("<blockquote><table><tr><td><table><tr><td>x</td></tr></table></td></tr></table></blockquote>")
def test_every_letter_keeps_its_dress(html: str) -> None:
    """What was bold, linked, quoted, listed, code is so on the new page, and nothing else; no sign is lost or added."""
    tree = _shaped(html).tree
    old_links.rewrite(tree, Moved(""), "posts/slug.md", ConversionLog(), "")
    printed = verification.printed(_body(html), SETTINGS)
    assert _dressed(printed) == _dressed(tree)


def _with(markup: str) -> st.SearchStrategy[str]:
    """Return markup with odd words for each W in it, as an attribute has them; with odd markup for each R."""

    def filled(words: list[str], runs: list[str]) -> str:
        given, shown = iter(words), iter(runs)
        parts = markup.replace("W", "\0W").replace("R", "\0R").split("\0")
        heads = {"W": lambda: escape(next(given)), "R": lambda: next(shown)}
        return parts[0] + "".join(f"{heads[part[0]]()}{part[1:]}" for part in parts[1:])

    def some(one: st.SearchStrategy[str], sign: str) -> st.SearchStrategy[list[str]]:
        return st.lists(one, min_size=markup.count(sign), max_size=markup.count(sign))

    return st.builds(filled, some(WORDS, "W"), some(RUN, "R"))


EMBEDDED = [
    '<iframe src="https://www.youtube.com/embed/abcdefghijk" title="W"></iframe>',
    '<figure><iframe src="https://player.vimeo.com/video/12345"></iframe><figcaption>R</figcaption></figure>',
    '<blockquote class="twitter-tweet"><p>W</p>— W <a href="https://x.com/a_b/status/1">a day</a></blockquote>',
    '<div class="embedded-post-wrap"><a href="https://example.org/x_(y)">W</a></div>',
    '<div class="pullquote"><p>R</p></div>',
    "<blockquote><p>R</p><cite>R</cite></blockquote>",
    '<pre class="wp-block-verse">R</pre>',
    '<a href="https://example.org/"><img src="https://example.org/a.jpg" alt="W"></a>',
    '<img src="https://gone.example/c_d*e.jpg" alt="W">',
    "<img>",
    '<pre class="language-python"><code>W\n\n  W</code></pre>',
    "<table><tr><th colspan=2>R</th></tr><tr><td rowspan=2>R</td><td>R</td></tr></table>",
    '<p>R<a id="r" href="#n">1</a></p><div class="footnote"><a id="n" href="#r">1</a><div>R</div></div>',
    "<dl><dt>R</dt><dd>R</dd><dt>R</dt><dd>R</dd></dl>",
    "<hr>",
    "<p>R</p>",
]
HOLDERS = [*("p", "blockquote", "div", "li", "td", "b", "em", "h3", "figure", "dt", "dd", "figcaption")]


def _holding(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(children, max_size=3).map("".join)
    items = st.lists(joined, min_size=1, max_size=3).map(lambda each: "".join(_element("li", one) for one in each))
    return st.builds(_element, st.sampled_from(HOLDERS), joined) | items.map(lambda each: f"<ol start=7>{each}</ol>")


PAGE = st.lists(st.recursive(st.one_of(*map(_with, EMBEDDED)), _holding, max_leaves=6) | RUN, max_size=5).map("".join)


@settings(max_examples=100)
@given(PAGE)
@example('<p><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe></p>')
@example("<ul><li><img><p>&lt;</p></li></ul>")
@example("<i><img></i>")
@example('<div class="pullquote"><code>-</code></div>')
@example("<h2><code>-</code></h2>")
@example('<h3><a id="r" href="#n">1</a></h3><div class="footnote"><a id="n" href="#r">1</a>b</div>')
@example("<ul><li><img><a><br>x</a></li></ul>")
@example("<h2><img></h2><p>x</p>")
@example('<p>x]<a id="r" href="#n">1</a></p><div class="footnote"><a id="n" href="#r">1</a><div>y</div></div>')
@example("<kbd>x</kbd><code>y</code><img><code>z</code>")
@example("<p><code>&amp;#</code>x<del>y</del></p><p>a&lt;b; &amp;lt;</p>")
def test_what_is_embedded_costs_nothing_and_spills_nothing(html: str) -> None:
    """Videos, posts of others, pictures, notes, wherever they stand: all words are there, and none of our own marks."""
    piece = OldDocument("k", "p", "Title", "slug", html, DAY)
    shaped = pipeline.prepare(piece, "slug", "https://old.example.org")
    here = {source: "images/slug/a.jpg" for one in shaped.pictures for source in one.sources if "gone" not in source}
    settled = pipeline.place(shaped, FetchedPictures(here), DAY)
    written = pipeline.write(settled, DAY, (), Moved(""), SETTINGS)
    body = frontmatter.split(written.text, "x")[0].body
    assert (written.lost_words, written.new_words) == ((), ()), body
    found = judged(body)
    assert (found.problems, found.references) == ((), ())
    assert not [letter for letter in body if "\ufdd0" <= letter <= "\ufdef"]


LINE = st.text(max_size=60)


@given(LINE, LINE, st.lists(LINE, max_size=4), st.lists(LINE, max_size=3), LINE, st.booleans())
def test_front_matter_says_what_it_was_told(
    title: str, summary: str, tags: list[str], authors: list[str], category: str, page: bool
) -> None:
    """Any names make front matter that the checks take, and that reads as it was meant."""
    item = {"id": "1", "title": title, "content_html": "x", "summary": summary, "tags": tags, "authors": authors}
    feeds = {"feed.json": json.dumps({"items": [item]}).encode("utf-8", "replace")}
    (document,) = feed_entries.read(feeds, "feed.json", "", UTC_ZONE).documents
    document = pipeline.prepare(replace(document, category=category, is_page=page), "slug", "").document
    written = front_matter.write(document, DAY, "a, b: 'c'", ("2020/a:b/",), "")
    front, problems = frontmatter.split(written, "x")
    assert problems == []
    checked, problems = check(PageMatter if page else PostMatter, front.data, "x", front.line_of)
    assert problems == []
    assert checked is not None
    assert checked.title == document.title.strip()
    assert checked.aliases == ("2020/a:b/",)
    assert front_matter.key_of(written) == document.key


@given(st.text(max_size=300))
def test_no_file_makes_a_reader_fail(text: str) -> None:
    """Whatever stands in an export's files, there are documents or problems that say why not."""
    data = text.encode("utf-8", "replace")
    table, item = b"post_id,title\n" + data, b"<item><content:encoded>" + data + b"</content:encoded></item>"
    root = b"<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
    exports = [
        substack.read({"posts.csv": table, "posts/1.x.html": data}, "w", "", UTC_ZONE),
        medium.read({"a.html": data}, "w", "", UTC_ZONE),
        wordpress.read({"a.xml": data, "b.xml": root + item}, "w", "", UTC_ZONE),
        feed_entries.read({"a": data}, "w", "", UTC_ZONE),
    ]
    for export in exports:
        assert export.documents or export.problems or export.kind == "substack"  # whose table may have no rows
        assert all(problem.what for problem in export.problems)
    shortcodes.Shortcodes({}, []).html(text)


CODES = [
    "[caption]",
    "[/caption]",
    "[gallery ids='1,2']",
    "[a_b]",
    "[/a_b]",
    "[code]",
    "[/code]",
    "[[x]]",
    "[footnote]",
]
CODES += ["[/footnote]", "[embed]https://example.org/[/embed]", "[x y='z']", "[sic]", "<b>", "</b>", "words", "\n\n"]


@given(st.lists(st.sampled_from(CODES), max_size=10).map(" ".join))
def test_shortcodes_cost_no_words(content: str) -> None:
    """However codes are nested or left open, the words between them stay."""
    made = shortcodes.Shortcodes({}, []).html(content)
    soup = html_tree.parse(made)
    shape(soup, ConversionLog(), has_line_breaks=True)
    assert soup.get_text().count("words") == content.count("words")
