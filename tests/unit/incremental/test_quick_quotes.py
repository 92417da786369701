"""Typogrify is asked only for what it may change, and no text comes out otherwise for it."""

import hypothesis.strategies as st
import pytest
import smartypants
import typogrify.filters
from hypothesis import given, settings

from plugins.incremental.quick_quotes import quick_quotes

PIECES = [
    *("'", '"', "''", '""', "``", "`", "--", "---", "...", ". . .", "\\", "\\-", "&", " & ", "&amp;", "&quot;"),
    *("<p>", "</p>", "<a title=\"'a' -- & b\">", "</a>", "<code>", "</code>", "<!-- -- -->", "\n", " ", "a", "80s"),
    *("KU", "2K", "A.", "B. C.", "É", "<b>", "</b>", "<li", "</li>", "</h2>", "<", ">", "\u00a0", "\t"),
]
OTHERS = smartypants.Attr.q | smartypants.Attr.B
VARIANTS = [smartypants.Attr.set1, smartypants.Attr.set2, smartypants.Attr.set3, OTHERS]


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join), st.sampled_from(VARIANTS))
@settings(max_examples=100)
def test_every_text_comes_out_as_without(text: str, variant: int) -> None:
    """Quotes, dashes, dots, escapes, ampersands, capitals, last words, in and between tags, in each way to dash."""
    before = smartypants.Attr.default
    smartypants.Attr.default = variant | smartypants.Attr.w
    try:
        plain = typogrify.filters.typogrify(text)
        with quick_quotes():
            assert typogrify.filters.typogrify(text) == plain
        assert typogrify.filters.typogrify(text) == plain
    finally:
        smartypants.Attr.default = before


def test_what_a_plugin_has_put_in_their_place_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may change what Typogrify's own would not."""
    monkeypatch.setattr(typogrify.filters, "caps", lambda text: f"{text}!")
    monkeypatch.setattr(typogrify.filters, "widont", lambda text: f"{text}?")
    monkeypatch.setattr(smartypants, "convert_quotes", lambda text: f"{text},")
    with quick_quotes():
        assert typogrify.filters.typogrify("no quote at all") == "no quote at all,!?"
