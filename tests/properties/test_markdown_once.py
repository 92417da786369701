"""A text that is parsed once gives what it gives when it is parsed twice."""

from typing import Any

import hypothesis.strategies as st
from hypothesis import assume, given, settings
from markdown import Markdown

from plugins.core.text.markdown_model import Markup
from plugins.core.text.markdown_once import OnceParser
from plugins.core.text.markdown_tree import MarkdownParser
from tests.properties.test_markdown_tree import PARTS
from tests.shipped import pelicanconf

SETTINGS: dict[str, Any] = pelicanconf.MARKDOWN
TREE, RENDERED, ONCE = MarkdownParser(SETTINGS), Markdown(**SETTINGS), Markdown(**SETTINGS)
PARSER = OnceParser(ONCE)
HARD = [
    *("[a\nb](c) d", "`[a](b)`", "a_[b](c)_d", "a_b *c* **d** _e_ ***f***.", "- a\n    - [b](c)", "> - a\n>\n> — Ana"),
    *("[TOC]", "## A ##", "##", " # [a](b)", "#  \n[a](b)", "####### A", "# # a", "word  \n[a](b)", "a\\\n![b](c)"),
    *("```\nword [a](b)\n```", "    word\n    [a](b)", "a | b\n--- | ---\n[c](d) | `e`", "A\n:   B", "é [ü](ß)"),
    *("words { .foo }", "## A {#x .y}", "[a](b){ .c }", "&copy; & &amp;", "x < y > z", "[[a]](b)", "\u00a0a"),
    *("*a *b*", "* a *b*", "*_1__.[_1_", "[](()\"([", "<[@a>", "](` x", "{:_"),
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS + HARD), min_size=1, max_size=6).map("\n".join)
COMMON = """Words, a [link](https://example.org/), *emphasis* and **more**, `code` and an ![image](gate.jpg).

## A heading

- One
- Two, with a [link](page.md)

> “Said.”
>
> — Ana

1. First
"""


def twice(text: str) -> tuple[str, object, Markup]:
    """Return a text's HTML, its headings and what is in it, each from a parse of its own."""
    RENDERED.reset()
    return RENDERED.convert(text), RENDERED.toc_tokens, TREE.parse(text)  # type: ignore[attr-defined]  # toc's


def once(text: str) -> tuple[str, object, Markup]:
    """Return the same, from one parse."""
    ONCE.reset()
    html, markup = PARSER.convert(text)
    return html, ONCE.toc_tokens, markup  # type: ignore[attr-defined]  # toc's


@given(TEXTS | st.text("ab [](){}*_`#>-+.!\\\n:<&é", max_size=40))
@settings(max_examples=100)
def test_it_is_all_the_same(text: str) -> None:
    """HTML, headings with their ids, links, tags and lines, to the last byte."""
    assume(PARSER.takes(text))
    assert once(text) == twice(text)


def test_a_common_post_is_parsed_once() -> None:
    """Else nothing would be won."""
    assert PARSER.takes(COMMON)
    assert once(COMMON) == twice(COMMON)


def test_with_an_extension_that_is_not_known_every_text_is_parsed_twice() -> None:
    """It may read what signs stand among, as one that colours code does."""
    extensions = [*SETTINGS["extensions"], "codehilite"]
    assert not OnceParser(Markdown(**{**SETTINGS, "extensions": extensions})).takes(COMMON)
