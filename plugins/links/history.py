"""Which citations are to be looked at today, and what is remembered of them afterwards. Today is an argument."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from urllib.parse import urlsplit

from plugins.core.net.http import authority
from plugins.core.net.link_check import Verdict, settle
from plugins.core.text.urls import is_web
from plugins.links.model import Archived, CitationRow, Cited
from plugins.sections.model import ExternalLink


def page_of(url: str) -> str:
    """Return the address of the page a link leads to: without its fragment."""
    return url.partition("#")[0]


def cited(kept: Iterable[ExternalLink], others: Iterable[ExternalLink], siteurl: str) -> tuple[Cited, ...]:
    """Return the pages that are cited, each once, in order of address; the site's own are not among them.

    `kept` are those of which a copy should be in an archive: posts, listings, milestones, not every item of the wire.
    """
    own = urlsplit(siteurl).netloc
    places: dict[str, list[ExternalLink]] = {}
    keep: set[str] = set()
    for links, wanted in ((kept, True), (others, False)):
        for link in links:
            url = page_of(link.url)
            if is_web(url) and urlsplit(url).netloc != own:
                places.setdefault(url, []).append(link)
                if wanted:
                    keep.add(url)
    return tuple(Cited(url, tuple(places[url]), url in keep) for url in sorted(places))


def due(
    pages: Iterable[Cited],
    rows: Mapping[str, CitationRow],
    asked: Mapping[str, date],
    today: date,
    days: int,
    most: int,
) -> tuple[Cited, ...]:
    """Return the pages to look at now: those not asked within `days`, and those whose last look failed.

    At most `most` of one host; who has waited longest comes first, so that all have their turn.
    """
    waiting = [page for page in pages if _is_due(page.url, rows, asked, today, days)]
    waiting.sort(key=lambda page: (asked.get(page.url, date.min), page.url))
    taken: Counter[str] = Counter()
    chosen = []
    for page in waiting:
        host = authority(page.url)
        if taken[host] < most:
            taken[host] += 1
            chosen.append(page)
    return tuple(chosen)


def _is_due(url: str, rows: Mapping[str, CitationRow], asked: Mapping[str, date], today: date, days: int) -> bool:
    last, row = asked.get(url), rows.get(url)
    if last is None or last > today:  # a day to come was written by a clock that went wrong
        return True
    has_failed = row is not None and row.failures > 0  # once is no death yet: the second look decides
    return has_failed or today - last >= timedelta(days=days)


def updated(
    rows: Mapping[str, CitationRow],
    pages: Iterable[Cited],
    verdicts: Mapping[str, Verdict],
    copies: Mapping[str, Archived],
    today: date,
) -> dict[str, CitationRow]:
    """Return what is to be remembered. A copy once known stays; what is no longer cited is kept only for its copy."""
    wanted = {page.url for page in pages}
    known: dict[str, CitationRow] = {}
    for url, row in rows.items():
        if url in wanted or row.archived:
            known[url] = row
    # A copy may also be told of a page that was not looked at: it had been asked for in an earlier run.
    for url in sorted(wanted & (verdicts.keys() | copies.keys())):
        row = known.get(url, CitationRow(url=url))
        if url in verdicts:
            now = settle(row.standing, verdicts[url], today)
            row = row.model_copy(update={"verdict": now.verdict, "since": now.since, "failures": now.failures})
        if url in copies and row.archived is None:
            row = row.model_copy(update={"archived": copies[url]})
        known[url] = row
    return known
