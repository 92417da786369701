"""Pictures in a Markdown text are found with their lines, and shown so that everyone can tell what they show."""

import pytest

from plugins.core.text.markdown_tree import MarkdownParser
from plugins.images import markdown_images
from plugins.images.markdown_images import problems
from plugins.images.model import Shown
from tests.shipped import pelicanconf

PARSER = MarkdownParser(pelicanconf.MARKDOWN)


def shown(body: str) -> list[Shown]:
    """Return the pictures of a text as the site renders it."""
    return markdown_images.shown(PARSER.parse(body))


@pytest.mark.parametrize(
    ("body", "alt", "src"),
    [
        ("![A picket line]({static}/images/a.jpg)", "A picket line", "{static}/images/a.jpg"),
        ('![A [big] line]({static}/a.jpg "Title")', "A [big] line", "{static}/a.jpg"),
        ("![One\nline]({static}/a.jpg)", "One\nline", "{static}/a.jpg"),
        ("![Line][pic]\n\n[pic]: {static}/a.jpg 'T'", "Line", "{static}/a.jpg"),
        ("![pic]\n\n[Pic]: {static}/a.jpg", "pic", "{static}/a.jpg"),
        ("<img alt='A > B' src=\"{static}/a.jpg\">", "A > B", "{static}/a.jpg"),
        ("![Line](<{static}/a b.jpg>)", "Line", "{static}/a b.jpg"),
        ("![Line]({static}/a_(1).jpg)", "Line", "{static}/a_(1).jpg"),
    ],
)
def test_every_form_is_found(body: str, alt: str, src: str) -> None:
    """Inline and reference images and img elements are found, with the words and the address given."""
    found = shown(f"Before.\n\n{body}\n")
    assert [(one.line, one.alt, one.src) for one in found] == [(2, alt, src)]


@pytest.mark.parametrize(
    "body",
    ["```\n![](a.png)\n```", "Write `![](a.png)` here.", r"\![](a.png)", "<!-- ![](a.png) -->", "Wow![1] he said."],
)
def test_what_is_no_picture_is_passed_over(body: str) -> None:
    """Code, comments, escaped and bracketed text show no picture."""
    assert shown(body) == []


def test_a_stray_sign_hides_no_picture() -> None:
    """Code ends with its paragraph: two lone backticks far apart do not make code of what lies between."""
    assert len(shown("A ` here.\n\n![]({static}/a.png)\n\nAnd ` there.")) == 1


def test_a_picture_without_words_is_told_with_its_line() -> None:
    """A missing alt text is a problem at the line of the file, with what to do."""
    (problem,) = problems(shown("Text.\n\n![]({static}/images/a.jpg)"), 8, "content/posts/a.md")
    assert str(problem).startswith("content/posts/a.md:10: picture without words for those who do not see it (got ")
    assert "{: role=presentation }" in problem.remedy


@pytest.mark.parametrize(
    "body",
    [
        "![]({static}/a.jpg){: role=presentation }",
        '![]({static}/a.jpg){: .wide role="presentation" }',
        '<img src="{static}/a.jpg" alt="" role="none">',
        "![A line]({attach}a.webp)",
        "![A line](../images/a.jpg)",
        "![A line](a.jpg)",
    ],
)
def test_ornament_may_be_silent(body: str) -> None:
    """A picture marked as decorative needs no words."""
    assert problems(shown(body), 1, "a.md") == []


@pytest.mark.parametrize(
    ("src", "what"),
    [
        ("https://example.org/a.jpg", "a picture from another site"),
        ("//example.org/a.jpg", "a picture from another site"),
        (r"..\images\a.jpg", "a picture’s path with \\ in it"),
        ("/images/a.jpg", "a picture that is not published"),
        ("{static}/images/a.tiff", "not a picture browsers show"),
        ("{static}/images/a.HEIC", "not a picture browsers show"),
    ],
)
def test_a_picture_a_reader_would_not_see_is_told(src: str, what: str) -> None:
    """Addresses that load from elsewhere, are not published, or are no browser's format are problems."""
    (problem,) = problems(shown(f"![Words]({src})"), 1, "a.md")
    assert what in problem.what
    assert src in problem.what
