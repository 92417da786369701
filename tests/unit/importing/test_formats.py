"""What each kind of export says of its texts: whose, when, where they were, and why one was not public."""

import csv
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.importing import load_export
from plugins.importing.formats import feed_entries, medium, shortcodes, substack, wordpress, wxr

UTC_ZONE = ZoneInfo("UTC")
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
    files = {"export.xml": WXR.format("".join(items)).encode()}
    return list(wordpress.read(files, "export.xml", "", ZoneInfo("Europe/Oslo")).documents)


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
    files = {"posts.csv": table.encode(), "posts/7.the-gate.html": b"<p>x</p>"}
    (piece,) = substack.read(files, "export", SITE, UTC_ZONE).documents
    assert piece.withheld == withheld
    assert (piece.key, piece.slug, piece.published) == (
        "substack 7",
        "the-gate",
        datetime(2024, 3, 4, 6, 30, tzinfo=UTC),
    )
    assert piece.old == (() if row.startswith("false") else (f"{SITE}/p/the-gate",))


def test_substacks_own_links_tell_where_it_was() -> None:
    """The export does not say it; a link to one of its own letters does. A row that is none is told with its line."""
    body = f'<a href="{SITE}/p/the-gate">x</a> <a href="https://other.example/p/x">y</a>'
    table = f"{HEAD}../x,,,,,,T,,\n7.the-gate,,true,,,,T,,\n"
    files = {"posts.csv": table.encode(), "posts/7.the-gate.html": body.encode()}
    export = substack.read(files, "posts.csv", "", UTC_ZONE)
    assert export.site == SITE
    assert [(one.where, one.line) for one in export.problems] == [("posts.csv", 2)]


@pytest.mark.parametrize("name", ["draft_A-gate-0a0b0c0d0e0f.html", "2024-03-05_A-gate-0a0b0c0d0e0f.html"])
def test_a_medium_story_without_a_day_was_not_published(name: str) -> None:
    """A draft says so in its name; any other story has the day it was published."""
    story = (
        '<h1 class="p-name">A gate</h1><section data-field="body" class="e-content"><h3>A gate</h3><p>x</p></section>'
    )
    (piece,) = medium.read({f"posts/{name}": story.encode()}, "export", "", UTC_ZONE).documents
    assert piece.withheld and piece.old == ()
    assert (piece.key, piece.slug, piece.title) == ("medium 0a0b0c0d0e0f", "A-gate", "A gate")
    assert "A gate" not in piece.html
    day = '<time class="dt-published" datetime="2024-03-05T10:00:00Z"></time>'
    (dated,) = medium.read({f"posts/{name}": f"{story}{day}".encode()}, "export", "", UTC_ZONE).documents
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
    codes = shortcodes.Shortcodes({}, [])
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
    cut, whole = feed_entries.read({"feed.xml": document.encode()}, "feed.xml", "", UTC_ZONE).documents
    assert cut.withheld == "the feed gives an excerpt of it"
    assert not whole.withheld and [one.kind for one in whole.lost] == ["perhaps an excerpt"]


def test_a_json_feed_says_the_same_as_any_other() -> None:
    """Its plain text is text, not markup."""
    item = '{"id": "1", "url": "https://old.example.org/t", "content_text": "a < b\\n\\nc", "tags": ["Tea", 3]}'
    document = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{item}]}}'
    (piece,) = feed_entries.read({"f": document.encode()}, "f", "", UTC_ZONE).documents
    assert (piece.html, piece.has_line_breaks, piece.slug) == ("a &lt; b\n\nc", True, "t")
    assert piece.tags == ("Tea", "3")


def test_an_export_is_known_by_what_is_in_it() -> None:
    """Not by its name: a folder above it, other files beside it, a feed among them."""
    heads = {"x/posts.csv": "", "x/posts/1.a.html": "", "a.xml": WXR, "b.xml": "<rss>", "c.html": "<p>", "d.json": "{}"}
    known = {"x/posts.csv": "substack", "a.xml": "wordpress", "b.xml": "feed"}
    for name, kind in known.items():
        assert load_export.kinds_of([name, "c.html", "d.json"], heads.__getitem__) == {kind: [name]}
    assert load_export.kinds_of(["c.html", "d.json"], heads.__getitem__) == {}


BLOGGER = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#"><title>Quay</title>
<link rel="alternate" href="https://old.example.org/"/>{}</feed>"""
BLOGGER_ENTRY = """<entry><id>tag:{name}</id><title>{name}</title><content type="html">&lt;p>Words.&lt;/p></content>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{kind}"/>
<category scheme="http://www.blogger.com/atom/ns#" term="Tea"/><published>2024-03-05T10:00:00+01:00</published>{more}
<link rel="alternate" href="https://old.example.org/2024/{name}.html"/></entry>"""


def test_of_a_bloggers_export_posts_and_pages_come_and_comments_do_not() -> None:
    """A draft stays one; the kind is no tag; the time is the one that is written."""
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    kinds = [("gate", "post", ""), ("about", "page", ""), ("caw", "comment", ""), ("half", "post", draft)]
    entries = [BLOGGER_ENTRY.format(name=name, kind=kind, more=more) for name, kind, more in kinds]
    gate, about, half = feed_entries.read(
        {"blog.xml": BLOGGER.format("".join(entries)).encode()}, "blog.xml", "", UTC_ZONE
    ).documents
    assert (gate.slug, gate.tags, gate.published) == ("gate", ("Tea",), datetime(2024, 3, 5, 9, tzinfo=UTC))
    assert (about.is_page, gate.is_page) == (True, False)
    assert (half.withheld, gate.withheld) == ("it was a draft", "")


def test_an_entry_in_which_a_feed_breaks_off_is_left_out_and_told() -> None:
    """Half a text would pass for the whole one, and no later import would bring the rest."""
    item = "<item><title>T{0}</title><guid>{0}</guid><description>Words of {0}</description></item>"
    document = f"<rss version='2.0'><channel>{item.format(1)}{item.format(2)}</channel></rss>"
    cut = document[: document.index("ords of 2")]
    export = feed_entries.read({"f.xml": cut.encode()}, "f.xml", "", UTC_ZONE)
    assert [one.title for one in export.documents] == ["T1"]
    assert "it breaks off within entry 2, which was left out" in [one.what for one in export.problems]


def test_of_an_author_the_name_comes_and_the_mail_address_does_not() -> None:
    """RSS asks for an address with the name behind it; the text's file is public."""
    item = "<item><title>T</title><guid>1</guid><author>ana@old.example.org (Ana Quay)</author></item>"
    document = f"<rss version='2.0'><channel>{item}</channel></rss>"
    (piece,) = feed_entries.read({"f": document.encode()}, "f", "", UTC_ZONE).documents
    assert piece.authors == ("Ana Quay",)


def test_a_text_that_does_not_say_its_encoding_is_read_in_the_one_it_is_in() -> None:
    """Russian in KOI8-R is legible, and the report asks to look at it."""
    body = "<p>Рабочие порта остановили все краны ранним утром и вышли к воротам.</p>"
    files = {"posts.csv": f"{HEAD}7.gate,,true,,,,Gate,,\n".encode(), "posts/7.gate.html": body.encode("koi8-r")}
    export = substack.read(files, "export", SITE, UTC_ZONE)
    assert [one.html for one in export.documents] == [body]
    assert [(one.where, one.what) for one in export.problems] == [
        ("export/posts/7.gate.html", "not UTF-8: read as koi8_r")
    ]


def test_reading_an_export_changes_nothing_for_other_readers() -> None:
    """What a process keeps for all its modules, such as the longest field of a table, stays as it was."""
    before = csv.field_size_limit()
    substack.read({"posts.csv": f"{HEAD}7.gate,,true,,,,Gate,,\n".encode()}, "export", SITE, UTC_ZONE)
    assert csv.field_size_limit() == before
