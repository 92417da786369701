"""Funds as a section: funds.toml, and what the archive remembers of its links → the give box and the donate page."""

from plugins.core.config import toml_tables
from plugins.funds import findables, pages
from plugins.funds.history_file import HISTORY
from plugins.funds.model import Fund
from plugins.funds.settings import FundsSettings
from plugins.sections.model import Edition, ExternalLink, NavItem, Newsroom
from plugins.sections.printed import Page


def edition(newsroom: Newsroom) -> Edition:
    """Return the funds' edition; without funds.toml there is no donate page.

    Every button comes from that file: nothing that was fetched, and no text of another section, comes in here.
    """
    read = toml_tables.read(newsroom.content / "funds.toml", {"fund": Fund})
    remembered = HISTORY.read(newsroom.content)
    today = newsroom.now.date()
    problems = (
        *read.problems,
        *remembered.problems,
        *pages.problems(read, today, remembered.rows),
        *pages.resembling(read),
    )
    shown = pages.views(read.rows["fund"], today, newsroom.settings.of(FundsSettings).check_days, remembered.rows)
    # What is named by a fund that is not open yet has no card; one whose record has problems is told of here.
    ids = frozenset(view.id for view in shown)
    if problems:
        ids |= read.ids["fund"]
    return Edition(
        name="funds",
        reads=("funds.toml",),
        problems=problems,
        navigation=(NavItem("donate", "donate/", 90),) if shown else (),
        context={"funds": shown, "funds_by_id": {view.id: view for view in shown}},
        defines={"fund": ids},
        links=tuple(_citations(read)),
        publish=lambda _: [Page("donate/index.html", "donate", {"section_key": "donate"})] if shown else [],
        findables=lambda: findables.findables(shown),
    )


def _citations(read: toml_tables.Tables) -> list[ExternalLink]:
    """Return the pages that vouch for a fund. Its own links are no citations: they are verified, never replaced."""
    found = []
    for number, fund in enumerate(read.rows["fund"]):
        for place, voucher in enumerate(fund.vouches):
            if voucher.url:
                line = read.line_of(["fund", number, "vouches", place, "url"])
                found.append(ExternalLink(read.where, line, voucher.url))
    return found
