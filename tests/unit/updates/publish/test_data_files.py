"""The wire as data for other sites."""

import json
from collections import Counter
from dataclasses import replace
from zoneinfo import ZoneInfo

from plugins.updates.desk.order import Edits
from plugins.updates.model import EarlierTitle, Match, Source, Story
from plugins.updates.publish import build_views, data_files
from plugins.updates.publish.build_views import ViewBuilder
from plugins.updates.publish.months import WireMonths
from plugins.updates.publish.views import WireSite
from tests.unit.updates.conftest import START, Make

SITE = WireSite("https://s.example/repo", "A site", "en", ZoneInfo("America/Los_Angeles"), START, 12, 3, 50)


def entries(sources: dict[str, Source], edits: Edits | None = None) -> ViewBuilder:
    """Return what turns updates into entries, in Los Angeles."""
    views = {name: build_views.source_view(source) for name, source in sources.items()}
    return ViewBuilder(views, {"pay": build_views.topic_view("pay", "Pay")}, SITE.zone, "en", edits)


def documents(views: ViewBuilder, stories: list[Story], site: WireSite = SITE) -> dict[str, str]:
    """Return path → text of the wire's data files, in their order."""
    wire = WireMonths(stories, {}, views)
    latest = data_files.latest(wire, (), views, site)
    later = [data_files.of_month(month, wire, views, site, b"") for month in wire.months]
    return {latest.save_as: latest.text, **{one.save_as: one.make() for one in later}}


def test_every_update_is_in_its_months_file_once(make: Make, sources: dict[str, Source]) -> None:
    """Another site can take the whole wire: the latest name the months, and together those have everything."""
    stories = [Story("a", (make("a"), make("b", 1), make("c", 40))), Story("d", (make("d", -24 * 40),))]
    made = documents(entries(sources), stories)
    assert list(made) == ["updates.json", "updates/2026/03/updates.json", "updates/2026/01/updates.json"]
    latest = json.loads(made["updates.json"])
    assert [row["id"] for row in latest["updates"]] == ["c", "b", "a", "d"]
    assert [row["url"] for row in latest["months"]] == [f"https://s.example/repo/{name}" for name in list(made)[1:]]
    rows = [row["id"] for name in list(made)[1:] for row in json.loads(made[name])["updates"]]
    assert rows == ["c", "b", "a", "d"]


def test_a_row_says_whose_words_it_has_and_how_it_is_dated(make: Make, sources: dict[str, Source]) -> None:
    """What is ours is told from what is the outlet's, and a day without a time is a day."""
    updates = (
        make("p", topics=(Match("pay", "x", "title"),), earlier_titles=(EarlierTitle("Before", START),)),
        make("q", date_from="first-seen"),
        make("r", -4, by_hand=True, source="guild", url=""),
    )
    views = entries(sources, Edits({"p": "Ours"}, {"p": "Seen."}))
    made = documents(views, [Story(one.id, (one,)) for one in updates])
    rows = {row["id"]: row for row in json.loads(made["updates.json"])["updates"]}
    p = rows["p"]
    assert (p["title"], p["our_title"], p["note"]) == ("Title p", "Ours", "Seen.")
    assert (p["topics"], p["earlier_titles"]) == (
        ["pay"],
        [{"title": "Before", "until": "2026-03-01T12:00:00+00:00"}],
    )
    assert p["permalink"] == "https://s.example/repo/updates/2026/03/01/#p"
    assert (p["date"], p["date_is"]) == ("2026-03-01T12:00:00+00:00", "time")
    assert rows["q"]["date_is"] == "first seen"
    assert (rows["r"]["date"], rows["r"]["date_is"]) == ("2026-03-01", "day")
    assert "url" not in rows["r"]
    assert (rows["r"]["source"]["title"], rows["r"]["entered_by_hand"]) == ("The Guild", True)


def test_midnight_here_is_a_day_and_midnight_elsewhere_a_time(make: Make, sources: dict[str, Source]) -> None:
    """A date the writer gave without a time is shown without one, and a feed's midnight is believed."""
    updates = [make("hand", -4, by_hand=True), make("late", -3.5, by_hand=True), make("feed", -4)]
    views = entries(sources)
    (day,) = views.layout.days([Story(one.id, (one,)) for one in updates])
    assert {entry.id: entry.timed for entry in views.day(day).entries} == {"hand": False, "late": True, "feed": True}


def test_no_source_takes_the_latest_from_the_others(make: Make, sources: dict[str, Source]) -> None:
    """Of the hundred updates in updates.json half are one source's, while one other has news of the same week."""
    flood = [Story(f"f{n}", (make(f"f{n}", n / 1000),)) for n in range(200)]
    guild = [Story(f"g{n}", (make(f"g{n}", -n, source="guild"),)) for n in range(80)]
    made = documents(entries(sources), [*flood, *guild], replace(SITE, source_share=0.34))
    rows = json.loads(made["updates.json"])["updates"]
    assert Counter(row["source"]["id"] for row in rows) == {"post": 50, "guild": 50}
    assert [row["date"] for row in rows] == sorted((row["date"] for row in rows), reverse=True)
