"""The numbers page: three charts of the archive's listings, each with its table and its CSV."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from plugins.listings.posting import ArchivedListing
from plugins.listings.publish import data, figures
from plugins.listings.publish.views import ListingView
from plugins.sections.printed import File, Page

URL = "listings/numbers/"
OPENINGS, PAY, REWORDINGS = f"{URL}openings.csv", f"{URL}pay.csv", f"{URL}rewordings.csv"


def pages(
    archived: Sequence[ArchivedListing], listings: Sequence[ListingView], zone: ZoneInfo
) -> Iterator[Page | File]:
    """Return the page and its tables; nothing where no board has been read.

    `listings` are the views that readers see, by which pay is told as it is told elsewhere.
    """
    openings = figures.openings(archived, zone)
    if openings is None:
        return
    pay, rewordings = figures.pay(listings), figures.rewordings(archived)
    values = {"openings": openings, "pay": pay, "rewordings": rewordings, "section_key": "listings"}
    files = {"openings_csv": OPENINGS, "pay_csv": PAY, "rewordings_csv": REWORDINGS}
    yield Page(f"{URL}index.html", "listing_numbers", values | files, modified=openings.as_of.date())
    yield File(OPENINGS, data.of_openings(openings))
    yield File(PAY, data.of_pay(pay))
    yield File(REWORDINGS, data.of_rewordings(rewordings))
