"""Funds as a section: funds.toml, and what the archive remembers of its links → the give box and the donate page."""

from collections.abc import Iterator

from plugins.core.config import toml_tables
from plugins.funds import data_file, findables, news, pages
from plugins.funds.history_file import HISTORY
from plugins.funds.model import Fund, FundView
from plugins.funds.settings import FundsSettings
from plugins.sections.model import Edition, ExternalLink, NavItem, Newsroom, Printer
from plugins.sections.own_page import has_own_page
from plugins.sections.printed import File, Page, Printed


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
    by_id: dict[str, FundView] = {}
    helps = False
    for view in shown:
        by_id[view.id] = view
        helps = helps or view.helps
    ids = frozenset(by_id)
    if problems:
        ids |= read.ids["fund"]
    # An owner's own page about help stays where it is, and ours then is not printed.
    helps = helps and not has_own_page(newsroom.content, "help")
    navigation = []
    if shown:
        navigation.append(NavItem("donate", "donate/", 90))
    if helps:
        navigation.append(NavItem("help", "help/", 91))

    def publish(_: Printer) -> Iterator[Printed]:
        if shown:
            yield Page("donate/index.html", "donate", {"section_key": "donate"})
            yield File(data_file.PATH, data_file.as_json(shown, newsroom.siteurl))
        if helps:
            yield Page("help/index.html", "help", {"section_key": "help"})

    return Edition(
        name="funds",
        reads=("funds.toml",),
        problems=problems,
        navigation=tuple(navigation),
        context={"funds": shown, "funds_by_id": by_id},
        defines={"fund": ids},
        links=tuple(_citations(read)),
        publish=publish,
        news=lambda period: news.news(shown, period),
        findables=lambda: findables.findables(shown),
        notices=tuple(pages.notices(read, today, shown)),
    )


def _citations(read: toml_tables.Tables) -> Iterator[ExternalLink]:
    """Yield the pages that say something of a fund. Its own links are none: they are verified, never replaced."""
    for number, fund in enumerate(read.rows["fund"]):
        for keys, url in fund.cited():
            yield ExternalLink(read.where, read.line_of(["fund", number, *keys]), url)
