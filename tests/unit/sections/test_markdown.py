"""Markdown is rendered as it was written, whatever Pelican adds to its settings."""

from copy import deepcopy

from pelican.readers import MarkdownReader

from plugins.sections.markdown import TextRenderer, to_html
from tests.shipped import pelicanconf


def test_a_first_line_with_a_colon_is_words() -> None:
    """Pelican's own reader would take it for front matter, and the page would begin with the second line."""
    settings = {"MARKDOWN": deepcopy(pelicanconf.MARKDOWN), "TYPOGRIFY": False}
    MarkdownReader(settings)
    text = "Update: they talk again.\nTonight: more.\n"
    assert "meta" in str(settings["MARKDOWN"])
    assert to_html(text, settings) == "<p>Update: they talk again.\nTonight: more.</p>"
    assert TextRenderer(settings).convert(text) == to_html(text, settings)
