"""The page that stands at an old address."""

from plugins.sections import redirect_page


def test_the_page_that_leads_on_is_safe_and_works_below_a_base() -> None:
    """The address in it is below the base; the title is text."""
    page = redirect_page.redirect_page("posts/a/", "A <script> & B", "https://example.org/repo", "en")
    assert '<meta http-equiv="refresh" content="0; url=/repo/posts/a/">' in page
    assert '<link rel="canonical" href="https://example.org/repo/posts/a/">' in page
    assert "A &lt;script&gt; &amp; B" in page
    assert "<script" not in page
