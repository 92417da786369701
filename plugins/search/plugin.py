"""The door for search: a search page where Pagefind is installed, and its index once all pages are printed.

Without Pagefind the page says to use the archives, and nothing else is missing.
"""

from plugins.search import index
from plugins.sections.models import Built, Edition, NavItem, Newsroom, Page, built, get_section


def register() -> None:
    """Connect to the sections' signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    built.connect(write_index)


def edition(_: Newsroom) -> Edition:
    """Return the search page, which the navigation leads to where there is a search."""
    searchable = index.program() is not None
    page = Page("search/index.html", "search", {"section_key": "search", "searchable": searchable})
    return Edition(
        name="search",
        navigation=(NavItem("search", "search/", 95),) if searchable else (),
        publish=lambda _: [page],
    )


def write_index(build: Built) -> None:
    """Write the index into the build."""
    finder = index.program()
    if finder is not None:
        cache = build.newsroom.content.resolve().parent / ".cache" / "search"
        index.write(finder, build.folder, build.newsroom.language, cache)
