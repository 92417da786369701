"""Whatever a text holds, its pictures are found and dressed without harm to the rest."""

import re

from hypothesis import given
from hypothesis import strategies as st

from plugins.core.text.markdown_tree import MarkdownParser
from plugins.images.html_images import dressed
from plugins.images.markdown_images import problems, shown
from plugins.images.model import PublishedPicture, SourceElement
from tests.shipped import pelicanconf

_PARSER = MarkdownParser(pelicanconf.MARKDOWN)

_PICTURE = PublishedPicture(600, 300, "/a.jpg.480.jpg 480w", (SourceElement("image/webp", "/a.jpg.480.webp 480w"),))
_PIECES = st.sampled_from(
    [
        '<img src="/a.jpg" alt="x">',
        "<img alt='\"' src=/a.jpg width=3>",
        "<IMG>",
        "<img",
        "<picture>",
        "</picture>",
        "<pre>",
        "</pre>",
        "words & <b>more</b>",
        "\"'>",
        "\n",
        "![alt]({static}/a.jpg)",
        "![](",
        "`",
        "```\n",
        "[x]: y\n",
    ]
)
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=12).map("".join)


def _dressed(html: str) -> str:
    return str(dressed(html, lambda src: _PICTURE if src == "/a.jpg" else None, "100vw", first_at_once=False))


@given(_TEXTS)
def test_dressing_twice_is_dressing_once(html: str) -> None:
    """A dressed text stays as it is."""
    once = _dressed(html)
    assert _dressed(once) == once


@given(_TEXTS.filter(lambda text: "<img" not in text.lower()))
def test_a_text_without_pictures_stays(html: str) -> None:
    """Not a letter of other HTML is touched."""
    assert _dressed(html) == html


@given(_TEXTS)
def test_every_problem_has_a_line_of_the_text(body: str) -> None:
    """Reading pictures never fails, and what is told lies within the file, in order."""
    lines = [problem.line for problem in problems(shown(_PARSER.parse(body)), 5, "a.md")]
    assert lines == sorted(lines)
    assert all(5 <= line <= 5 + body.count("\n") for line in lines)
    assert len(lines) <= len(re.findall(r"!\[|<img", body, re.IGNORECASE))
