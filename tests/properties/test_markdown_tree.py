"""A text that is parsed for its lines is parsed as it is rendered."""

from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from plugins.core.text.markdown_tree import MarkdownParser, signed, without_signs
from tests.shipped import pelicanconf

PARSER = MarkdownParser(pelicanconf.MARKDOWN)
PARTS = [
    *(
        "Words here.",
        "  ",
        "",
        "",
        "## A",
        "### `a` [b](c)",
        "A\n===",
        "Some words\n-----",
        "#",
        "---",
        "> Quoted.",
        "> ## A",
    ),
    *("- item", "1. item", "    more [a](b.md)", "        ![](x)", "\tcode <script>", "    ## A", "- [ ] a", "* a *b*"),
    *(
        "[a](b)",
        "![a](<b c>)",
        "[a][b]",
        "[b]",
        "[b]: c 'T'",
        "[b]:\n  c",
        "[^1]",
        "x[^1]",
        "[^1]: A note.",
        "    goes on",
    ),
    *("*[HTML]: Words", "HTML", "*a*{: .b }", "{: .c #d }", "words {: x=y }", "{:", "a | b\n--- | ---\nc | [d](e)"),
    *(
        "Term\n:   Meaning",
        "<div>",
        "</div>",
        "<b>a</b>",
        "<a href='b'>c</a>",
        "<br/>",
        "<https://example.org/>",
        "a < b > c",
    ),
    *(
        "```",
        "```sh",
        "~~~ a",
        "`a",
        "`` ` ``",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "&amp;",
        r"\[a](b)",
    ),
    *(
        "/// quote | A B",
        "    url: https://example.org/",
        "/// pull",
        "/// fund | a",
        "/// chat",
        "Ana: hi",
        "///",
        "////",
    ),
    *(
        "_a_[b](c)_d_",
        "**[a](b)**",
        "[![a](b)](c)",
        "[a]()",
        "[a](b 'c')",
        "https://example.org/",
        "word  \nword",
        "\\",
    ),
]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=8).map("\n".join)


def shape(text: str) -> list[tuple[str, str]]:
    """Return each element of a text's tree with the words in it, without signs and placeholders' numbers."""
    found = []
    for element in PARSER.tree(text).iter():
        words = without_signs(element.text or "") + "\n" + without_signs(element.tail or "")
        found.append((element.tag, " ".join(words.split())))
    return found


@given(TEXTS)
def test_signs_change_no_structure(text: str) -> None:
    """Every element is there, in its place and with its words, whether the text has its signs or not."""
    assert shape(signed(text)) == shape(text)


@given(TEXTS | st.text(max_size=200))
def test_any_text_is_parsed_and_everything_is_on_one_of_its_lines(text: str) -> None:
    """Nothing that is found lies outside of the text, or has a sign left in it."""
    markup = PARSER.parse(text)
    count = text.count("\n") + 1
    found: list[tuple[Any, ...]] = [
        *markup.links,
        *markup.pictures,
        *markup.headings,
        *markup.tags,
        *markup.passages,
        *markup.attributes,
    ]
    lines = [one[0] for one in found]
    assert all(0 <= line < count for line in lines), found
    assert all(0 <= line < count for line in markup.code)
    assert without_signs(repr(markup)) == repr(markup)


@given(TEXTS)
def test_what_was_signed_is_what_it_was(text: str) -> None:
    """Signs are taken out without a trace."""
    assert without_signs(signed(text)) == text
