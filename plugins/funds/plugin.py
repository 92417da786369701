"""The door for funds: funds.toml → the give box and the donate page."""

from plugins.core import tables
from plugins.funds import pages
from plugins.funds.models import Fund
from plugins.sections.models import Edition, NavItem, Newsroom, Page, get_section


def register() -> None:
    """Connect to the sections' signal, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)


def edition(newsroom: Newsroom) -> Edition:
    """Return the funds' edition; without funds.toml there is no donate page."""
    read = tables.read(newsroom.content / "funds.toml", {"fund": Fund})
    today = newsroom.now.date()
    problems = (*read.problems, *pages.problems(read, today))
    shown = pages.views(read.rows["fund"], today, newsroom.settings["FUNDS_CHECK_DAYS"])
    return Edition(
        name="funds",
        problems=problems,
        navigation=(NavItem("donate", "donate/", 90),) if shown else (),
        context={"funds": shown, "funds_by_id": {view.id: view for view in shown}},
        offers={"fund": frozenset(view.id for view in shown)},
        publish=lambda _: [Page("donate/index.html", "donate", {"section_key": "donate"})] if shown else [],
    )
