"""Strikes as a section: strikes.toml → the banner on the front page and the timeline."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from plugins.core.config import toml_tables
from plugins.core.text import slugs
from plugins.sections.model import Edition, ExternalLink, NavItem, Newsroom
from plugins.sections.printed import Page
from plugins.strikes import findables, news, pages
from plugins.strikes.model import MilestoneView, Strike, StrikeView

READS = ("strikes.toml",)


def edition(newsroom: Newsroom) -> Edition:
    """Return the strikes' edition; without strikes.toml there is no timeline."""
    read = toml_tables.read(newsroom.content / "strikes.toml", {"strike": Strike})
    if read.problems:
        possible = {"strike": read.ids["strike"], "milestone": _possible_milestones(read)}
        return Edition("strikes", (*read.problems, *pages.problems(read)), READS, defines=possible)
    shown = pages.views(read.rows["strike"], newsroom.now.date(), newsroom.as_of)
    on_front_page = shown
    if newsroom.as_of:
        on_front_page = tuple(view for view in shown if view.start <= newsroom.as_of)
    milestones = _by_day(shown)
    found = Edition(
        name="strikes",
        reads=READS,
        problems=tuple(pages.problems(read)),
        context={"strikes": shown, "front_strikes": on_front_page, "milestones_by_id": milestones},
        links=tuple(_citations(read)),
        defines={"strike": frozenset(view.id for view in shown), "milestone": frozenset(milestones)},
        news=lambda period: news.news(milestones, period),
        findables=lambda: findables.findables(shown),
    )
    if not shown:
        return found
    timeline = Page("timeline/index.html", "timeline", {"section_key": "timeline"})
    return replace(found, navigation=(NavItem("timeline", "timeline/", 40),), publish=lambda _: (timeline,))


def _citations(read: toml_tables.Tables) -> Iterator[ExternalLink]:
    """Return where each milestone can be read, by its line in strikes.toml."""
    for number, strike in enumerate(read.rows["strike"]):
        for place, milestone in enumerate(strike.milestone):
            if milestone.url:
                line = read.line_of(["strike", number, "milestone", place, "url"])
                yield ExternalLink(read.where, line, milestone.url)


def _possible_milestones(read: toml_tables.Tables) -> frozenset[str]:
    """Return every name a milestone of a file with problems may have: a strike's id and a day that stand in it."""
    names = set()
    for day, times in Counter(re.findall(r"\d{4}-\d{2}-\d{2}", read.text)).items():
        for strike in read.ids["strike"]:
            names.add(f"{strike}-{day}")
            names |= {f"{strike}-{day}-{number}" for number in range(2, times + 1)}
    return frozenset(names)


def _by_day(strikes: Iterable[StrikeView]) -> dict[str, tuple[StrikeView, MilestoneView]]:
    """Return each milestone, with its strike, by the name texts call it by: the strike's id and the day.

    A day's second milestone ends in -2, and so on. Unlike its number in the list, its day stays when another is added.
    """
    found: dict[str, tuple[StrikeView, MilestoneView]] = {}
    for strike in strikes:
        for stone in strike.milestones:
            name = slugs.free(f"{strike.id}-{stone.date.isoformat()}", found)
            found[name] = (strike, stone)
    return found
