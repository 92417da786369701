"""A post's HTML as an e-mail may hold it."""

import pytest

from plugins.digest.email_html import mailable

PAGE = "https://example.org/repo/posts/day-one/"


def html(text: str) -> str:
    """Return what is left of HTML."""
    return mailable(text, PAGE).html


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("https://paper.example/a?b=c&amp;d=e#f", "https://paper.example/a?b=c&amp;d=e#f"),
        ("../day-two/", "https://example.org/repo/posts/day-two/"),
        ("/repo/donate/", "https://example.org/repo/donate/"),
        ("#what-was-said", f"{PAGE}#what-was-said"),
        ("//paper.example/", "https://paper.example/"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("https://paper.example/{{ mark }}", "https://paper.example/%7B%7B%20mark%20%7D%7D"),
    ],
)
def test_links_have_whole_addresses(link: str, whole: str) -> None:
    """A link leads from an e-mail to where it leads from the page."""
    made = mailable(f'<a href="{link}" class="x" onclick="y()">words</a>', PAGE)
    assert (made.html, made.dead) == (f'<a href="{whole}">words</a>', ())


def test_a_link_that_leads_nowhere_is_told() -> None:
    """What was not resolved, and what no browser would follow, is no link in the e-mail and is named."""
    made = mailable('<a href="{filename}draft.md">a</a> <a href="javascript:x()">b</a> <a href="http://[x">c</a>', PAGE)
    assert made.dead == ("{filename}draft.md", "javascript:x()", "http://[x")
    assert made.html == "<a>a</a> <a>b</a> <a>c</a>"


def test_a_picture_is_its_words() -> None:
    """Nothing is fetched to be shown: its text stands in brackets, and an ornament leaves nothing."""
    assert html('<p><img src="https://example.org/a.png" alt=" A   gate &amp; signs ">.</p>') == (
        "<p><i>[A gate &amp; signs]</i>.</p>"
    )
    assert html('<picture><source srcset="a.webp"><img src="a.png" alt=""></picture>') == ""


def test_a_footnote_has_no_link_to_a_page() -> None:
    """Note and number are both in the e-mail, and the arrow back is of no use there."""
    note = '<p>Words<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>.</p>'
    back = '<ol><li id="fn:1"><p>Note.&#160;<a class="footnote-backref" href="#fnref:1">&#8617;</a> End.</p></li></ol>'
    assert html(note) == "<p>Words<sup><a>1</a></sup>.</p>"
    assert html(back) == "<ol><li><p>Note.&nbsp;<a></a> End.</p></li></ol>"
    assert mailable(note + back, PAGE).dead == ()


def test_blocks_keep_their_form_and_nothing_else() -> None:
    """The classes that the letter's style sheet knows stay, others and every attribute that acts or loads go."""
    assert html('<blockquote class="chat evil" id="x" cite="y"><p class="attribution">A</p></blockquote>') == (
        '<blockquote class="chat"><p class="attribution">A</p></blockquote>'
    )
    assert html(
        '<figure class="video"><a href="https://v.example/"><span aria-hidden="true">▶</span> '
        '<span class="video-title">At the gate</span> <span class="host">v.example</span></a></figure>'
    ) == ('<figure class="video"><a href="https://v.example/">▶ At the gate  (v.example)</a></figure>')
    assert html('<td class="align-right" style="color:red">1</td>') == "1"
    assert (
        html("<p>a<script>x</script><iframe src='https://x.example'>y</iframe><style>p{}</style>b</p>") == "<p>ab</p>"
    )
