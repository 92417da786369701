"""What each kind of export says of its texts: whose, when, where they were, and why one was not public."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.importing.reading import feed, medium, recognise, shortcodes, substack, wordpress, wxr

SITE = "https://old.example.org"
HEAD = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"
ITEM = """<item><title>Rope</title><link>https://old.example.org/rope/</link><dc:creator>ana</dc:creator>
<content:encoded><![CDATA[The rope.]]></content:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{gmt}</wp:post_date_gmt><wp:post_name>rope</wp:post_name>
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password></item>"""
WXR = """<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:base_blog_url>https://old.example.org</wp:base_blog_url>{}
</channel></rss>"""


def _item(**of: str) -> str:
    values = {"number": "1", "date": "2024-03-05 10:00:00", "gmt": "2024-03-05 09:00:00", "status": "publish"}
    return ITEM.format(**(values | {"kind": "post", "password": ""} | of))


def _pieces(*items: str) -> list[object]:
    return list(wordpress.export(wxr.read(WXR.format("".join(items))), ZoneInfo("Europe/Oslo"), "").pieces)


@pytest.mark.parametrize(
    ("row", "withheld"),
    [
        ("true,,newsletter,everyone", ""),
        ("false,,newsletter,everyone", "it was a draft"),
        ("true,,newsletter,only_paid", "it was for subscribers who pay"),
        ("true,,newsletter,only_free", "it was for subscribers"),
        ("true,,newsletter,a_new_kind", "it was not for everyone (a_new_kind)"),
    ],
)
def test_substack_tells_for_whom_a_letter_was(row: str, withheld: str) -> None:
    """An audience nobody knows is not everyone."""
    table = f"{HEAD}7.the-gate,2024-03-04T06:30:00.000Z,{row},The gate,,\n"
    (piece,) = substack.read(table, {"7.the-gate.html": "<p>x</p>"}, "posts.csv", SITE).pieces
    assert piece.withheld == withheld
    assert (piece.key, piece.slug, piece.published) == (
        "substack 7",
        "the-gate",
        datetime(2024, 3, 4, 6, 30, tzinfo=UTC),
    )
    assert piece.old == (() if row.startswith("false") else (f"{SITE}/p/the-gate",))


def test_substacks_own_links_tell_where_it_was() -> None:
    """The export does not say it; a link to one of its own letters does. A row that is none is told with its line."""
    bodies = {"7.the-gate.html": f'<a href="{SITE}/p/the-gate">x</a> <a href="https://other.example/p/x">y</a>'}
    export = substack.read(f"{HEAD}../x,,,,,,T,,\n7.the-gate,,true,,,,T,,\n", bodies, "posts.csv", "")
    assert export.site == SITE
    assert [(one.where, one.line) for one in export.problems] == [("posts.csv", 2)]


@pytest.mark.parametrize("name", ["draft_A-gate-0a0b0c0d0e0f.html", "2024-03-05_A-gate-0a0b0c0d0e0f.html"])
def test_a_medium_story_without_a_day_was_not_published(name: str) -> None:
    """A draft says so in its name; any other story has the day it was published."""
    story = (
        '<h1 class="p-name">A gate</h1><section data-field="body" class="e-content"><h3>A gate</h3><p>x</p></section>'
    )
    piece = medium.piece(f"posts/{name}", story)
    assert piece.withheld and piece.old == ()
    assert (piece.key, piece.slug, piece.title) == ("medium 0a0b0c0d0e0f", "A-gate", "A gate")
    assert "A gate" not in piece.html
    dated = medium.piece(f"posts/{name}", f'{story}<time class="dt-published" datetime="2024-03-05T10:00:00Z"></time>')
    assert bool(dated.withheld) == name.startswith("draft_")


@pytest.mark.parametrize(
    ("of", "withheld"),
    [
        ({}, ""),
        ({"status": "private"}, "it was private"),
        ({"status": "pending"}, "it was waiting for review"),
        ({"password": "hemp"}, "it was behind a password"),
        ({"status": "archived"}, "its status was archived"),
    ],
)
def test_wordpress_tells_what_was_public(of: dict[str, str], withheld: str) -> None:
    """Only the status `publish`, and no password, is public; what is in the bin stays there."""
    (piece,) = _pieces(_item(**of), _item(number="2", status="trash"))
    assert piece.withheld == withheld  # type: ignore[attr-defined]


def test_wordpress_gives_a_draft_no_day_of_the_world() -> None:
    """Where the world's time is all noughts, the site's own time in its zone counts; where both are, there is none."""
    none = "0000-00-00 00:00:00"
    (local,) = _pieces(_item(gmt=none))
    (neither,) = _pieces(_item(gmt=none, date=none))
    assert local.published == datetime(2024, 3, 5, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    assert neither.published is None  # type: ignore[attr-defined]


def test_a_wordpress_export_that_breaks_off_gives_what_stands_before() -> None:
    """The items before the place are read, and the place is told; entities of its own are refused."""
    whole = WXR.format(_item() + _item(number="2"))
    found = wxr.read(whole[: whole.rindex("<wp:post_type>")])
    assert len(found.items) == 1 and len(found.faults) == 1
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa">]>' + whole.replace("The rope.", "&a;")
    assert wxr.read(bomb).items == []


def test_shortcodes_stand_for_html_and_brackets_for_themselves() -> None:
    """A caption, a listing, a note; what is in brackets and no code is text; one nobody knows is told."""
    codes = shortcodes.Shortcodes({}, ())
    made = codes.html(
        '[caption]<img src="a.png"> At <em>six</em>[/caption] [sic] [code]a[0] < b[/code] [slider id="3"]'
    )
    assert '<figure><img src="a.png"> <figcaption>At <em>six</em></figcaption></figure>' in made
    assert "[sic]" in made and "a[0] &lt; b" in made and "slider" not in made
    assert [(one.kind, one.detail) for one in codes.lost] == [("shortcode taken off", "[slider]")]


def test_an_excerpt_in_a_feed_is_not_taken_for_the_text() -> None:
    """One that breaks off stays a draft; one that may be whole is told."""
    entry = "<item><title>T</title><guid>{}</guid><description>{}</description></item>"
    items = entry.format(1, "It begins [...]") + entry.format(2, "All of it.")
    document = f"<rss version='2.0'><channel>{items}</channel></rss>"
    cut, whole = feed.read(document.encode(), "feed.xml", "").pieces
    assert cut.withheld == "the feed gives an excerpt of it"
    assert not whole.withheld and [one.kind for one in whole.lost] == ["perhaps an excerpt"]


def test_a_json_feed_says_the_same_as_any_other() -> None:
    """Its plain text is text, not markup."""
    item = '{"id": "1", "url": "https://old.example.org/t", "content_text": "a < b\\n\\nc", "tags": ["Tea", 3]}'
    document = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{item}]}}'
    (piece,) = feed.read(document.encode(), "f", "").pieces
    assert (piece.html, piece.tags, piece.slug) == ("<p>a &lt; b</p><p>c</p>", ("Tea",), "t")


def test_an_export_is_known_by_what_is_in_it() -> None:
    """Not by its name: a folder above it, other files beside it, a feed among them."""
    heads = {"x/posts.csv": "", "x/posts/1.a.html": "", "a.xml": WXR, "b.xml": "<rss>", "c.html": "<p>", "d.json": "{}"}
    known = {"x/posts.csv": "substack", "a.xml": "wordpress", "b.xml": "feed"}
    for name, kind in known.items():
        assert recognise.kind_of([name, "c.html", "d.json"], heads.__getitem__) == (kind, (name,))
    assert recognise.kind_of(["c.html", "d.json"], heads.__getitem__) is None
