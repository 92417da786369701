"""A letter's HTML as plain text."""

from plugins.digest.email_text import plain_text


def test_a_letter_can_be_read_as_it_stands() -> None:
    """Headings, lists, quotations, tables and links each have their form, and addresses stand below their part."""
    html = """<html><head><title>No</title><style>p {}</style></head><body><div>
<h1>Day one</h1><p>By <a href="https://example.org/a">A. Writer</a>, with
  white   space<br>and a line.</p>
<h2>What was said</h2>
<blockquote><p>First.</p><p>Second, <a href="https://example.org/b">here</a>.</p></blockquote><p>After.</p>
<ul><li>One</li><li>Two<ol start="3"><li>a</li><li>b</li></ol></li></ul>
<dl><dt>00:13</dt><dd>Words.</dd></dl>
<table><tr><th>What</th><th>Low</th></tr> <tr> <td>Crane</td> <td>1</td></tr></table>
<pre>a  b
c</pre><p>x<sup>2</sup></p><hr>
<footer><p><a href="https://example.org/b">https://example.org/b</a>, <a href="mailto:a@b.example">a@b.example</a>,
<a href="https://example.org/a">again</a></p></footer></div></body></html>"""
    assert (
        plain_text(html)
        == """Day one
=======

By A. Writer [1], with white space
and a line.

[1] https://example.org/a

What was said
-------------

> First.
>
> Second, here [2].

After.

- One
- Two
  3. a
  4. b

00:13
    Words.

What | Low
Crane | 1

    a  b
    c

x^2

[2] https://example.org/b

https://example.org/b, a@b.example, again [1]
"""
    )


def test_lines_are_short_and_addresses_whole() -> None:
    """Lines end before 72 letters, behind their marks too; an address is never broken, nor is a number left alone."""
    address = f"https://example.org/{'long-' * 30}"
    text = plain_text(f"<blockquote><p>{'words ' * 40}</p></blockquote><p>{'x' * 68} <a href='{address}'>link</a></p>")
    rows = text.splitlines()
    assert f"[1] {address}" in rows
    assert all(len(row) <= 72 for row in rows if address not in row)
    assert "link [1]" in rows
