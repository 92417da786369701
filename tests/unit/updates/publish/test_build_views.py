"""Updates and stories as pages show them."""

from zoneinfo import ZoneInfo

from plugins.updates.model import Match, Source, Story
from plugins.updates.publish import build_views, pages
from plugins.updates.publish.build_views import ViewBuilder
from plugins.updates.publish.layout import latest, shared_out
from plugins.updates.publish.months import WireMonths
from tests.unit.updates.conftest import Make


def entries(sources: dict[str, Source], zone: str = "UTC") -> ViewBuilder:
    """Return what turns updates into entries."""
    views = {name: build_views.source_view(source) for name, source in sources.items()}
    return ViewBuilder(views, {"pay": build_views.topic_view("pay", "Pay")}, ZoneInfo(zone), "en")


def test_a_story_stands_once_a_day_with_its_other_outlets(make: Make, sources: dict[str, Source]) -> None:
    """The reader meets one line for a story, and finds everybody who told it behind that line."""
    story = Story("g", (make("g", source="guild"), make("p", 1), make("q", 30)))
    views = entries(sources)
    days = views.days(views.layout.days([story, Story("z", (make("z", -1),))]))
    assert [str(day.date) for day in days] == ["2026-03-02", "2026-03-01"]
    assert [entry.id for entry in days[1].entries] == ["g", "z"]
    assert [other.id for other in days[1].entries[0].also_in] == ["p"]
    assert days[1].entries[0].story_url == days[0].entries[0].story_url == "updates/stories/g/"
    assert days[1].entries[1].story_url == ""


def test_no_union_is_folded_under_its_employer(make: Make, sources: dict[str, Source]) -> None:
    """Where the employer leads its own page's story, the guild that speaks of it has a line of its own beside it."""
    sources["studios"] = Source("studios", "Studios", "https://studios.example/", "employer")
    story = Story("e", (make("e", source="studios"), make("p", 1), make("g", 2, source="guild")))
    views = entries(sources)
    (day,) = views.days(views.layout.days([story]))
    assert [(one.id, [other.id for other in one.also_in]) for one in day.entries] == [("g", []), ("e", ["p"])]


def test_the_day_is_that_of_the_sites_zone(make: Make, sources: dict[str, Source]) -> None:
    """Noon in London is still the day before at the International Date Line."""
    story = Story("a", (make("a"),))
    views = entries(sources, "Etc/GMT+12")
    (day,) = views.layout.days([story])
    (other,) = entries(sources, "Pacific/Kiritimati").layout.days([story])
    assert (day.url, other.url) == ("updates/2026/03/01/", "updates/2026/03/02/")
    assert views.day(day).entries[0].day_url == "updates/2026/03/01/#a"


def test_topics_that_are_no_more_are_not_shown(make: Make, sources: dict[str, Source]) -> None:
    """A removed topic leaves no dead link, a topic matched twice stands once."""
    matches = (Match("pay", "wage*", "title"), Match("gone", "x", "title"), Match("pay", "pay", "tags"))
    update = make(topics=matches)
    assert [topic.id for topic in entries(sources).entry(update, Story("a", (update,))).topics] == ["pay"]


def test_the_front_page_is_cut_after_so_many_entries(make: Make, sources: dict[str, Source]) -> None:
    """The newest come first, and the last day may be shown in part."""
    days = entries(sources).layout.days(
        Story(name, (make(name, hours),)) for name, hours in [("a", 0), ("b", 1), ("c", -24)]
    )
    assert [[line.lead.id for line in day.lines] for day in latest(days, 2)] == [["b", "a"]]
    assert [[line.lead.id for line in day.lines] for day in latest(days, 3)] == [["b", "a"], ["c"]]
    assert [[line.lead.id for line in day.lines] for day in latest(days, 1)] == [["b"]]


def test_a_calendar_leads_to_the_days_there_are(make: Make, sources: dict[str, Source]) -> None:
    """Weeks begin on Monday, days without updates have no link, and months without any are passed over."""
    stories = [Story(name, (make(name, hours),)) for name, hours in [("a", 0), ("b", -24 * 70)]]
    months = WireMonths(stories, {}, entries(sources))
    march, december = (pages.calendar(one, months.days(one), months.beside(one)) for one in months.months)
    assert (march.url, march.previous_url, march.next_url) == ("updates/2026/03/", "updates/2025/12/", "")
    assert december.next_url == march.url
    assert [cell and (cell.date.day, cell.url, cell.count) for cell in march.weeks[0]] == [
        *[None] * 6,
        (1, "updates/2026/03/01/", 1),
    ]
    assert sum(bool(cell and cell.url) for week in march.weeks for cell in week) == 1
    sunday = pages.calendar(march.first, months.days(march.first), (None, None), first_weekday=6)
    assert [day.isoweekday() for day in sunday.heads] == [7, 1, 2, 3, 4, 5, 6]
    assert [cell and cell.date.day for cell in sunday.weeks[0]] == [1, 2, 3, 4, 5, 6, 7]


def test_a_source_of_which_nothing_is_shown_has_its_page(sources: dict[str, Source]) -> None:
    """It has no months, and neither has a wire without updates any days."""
    views = entries(sources)
    page = pages.own_page(
        views.sources["post"], "source", build_views.source_status(sources["post"], None), (), (), views
    )
    assert (page.save_as, page.values["months"], page.values["days"]) == ("updates/sources/post/index.html", (), ())
    assert list(WireMonths((), {}, views)) == []
    assert shared_out((), 12, 0.34) == ()


def test_no_source_takes_the_front_page_from_the_others(make: Make, sources: dict[str, Source]) -> None:
    """A thousand new items leave the other source its place; what nobody else fills, and is alone, is shown."""
    flood = [Story(f"f{n}", (make(f"f{n}", n / 1000),)) for n in range(1_000)]
    guild = [Story(f"g{n}", (make(f"g{n}", -24 * n, source="guild"),)) for n in range(10)]
    views = entries(sources)
    days = views.layout.days([*flood, *guild])
    shown = [line.lead.source for day in shared_out(days, 12, 0.34) for line in day.lines]
    assert (len(shown), shown.count("guild")) == (12, 6)
    alone = shared_out(views.layout.days(flood), 12, 0.34)
    assert [line.lead.id for line in alone[0].lines] == [f"f{n}" for n in range(999, 987, -1)]
    embedded = pages.embed(days, views, 0.34).values["entries"]
    assert isinstance(embedded, tuple)
    assert [entry.source.id for entry in embedded].count("post") == 5


def test_of_very_many_authors_a_page_names_three(make: Make, sources: dict[str, Source]) -> None:
    """Fifty names are three and a number; five are five."""
    named = [f"Writer {n}" for n in range(50)]
    many, few = (
        entries(sources).entry(one, Story("a", (one,)))
        for one in (make(authors=(*named,)), make(authors=(*named[:5],)))
    )
    assert (many.first_authors, many.more_authors) == (("Writer 0", "Writer 1", "Writer 2"), 47)
    assert (len(few.first_authors), few.more_authors) == (5, 0)
