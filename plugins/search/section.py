"""Search as a section: its page, and its place in the navigation."""

from plugins.search import pagefind
from plugins.sections.model import Edition, NavItem, Newsroom
from plugins.sections.printed import Page


def edition(_: Newsroom) -> Edition:
    """Return the search page, which the navigation leads to where there is a search."""
    searchable = pagefind.program() is not None
    navigation: tuple[NavItem, ...] = ()
    if searchable:
        navigation = (NavItem("search", "search/", 95),)
    page = Page("search/index.html", "search", {"section_key": "search", "searchable": searchable})
    return Edition(name="search", navigation=navigation, publish=lambda _: [page])
