"""The page to print as a section.

What other sections have to say on it, its template takes from what all pages see: strikes, what is upcoming, and funds
that have a button. A site without one of them has a page without that part.
"""

from collections.abc import Iterator

from plugins.poster import qr
from plugins.sections.model import Edition, Newsroom, Printer
from plugins.sections.own_page import has_own_page
from plugins.sections.printed import Page

URL = "poster/"


def edition(newsroom: Newsroom) -> Edition:
    """Return the edition; an owner's own page at this address takes the place of ours."""
    if has_own_page(newsroom.content, URL.rstrip("/")):
        return Edition("poster")
    file, address = f"{URL}index.html", f"{newsroom.siteurl}/"
    day = newsroom.as_of or newsroom.now.date()

    def publish(_: Printer) -> Iterator[Page]:
        yield Page(file, "poster", {"qr": qr.drawing(address), "day": day})

    return Edition("poster", context={"poster_url": URL}, publish=publish, prints=frozenset({file}))
