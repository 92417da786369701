"""What leads out of the site holds nothing of it."""

import pytest

from plugins.sections.outward_links import marked

_SITE = "https://strike.example.org/site"


@pytest.mark.parametrize(
    ("link", "made"),
    [
        ('<a href="https://a.example/">x</a>', '<a rel="noopener" href="https://a.example/">x</a>'),
        ('<a class="b>c" href="https://a.example/">', '<a rel="noopener" class="b>c" href="https://a.example/">'),
        ("<A HREF='http://a.example/' rel='nofollow'>", "<A HREF='http://a.example/' rel=\"nofollow noopener\">"),
        ('<a rel="ugc noopener" href="https://a.example/">', '<a rel="ugc noopener" href="https://a.example/">'),
        ("<a href=https://a.example/>", '<a rel="noopener" href=https://a.example/>'),
        (f'<a href="{_SITE}/posts/">', f'<a href="{_SITE}/posts/">'),
        (f'<a href="{_SITE}evil/">', f'<a rel="noopener" href="{_SITE}evil/">'),
        ('<a href="/posts/" title="href=https://x">', '<a href="/posts/" title="href=https://x">'),
        ('<a href="/posts/">https://a.example/</a>', '<a href="/posts/">https://a.example/</a>'),
        ('<abbr href="https://a.example/">', '<abbr href="https://a.example/">'),
    ],
)
def test_a_link_to_another_site_has_noopener(link: str, made: str) -> None:
    """Whatever it had beside it stays, and the site's own links are left alone; twice is as good as once."""
    assert marked(link, _SITE) == made
    assert marked(made, _SITE) == made
