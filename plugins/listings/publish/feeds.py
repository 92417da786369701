"""Listings → feeds: what we say of them, and what happened to them, an entry for each opening, change and closing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from plugins.core.syndication.write.entry_html import portable
from plugins.core.syndication.write.feed_model import Entry, Feed
from plugins.listings.publish.build_views import ListingViewBuilder, board_url
from plugins.listings.publish.views import ChangeView, HappeningView, ListingView
from plugins.sections.model import Document, Printer

COMMENTARY, HAPPENINGS = "listings", "listing-changes"
"""The feeds' keys."""
TOLD = frozenset({"opened", "relisted", "changed", "closed", "reopened", "noted"})
"""What is told of in feeds and the digest; that one read of a board did not have a listing may mean nothing."""
_LONGEST = 20_000
"""Characters of a rewording that an entry shows; a longer one is on the listing's page."""


@dataclass(frozen=True, slots=True)
class FeedMaker:
    """What feeds are made with: the site's address and zone, how many entries they have, and the printer's words."""

    siteurl: str
    zone: ZoneInfo
    most: int
    printer: Printer

    def commentary(self, listings: Iterable[ListingView], documents: Mapping[str, Document]) -> Feed:
        """Return the feed of the listings that are commented on, in the order given; drafts are left out."""
        public = [view for view in listings if not view.standing][: self.most]
        return Feed(COMMENTARY, "listings/", tuple(self._commented(view, documents[view.id]) for view in public))

    def happenings(self, listings: Iterable[ListingView], views: ListingViewBuilder, ids: Mapping[str, str]) -> Feed:
        """Return the feed of all that happened to listings, the latest first; `ids` are the archive's, by `ref`."""
        found: list[tuple[datetime, ListingView, str, HappeningView]] = []
        for view in listings:
            if view.standing:
                continue
            for name, happening in happenings(view):
                if happening.event in TOLD:
                    found.append((self._moment(happening), view, name, happening))
        found.sort(key=lambda row: (row[0], row[1].ref or row[1].url, row[2]), reverse=True)
        entries: list[Entry] = []
        for _, view, name, happening in found[: self.most]:
            entries.append(self._happened(view, name, happening, views, ids))
        return Feed(HAPPENINGS, "listings/", tuple(entries), apart=True)

    def _commented(self, view: ListingView, document: Document) -> Entry:
        link = f"{self.siteurl}/{view.url}"
        parts: list[Markup] = []
        if view.pay:
            parts.append(self.printer.say("pay_line", listed=view.pay))
        parts.append(self.printer.html(document, absolute=True))
        return Entry(
            id=link,
            link=link,
            title=f"{view.role}, {view.employer}",
            html=portable("\n".join(filter(None, parts)), link),
            published=_midnight(view.day, self.zone),
            updated=_midnight(max([view.day, *view.noted_on]), self.zone),
            summary=str(escape(view.summary)),
            language=view.lang,
        )

    def _happened(
        self, view: ListingView, name: str, happening: HappeningView, views: ListingViewBuilder, ids: Mapping[str, str]
    ) -> Entry:
        """Return the entry of a happening, in the words that the advertisement had then: what comes later changes none.

        Commenting on a board's listing changes no entry's id.
        """
        at, link, place = self._moment(happening), f"{self.siteurl}/{view.url}", view.url
        if view.ref:
            place = board_url(view.ref)
        listing_id = ids.get(view.ref, "")
        changes: tuple[ChangeView, ...] = ()
        if happening.event == "changed":
            changes = views.changes(listing_id, happening.at)
            if sum(map(_length, changes)) > _LONGEST:
                changes = ()  # the entry's link leads to them
        if said := views.said(listing_id, happening.at):
            view = replace(view, role=said.title, location=said.location, pays=said.pays)
        words: Markup = self.printer.say("happening", listing=view, happening=happening, changes=changes)
        return Entry(
            id=f"{self.siteurl}/{place}#{name}",
            link=f"{link}#{happening.anchor}" if happening.anchor else link,
            title=self.printer.say("happening_title", listing=view, happening=happening).unescape().strip(),
            html=portable(str(words), link),
            published=at,
            updated=at,
        )

    def _moment(self, happening: HappeningView) -> datetime:
        return happening.at or _midnight(happening.day, self.zone)


def happenings(view: ListingView) -> Iterator[tuple[str, HappeningView]]:
    """Yield what happened to a listing, each with a name of its own that stays.

    Of a listing that no board has, its first sight and its closing are in its file's fields and not in its history.
    """
    noted = Counter[date]()
    for happening in view.history:
        if happening.at:
            yield f"{happening.event}-{happening.at:%Y%m%dT%H%M%SZ}", happening
        else:
            noted[happening.day] += 1
            yield f"noted-{happening.day.isoformat()}-{noted[happening.day]}", happening
    if not view.ref:
        yield f"opened-{view.day.isoformat()}", HappeningView(view.day, "opened")
    is_told = view.closed in view.noted_on or any(happening.event == "closed" for happening in view.history)
    if view.closed and not is_told:
        yield f"closed-{view.closed.isoformat()}", HappeningView(view.closed, "closed")


def _length(change: ChangeView) -> int:
    length = 0
    for field in change.fields:
        for part in field.parts:
            length += sum(len(run.text) for run in part.runs)
    return length


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
