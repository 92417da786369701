"""The blocks: every documented example renders, and what the check refuses is what stays as it was written."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from plugins.core.text.markdown_tree import MarkdownParser
from plugins.writing.grammar import FORMS
from plugins.writing.pipeline import judge
from tests.copies import shipped_markdown
from tests.shipped import pelicanconf

PARSER = MarkdownParser(pelicanconf.MARKDOWN)

DOCS = Path(__file__).parents[3] / "docs" / "writing-blocks.md"
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```$", DOCS.read_text("utf-8"), re.MULTILINE | re.DOTALL)
VOID = {"img", "br", "hr"}


def html(text: str) -> str:
    """Return a text as the site renders it."""
    return shipped_markdown().convert(text)


class Balance(HTMLParser):
    """Fails where a tag is closed that is not open, or an attribute a page may not have is there."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not {name for name, _ in attrs if name == "style" or name.startswith("on")}
        assert not (tag in {"p", "div", "blockquote", "dl", "figure", "aside"} and "p" in self.open)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_documented_example_renders(example: str) -> None:
    """The page of blocks says what is true: no faults, no slashes left over, sound HTML."""
    assert judge(example, PARSER.parse).problems == ()
    made = html(example)
    assert "///" not in made
    reader = Balance()
    reader.feed(made)
    assert reader.open == []


def test_every_block_is_documented() -> None:
    """No block without an example."""
    shown = {name for example in EXAMPLES for name in re.findall(r"^///+ (\w+)", example, re.MULTILINE)}
    assert shown == set(FORMS)


def test_a_moment_is_a_link_into_the_video() -> None:
    """Times are times for programs too, and each leads to its moment; the words are Markdown."""
    video = "    video: https://www.youtube.com/watch?v=x1\n"
    made = html(f"/// transcript | Film\n{video}00:13 A *title*\nand more\n1:02:03 B\n///")
    link = '<a href="https://www.youtube.com/watch?v=x1&amp;t={}s"><time datetime="{}">{}</time></a>'
    assert f'<dt id="at-00-13">{link.format(13, "PT13S", "00:13")}</dt>\n<dd>A <em>title</em> and more</dd>' in made
    assert f'<dt id="at-1-02-03">{link.format(3723, "PT1H2M3S", "1:02:03")}</dt>' in made
    assert '<dl class="transcript">' in made


def test_a_quotation_says_whose_it_is() -> None:
    """The attribution stands in the quotation, linked to where it can be read."""
    made = html("/// quote | A & B\n    url: https://example.org/?a=1&b=2\nWords.\n///")
    assert made.startswith('<blockquote cite="https://example.org/?a=1&amp;b=2" id="quote-words">\n<p>Words.</p>')
    assert '<footer class="attribution">— <a href="https://example.org/?a=1&amp;b=2">A &amp; B</a></footer>' in made


def test_remarks_stand_beside_their_line() -> None:
    """Each quoted line and what is said of it make one row."""
    made = html("/// annotate\n> One\n\nFirst.\n\nMore.\n\n> Two\n\n- a list\n///")
    rows = made.split('<div class="line"')[1:]
    assert len(rows) == 2
    assert "One" in rows[0]
    assert "<p>More.</p>" in rows[0]
    assert "<li>a list</li>" in rows[1]


def test_a_video_loads_nothing_from_elsewhere() -> None:
    """A picture of the site's own and a link; no frame, no script."""
    made = html("/// video | Speech\n    url: https://vimeo.com/1\n    poster: images/p.jpg\nSix minutes.\n///")
    assert '<img alt="" src="{static}/images/p.jpg">' in made
    assert "<figcaption>\n<p>Six minutes.</p>\n</figcaption>" in made
    assert re.findall(r"<(iframe|script|video|source|object|embed)", made) == []


def test_a_correction_begins_with_its_day() -> None:
    """The day is worded for people and given for programs."""
    made = html("/// correction | 2026-03-01\nIt was *nine*.\n///")
    assert (
        '<p><strong>Correction, <time datetime="2026-03-01">1 March 2026</time>:</strong> It was <em>nine</em>.' in made
    )


def test_an_action_is_never_a_button() -> None:
    """Buttons are for funds that were checked, whoever writes the text."""
    assert "button" not in html("/// action | Give\n    url: https://example.org/\nNow.\n///")


@pytest.mark.parametrize(
    "text",
    [
        "/// quote | A\n    attrs: {onclick: 'x()'}\nWords.\n///",
        "/// quote | A\n    url: javascript:alert(1)\nWords.\n///",
        "/// action | Go\n    url: 'javascript:alert(1)'\nWords.\n///",
        "/// fund | Not An Id\n///",
        '/// fund | a"onclick="x\n///',
        "/// correction | 2026-02-31\nWords.\n///",
        "/// video | No address\n///",
        "/// quoet | A\nWords.\n///",
    ],
)
def test_what_the_check_refuses_is_not_rendered(text: str) -> None:
    """Check and rendering read by one table: a block that is wrong stays text."""
    assert judge(text, PARSER.parse).problems
    assert "///" in html(text)
