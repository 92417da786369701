"""Addresses of a page that is kept out: whatever a server answers with that page, and no other page."""

import pytest

from plugins.core.text.same_page import Pages

SLUG = "https://post.example/2026/02/private-address"


@pytest.mark.parametrize(
    "url",
    [
        SLUG,
        "HTTP://WWW.Post.Example:80/2026/02/private-address/",
        "https://post.example.:443/2026/02/private-address#top",
        "https://m.post.example/2026/./02//x/../private-address",
        "https://post.example/2026/02/%70rivate%2Daddress",
        "https://post.example/2026/02/%2570rivate-address",
        "https://post.example/2026%2F02/Private-Address/index.html",
        "https://post.example/2026/02/private-address;x=1",
        "https://post.example/2026;a/02;b=2/private-address?v=2&utm_source=x",
        "https://post.example/2026/02/private-address/amp/?amp=1",
        "https://post.example/2026/x/%2e%2e/02/private-address",
    ],
)
def test_another_spelling_is_the_same_page(url: str) -> None:
    """RFC 3986's equivalences, and what servers take no notice of; from either side."""
    assert Pages([SLUG]).has(url)
    assert Pages([url]).has(SLUG) or "v=2" in url or ";" in url


@pytest.mark.parametrize(
    "url",
    [
        "https://post.example/2026/02/private-addresses",
        "https://post.example/2026/02/",
        "https://post.example/",
        "https://evil.example/2026/02/private-address",
        "https://post.example.evil.example/2026/02/private-address",
        "https://post.example:8443/2026/02/private-address",
        "https://post.example/2026/02/private-address/comments",
        "ftp://post.example/2026/02/private-address",
        "https://[",
        "",
    ],
)
def test_another_page_is_another(url: str) -> None:
    """Nothing else is kept out."""
    assert not Pages([SLUG]).has(url)


def test_a_query_that_says_which_page_does_so() -> None:
    """What is added to a query changes no page; what it asks for does, and a front page asks for nothing."""
    asked = Pages(["https://post.example/article.php?id=5", "https://post.example/?p=12"])
    for url in ("article.php?v=2&id=5", "article.php?ID=%35", "?p=12&preview=true", "article.php?id=5&id=6"):
        assert asked.has(f"https://post.example/{url}"), url
    for url in ("article.php?id=6", "article.php", "?p=13", "", "?id=5"):
        assert not asked.has(f"https://post.example/{url}"), url
    front = Pages(["https://post.example/", "https://post.example/en/"])
    assert front.has("https://post.example") and front.has("https://www.post.example/en")
    assert not front.has("https://post.example/?p=12") and not front.has("https://post.example/en/?p=12")


def test_the_words_beside_an_articles_number_may_change() -> None:
    """A system that finds an article by its number answers to any words; a date and a figure are no such numbers."""
    pages = Pages(["https://post.example/news/private-address-1235437123/", "https://post.example/n/66183284-a.html"])
    assert pages.has("https://post.example/news/another-headline-1235437123")
    assert pages.has("https://post.example/n/66183284-b.html")
    assert not pages.has("https://post.example/news/private-address-1235437124")
    assert not pages.has("https://post.example/sport/private-address-1235437123")
    dated = Pages(["https://post.example/20260220-march", "https://post.example/a/job-at-900000"])
    assert not dated.has("https://post.example/20260220-vote")
    assert not dated.has("https://post.example/a/pay-of-900000")
