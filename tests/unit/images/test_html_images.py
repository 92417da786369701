"""Pictures in a text keep the page from jumping, and load in good time."""

import pytest

from plugins.images.html_images import dressed
from plugins.images.model import PublishedPicture, SourceElement

_PICTURES = {
    "/repo/a.jpg": PublishedPicture(
        600, 300, "/repo/a.jpg.480.jpg 480w", (SourceElement("image/webp", "/repo/a.jpg.480.webp 480w"),)
    ),
    "/repo/b.svg": PublishedPicture(40, 30),
}


def _dressed(html: str, *, at_once: bool = True) -> str:
    return str(dressed(html, _PICTURES.get, "100vw", first_at_once=at_once))


def test_a_picture_gets_its_size_and_versions() -> None:
    """The own picture becomes a picture element, src last, with the writer's words and classes kept."""
    assert _dressed('<p><img alt="A &lt; &quot;B&quot;" class="wide" src="/repo/a.jpg"></p>') == (
        '<p><picture><source type="image/webp" srcset="/repo/a.jpg.480.webp 480w" sizes="100vw">'
        '<img decoding="async" width="600" height="300" srcset="/repo/a.jpg.480.jpg 480w" sizes="100vw"'
        ' alt="A &lt; &quot;B&quot;" class="wide" src="/repo/a.jpg"></picture></p>'
    )


def test_all_but_the_first_wait() -> None:
    """The first picture loads at once, unless one stands above the text; the others when a reader comes near."""
    html = '<img alt="x" src="/repo/b.svg"><img alt="y" src="/repo/b.svg">'
    assert _dressed(html).count('loading="lazy"') == 1
    assert 'loading="lazy"' not in _dressed(html).partition("><")[0]
    assert _dressed(html, at_once=False).count('loading="lazy"') == 2


def test_the_writers_own_attributes_stay() -> None:
    """What a writer said of size, loading and choice is not said again or otherwise."""
    html = '<img loading="eager" decoding="sync" width="10" srcset="/x.jpg 2x" alt="" src="/repo/a.jpg">'
    assert _dressed(html, at_once=False) == html


@pytest.mark.parametrize(
    "html",
    [
        '<picture><source srcset="/x.avif"><img src="/repo/a.jpg"></picture>',
        "<pre>&lt;img src='/repo/a.jpg'&gt;</pre>",
        "<p>No picture</p>",
    ],
)
def test_what_is_complete_stays(html: str) -> None:
    """A writer's own picture element, and text that speaks of one, are left alone."""
    assert _dressed(html) == html


def test_a_picture_of_unknown_size_still_waits() -> None:
    """An address that is not one of the site's pictures gets no size, but does not block the page."""
    assert _dressed('<img alt="x" src="/repo/z.jpg">', at_once=False) == (
        '<img loading="lazy" decoding="async" alt="x" src="/repo/z.jpg">'
    )
