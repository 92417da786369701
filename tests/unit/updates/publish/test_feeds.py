"""The wire's feeds, the sources as OPML, and their state as JSON."""

import json
from dataclasses import replace
from datetime import date, timedelta

import listparser
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from plugins.updates.desk.order import Edits
from plugins.updates.model import EarlierTitle, Match, Source, SourceRecord, Story, Update
from plugins.updates.publish import build_views, data_files, feeds
from tests.unit.updates.conftest import START, Make, maker

POST = Source("post", "The Post", "https://post.example/", "press")


def _say(what: str, **values: object) -> Markup:
    return escape(f"{what}: {values}")


def told(sources: dict[str, Source]) -> feeds.EntryMaker:
    """Return what entries are made with where the desk says nothing."""
    return feeds.EntryMaker(sources, "https://s.example", Edits(), _say)


def test_an_entry_leads_to_the_outlet_and_names_it(make: Make, sources: dict[str, Source]) -> None:
    """What others wrote is credited to them, whoever signed it."""
    update = make("p", topics=(Match("pay", "x", "title"), Match("pay", "y", "tags")), authors=("A. Writer",))
    first, second = feeds.entries([update, make("g", source="guild", url="")], told(sources))
    assert (first.link, first.authors, first.tags) == ("https://post.example/p", ("A. Writer",), ("pay",))
    assert first.source and (first.source.title, first.source.feed) == ("The Post", "https://post.example/feed")
    assert (second.link, second.authors) == ("https://s.example/updates/sources/guild/", ("The Guild",))


def test_a_changed_headline_is_a_newer_entry_with_the_same_id(make: Make, sources: dict[str, Source]) -> None:
    """A reader's program shows the change instead of a second item."""
    changed = make("p", earlier_titles=(EarlierTitle("Before", START.replace(hour=15)),))
    (before,) = feeds.entries([make("p")], told(sources))
    (after,) = feeds.entries([changed], told(sources))
    assert (after.id, after.published) == (before.id, before.published)
    assert after.updated > before.updated


def test_opml_has_the_feeds_and_only_them(sources: dict[str, Source]) -> None:
    """Another program can take the sources over as they are, whatever is in their names."""
    odd = Source("odd", 'Fish & "chips" <x>', "https://odd.example/", "blog", feed="https://odd.example/?a=1&b=2")
    read = listparser.parse(feeds.opml([*sources.values(), odd], "Sources & more"))
    assert not read.bozo
    assert feeds.opml([one for one in sources.values() if not one.feed], "") == "", "an outline must not be empty"
    assert feeds.opml([odd], "").count("Fish &amp;") == 2, "text is for outlines, title for readers of feeds"
    assert {(feed.title, feed.url) for feed in read.feeds} == {
        ("The Post", "https://post.example/feed"),
        ('Fish & "chips" <x>', "https://odd.example/?a=1&b=2"),
    }


def test_the_state_of_a_source_is_exact_to_the_day(sources: dict[str, Source]) -> None:
    """Without a deploy there is no time in it, so that nothing changes when nothing happened."""
    record = SourceRecord("post", last_success=date(2026, 2, 1), failing_since=date(2026, 2, 2), failure="timeout")
    views = [build_views.source_status(source, record) for source in sources.values()]
    read = json.loads(data_files.status(views, date(2026, 2, 1), None))
    assert (read["checked_on"], read["deployed_at"]) == ("2026-02-01", None)
    assert [(one["id"], one["failing_since"], one["failure"]) for one in read["sources"]] == [
        ("post", "2026-02-02", "timeout")
    ]
    assert json.loads(data_files.status(views, None, START))["deployed_at"] == "2026-03-01T12:00:00+00:00"


def test_a_feed_for_one_reader_alone_is_told_to_nobody(make: Make, sources: dict[str, Source]) -> None:
    """A token in a feed's address, or in what was said of it, is in no list, no state, no entry and no view."""
    feed = "https://post.example/feed?format=rss&token=s3cret"
    gone = date(2026, 2, 1)
    record = SourceRecord(
        "post", failure="timeout", detail=f"no answer from {feed}", moved_to=f"{feed}&a=1", gone_on=gone
    )
    private = {**sources, "post": replace(sources["post"], feed=feed)}
    view = build_views.source_status(private["post"], record)
    status = data_files.status([view], None, None)
    assert [(one["id"], one["feed"]) for one in json.loads(status)["sources"]] == [("post", None)]
    (entry,) = feeds.entries([make("p")], told(private))
    assert "s3cret" not in repr((view, entry)) + status + feeds.opml(private.values(), "")
    public = replace(sources["post"], feed="https://post.example/feed")
    seen = build_views.source_status(public, record)
    assert (seen.detail, seen.moved_to) == ("no answer from https://post.example/feed?format=rss&token=…", "")


@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(-60, 9)), min_size=1, max_size=3), max_size=9))
def test_the_stories_that_began_last_are_in_their_feed(told_at: list[list[tuple[int, int]]]) -> None:
    """In whatever order their reports were seen, and with whatever dates: it is as if all were put in order."""
    make, stories = maker(), list[Story]()
    for number, hours in enumerate(told_at):
        updates: list[Update] = []
        for place, (seen, published) in enumerate(hours):
            dated = START + timedelta(hours=published)
            updates.append(make(f"{number}-{place}", seen, published=dated))
        stories.append(Story(f"{number}", tuple(updates)))
    every = sorted(stories, key=lambda story: (min(story.times), story.id), reverse=True)
    found = feeds.of_stories(stories, told({"post": POST}), 3)
    assert [entry.id.split("/")[-2] for entry in found.entries] == [story.id for story in every[:3]]
