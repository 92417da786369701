"""Plain text: the words of HTML, as a reader meets them."""

from time import process_time

import pytest

from plugins.core.text.plain_text import plain


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Talks</p><p>resume</p>", "Talks resume"),
        ("one<br>two<li>three</li><td>four</td>", "one two three four"),
        ("pick<b>et</b>s and <a href='/x>y'>li</a>nes", "pickets and lines"),
        ("Pay &amp; hours,\n  &lt;b&gt; 5 < 6", "Pay & hours, <b> 5 < 6"),
        ("a<!-- <p>not</p> -->b", "ab"),
        ("cut off <a href=", "cut off"),
        ("no markup", "no markup"),
    ],
)
def test_words_are_read_as_a_browser_shows_them(html: str, words: str) -> None:
    """A tag within a word leaves it whole, any other parts it from the next; references are decoded once."""
    assert plain(html) == words


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "html", ["<a " * 100_000, '<a "' * 100_000, "<!--" * 100_000, "<b x='\">" * 50_000, "<" * 300_000]
)
def test_markup_made_to_hurt_is_read_in_time(html: str) -> None:
    """Tags that never end, and quotes without number, cost a moment."""
    start = process_time()
    plain(html)
    assert process_time() - start < 2
