"""Listings' files and the archive → what templates print (`views`). The site's zone is an argument. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import pairwise
from typing import get_args
from zoneinfo import ZoneInfo

from plugins.core.text import slugs
from plugins.core.text.characters import clean, cut, fold
from plugins.core.text.urls import is_web
from plugins.listings.model import ListingMatter, Reporter
from plugins.listings.posting import ArchivedListing, Happening, PayRange, Snapshot
from plugins.listings.publish import pay_views, word_diff
from plugins.listings.publish.quoted import KeptText, QuotedListing
from plugins.listings.publish.views import (
    ChangeView,
    Field,
    FieldChange,
    HappeningView,
    ListingView,
    Mark,
    PayView,
    SnapshotView,
    YardstickView,
)
from plugins.sections.model import QuotedPlace
from plugins.sections.printed import Standing

_LONGEST = 200
"""Characters of a title, a place or a name that a board gives."""
_PLAIN_NUMBER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NUMBER = 60
_FIELDS: tuple[Field, ...] = get_args(Field)
"""In the order in which a page shows what changed."""
_NOBODY = Reporter.model_construct(title="")
_ANY_YEAR = 9999
"""As a listing's year: a yardstick that a file names is not asked whether it was known by then."""


def board_ref(listing_id: str) -> str:
    """Return how texts and addresses name a board's listing: BOARD/NUMBER, whatever the board has for a number.

    A number that cannot stand in an address, or differs from another by its letters' size alone, is told by a digest
    of it. That has an underscore, which no number has that stands as it is, so that no two are named alike.
    """
    board, _, number = listing_id.partition("/")
    if _PLAIN_NUMBER.fullmatch(number) and len(number) <= _LONGEST_NUMBER:
        return f"{board}/{number}"
    words = slugs.slug(clean(number[:_LONGEST]), 30)
    return f"{board}/{words}_{sha256(number.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def board_url(ref: str) -> str:
    """Return where the page of a board's listing is, by its `board_ref`."""
    return f"listings/boards/{ref}/"


def employer_url(employer: str) -> str:
    """Return where an employer's listings are; names that differ in case or accents alone are one employer's."""
    digest = sha256(employer.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"listings/employers/{slugs.slug(clean(employer)) or digest}/"


@dataclass(frozen=True, slots=True)
class Commentary:
    """A listing's file: its name, and its checked front matter."""

    name: str
    matter: ListingMatter


class ListingViewBuilder:
    """Makes the views of listings. `archive` has the boards' by id, `commentaries` are those that are shown."""

    def __init__(
        self,
        commentaries: Iterable[Commentary],
        archive: Mapping[str, ArchivedListing],
        yardsticks: Mapping[str, YardstickView],
        zone: ZoneInfo,
        assumed_hours: float = 0,
    ) -> None:
        self._commentaries, self._archive = tuple(commentaries), archive
        self._yardsticks, self._zone, self._assumed_hours = yardsticks, zone, assumed_hours
        self._commented = {one.matter.board: one for one in self._commentaries if one.matter.board}
        self._listed_again: dict[str, str] = {}
        for listing in archive.values():
            if listing.relisting_of in archive:
                self._listed_again[listing.relisting_of] = listing.id

    def commented(self) -> tuple[ListingView, ...]:
        """Return the listings that are commented on, the latest first, their bars on one scale."""
        return newest_first(pay_views.on_one_scale(map(self._commented_view, self._commentaries)))

    def uncommented(self) -> tuple[ListingView, ...]:
        """Return the boards' listings that nobody has commented on, the latest first, without bars."""
        return newest_first(self._board_view(one) for one in self._archive.values() if one.id not in self._commented)

    def named(self, name: str) -> ListingView | None:
        """Return the view of one listing, without bars, by the name of its file or by its id in the archive."""
        for one in self._commentaries:
            if name in (one.name, one.matter.board):
                return self._commented_view(one)
        listing = self._archive.get(name)
        return self._board_view(listing) if listing else None

    def snapshots(self, listing_id: str) -> tuple[SnapshotView, ...]:
        """Return all that the archive has of a listing's texts, oldest first, without bars."""
        listing = self._archive.get(listing_id)
        if listing is None:
            return ()
        shown: list[SnapshotView] = []
        before: str | None = None
        for snapshot in listing.snapshots:
            lines = clean(snapshot.text).split("\n")
            shown.append(
                SnapshotView(
                    anchor=anchor(snapshot.seen),
                    seen=snapshot.seen,
                    title=_line(snapshot.title),
                    location=_line(snapshot.location),
                    paragraphs=tuple(filter(str.strip, lines)),
                    pays=self._pays(snapshot.pay, listing),
                    repeats=before is not None and not word_diff.is_reworded(before, snapshot.text),
                )
            )
            before = snapshot.text
        return tuple(shown)

    def said(self, listing_id: str, at: datetime | None) -> SnapshotView | None:
        """Return the text that a listing had at a time; None where none is kept, or no time is known."""
        if at is None:
            return None
        for snapshot in reversed(self.snapshots(listing_id)):
            if snapshot.seen <= at:
                return snapshot
        return None

    def changes(self, listing_id: str, since: datetime | None = None) -> tuple[ChangeView, ...]:
        """Return a listing's rewordings, oldest first; with `since`, only that of the snapshot seen then."""
        listing = self._archive.get(listing_id)
        if listing is None:
            return ()
        shown: list[ChangeView] = []
        for before, after in pairwise(listing.snapshots):
            if since in (None, after.seen) and (fields := _differing(before, after)):
                compared = tuple(FieldChange(field, word_diff.compare(*texts)) for field, texts in fields.items())
                place, leads_from, leads_to = change_anchor(after.seen), anchor(before.seen), anchor(after.seen)
                shown.append(ChangeView(place, after.seen, leads_from, leads_to, compared))
        return tuple(shown)

    def quoted(self, listing_id: str, view: ListingView | None) -> QuotedListing:
        """Return a listing's texts to be quoted from; `view` is the listing as it is shown."""
        listing = self._archive.get(listing_id)
        if listing is None:
            return QuotedListing(())
        texts: list[KeptText] = []
        url = title = ""
        if view:
            url, title = view.url, f"{view.role}, {view.employer}"
        for snapshot in listing.snapshots:
            words = [snapshot.title, snapshot.location, *(pay.quote for pay in snapshot.field_pay), snapshot.text]
            place = QuotedPlace(f"{url}#{anchor(snapshot.seen)}", title, self._day(snapshot.seen))
            texts.append(KeptText("\n".join(words), place))
        return QuotedListing(texts)

    def _commented_view(self, commentary: Commentary) -> ListingView:
        """Return a listing as its file has it; what the file leaves out is as its board has it."""
        view = self._file_view(commentary)
        listing = self._archive.get(commentary.matter.board)
        if listing is None:
            return view
        kept = self._board_view(listing, self._yardsticks.get(commentary.matter.yardstick))
        return replace(
            view,
            location=view.location or kept.location,
            link=view.link or kept.link,
            pays=view.pays or kept.pays,
            posted=view.posted or kept.posted,
            closed=view.closed or kept.closed,
            # Of one day, what somebody wrote comes first.
            history=tuple(sorted([*view.history, *kept.history], key=lambda row: (row.day, row.event != "noted"))),
            ref=kept.ref,
            marks=kept.marks,
            rewordings=kept.rewordings,
            last_seen=kept.last_seen,
            company=kept.company,
        )

    def _file_view(self, commentary: Commentary) -> ListingView:
        matter, source = commentary.matter, commentary.matter.source or _NOBODY
        pays: tuple[PayView, ...] = ()
        if matter.pay:
            yardstick = self._yardsticks.get(matter.yardstick)
            pays = (pay_views.of_file(matter.pay, yardstick, self._assumed_hours),)
        noted = [HappeningView(row.date, "noted", text=row.text, link=row.url) for row in matter.history]
        return ListingView(
            id=commentary.name,
            url=f"listings/{commentary.name}/",
            employer=matter.employer,
            role=matter.role,
            location=matter.location,
            link=matter.url,
            pays=pays,
            source_title=source.title,
            source_link=source.url,
            posted=matter.posted,
            seen=matter.seen,
            closed=matter.closed,
            history=tuple(sorted(noted, key=lambda row: row.day)),
            summary=matter.summary,
            lang=matter.lang,
            day=matter.day,
            standing=Standing("draft") if matter.status == "draft" else None,
            employer_url=employer_url(matter.employer),
        )

    def _board_view(self, listing: ArchivedListing, yardstick: YardstickView | None = None) -> ListingView:
        """Return a listing as its board has it, its pay held against a yardstick, or against those that fit it."""
        ref, first = board_ref(listing.id), self._day(listing.first_seen)
        closed = self._day(listing.closed) if listing.closed else None
        changed: dict[datetime, tuple[Field, ...]] = {}
        ever_changed: set[Field] = set()
        rewordings = 0
        for before, after in pairwise(listing.snapshots):
            fields = _changed(before, after)
            changed[after.seen] = fields  # the happening "changed" has the time of the snapshot that it brought
            ever_changed.update(fields)
            rewordings += "title" in fields or "text" in fields
        return ListingView(
            id=ref,
            url=board_url(ref),
            employer=_line(listing.employer),
            role=_line(listing.now.title) or listing.id,
            location=_line(listing.now.location),
            link=listing.url if is_web(listing.url) else "",
            pays=self._pays(listing.now.pay, listing, yardstick),
            posted=listing.posted,
            seen=first,
            closed=closed,
            history=tuple(self._history(listing, changed)),
            day=first,
            is_commented=False,
            ref=ref,
            marks=self._marks(listing, ever_changed),
            rewordings=rewordings,
            employer_url=employer_url(listing.employer),
            last_seen=self._day(listing.last_seen),
            company=_company(listing),
        )

    def _pays(
        self, ranges: Sequence[PayRange], listing: ArchivedListing, yardstick: YardstickView | None = None
    ) -> tuple[PayView, ...]:
        if yardstick:
            return pay_views.of_board(ranges, [yardstick], _ANY_YEAR, self._assumed_hours)
        year = self._day(listing.first_seen).year
        return pay_views.of_board(ranges, self._yardsticks.values(), year, self._assumed_hours)

    def _history(self, listing: ArchivedListing, changed: Mapping[datetime, tuple[Field, ...]]) -> list[HappeningView]:
        """Return what the archive tells of a listing, oldest first, but for changes of which no word can be shown.

        `changed` has what differed from the snapshot before, by the time of the read.
        """
        shown = []
        for happening in listing.happenings:
            fields: tuple[Field, ...] = ()
            if happening.event == "changed":
                fields = changed.get(happening.at, ())
                if not fields:
                    continue
            shown.append(self._happening(listing, happening, fields))
        if again := self._listed_again.get(listing.id):
            at = self._archive[again].first_seen
            url, title = self._named(again)
            shown.append(HappeningView(self._day(at), "relisted-as", at, of_url=url, of_title=title))
            shown.sort(key=lambda row: row.at or at)
        return shown

    def _happening(self, listing: ArchivedListing, happening: Happening, fields: tuple[Field, ...]) -> HappeningView:
        url = title = ""
        if happening.of in self._archive:
            url, title = self._named(happening.of)
        anchors = {"changed": change_anchor(happening.at), "opened": anchor(listing.snapshots[0].seen)}
        return HappeningView(
            day=self._day(happening.at),
            event=happening.event,
            at=happening.at,
            fields=fields,
            anchor=anchors.get(happening.event, ""),
            of_url=url,
            of_title=title,
        )

    def _named(self, listing_id: str) -> tuple[str, str]:
        """Return the address of another listing's page, and its title."""
        if one := self._commented.get(listing_id):
            return f"listings/{one.name}/", one.matter.role
        return board_url(board_ref(listing_id)), _line(self._archive[listing_id].now.title) or listing_id

    def _marks(self, listing: ArchivedListing, changed: Collection[Field]) -> tuple[Mark, ...]:
        """Return what marks a listing in tables; `changed` are the parts that ever changed."""
        events = {happening.event for happening in listing.happenings}
        marks: list[Mark] = []
        if "title" in changed or "text" in changed:
            marks.append("reworded")
        if "pay" in changed:
            marks.append("pay-changed")
        if "reopened" in events:
            marks.append("reopened")
        if "relisted" in events or listing.id in self._listed_again:
            marks.append("relisted")
        return tuple(marks)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()


def newest_first(listings: Iterable[ListingView]) -> tuple[ListingView, ...]:
    """Return listings by the day they count from, the latest first."""
    return tuple(sorted(listings, key=lambda view: (-view.day.toordinal(), view.id)))


def anchor(seen: datetime) -> str:
    """Return the id of the element with an advertisement's text as it was from `seen` (UTC) on."""
    return f"text-{seen:%Y%m%dT%H%M%SZ}"


def change_anchor(at: datetime) -> str:
    """Return the id of the element that shows what changed at a read (UTC)."""
    return f"change-{at:%Y%m%dT%H%M%SZ}"


def _changed(before: Snapshot, after: Snapshot) -> tuple[Field, ...]:
    """Return the parts that differ in a way that can be shown, pay also where the text alone states it."""
    fields = set(_differing(before, after))
    if fields and _sums(before) != _sums(after):
        fields.add("pay")
    return tuple(sorted(fields, key=_FIELDS.index))


def _sums(snapshot: Snapshot) -> set[tuple[float | None, float | None, str, str]]:
    return {(pay.low, pay.high, pay.currency, pay.period) for pay in snapshot.pay}


def _differing(before: Snapshot, after: Snapshot) -> dict[Field, tuple[str, str]]:
    """Return the parts of two snapshots that differ in more than white space, each as both texts, in a page's order.

    Pay that the text states is in the text, so pay counts for itself where a board's fields give it.
    """
    texts: dict[Field, tuple[str, str]] = {
        "title": (clean(before.title), clean(after.title)),
        "location": (clean(before.location), clean(after.location)),
        "pay": (_pay_of_fields(before), _pay_of_fields(after)),
        "text": (clean(before.text), clean(after.text)),
    }
    return {field: pair for field, pair in texts.items() if word_diff.is_reworded(*pair)}


def _pay_of_fields(snapshot: Snapshot) -> str:
    return "\n".join(clean(pay.quote) for pay in snapshot.field_pay)


def _line(text: str) -> str:
    return cut(fold(clean(text)), _LONGEST)


def _company(listing: ArchivedListing) -> str:
    """Return the name a board gives to whoever is hiring, where it is another than ours."""
    company = _line(listing.company)
    return company if company.casefold() != listing.employer.casefold() else ""
