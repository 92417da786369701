"""A page's HTML for feeds."""

import pytest

from plugins.core.syndication.write.entry_html import portable

PAGE = "https://example.org/repo/posts/one/"


@pytest.mark.parametrize(
    ("written", "carried"),
    [
        ('<a href="#fn:1">1</a>', f'<a href="{PAGE}#fn:1">1</a>'),
        ('<a href="../two/">2</a>', '<a href="https://example.org/repo/posts/two/">2</a>'),
        ('<a href="//e.example/x">x</a>', '<a href="https://e.example/x">x</a>'),
        ('<a href="mailto:desk@example.org">us</a>', '<a href="mailto:desk@example.org">us</a>'),
        ('<a href="http://[">odd</a>', "<a>odd</a>"),
        (
            '<img alt="A gate" src="/gate.jpg" srcset="/gate.webp 2x">',
            '<img alt="A gate" src="https://example.org/gate.jpg">',
        ),
        ('<div role="region" tabindex="0" aria-label="Table" class="scroll">x</div>', '<div class="scroll">x</div>'),
        ('<p style="color:red" onclick="x()">x<script>y</script><svg><path/></svg></p>', "<p>x</p>"),
        ("<p>One<x-card>two</x-card> &nosuch;", "<p>Onetwo &amp;nosuch;</p>"),
    ],
)
def test_a_text_needs_nothing_but_itself(written: str, carried: str) -> None:
    """Links lead where they lead on the page, and what only the page can use is not sent."""
    assert portable(written, PAGE) == carried
