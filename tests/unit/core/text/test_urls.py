"""Addresses and their canonical form."""

import pytest

from plugins.core.text import urls


@pytest.mark.parametrize(
    "other",
    [
        "https://www.example.org/a/?utm_source=x&id=5#part",
        "http://example.org/a?id=5",
        "https://Example.org/a/amp/?id=5",
        "https://example.org/a/index.html?id=5&fbclid=abc",
        "https://m.example.org/a?id=5&amp=1",
    ],
)
def test_trackers_and_forms_make_no_difference(other: str) -> None:
    """The same page has one canonical form, whoever shared it."""
    assert urls.canonical(other) == urls.canonical("https://example.org/a?id=5")


def test_what_tells_pages_apart_stays() -> None:
    """A query may be the page's very name."""
    assert urls.canonical("https://example.org/a?id=5") != urls.canonical("https://example.org/a?id=6")
    assert urls.canonical("https://example.org/a") != urls.canonical("https://example.org/b")


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "//example.org/x", "ftp://example.org", "http://", "http://[x"]
)
def test_only_the_web_is_the_web(text: str) -> None:
    """Anything but http and https with a host is not an address of ours."""
    assert not urls.is_web(text)


def test_the_addresses_of_a_text_are_found_on_their_lines() -> None:
    """Links, bare addresses and notes, without the sentence's own punctuation; code is passed over."""
    text = """\
See [it](https://a.example/x_(y)) and <https://b.example/>, or (https://c.example/z).

`https://code.example/` and

```
https://code.example/
```

[^1]: https://d.example/?q=1, they say.
"""
    assert urls.links_in(text, 5) == [
        (5, "https://a.example/x_(y)"),
        (5, "https://b.example/"),
        (5, "https://c.example/z"),
        (13, "https://d.example/?q=1"),
    ]
