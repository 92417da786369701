"""A tree of HTML in the few shapes that Markdown has: what it cannot say is said more plainly, and nothing is lost."""

import pytest

from tests.unit.importing.conftest import Bring


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<h1>A</h1><h4>B</h4><h1>C</h1>", "## A\n\n### B\n\n## C"),
        ("<blockquote><h4>A</h4></blockquote><h4>A</h4>", "> **A**\n\n## A"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n    - b"),
        ('<ol start="3"><li>a</li><li><p>b</p><p>c</p></li></ol>', "3. a\n4. b\n\n    c"),
        ("<b>a<p>b</p></b>", "**a**\n\n**b**"),
        ("<p>a<b>b</b><i>c</i></p>", "a<strong>b</strong><em>c</em>"),
        ("a<br>b<br><br>c", "a  \nb\n\nc"),
        ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n<!-- -->\n\n> b"),
        ("<blockquote><p>a</p><cite>Ana</cite></blockquote>", "> a\n>\n> — Ana"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>c|d</td></tr></table>", "| a | b |\n| --- | --- |\n| c\\|d |  |"),
        ("<table><tr><th>a<p>b</p> c</th></tr></table>", "| a<br>b<br> c |\n| --- |"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n:   b"),
        ("<pre><code class='language-python'>a\n  b</code></pre>", "```python\na\n  b\n```"),
        ("<pre>```\na</pre>", "````\n```\na\n````"),
        ("<ul><li><p>a</p><pre>b &lt;c></pre></li></ul>", "- a\n\n    `b <c>`"),
        ("<p>“<q>a</q>” <kbd>b</kbd> <u>c</u> x<sub>2</sub></p>", "““a”” `b` c x<sub>2</sub>"),
        ("<p></p><p> </p><b></b><div><span></span></div>a", "a"),
    ],
)
def test_what_is_written_is_what_was_meant(bring: Bring, html: str, body: str) -> None:
    """Headings in steps from 2, lists, quotations, code, tables, terms."""
    assert bring(html) == (body, ())


def test_a_table_that_only_arranges_the_page_falls_into_what_it_holds(bring: Bring) -> None:
    """What a cell of Markdown cannot hold stands in the text; the report says so."""
    body, losses = bring("<table><tr><td><h2>A</h2><p>b</p></td><td><pre>c</pre></td></tr></table>")
    assert body == "## A\n\nb\n\n```\nc\n```"
    assert [one.kind for one in losses] == ["table taken apart"]


def test_lines_of_the_years_before_blocks_are_paragraphs(bring: Bring) -> None:
    """In WordPress's old texts a blank line ends a paragraph and a line's end breaks it; code keeps its own."""
    body, _ = bring("One\ntwo\n\n<b>three</b>\n<pre>a\n\nb</pre>\nfour", flowing=True)
    assert body == "One  \ntwo\n\n**three**\n\n```\na\n\nb\n```\n\nfour"
