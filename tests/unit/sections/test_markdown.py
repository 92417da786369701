"""Markdown is rendered as it was written, whatever Pelican adds to its settings."""

from copy import deepcopy

from pelican.readers import MarkdownReader

from plugins.sections.markdown import TextRenderer, html_maker
from tests.shipped import pelicanconf


def test_a_first_line_with_a_colon_is_words() -> None:
    """Pelican's own reader would take it for front matter, and the page would begin with the second line."""
    settings = {"MARKDOWN": deepcopy(pelicanconf.MARKDOWN), "TYPOGRIFY": False}
    MarkdownReader(settings)
    text = "Update: they talk again.\nTonight: more.\n"
    assert "meta" in str(settings["MARKDOWN"])
    to_html = html_maker(settings)
    assert to_html(text) == "<p>Update: they talk again.\nTonight: more.</p>"
    assert TextRenderer(settings).convert(text)[0] == to_html(text)


def test_a_text_is_rendered_as_if_it_were_the_first() -> None:
    """Nothing of one text is left for the next: no footnote, heading's id, abbreviation, address of a link or block."""
    settings = {
        "MARKDOWN": deepcopy(pelicanconf.MARKDOWN),
        "TYPOGRIFY": True,
        "TYPOGRIFY_IGNORE_TAGS": [],
        "TYPOGRIFY_OMIT_FILTERS": [],
    }
    first = "## One\n\nA SAG note.[^1] [There][a]\n\n[^1]: A.\n[a]: https://example.org/\n\n*[SAG]: A guild\n\n"
    texts = [first + "/// pull\nWords.\n///\n", "## One\n\nA SAG note.[^1] [There][a]\n", "/// pull\nIt has no end.\n"]
    to_html = html_maker(settings)
    for text in (*texts, *reversed(texts)):
        assert to_html(text) == html_maker(settings)(text)
