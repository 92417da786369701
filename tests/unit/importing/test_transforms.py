"""What an old site showed in its own way, as this site shows it; what cannot be shown is told with its line."""

import json
from html import escape

import pytest

from plugins.core.text.urls import canonical
from plugins.importing.transforms.embeds import video_page
from plugins.importing.transforms.old_links import sort_aliases
from plugins.importing.transforms.text_pictures import sources_of
from tests.unit.importing.conftest import Bring

WATCHED = "https://www.youtube.com/watch?v=abcdefghijk"


def _given(**values: object) -> str:
    return f'data-attrs="{escape(json.dumps(values))}"'


@pytest.mark.parametrize(
    "html",
    [
        '<p><iframe src="https://www.youtube.com/embed/abcdefghijk?rel=0"></iframe></p>',
        '<div class="youtube-wrap" data-attrs="{&quot;videoId&quot;:&quot;abcdefghijk&quot;}"></div>',
        "<p>https://youtu.be/abcdefghijk</p>",
        '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://youtu.be/abcdefghijk\n</div></figure>',
        '<object><param name="movie" value="https://www.youtube.com/v/abcdefghijk"></object>',
        '<b><i><iframe data-src="//www.youtube-nocookie.com/embed/abcdefghijk"></iframe></i></b>',
    ],
)
def test_a_video_is_a_video_however_it_was_shown(bring: Bring, html: str) -> None:
    """It becomes the block, and the report asks for its title."""
    body, losses = bring(f"<p>Before.</p>{html}<p>After.</p>")
    assert body == f"Before.\n\n/// video | Video\n    url: {WATCHED}\n///\n\nAfter."
    assert [(one.kind, one.line > 1) for one in losses] == [("video without a title", True)]


def test_a_videos_title_is_its_own_or_the_words_below_it(bring: Bring) -> None:
    """The player's name is no title."""
    frame = '<iframe src="https://player.vimeo.com/video/12345" title="{}"></iframe>'
    assert "/// video | Two cranes" in bring(frame.format("Two cranes"))[0]
    body, losses = bring(f"<figure>{frame.format('vimeo video player')}<figcaption>A gate</figcaption></figure>")
    assert body.startswith("/// video | A gate\n") and losses == ()


def test_a_quoted_post_keeps_its_words_and_whose_they_are(bring: Bring) -> None:
    """From Substack's notes as a link; a network's own markup is a quotation, or a link if it has no words."""
    url = "https://twitter.com/harbour_example/status/1"
    values = _given(url=url, full_text="Nine of *nine*.", name="Harbour Local", username="harbour_example")
    body, losses = bring(f'<div class="tweet" {values}></div>')
    assert body == f"[Harbour Local]({url}) — Nine of \\*nine\\*."
    assert [(one.kind, one.detail) for one in losses] == [("embed turned into a link", url)]
    widget = f'<blockquote class="twitter-tweet"><p>Ten.</p>— Ana (@ana) <a href="{url}">May 1</a></blockquote>'
    assert bring(widget) == (f"> Ten.\n>\n> — Ana (@ana) [May 1]({url})", ())
    body, losses = bring(f'<blockquote class="twitter-tweet"><a href="{url}"></a></blockquote>')
    assert body == f"[twitter.com]({url})" and [one.kind for one in losses] == ["embed turned into a link"]


@pytest.mark.parametrize(
    "html",
    [
        '<p>Nine<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>.</p><div class="footnote">'
        '<a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div><p>Ten once.</p></div></div>',
        '<p>Nine<sup data-fn="b1" class="fn"><a href="#b1" id="b1-link">1</a></sup>.</p>'
        '<ol class="wp-block-footnotes"><li id="b1">Ten once. <a href="#b1-link">↩</a></li></ol>',
        '<p>Nine<sup id="fnref:1"><a href="#fn:1">1</a></sup>.</p><div class="footnotes"><ol><li id="fn:1">'
        '<p>Ten once. <a href="#fnref:1">↩</a></p></li></ol></div>',
    ],
)
def test_a_footnote_is_one_whoever_made_it(bring: Bring, html: str) -> None:
    """The number leads to the note at the text's end; the way back is the site's own."""
    assert bring(html) == ("Nine[^1].\n\n[^1]: Ten once.", ())


def test_a_link_between_two_old_texts_leads_to_the_new_one(bring: Bring) -> None:
    """With and without its query; one to a text that did not come is told; a script is none."""
    html = '<a href="/p/other?utm_source=x#part">a</a> <a href="https://old.example.org/about">b</a>'
    there = {canonical("https://old.example.org/p/other"): "posts/other.md"}
    body, losses = bring(f'<p>{html} <a href="javascript:alert(1)">c</a></p>', there)
    assert body == "[a]({filename}other.md) [b](https://old.example.org/about) c"
    assert {one.kind for one in losses} == {"link that still leads to the old site", "script"}


def test_only_addresses_that_a_file_can_answer_become_aliases() -> None:
    """A query, the root, and a page that is another's are told with the reason."""
    old = (
        "https://a.example/?p=1",
        "https://a.example/",
        "https://a.example/donate/",
        "https://a.example/2024/gate.html",
    )
    good, bad = sort_aliases(old, "posts/gate/", {"donate/index.html": "a page of the site"})
    assert good == ("2024/gate.html",)
    assert [reason.rpartition(": ")[2] for reason in bad] == [
        "no file can answer an address with a query",
        "no page's own",
        "it is taken by a page of the site",
    ]


def test_a_picture_keeps_its_words_its_caption_and_the_link_around_it(bring: Bring) -> None:
    """One without words is told, for nobody makes words up; one that did not come is a link with its words."""
    image = '<img src="https://old.example.org/{}.png" alt="{}">'
    linked = f'<a href="https://example.org/x">{image.format("gate", "A gate")}</a>'
    body, losses = bring(f"<figure>{linked}<figcaption>At six</figcaption></figure>")
    assert "[![A gate]({static}/images/text/a.png)](https://example.org/x)" in body and "At six" in body
    assert losses == ()
    body, losses = bring(image.format("gate", ""))
    assert body == "![]({static}/images/text/a.png)"
    assert [one.kind for one in losses] == ["picture without words for those who do not see it"]
    body, losses = bring(image.format("lost", "A crane"))
    assert body == '[A crane](https://old.example.org/lost.png "This picture is still on the old site")'
    assert "picture left on the old site" in {one.kind for one in losses}


def test_the_original_is_asked_for_before_what_a_service_made_of_it() -> None:
    """Substack's and Jetpack's services name it; what only holds a place until a script runs is no picture."""
    inner = "https%3A%2F%2Fmedia.example.org%2Fgate.png"
    cdn = f"https://substackcdn.com/image/fetch/w_1456,c_limit/{inner}"
    assert sources_of([cdn], "", "") == ["https://media.example.org/gate.png", cdn]
    assert sources_of(["https://i0.wp.com/a.example/x.jpg?w=300"], "", "")[0] == "https://a.example/x.jpg"
    wide = "small.png 300w, big.png 900w"
    assert sources_of(["data:image/gif;base64,R0lGOD"], wide, "https://a.example/p/") == ["https://a.example/p/big.png"]


def test_the_old_sites_own_buttons_go_and_the_writers_stay(bring: Bring) -> None:
    """Subscribing, sharing, counting readers: taken out and told. A button that leads elsewhere is a link."""
    button = '<p class="button-wrapper"><a class="button" href="{}"><span>{}</span></a></p>'
    html = button.format("https://old.example.org/p/text?action=share", "Share")
    html += button.format("https://example.org/tea", "Bring tea")
    html += '<div class="subscription-widget-wrap"><p>Subscribe!</p></div><img src="https://x.example/p.gif" width="1">'
    body, losses = bring(html)
    assert body == "[Bring tea](https://example.org/tea)"
    assert sorted(one.kind for one in losses) == ["share button", "subscription widget", "tracking pixel"]


def test_a_video_that_is_none_leads_nowhere() -> None:
    """An address that only looks like a player's is no video."""
    assert video_page("https://www.youtube.com.evil.example/watch?v=abcdefghijk") == ""
    assert video_page("https://www.youtube.com/watch?v=<script>") == ""
    assert video_page("https://youtu.be/abcdefghijk?t=42") == f"{WATCHED}&t=42s"


def test_the_pictures_of_a_gallery_come_one_by_one(bring: Bring) -> None:
    """Substack's export has them in an attribute alone; the caption stands below the last."""
    images = [{"src": f"https://old.example.org/{name}.png", "alt": name} for name in ("gate", "crane")]
    body, losses = bring(f"<div {_given(gallery={'images': images, 'caption': 'At six'})}></div>")
    shown = "![{}]({{static}}/images/text/a.png)"
    assert body == f"{shown.format('gate')}\n\n{shown.format('crane')}\n\nAt six"
    assert [one.kind for one in losses] == ["gallery shown as single pictures"]
    body, losses = bring(f"<p>x</p><div {_given(gallery={'images': []})}></div>")
    assert body == "x" and [one.kind for one in losses] == ["embed left out"]


@pytest.mark.parametrize(
    ("html", "body", "kind"),
    [
        (f"<div {_given(persistentExpression='a^2')}></div>", "`a^2`", "formula shown as it was typed"),
        (f"<p>By <span {_given(name='Ana')}></span>.</p>", "By Ana.", ""),
        (
            '<audio src="https://sounds.example.org/x.mp3"></audio>',
            "[x.mp3](https://sounds.example.org/x.mp3)",
            "embed turned into a link",
        ),
        ("<p>x</p><audio></audio>", "x", "embed left out"),
        ("<p>x</p><iframe></iframe>", "x", "embed left out"),
        ('<p>x</p><figure class="graf--iframe"></figure>', "x", "embed left out"),
        (
            '<video src="https://films.example.org/x.mp4" title="Cranes"></video>',
            "[Cranes](https://films.example.org/x.mp4)",
            "embed turned into a link",
        ),
    ],
)
def test_what_the_old_page_only_named_is_shown_or_told(bring: Bring, html: str, body: str, kind: str) -> None:
    """A formula as it was typed, a person by name, a sound by its file; without an address the place is told."""
    found, losses = bring(html)
    assert (found, [one.kind for one in losses]) == (body, [kind] if kind else [])


def test_a_player_around_a_player_is_found_and_an_unlisted_video_keeps_its_key() -> None:
    """Medium frames each video in a service of its own; a list of videos is none, and becomes a link."""
    inner = "https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabcdefghijk"
    assert video_page(f"https://cdn.embedly.com/widgets/media.html?url={inner}") == WATCHED
    assert video_page("https://www.youtube.com/embed/videoseries?list=PLab") == ""
    assert video_page("https://player.vimeo.com/video/12345?h=0a1b2c3d") == "https://vimeo.com/12345/0a1b2c3d"
