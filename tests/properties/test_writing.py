"""Check and rendering of blocks agree, whatever is written."""

import re

import hypothesis.strategies as st
from hypothesis import given

from plugins.core.text.markdown_tree import MarkdownParser
from plugins.writing.pipeline import Judgement, judge
from tests.copies import shipped_markdown
from tests.shipped import pelicanconf

PARTS = [
    *("/// quote | A", "/// pull", "/// chat", "/// transcript", "/// annotate", "/// fund | a-b", "/// fund | A b"),
    *("/// correction | 2026-03-01", "/// action | Go", "/// video | V", "/// qoute", "//// quote | B", "//// pull"),
    *("    url: https://example.org/", "    url: no", "    poster: images/p.jpg", '    url: "{fund}a"', "    x: [1"),
    *("///", "///", "///", "////", "", "", "Words.", "Ana: hi", "00:13 hi", "> line", "## A", "- item", "```", "`a`"),
    *("<div>", "</div>", "# A", "[x]({fund}a)", "| a | b |", "  /// pull", "a /// b", "\t/// pull"),
]
PARSER = MarkdownParser(pelicanconf.MARKDOWN)
WORDS = st.lists(st.sampled_from(PARTS), max_size=12).map("\n".join)


def look(text: str) -> Judgement:
    """Judge a text as the site does."""
    return judge(text, PARSER.parse)


@given(WORDS)
def test_a_text_without_faults_leaves_no_fence_unread(text: str) -> None:
    """What the check lets pass is rendered: no line of slashes is left for readers to see, but as code."""
    if look(text).problems or "\t" in text or "<div>" in text:
        return
    made = re.sub(r"<(code|pre)\b.*?</\1>", "", shipped_markdown().convert(text), flags=re.DOTALL)
    assert not re.search(r"^(<p>)?/{3,}", made, re.MULTILINE), made


@given(st.text(max_size=200) | WORDS)
def test_looking_at_a_text_never_fails(text: str) -> None:
    """Any text can be looked at, and every fault is on one of its lines."""
    lines = text.count("\n") + 1
    assert all(0 <= problem.line < lines for problem in look(text).problems)


@given(st.lists(st.integers(1, 6), max_size=8))
def test_headings_without_faults_leave_no_level_out(levels: list[int]) -> None:
    """No fault means: the text's own headings begin at 2 and go down one at a time."""
    text = "\n\n".join(f"{'#' * level} A" for level in levels)
    sound = all(level <= above + 1 and level > 1 for above, level in zip([1, *levels], levels, strict=False))
    assert (look(text).problems == ()) == sound
