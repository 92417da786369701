"""The last look at a printed text: what runs, loads or leads astray is named, whatever let it through."""

import pytest
from bs4 import BeautifulSoup

from plugins.importing.markdown.verification import violations


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<p>x</p><script>alert(1)</script>", "an element <script>"),
        ("<iframe src='https://evil.example/'></iframe>", "an element <iframe>"),
        ("<p onclick='alert(1)'>x</p>", "an attribute onclick of <p>"),
        ("<p style='position:fixed'>x</p>", "an attribute style of <p>"),
        ("<a href='javascript:alert(1)'>x</a>", "an address 'javascript:alert(1)'"),
        ("<img src='data:text/html,x' alt=''>", "an address 'data:text/html,x'"),
        ("<a href='//evil.example/'>x</a>", "an address '//evil.example/'"),
    ],
)
def test_what_no_foreign_text_may_have_is_named(html: str, named: str) -> None:
    """Every step before takes such things out; a text in which one is left is not written."""
    assert named in violations(BeautifulSoup(html, "html.parser"))


def test_what_a_text_is_made_of_is_no_violation() -> None:
    """Words, links to the web and to our own files, pictures, notes."""
    html = "<p>x <a href='https://example.org/'>y</a> <a href='#fn:1'>1</a><img src='{static}/a.png' alt='z'></p>"
    assert violations(BeautifulSoup(html, "html.parser")) == []
