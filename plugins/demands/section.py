"""Demands as a section: demands.toml → a table for each strike, cards, a feed, files of data."""

from collections.abc import Iterator

from plugins.core.config import toml_tables
from plugins.core.syndication.write import feed_model
from plugins.core.text.urls import is_web
from plugins.demands import checks, data_files, feed, findables, news, views
from plugins.demands.model import PARTS, Demand, DemandView, Preface, StrikeDemands
from plugins.sections.model import CrossReference, Edition, ExternalLink, NavItem, Newsroom, Printer
from plugins.sections.printed import File, Page, Printed

FILE = "demands.toml"


def edition(newsroom: Newsroom) -> Edition:
    """Return the demands' edition; without demands.toml there are no pages and no feed."""
    read = read_demands(newsroom)
    problems = (*read.problems, *checks.problems(read))
    strikes = views.by_strike(read.rows["demand"], read.rows["preface"])
    shown: list[DemandView] = []
    tables: dict[str, StrikeDemands] = {}
    for strike in strikes:
        shown += strike.demands
        tables[strike.strike] = strike
    navigation: tuple[NavItem, ...] = ()
    feeds: tuple[feed_model.FeedLink, ...] = ()
    if shown:
        navigation = (NavItem("demands", "demands/", 35),)
        feeds = (feed_model.link(feed.KEY),)

    def publish(printer: Printer) -> Iterator[Printed]:
        if not shown:  # nor are there links to any of these pages then
            return
        key = {"section_key": "demands"}
        yield Page("demands/index.html", "demands", key)
        for strike in strikes:
            last = max((change.stated.first for change in strike.changes), default=None)
            yield Page(f"{strike.url}index.html", "demands_strike", {"table": strike, **key}, modified=last)
        yield File(data_files.JSON_PATH, data_files.as_json(strikes, newsroom.siteurl))
        yield File(data_files.CSV_PATH, data_files.as_csv(strikes, newsroom.siteurl))
        yield feed.feed(shown, newsroom, printer)

    return Edition(
        name="demands",
        reads=(FILE,),
        problems=problems,
        navigation=navigation,
        feeds=feeds,
        context={
            "demands": strikes,
            "demands_by_id": {view.id: view for view in shown},
            "demands_by_strike": tables,
        },
        defines={"demand": read.ids["demand"]},
        references=tuple(_strikes_named(read)),
        links=tuple(_links(read)),
        publish=publish,
        news=lambda period: news.news(shown, period),
        findables=lambda: findables.findables(shown),
    )


def read_demands(newsroom: Newsroom) -> toml_tables.Tables:
    """Return demands.toml, its tables checked one by one."""
    return toml_tables.read(newsroom.content / FILE, {"demand": Demand, "preface": Preface})


def _strikes_named(read: toml_tables.Tables) -> Iterator[CrossReference]:
    """Yield where the file names a strike; rows with other problems name theirs too."""
    for key in ("demand", "preface"):
        for number, row in enumerate(read.rows[key]):
            yield CrossReference(read.where, read.line_of([key, number, "strike"]), "strike", row.strike)
    for path, row in read.invalid_rows():
        if isinstance(row.get("strike"), str):
            line = read.document.line_of([*path, "strike"])
            yield CrossReference(read.where, line, "strike", row["strike"].strip())


def _links(read: toml_tables.Tables) -> Iterator[ExternalLink]:
    for number, demand in enumerate(read.rows["demand"]):
        for place, link in enumerate(demand.sources):
            yield ExternalLink(read.where, read.line_of(["demand", number, "sources", place]), link)
        for part in PARTS:
            for nth, one in enumerate(demand.statements(part)):
                at: list[str | int] = ["demand", number, part, nth]
                for key, link in (("source", one.source), ("url", one.url)):
                    if is_web(link):
                        yield ExternalLink(read.where, read.line_of([*at, key]), link)
                for place, link in enumerate(one.sources):
                    yield ExternalLink(read.where, read.line_of([*at, "sources", place]), link)
