"""What an old text says is read as itself; what a writer then edits looks like prose."""

import re

import pytest
from bs4 import BeautifulSoup

from plugins.importing import markdown_escapes
from tests.copies import judged, shipped_markdown

PROSE = [
    "She said: “We won’t.” Then – after a pause – she did.",
    "AT&T and R & D, Q&A, 3 > 2, 1/2, 50% & more",
    "At 6:30, #solidarity was on 12. May (No. 7) and @someone_else in file_name.txt!",
    "a+b=c, x^2, ~40 people, $26,470 – e-mail: x@example.org",
]
READ_AS_THEMSELVES = [
    *("# no heading", "#none", "## x #", "- no item", "+ no item", "1. no item", "> no quotation", "--- x", "==="),
    *("***", ": no meaning", "/// pull", "///", "~~~", "```", "    x", "| a | b |", "*[HTML]: x", "[x]: http://x.org"),
    *("[^1]: x", "[^1]", "[x](y)", "![x](y)", "[x][y]", "<b>x</b>", "<!-- x -->", "<script>x</script>", "&amp;"),
    *("&#35;", "&copy;", "&# x;", "\\*", "C:\\new\\_x", "`x`", "``", "*x*", "**x**", "_x_", "__x__", "{: .x}", "{#id}"),
    *("{fund}x", "{filename}x.md", "|filename|x.md", "https://example.org/a_b*c", "x@example.org", "]: x", "^x"),
    *("[[x]]", "\\"),
]
ADDRESSES = ["https://example.org/x_(y)?a=1&b=*2&copy;#[z]", 'https://example.org/"><b>', "mailto:a@b.org"]


@pytest.mark.parametrize("words", PROSE)
def test_ordinary_prose_stays_as_it_was_typed(words: str) -> None:
    """A writer finds no escapes where nothing needs one."""
    assert markdown_escapes.lines(markdown_escapes.inline(words)) == words


@pytest.mark.parametrize("after", ["", "\nand more", "  \n# and more"])
@pytest.mark.parametrize("words", READ_AS_THEMSELVES)
def test_signs_are_read_as_themselves(words: str, after: str) -> None:
    """Alone, or as a paragraph's first line: a paragraph with these words, and nothing for the checks to find."""
    made = markdown_escapes.lines(markdown_escapes.inline(words + after))
    printed = BeautifulSoup(shipped_markdown().convert(f"Before.\n\n{made}\n\nAfter.\n"), "html.parser")
    before, middle, last = printed.find_all(True, recursive=False)
    assert (before.name, middle.name, last.name) == ("p", "p", "p")
    assert {one.name for one in middle.find_all(True)} <= {"br"}
    assert middle.get_text().split() == (words + after).split()
    found = judged(made)
    assert (found.problems, found.references) == ((), ())


@pytest.mark.parametrize("words", READ_AS_THEMSELVES)
def test_signs_are_read_as_themselves_in_a_link_and_a_cell(words: str) -> None:
    """A link's words and a table's cell hold them, too."""
    link = f"[{markdown_escapes.inline(words.strip())}](https://example.org/)"
    cell = f"| {markdown_escapes.inline(words.strip(), in_table=True)} | b |\n| --- | --- |\n| c | d |"
    for made, name in ((link, "a"), (cell, "th")):
        printed = BeautifulSoup(shipped_markdown().convert(made), "html.parser")
        found = printed.find(name)
        assert found is not None and found.get_text().split() == words.split()
        assert judged(made).problems == ()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "//example.org/x", "/x", "mailto:", ""]
)
def test_only_addresses_that_may_be_followed_pass(url: str) -> None:
    """Whatever is no web or mail address has none."""
    assert markdown_escapes.address(url) == ""


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_ends_where_it_ends(url: str) -> None:
    """In a link of Markdown it is one address, and leads to the same place."""
    made = f"[x]({markdown_escapes.address(url)})"
    link = BeautifulSoup(shipped_markdown().convert(made), "html.parser").find("a")
    assert link is not None and not re.search(r"[\s\"<>()]", str(link["href"]))
    assert judged(made).problems == ()
