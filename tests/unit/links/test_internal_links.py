"""Links within the built site."""

from time import process_time

import pytest

from plugins.links.internal_links import problems

SITE = "https://site.example/repo"
FILES = {"theme/a.css", "feeds/all.xml", "images/a b.png"}


def why(html: str, page: str = "posts/one/index.html", siteurl: str = SITE, **others: str) -> list[str]:
    """Return what is wrong on a page of a small site."""
    pages = {"index.html": "<p id=top-story>", "posts/two/index.html": '<h2 id="größe">', page: html, **others}
    return [one.what.partition(" leads nowhere: ")[2] for one in problems(pages, FILES, siteurl)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/repo/">home</a><a href="/repo">home</a><a href="/repo/posts/two/">two</a>',
        '<a href="/repo/posts/two">two</a><a href="/repo/posts/two/index.html">two</a>',
        '<a href="../two/">two</a><a href="../../">home</a><a href="../../#top-story">home</a>',
        '<a href="https://site.example/repo/feeds/all.xml">feed</a><a href="https://site.example/repo/#top-story">x</a>',
        '<a href="/repo/posts/two/#gr%C3%B6%C3%9Fe">x</a><a href="/repo/posts/two/?q=1#größe">x</a>',
        '<a href="#here">x</a><p id="here">',
        '<a href="#old">x</a><a name="old"></a>',
        '<a href="#">x</a><a href="#top">x</a><a href="#:~:text=some%20words">x</a>',
        '<img src="/repo/images/a%20b.png" srcset="/repo/images/a%20b.png 2x, /repo/images/a%20b.png 3x">',
        '<a href="https://elsewhere.example/repo/no/">x</a><a href="//cdn.example/x">x</a><a href="mailto:a@b.c">x</a>',
        '<a href="data:text/plain,x">x</a><a>no link</a><a href="">this page</a>',
        '<!-- <a href="/repo/no/"> --><script>"<a href=\\"/repo/no/\\">"</script><textarea><a href="/no"></textarea>',
        '<p title="<a href=/no>">x</p>',
        "<A HREF='/repo/posts/two/'>x</A>",
    ],
)
def test_what_leads_somewhere_is_left_alone(html: str) -> None:
    """Folders, files, fragments, other sites, and what only looks like a link."""
    assert why(html) == []


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ('<a href="/repo/posts/three/">x</a>', "there is no posts/three/index.html"),
        ('<a href="/posts/two/">x</a>', "it leads outside /repo"),
        ('<a href="/repository/">x</a>', "it leads outside /repo"),
        ('<a href="../../../secret/">x</a>', "it leads outside /repo"),
        ('<a href="../three.html?x=1#y">x</a>', "there is no posts/three.html"),
        ('<a href="https://site.example/repo/no.xml">x</a>', "there is no no.xml"),
        ("<img src=/repo/images/no.png>", "there is no images/no.png"),
        ('<img srcset="/repo/images/a%20b.png 1x, /repo/images/no.png 2x">', "there is no images/no.png"),
        ('<a href="#nowhere">x</a>', "posts/one/index.html has no element with the id 'nowhere'"),
        ('<a href="/repo/#one">x</a>', "index.html has no element with the id 'one'"),
        ('<a title="a > b" href="/repo/no/">x</a>', "there is no no/index.html"),
        ('<script src="/repo/no.js"></script>', "there is no no.js"),
    ],
)
def test_what_leads_nowhere_is_told(html: str, what: str) -> None:
    """A missing file, a missing fragment, a path outside of the site."""
    assert why(html) == [what]


def test_a_fault_has_its_page_and_line() -> None:
    """Whoever mends it finds it."""
    html = '<p>\n<a href="/repo/">ok</a>\n<a\nhref="/repo/no/">x</a>'
    (problem,) = problems({"index.html": html}, set(), SITE)
    assert str(problem).startswith("index.html:3: /repo/no/ leads nowhere: there is no no/index.html; ")


def test_a_site_at_its_hosts_root_has_no_base() -> None:
    """Without a path in the site's address every path is the site's."""
    assert why('<a href="/posts/two/">x</a><a href="/">x</a>', siteurl="https://site.example") == []


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "piece", ['<a href="', "<!--", "<a ", "<script>", "<a b='c\" ", "</a", '<title x="', "<a =", "<<a"]
)
def test_hostile_markup_is_read_once(piece: str) -> None:
    """Twice as much of what is never closed costs about twice the time, not four times."""

    def seconds(times: int) -> float:
        html = piece * times
        start = process_time()
        assert why(html) == []
        return process_time() - start

    assert seconds(100_000) < 8 * seconds(25_000) + 0.05
