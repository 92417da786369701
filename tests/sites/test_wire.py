"""The wire as readers meet it: the desk's orders on pages, in feeds and in the data for other sites."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from plugins.updates.archive import archive_folder
from plugins.updates.desk.takedowns import redacted
from plugins.updates.model import Match, SafeHtml, SourceRecord, Update
from tests.sites.conftest import Build, Site

SOURCES = """
[[source]]
id = "post"
title = "The Post"
site = "https://post.example/"
kind = "press"
feed = "https://post.example/feed"

[[source]]
id = "guild"
title = "The Guild"
site = "https://guild.example/"
kind = "guild"
keep = "all"
"""
TOPICS = '[topic.pay]\ntitle = "Pay"\nany = ["wage*"]\n'
BASE = {"updates/sources.toml": SOURCES, "updates/topics.toml": TOPICS}
TITLES = {
    "talks": "Mediator calls both sides back to the table",
    "rally": "Thousands march past the harbour office",
    "leak": "Private address of an organiser",
    "wages": "Wages fell again, says the bureau",
    "offer": "Studios put a new offer on the desk",
}


NIGHT = datetime(2026, 2, 21, 6, tzinfo=UTC)


def update(name: str, number: int, **values: Any) -> Update:
    """Return an update of the Post, first seen `number` hours after noon on 20 February 2026."""
    at = datetime(2026, 2, 20, 12, tzinfo=UTC) + timedelta(hours=number)
    topics = (Match("pay", "wage*", "title"),) if name == "wages" else ()
    given: dict[str, Any] = {
        "id": f"post-{name}",
        "source": "post",
        "url": f"https://post.example/{name}",
        "title": TITLES[name],
        "summary": SafeHtml(f"<p>Words on {name}.</p>"),
        "authors": ("A. Writer",),
        "published": at,
        "date_from": "published",
        "first_seen": at,
        "topics": topics,
    }
    return Update(**(given | values))


def stored(site: Path, *updates: Update) -> None:
    """Put updates into a site's archive."""
    archive_folder.write(site / "content/archive/updates", archive_folder.Archive({one.id: one for one in updates}))


@pytest.fixture
def wire(build: Build, tmp_path: Path) -> Callable[..., Site]:
    """Return a function that builds a site of five updates with the given desk.toml."""

    def run(desk: str = "") -> Site:
        stored(tmp_path, *(update(name, number) for number, name in enumerate(TITLES)))
        return build({**BASE, "updates/desk.toml": desk})

    return run


def texts(site: Site) -> Iterator[tuple[str, str]]:
    """Return path and text of everything that is published."""
    return ((name, data.decode("utf-8", "replace")) for name, data in site.files().items() if "/theme/" not in name)


def test_what_is_hidden_or_taken_down_is_nowhere(wire: Callable[..., Site]) -> None:
    """No page, feed or data file has a word of it, nor its address; everything else stays as it was."""
    site = wire(
        '[[hide]]\nupdate = "post-rally"\n[[takedown]]\nupdate = "http://www.post.example/leak/?utm_source=x"\n'
    )
    assert site.code == 0, site.said
    for name, text in texts(site):
        for word in ("harbour", "Private address", "post-rally", "post-leak", "example/leak", "Words on leak"):
            assert word not in text, (name, word)
    assert TITLES["talks"] in site.page("updates/index.html")
    assert len(feedparser.parse(site.page("feeds/updates.atom.xml")).entries) == 3


def test_a_takedown_outlives_its_update_and_other_orders_do_not(wire: Callable[..., Site]) -> None:
    """An order about an update that is not there is a problem at its line, with the near miss; a takedown is none."""
    desk = '[[takedown]]\nupdate = "https://gone.example/1"\n\n[[pin]]\nupdate = "post-wage"\n'
    site = wire(
        desk + '[[hide]]\nupdate = "post-talks"\n[[pin]]\nupdate = "https://gone.example/2"\n'
        '[[pin]]\nupdate = "https://post.example/rally"\n'
    )
    assert site.code == 1
    assert "content/updates/desk.toml:5: no update has this id (got post-wage); did you mean post-wages?" in site.said
    assert "content/updates/desk.toml:9: no update has this address (got https://gone.example/2)" in site.said
    assert "content/updates/desk.toml:11: pin names an address, which another update may have tomorrow" in site.said
    assert 'write the update\'s id, "post-rally"' in site.said
    assert "gone.example/1" not in site.said


def test_a_key_that_is_none_is_refused_at_its_line(wire: Callable[..., Site]) -> None:
    """A slip of the pen in the desk stops the build, and the right word is proposed."""
    site = wire('[[hide]]\nupdate = "post-talks"\n\n[[pni]]\nupdate = "post-rally"\n[[hide]]\nupdte = "x"\n')
    assert site.code == 1
    assert "desk.toml:4: unknown key pni; did you mean pin?" in site.said
    assert "desk.toml:7: unknown key" in site.said
    assert "did you mean update?" in site.said


def test_a_pin_a_note_and_a_headline_of_ours_are_seen_as_such(wire: Callable[..., Site]) -> None:
    """The pinned update stands on top, the note is signed, and the outlet's own headline is shown beside ours."""
    desk = '[[pin]]\nupdate = "post-talks"\n[[note]]\nupdate = "post-talks"\ntext = "Seen <there>."\n'
    site = wire(desk + '[[retitle]]\nupdate = "post-talks"\nto = "Talks resume"\n')
    assert site.code == 0, site.said
    top = re.search(
        r'<section[^>]*aria-labelledby="pinned">(.*?)</section>', site.page("updates/index.html"), re.DOTALL
    )
    assert top
    for words in ("Talks resume", TITLES["talks"], "Seen &lt;there&gt;.", "Note"):
        assert words in top[1]
    for form in ("atom", "rss"):
        entry = next(
            one
            for one in feedparser.parse(site.page(f"feeds/updates.{form}.xml")).entries
            if one.link.endswith("/talks")
        )
        assert entry.title == "Talks resume (our headline)"
        said = entry.content[0].value if "content" in entry else entry.summary
        assert TITLES["talks"] in said
        assert "Seen &lt;there&gt;." in said
    (row,) = (row for row in json.loads(site.page("updates.json"))["updates"] if row["id"] == "post-talks")
    assert (row["title"], row["our_title"], row["note"]) == (TITLES["talks"], "Talks resume", "Seen <there>.")


def test_a_headline_of_ours_never_stands_in_an_outlets_mouth(wire: Callable[..., Site]) -> None:
    """Beside an outlet's name stands the outlet's headline; where ours is shown, it is said to be ours."""
    join = '[[join]]\nupdates = ["post-talks", "post-offer", "post-rally"]\n'
    site = wire(
        f'{join}[[retitle]]\nupdate = "post-offer"\nto = "Ours of the offer"\n'
        '[[retitle]]\nupdate = "post-talks"\nto = "Ours of the talks"\n'
    )
    assert site.code == 0, site.said
    day = site.page("updates/index.html")
    also = re.search(r'<ul class="also".*?</ul>', day, re.DOTALL)
    assert also and TITLES["offer"] in also[0]
    assert "Ours of" not in also[0]
    frame = re.findall(r"<li.*?</li>", site.page("updates/embed/index.html"), re.DOTALL)
    assert [item for item in frame if "Ours of the talks" in item and "our headline" in item]
    assert not [item for item in frame if "Ours of" in item and "our headline" not in item]
    story = site.page("updates/stories/post-talks/index.html")
    assert re.search(r"<h1[^>]*>Ours of the talks</h1>.*?our headline.*?</header>", story, re.DOTALL)
    entries = re.findall(r'<p class="entry-title.*?</p>', story, re.DOTALL)
    assert [title for title in TITLES.values() if any(title in entry for entry in entries)] == [
        TITLES["talks"],
        TITLES["rally"],
        TITLES["offer"],
    ]
    assert not [entry for entry in entries if "Ours of" in entry]
    assert "Our headline for it: “Ours of the offer”." in story
    for title in re.findall(r"<title[^>]*>[^<]*Ours of[^<]*<", site.page("feeds/stories.atom.xml")):
        assert "(our headline)" in title
    assert "Ours of the offer" not in site.page("feeds/stories.atom.xml")


def test_a_storys_page_says_its_headline_once(wire: Callable[..., Site]) -> None:
    """Under the page's title the first report is a way to its outlet, and does not repeat the title."""
    story = wire('[[join]]\nupdates = ["post-talks", "post-offer"]\n').page("updates/stories/post-talks/index.html")
    content = story[story.index("<main") : story.index("</main")]
    shown = re.sub(r"<[^>]*>", " ", content)
    assert shown.count(TITLES["talks"]) == 1
    assert re.search(r'href="https://post.example/talks">Read it at The Post</a>', content)
    assert shown.count(TITLES["offer"]) == 1


def test_a_storys_page_leads_to_the_step_before_and_after(build: Build, tmp_path: Path) -> None:
    """The reader of an offer comes to the vote on it, and back; the two stay stories of their own."""
    told = {
        "offer": ("Halden offers Sallow dockers more pay", "Sallow dockers get new offer from Halden"),
        "vote": ("Sallow dockers vote on Halden offer", "Sallow dockers cast votes on offer by Halden"),
    }
    reports = [
        update("talks", 100 * day + place, id=f"{name}-{place}", source=source, url=f"https://{source}.example/{name}")
        for day, name in enumerate(told)
        for place, source in enumerate(("post", "guild"))
    ]
    titles = [title for pair in told.values() for title in pair]
    stored(tmp_path, *(replace(one, title=title) for one, title in zip(reports, titles, strict=True)))
    joins = "".join(f'[[join]]\nupdates = ["{name}-0", "{name}-1"]\n' for name in told)
    site = build({**BASE, "updates/desk.toml": joins})
    offer, vote = (site.page(f"updates/stories/{name}-0/index.html") for name in told)
    assert re.search(r'<nav class="turn"[^>]*>\s*<p class="turn-on"><span>Next</span> <a href="[^"]*/vote-0/"', offer)
    assert re.search(
        r'<nav class="turn"[^>]*>\s*<p class="turn-back"><span>Before</span> <a href="[^"]*/offer-0/"', vote
    )
    assert told["vote"][0] not in offer[: offer.index('<nav class="turn"')]


def test_a_published_story_keeps_its_address_or_the_address_answers(wire: Callable[..., Site]) -> None:
    """Whatever the desk joins, splits and hides, what led to a story leads to where its reports are now."""
    hidden = "[[hide]]\nupdate = {}\n"
    join = "[[join]]\nupdates = {}\n"
    desks = [
        (join.format('["post-offer", "post-wages"]'), "post-wages"),
        (join.format('["post-offer", "post-wages"]') + join.format('["post-wages", "post-rally"]'), "post-rally"),
        (join.format('["post-offer", "post-wages", "post-rally", "post-talks"]'), "post-talks"),
        (
            join.format('["post-offer", "post-wages", "post-rally", "post-talks"]')
            + hidden.format('"post-talks"')
            + hidden.format('"post-rally"')
            + hidden.format('"post-offer"'),
            "",
        ),
    ]
    published: set[str] = set()
    for desk, id_ in desks:
        site = wire(desk)
        assert site.code == 0, site.said
        there = {name for name in site.files() if name.startswith("updates/stories/")}
        assert published <= there
        pages = {name for name in there if 'http-equiv="refresh"' not in site.page(name)}
        assert pages == ({f"updates/stories/{id_}/index.html"} if id_ else set())
        target = f"updates/stories/{id_}/" if id_ else "updates/2026/02/20/#post-wages"
        for name in there - pages:
            assert f'url=/{target}"' in site.page(name)
        published |= pages
    assert len(published) == 3
    assert "stories/post-rally" not in site.page("sitemap.xml") if "sitemap.xml" in site.files() else True


def test_a_story_whose_first_report_was_taken_down_stays_where_it_is(build: Build, tmp_path: Path) -> None:
    """Before the text leaves the archive and after it, the story's address answers, without a word of that report.

    Where one report is left, the address leads to it. A copy of the text by another source is nowhere either.
    """
    page = "https://post.example/leak"
    told = [
        update("leak", 0, id="post-0", summary=SafeHtml("<p>A secret street.</p>")),
        update("talks", 1, id="post-1", title="Organiser moves", url=page),
        update("talks", 2, id="post-2", source="guild", title="Organiser moves again", via=(page,)),
    ]
    copy = replace(told[0], id="guild-copy", source="guild", url="https://guild.example/copy", first_seen=NIGHT)
    order = '[[takedown]]\nupdate = "post-0"\n'
    bare = [replace(redacted(one, "post-1"), topics=()) for one in (told[0], copy)]
    for archived, desk in (
        ((*told, copy), order),
        ((*bare, *told[1:]), order + '[[hide]]\nupdate = "post-2"\n'),
    ):
        stored(tmp_path, *archived)
        site = build({**BASE, "updates/desk.toml": desk})
        assert site.code == 0, site.said
        page = site.page("updates/stories/post-0/index.html")
        assert ("Organiser moves again" in page) is ("hide" not in desk)
        assert ('url=/updates/2026/02/20/#post-1"' in page) is ("hide" in desk)
        for name, text in texts(site):
            assert "Private address" not in text and "secret street" not in text, name
            assert "guild-copy" not in text and "#post-0" not in text, name


def test_what_is_pinned_stands_once(wire: Callable[..., Site]) -> None:
    """On the front page and on the wire's, an update that stands on top does not stand among its day's as well."""
    site = wire('[[pin]]\nupdate = "post-talks"\n[[join]]\nupdates = ["post-talks", "post-offer"]\n')
    for page in ("index.html", "updates/index.html"):
        shown = re.sub(r"<[^>]*>", " ", site.page(page))
        assert shown.count(TITLES["talks"]) == 1, page
    assert TITLES["offer"] in site.page("updates/index.html")
    assert TITLES["talks"] in site.page("updates/2026/02/20/index.html")


def test_no_link_tells_whose_it_was(build: Build, tmp_path: Path) -> None:
    """What newsletters and networks add to an address is in no page, feed or file; the rest of the address stays."""
    told = "https://post.example/talks?id=7&utm_source=feed&fbclid=x#part"
    inside = SafeHtml('<p>See <a href="https://post.example/x?ref=7">this</a>.</p>')
    stored(tmp_path, update("talks", 0, url=told, summary=inside))
    site = build(BASE)
    for name, text in texts(site):
        assert not re.search(r"utm_|fbclid", text), name
    for name in ("updates/index.html", "updates.json", "feeds/updates.atom.xml"):
        assert "https://post.example/talks?id=7#part" in site.page(name)


def test_a_source_that_nobody_asks_is_said_to_be_entered_by_hand(wire: Callable[..., Site]) -> None:
    """A union without a feed did not "never" answer: there is nothing to ask."""
    state = wire().page("updates/status/index.html")
    rows = {
        name: row for row in re.findall(r"<tr>.*?</tr>", state, re.DOTALL) for name in ("Post", "Guild") if name in row
    }
    assert "never" in rows["Post"]
    assert "never" not in rows["Guild"] and "entered by hand" in rows["Guild"]


def test_readers_are_told_when_the_newest_report_came(build: Build, tmp_path: Path) -> None:
    """A day alone says little of a wire; the time is that of the newest report, which no quiet reading changes."""
    row = SourceRecord("post", last_success=date(2026, 2, 20), last_new=date(2026, 2, 20))
    kept = archive_folder.Archive({"post-talks": update("talks", 0)}, {"post": row})
    archive_folder.write(tmp_path / "content/archive/updates", kept)
    assert "The newest report came in 20 February, 04:00." in build(BASE).page("updates/index.html")


def test_the_desk_joins_and_splits_stories(wire: Callable[..., Site], build: Build, tmp_path: Path) -> None:
    """Updates the editor puts together share a page; one taken out of a story stands alone."""
    site = wire('[[join]]\nupdates = ["post-talks", "post-offer"]\n')
    story = site.page("updates/stories/post-talks/index.html")
    assert TITLES["talks"] in story
    assert TITLES["offer"] in story
    stored(tmp_path, update("talks", 0), update("offer", 1, url="https://post.example/talks?utm_source=feed"))
    assert "updates/stories/post-talks/index.html" in build({**BASE, "updates/desk.toml": ""}).files()
    split = build({**BASE, "updates/desk.toml": '[[split]]\nupdate = "post-offer"\n'})
    (left,) = (name for name in split.files() if name.startswith("updates/stories/"))
    assert 'url=/updates/2026/02/20/#post-talks"' in split.page(left)


def test_a_day_without_a_time_shows_no_clock(build: Build) -> None:
    """Midnight is not when it happened: a date alone says so in the data and on the embedded page."""
    hand = "---\ntitle: Vote\nsource: guild\ndate: {}\n---\n\nWords.\n"
    site = build(
        {
            **BASE,
            "updates/vote.md": hand.format("2026-02-20"),
            "updates/walkout.md": hand.format("2026-02-20 18:30"),
        },
    )
    assert site.code == 0, site.said
    rows = {row["id"]: (row["date"], row["date_is"]) for row in json.loads(site.page("updates.json"))["updates"]}
    assert rows == {"vote": ("2026-02-20", "day"), "walkout": ("2026-02-21T02:30:00+00:00", "time")}
    frame = site.page("updates/embed/index.html")
    assert "20 February</span></time>" in frame or "February 20</span></time>" in frame


def test_a_source_that_gives_a_day_shows_no_clock(build: Build, tmp_path: Path) -> None:
    """What a feed dates with a day alone is shown with the day, on its page and in the data."""
    midnight = datetime(2026, 2, 20, 8, tzinfo=UTC)
    stored(tmp_path, update("talks", 30, published=midnight, day_only=True))
    site = build(BASE)
    (row,) = json.loads(site.page("updates.json"))["updates"]
    assert (row["date"], row["date_is"]) == ("2026-02-20", "day")
    assert ">00:00" not in site.page("updates/2026/02/20/index.html")


def test_who_gathers_names_whose_report_it_is(build: Build, tmp_path: Path) -> None:
    """A gathered report stands under its outlet's name everywhere; one outlet reporting twice is no second witness."""
    bay = {"summary": SafeHtml(""), "outlet": "The Bay Times", "authors": ()}
    one, two, three = (update(name, number, **bay) for number, name in enumerate(("talks", "rally", "offer")))
    join = '[[join]]\nupdates = ["post-talks", "post-rally", "post-offer"]\n'
    stored(tmp_path, one, two, three)
    site = build({**BASE, "updates/desk.toml": join})
    assert "also in" not in site.page("index.html")
    assert "2 reports more" in site.page("index.html")
    day = site.page("updates/2026/02/20/index.html")
    assert "The Bay Times</a>" in day
    assert "by way of The Post" in day
    assert "The Bay Times" in site.page("updates/embed/index.html")
    assert {row["outlet"] for row in json.loads(site.page("updates.json"))["updates"]} == {"The Bay Times"}
    assert "<name>The Bay Times</name>" in site.page("feeds/updates.atom.xml")

    stored(tmp_path, one, two, replace(three, outlet="The Quay"))
    assert "also in 1 outlet<" in build({**BASE, "updates/desk.toml": join}).page("index.html")


def test_another_site_can_show_the_latest_ten(wire: Callable[..., Site]) -> None:
    """The page in the frame runs nothing, loads nothing foreign, and its links leave the frame."""
    frame = wire().page("updates/embed/index.html")
    assert "<script" not in frame
    assert "default-src 'none'; style-src 'self'" in frame
    links = re.findall(r"<a [^>]*>", frame)
    assert len(links) == 12
    assert all(' target="_top" rel="noopener"' in link for link in links)
    assert sum('href="https://post.example/' in link for link in links) == 5
    assert sum('href="/' in link for link in links) == 7


def test_the_feeds_lead_back_through_the_whole_history(build: Build, tmp_path: Path) -> None:
    """Every update is found by following RFC 5005's links, and the documents of a closed month stay as they are."""

    def rows(count: int) -> list[Update]:
        made = [
            update("rally", -24 * 40 + number, id=f"post-{number}", title=f"March {number}") for number in range(210)
        ]
        return [
            *made,
            *(update("talks", number, id=f"post-x{number}", title=f"Talks {number}") for number in range(count)),
        ]

    stored(tmp_path, *rows(3))
    site = build(BASE)
    assert site.code == 0, site.said
    met: list[str] = []
    path = "feeds/updates.atom.xml"
    ids = set()
    while path:
        read = feedparser.parse(site.page(path))
        assert not read.bozo
        links = {link.rel: link.href for link in read.feed.links}
        assert links["self"].endswith(path)
        ids.add(read.feed.id)
        met += [entry.id for entry in read.entries if entry.id not in met]
        archived = path != "feeds/updates.atom.xml"
        assert ("fh_archive" in read.feed) is archived
        assert ("current" in links) is archived
        path = "feeds/" + links["prev-archive"].split("/feeds/")[1] if "prev-archive" in links else ""
    assert len(met) == 213
    assert len(ids) == 1
    before = {name: data for name, data in site.files().items() if re.match(r"feeds/updates/2026-01", name)}
    assert set(before) == {"feeds/updates/2026-01.atom.xml", "feeds/updates/2026-01-2.atom.xml"}
    stored(tmp_path, *rows(5))
    after = build(BASE).files()
    assert {name: after[name] for name in before} == before


def test_a_story_is_told_once_and_stays_the_same_entry(wire: Callable[..., Site]) -> None:
    """The feed of stories has an event once, under an id that does not change when a second outlet tells it."""
    alone = feedparser.parse(wire().page("feeds/stories.atom.xml")).entries
    joined = feedparser.parse(wire('[[join]]\nupdates = ["post-talks", "post-offer"]\n').page("feeds/stories.atom.xml"))
    assert len(alone) == 5
    assert len(joined.entries) == 4
    assert {entry.id for entry in joined.entries} < {entry.id for entry in alone}
    told = next(entry for entry in joined.entries if entry.id.endswith("/post-talks/"))
    assert told.link == told.id
    assert TITLES["offer"] in told.content[0].value


def test_the_feeds_keep_to_their_specifications(wire: Callable[..., Site]) -> None:
    """Every feed is whole, names itself, and its three forms have the same items."""
    site = wire()
    names = {name.removesuffix(".atom.xml") for name in site.files() if re.match(r"feeds/[^/]+\.atom\.xml$", name)}
    expected = ("updates", "stories", "topic-pay", "kind-press", "kind-guild", "everything")
    assert {f"feeds/{name}" for name in expected} <= names
    for name in names:
        atom, rss = (feedparser.parse(site.page(f"{name}.{form}.xml")) for form in ("atom", "rss"))
        assert (atom.bozo, rss.bozo) == (False, False), name
        for form, read in (("atom", atom), ("rss", rss)):
            own = [link.href for link in read.feed.links if link.rel == "self"]
            assert len(own) == 1
            assert own[0].endswith(f"/{name}.{form}.xml")
            for part in (read.feed, *read.entries):
                assert part.get("title"), name
            assert read.feed.get("link"), name
            assert all(
                entry.get("id") and entry.get("link") and entry.get("published_parsed") for entry in read.entries
            )
            assert len({entry.id for entry in read.entries}) == len(read.entries)
        assert atom.feed.id and atom.feed.updated_parsed and atom.feed.author
        assert all(entry.updated_parsed and entry.author for entry in atom.entries)
        assert rss.feed.subtitle
        assert all(entry.get("summary") for entry in rss.entries)
        items = json.loads(site.page(f"{name}.json"))["items"]
        same = [(entry.id, entry.link, entry.title) for entry in atom.entries]
        assert same == [(entry.id, entry.link, entry.title) for entry in rss.entries]
        assert same == [(item["id"], item["url"], item["title"]) for item in items]


def test_a_month_that_is_over_stays_as_it_is(build: Build, tmp_path: Path) -> None:
    """What comes months later leaves a source's, a topic's and the wire's earlier months byte for byte as they were."""
    months = ["updates/sources/post/2026/02/index.html", "updates/topics/pay/2026/02/index.html"]
    days = ["updates/2026/02/index.html", "updates/2026/02/20/index.html"]
    after = [update("wages", 24 * days, id=f"post-{days}", url=f"https://post.example/{days}") for days in (0, 35, 70)]
    stored(tmp_path, *after[:2])
    before = build(BASE)
    kept = {name: before.files()[name] for name in (*months, *days)}
    stored(tmp_path, *after)
    assert {name: build(BASE).files()[name] for name in kept} == kept


def test_the_employers_speak_for_themselves(build: Build, tmp_path: Path) -> None:
    """Their statement leads the story that others tell of it, is labelled as theirs, and has its own feed."""
    employers = SOURCES + (
        '[[source]]\nid = "amph"\ntitle = "Alliance of Moving Picture Houses"\nkind = "employer"\n'
        'site = "https://amph.example/"\nfeed = "https://amph.example/feed"\n'
    )
    page = "https://amph.example/offer"
    theirs = update("offer", 3, id="amph-offer", source="amph", url=page, title="Our comprehensive offer")
    stored(tmp_path, update("offer", 0, via=(page,)), update("talks", 1), theirs)
    site = build({**BASE, "updates/sources.toml": employers})
    assert site.code == 0, site.said
    story = site.page("updates/stories/post-offer/index.html")
    assert "<h1" in story
    assert story.index("Our comprehensive offer") < story.index(TITLES["offer"])
    assert '<span class="kind kind-employer">Employer</span> <span class="kind kind-press">Press</span>' in story
    feed = feedparser.parse(site.page("feeds/kind-employer.atom.xml"))
    assert [entry.title for entry in feed.entries] == ["Our comprehensive offer"]
    assert "Updates from the employers" in site.page("subscribe/index.html")


def test_a_union_is_a_source_by_its_own_word(build: Build, tmp_path: Path) -> None:
    """`kind = "union"` leads a story as a guild does, says Union in the same red, and has its own feed."""
    site = _walkout(build, tmp_path)
    story = site.page("updates/stories/post-offer/index.html")
    assert story.index("Dockers walk out") < story.index(TITLES["offer"])
    assert '<span class="kind kind-union">Union</span> <span class="kind kind-press">Press</span>' in story
    assert "Updates from the unions" in site.page("subscribe/index.html")
    assert feedparser.parse(site.page("feeds/kind-union.atom.xml")).entries[0].title == "Dockers walk out"
    style = site.page("theme/css/parts.css")
    assert re.search(r"\.kind-union[^{}]*\.kind-guild[^{}]*\{[^{}]*--red", style)


def test_a_story_has_the_topics_of_all_its_reports(build: Build, tmp_path: Path) -> None:
    """A story's page, and its place on the day's, lead to every topic that one of its reports is about."""
    site = _walkout(build, tmp_path)
    for page in ("updates/stories/post-offer/", "updates/2026/02/20/"):
        html = site.page(f"{page}index.html")
        shown = html[: html.index('<ol class="entries') if "stories" in page else html.index('class="also"')]
        assert re.findall(r'class="p-category" href="[^"]*/updates/topics/([a-z]+)/"', shown) == ["strike", "pay"], page


def test_no_source_speaks_for_another(build: Build, tmp_path: Path) -> None:
    """Whoever links to the guild's page, names it as its source or sends a date in the past: the guild's words lead.

    On the front page, in other sites' frames, in the feed of stories and on the story's page; and a story of forty days
    ago, fetched again by another today, stays as old as it was.
    """
    sources = SOURCES + (
        '[[source]]\nid = "amph"\ntitle = "Alliance of Moving Picture Houses"\nkind = "employer"\n'
        'site = "https://amph.example/"\nfeed = "https://amph.example/feed"\n'
        '[[source]]\nid = "buy"\ntitle = "The Bargain"\nkind = "press"\n'
        'site = "https://buy.example/"\nfeed = "https://buy.example/feed"\n'
    )
    page, old = "https://guild.example/strike", "https://post.example/rally"
    now, then = {"title": "Strike over: BUY NOW", "summary": SafeHtml("")}, timedelta(hours=3)
    guild = update("talks", 10, id="guild-talks", source="guild", url=page, title="The strike goes on")
    forged = [
        update("leak", 11, id="amph-1", source="amph", url=page, **now),
        update("leak", 12, id="buy-1", source="buy", url="https://buy.example/1", via=(page,), **now),
        update("leak", 13, id="buy-2", source="buy", url=old, **now),
    ]
    forged = [replace(one, published=guild.published - then) for one in forged]
    rally = update("rally", -24 * 40)
    forged[2] = replace(forged[2], published=rally.published - then)
    stored(tmp_path, guild, rally, *forged)
    site = build({**BASE, "updates/sources.toml": sources})
    assert site.code == 0, site.said
    for name in ("index.html", "updates/embed/index.html", "updates/index.html", "feeds/stories.atom.xml"):
        leading = re.sub(r'<ul class="also".*?</ul>', "", site.page(name), flags=re.DOTALL)
        assert "The strike goes on" in leading, name
        assert not re.search(r"<(title|h\d)[^>]*>[^<]*BUY NOW|<a [^>]*u-url[^>]*>[^<]*BUY NOW", leading), name
    assert TITLES["rally"] in site.page("feeds/stories.atom.xml")
    for story in ("guild-talks", "post-rally"):
        said = site.page(f"updates/stories/{story}/index.html")
        assert re.search(rf"<h1[^>]*>{'The strike goes on' if 'talks' in story else TITLES['rally']}</h1>", said)
        assert "BUY NOW" not in re.search(r"<title>.*?</title>", said, re.DOTALL)[0]  # type: ignore[index]
    (entry,) = (
        one for one in feedparser.parse(site.page("feeds/stories.atom.xml")).entries if one.id.endswith("/post-rally/")
    )
    assert entry.published == rally.published.isoformat(timespec="seconds")
    rows = {row["id"]: row["title"] for row in json.loads(site.page("updates.json"))["updates"]}
    assert rows["guild-talks"] == "The strike goes on"


def _walkout(build: Build, tmp_path: Path) -> Site:
    """Build a wire whose story is told by a union, under the strike alone, and by the press, under pay alone."""
    sources = SOURCES + (
        '[[source]]\nid = "dock"\ntitle = "Dock Workers"\nkind = "union"\n'
        'site = "https://dock.example/"\nfeed = "https://dock.example/feed"\nkeep = "all"\n'
    )
    topics = '[topic.strike]\ntitle = "The strike"\nany = ["walk* out"]\n' + TOPICS
    page = "https://dock.example/out"
    strike, pay = (Match("strike", "walk* out", "title"),), (Match("pay", "wage*", "summary"),)
    stored(
        tmp_path,
        update("offer", 0, via=(page,), topics=pay),
        update("talks", 1),
        update("offer", 3, id="dock-out", source="dock", url=page, title="Dockers walk out", topics=strike),
    )
    site = build({**BASE, "updates/sources.toml": sources, "updates/topics.toml": topics})
    assert site.code == 0, site.said
    return site


def test_what_a_hand_wrote_into_the_archive_is_cleaned_like_a_feed_s(build: Build, tmp_path: Path) -> None:
    """A row with scripts, a form, links that run and turned-round text is harmless on every page and in every feed.

    Its checksum is right, as whoever can write the row can make it.
    """
    bad = SafeHtml(
        '<p onclick="evil()">Words<script>evil()</script><form action="https://evil.example/">'
        '<input name="evil"></form><iframe src="https://evil.example/"></iframe><img src="https://evil.example/pixel">'
        '<a href="javascript:evil()">x</a></div></main>'
        '<a href="https://post.example/fine" onmouseover="evil()" style="position:fixed">fine</a>'
    )
    rows = (
        update("talks", 1, summary=bad, title="Both sides at\u202e elbat eht"),
        update("rally", 2, url='https://evil.example/"onclick="evil()', authors=("A\u202eB\x1b[31m",)),
        update("wages", 3, url="https://user:evil@post.example/wages", via=('https://post.example/"><script>evil()',)),
    )
    stored(tmp_path, *rows)
    site = build(BASE)
    assert site.code == 0, site.said
    for name, text in texts(site):
        if name.endswith((".html", ".xml", ".json")) and "/pagefind/" not in name:
            assert "\u202e" not in text, name
            assert "\x1b" not in text, name
            assert not re.search(r"<(form|input|iframe)[^>]*evil|<script>evil|href=.javascript|pixel", text), name
            assert not re.search(
                r"&lt;(form|iframe|script)&gt;evil.{0,9}&lt;/script&gt;(?!.{0,9} at)|user:evil@", text
            ), name
            assert not re.search(r"<[^>]* on\w+=.?evil", text), name
    assert any("https://post.example/fine" in text for _, text in texts(site))


def test_an_id_that_leads_to_another_page_is_told(build: Build, tmp_path: Path) -> None:
    """A row's id is part of a page's address, so one with a path in it is refused."""
    stored(tmp_path, update("talks", 1, id="../../donate"))
    said = build(BASE)
    assert said.code == 1
    assert "cannot stand in an address" in said.said
