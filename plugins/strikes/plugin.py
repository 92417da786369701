"""The door for strikes: strikes.toml → the banner on the front page and the timeline."""

from plugins.core import tables
from plugins.sections.models import Edition, ExternalLink, NavItem, Newsroom, Page, get_section
from plugins.strikes import pages
from plugins.strikes.models import Strike


def register() -> None:
    """Connect to the sections' signal, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)


def edition(newsroom: Newsroom) -> Edition:
    """Return the strikes' edition; without strikes.toml there is no timeline."""
    read = tables.read(newsroom.content / "strikes.toml", {"strike": Strike})
    if read.problems:
        return Edition("strikes", problems=read.problems)
    shown = pages.views(read.rows["strike"], newsroom.now.date())
    return Edition(
        name="strikes",
        problems=tuple(pages.problems(read)),
        navigation=(NavItem("timeline", "timeline/", 40),) if shown else (),
        context={"strikes": shown},
        links=tuple(
            ExternalLink(read.where, read.line_with(milestone.url), milestone.url)
            for strike in read.rows["strike"]
            for milestone in strike.milestone
            if milestone.url
        ),
        offers={"strike": frozenset(view.id for view in shown)},
        publish=lambda _: [Page("timeline/index.html", "timeline", {"section_key": "timeline"})] if shown else [],
    )
