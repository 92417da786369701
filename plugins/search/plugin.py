"""Connect the search to Pelican: its page, and Pagefind's index once all pages are printed.

Without Pagefind the page says to use the archives, and nothing else is missing. A preview goes on with the index it had
until it is on show, and gets its new one then.
"""

from plugins.core.text.localised import Wording
from plugins.search import index, pagefind
from plugins.search.records import records
from plugins.search.section import edition
from plugins.sections.signals import Built, built, get_section, shown


def register() -> None:
    """Connect to the sections' signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    built.connect(put_index)
    shown.connect(write_index)


def put_index(build: Built) -> None:
    """Put an index into the build: a new one, or in a preview the one there was."""
    if build.newsroom.preview:
        index.put_last(build.folder, build.newsroom.language, build.newsroom.cache / "search")
    else:
        write_index(build)


def write_index(build: Built) -> None:
    """Write the index of a folder's pages, and of what sections want found, into it."""
    finder = pagefind.program()
    if finder is None:
        return
    newsroom = build.newsroom
    wanted = (one for edition in build.state.gathered.editions for one in edition.findables())
    found = records(wanted, Wording(newsroom.language, newsroom.zone))
    index.write(finder, build.files, newsroom.language, newsroom.cache / "search", found)
