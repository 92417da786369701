"""The feed of what was asked, offered and won: an entry for each statement whose day or month is known."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from plugins.core.config.fields import DayOrMonth
from plugins.core.syndication.write import feed_model
from plugins.core.syndication.write.entry_html import portable
from plugins.demands import views
from plugins.demands.model import DemandView, StatementView
from plugins.sections.model import Newsroom, Printer

KEY = "demands"


def feed(demands: Iterable[DemandView], newsroom: Newsroom, printer: Printer) -> feed_model.Feed:
    """Return the latest changes, newest first; what is of one day stays in the order of the tables."""
    titles = _strike_titles(printer.context)
    changes: list[tuple[DayOrMonth, StatementView, DemandView]] = []
    for demand in demands:
        for when, statement in views.dated(demand):
            changes.append((when, statement, demand))
    changes.sort(key=lambda change: change[0].first, reverse=True)
    entries: list[feed_model.Entry] = []
    for when, statement, demand in changes[: newsroom.site.feed_max_items]:
        entries.append(_entry(when, statement, demand, titles, newsroom, printer))
    return feed_model.Feed(KEY, "demands/", tuple(entries))


def _strike_titles(context: Mapping[str, Any]) -> dict[str, str]:
    """Return what strikes are called, of whatever section shows them."""
    return {strike.id: strike.title for strike in context.get("strikes", ())}


def _entry(
    when: DayOrMonth,
    one: StatementView,
    demand: DemandView,
    titles: Mapping[str, str],
    newsroom: Newsroom,
    printer: Printer,
) -> feed_model.Entry:
    link = f"{newsroom.siteurl}/{demand.url}"
    strike = titles.get(demand.strike, demand.strike)
    title = printer.say("demand_title", topic=demand.topic, kind=one.kind)
    at = _midnight(when.first, newsroom.zone)  # Atom asks for a time (RFC 4287, section 4.2.15), which nobody knows
    return feed_model.Entry(
        id=f"{newsroom.siteurl}/{demand.strike_url}#{one.name}",
        link=link,
        title=title.unescape(),  # a title in a feed is text; it is escaped when the feed is written
        html=portable(printer.say("demand_change", demand=demand, one=one, strike=strike, url=link), link),
        published=at,
        updated=at,
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
