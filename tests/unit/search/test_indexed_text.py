"""Of a page, Pagefind is shown the part that its template marks, and never less than it would have read there."""

import pytest

from plugins.search.indexed_text import indexed_text

_PART = b'<article data-pagefind-body data-kind="post"><h1>Vote</h1><article>Quoted</article><p>Yes.</p></article>'


def _page(part: bytes, before: bytes = b"<nav>Menu</nav>", after: bytes = b"<footer>Foot</footer>") -> bytes:
    return b"<!DOCTYPE html><html><body>" + before + part + after + b"</body></html>"


def test_what_stands_around_the_part_does_not_count() -> None:
    """Two pages whose marked element is the same give the same text, with all that is inside it."""
    text = indexed_text(_page(_PART))
    assert text == indexed_text(_page(_PART, b"<p>Another</p>", b""))
    assert text is not None
    assert _PART in text
    assert b"Menu" not in text


def test_what_is_left_out_behind_the_part_does_not_count() -> None:
    """As the posts that are related, whose titles and dates change without it."""
    behind = b'<aside><h3>Another</h3><p class="meta" data-pagefind-ignore>1 May</p><p data-pagefind-ignore="all">2</p>'
    assert indexed_text(_page(_PART, after=behind + b"</aside>")) == indexed_text(_page(_PART))


def test_a_page_without_the_mark_gives_nothing() -> None:
    """A page that hands nothing over is not shown."""
    assert indexed_text(_page(b"<main><h1>About</h1></main>")) is None


@pytest.mark.parametrize(
    "page",
    [
        _page(_PART, b'<p data-pagefind-meta="kind">post</p>'),
        _page(_PART, after=b'<p data-pagefind-ignored data-pagefind-weight="2">post</p>'),
        _page(_PART, b"<div data-pagefind-ignore>", b"</div>"),
        _page(_PART, b"<article>", b""),
        _page(_PART.replace(b"Yes.", b"<!-- </article> -->")),
        _page(_PART.replace(b"Yes.", b"<script>'</article>'</script>")),
        _page(_PART.replace(b"Yes.", b'<i title="</article>">Yes.</i>')),
        _page(_PART.replace(b"h1", b"h2"), b"<h1>The title</h1>"),
        _page(_PART + _PART),
    ],
)
def test_where_a_cut_might_lose_something_the_whole_page_is_shown(page: bytes) -> None:
    """Marks elsewhere, a title outside, and HTML whose element ends who knows where: all of the page counts then."""
    assert indexed_text(page) == page
