"""Listings' files and the archive → what templates print (`views`). The site's zone is an argument. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from plugins.core.text import slugs
from plugins.core.text.characters import clean, cut, fold
from plugins.core.text.urls import is_web
from plugins.listings.model import ListingMatter
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
    State,
    YardstickView,
)
from plugins.sections.model import QuotedPlace
from plugins.sections.printed import Standing

_LONGEST = 200
"""Characters of a title, a place or a name that a board gives."""
_PLAIN_NUMBER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NUMBER = 60


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
        self._listed_again = {
            listing.relisting_of: listing.id for listing in archive.values() if listing.relisting_of in archive
        }

    def commented(self) -> tuple[ListingView, ...]:
        """Return the listings that are commented on, the latest first, their bars on one scale."""
        shown = [self._commented_view(one) for one in self._commentaries]
        return newest_first(pay_views.on_one_scale(shown))

    def uncommented(self) -> tuple[ListingView, ...]:
        """Return the boards' listings that nobody has commented on, the latest first, without bars."""
        return newest_first(self._board_view(one) for one in self._archive.values() if one.id not in self._commented)

    def named(self, name: str) -> ListingView | None:
        """Return the view of one listing, without bars, by the name of its file or by its id in the archive."""
        for one in self._commentaries:
            if name in (one.name, one.matter.board):
                return self._commented_view(one)
        return self._board_view(self._archive[name]) if name in self._archive else None

    def snapshots(self, listing_id: str) -> tuple[SnapshotView, ...]:
        """Return all that the archive has of a listing's texts, oldest first, without bars."""
        listing = self._archive.get(listing_id)
        if listing is None:
            return ()
        shown: list[SnapshotView] = []
        before = ""
        for snapshot in listing.snapshots:
            lines = tuple(line for line in clean(snapshot.text).split("\n") if line.strip())
            shown.append(
                SnapshotView(
                    anchor=anchor(snapshot.seen),
                    seen=snapshot.seen,
                    title=_line(snapshot.title),
                    location=_line(snapshot.location),
                    paragraphs=lines,
                    pays=self._pays(snapshot.pay, listing),
                    repeats=bool(shown) and not word_diff.is_reworded(before, snapshot.text),
                )
            )
            before = snapshot.text
        return tuple(shown)

    def said(self, listing_id: str, at: datetime | None) -> SnapshotView | None:
        """Return the text that a listing had at a time; None where none is kept, or no time is known."""
        if at is None:
            return None
        return next((one for one in reversed(self.snapshots(listing_id)) if one.seen <= at), None)

    def changes(self, listing_id: str, since: datetime | None = None) -> tuple[ChangeView, ...]:
        """Return a listing's rewordings, oldest first; with `since`, only that of the snapshot seen then."""
        listing = self._archive.get(listing_id)
        if listing is None:
            return ()
        pairs = zip(listing.snapshots, listing.snapshots[1:], strict=False)
        shown = (_change(before, after) for before, after in pairs if since in (None, after.seen))
        return tuple(one for one in shown if one.fields)

    def quoted(self, listing_id: str, view: ListingView | None) -> QuotedListing:
        """Return a listing's texts to be quoted from; `view` is the listing as it is shown."""
        listing = self._archive.get(listing_id)
        url, title = (view.url, f"{view.role}, {view.employer}") if view else ("", "")
        return QuotedListing(
            KeptText(
                "\n".join([one.title, one.location, *(pay.quote for pay in one.pay if pay.of_fields), one.text]),
                QuotedPlace(f"{url}#{anchor(one.seen)}", title, self._day(one.seen)),
            )
            for one in (listing.snapshots if listing else ())
        )

    def _commented_view(self, one: Commentary) -> ListingView:
        matter, listing = one.matter, self._archive.get(one.matter.board)
        yardstick = self._yardsticks.get(matter.yardstick)
        pays: tuple[PayView, ...] = (
            (pay_views.of_file(matter.pay, yardstick, self._assumed_hours),) if matter.pay else ()
        )
        if not pays and listing:
            pays = self._pays(listing.now.pay, listing, yardstick)
        noted = [HappeningView(row.date, "noted", text=row.text, link=row.url) for row in matter.history]
        told = self._history(listing) if listing else []
        closed = matter.closed or (self._day(listing.closed) if listing and listing.closed else None)
        return ListingView(
            id=one.name,
            url=f"listings/{one.name}/",
            employer=matter.employer,
            role=matter.role,
            location=matter.location or (_line(listing.now.location) if listing else ""),
            link=matter.url or (_address(listing) if listing else ""),
            pays=pays,
            source_title=matter.source.title if matter.source else "",
            source_link=matter.source.url if matter.source else "",
            posted=matter.posted or (listing.posted if listing else None),
            seen=matter.seen,
            closed=closed,
            history=tuple(sorted([*noted, *told], key=lambda row: (row.day, row.event != "noted"))),
            summary=matter.summary,
            lang=matter.lang,
            day=matter.day,
            standing=Standing("draft") if matter.status == "draft" else None,
            ref=board_ref(listing.id) if listing else "",
            state=_state(closed, is_watched=listing is not None),
            marks=self._marks(listing) if listing else (),
            rewordings=len(_rewordings(listing)) if listing else 0,
            employer_url=employer_url(matter.employer),
            last_seen=self._day(listing.last_seen) if listing else None,
            company=_company(listing) if listing else "",
        )

    def _board_view(self, listing: ArchivedListing) -> ListingView:
        ref, first = board_ref(listing.id), self._day(listing.first_seen)
        closed = self._day(listing.closed) if listing.closed else None
        return ListingView(
            id=ref,
            url=board_url(ref),
            employer=_line(listing.employer),
            role=_line(listing.now.title) or listing.id,
            location=_line(listing.now.location),
            link=_address(listing),
            pays=self._pays(listing.now.pay, listing),
            source_title="",
            source_link="",
            posted=listing.posted,
            seen=first,
            closed=closed,
            history=tuple(self._history(listing)),
            summary="",
            lang="",
            day=first,
            is_commented=False,
            ref=ref,
            state=_state(closed, is_watched=True),
            marks=self._marks(listing),
            rewordings=len(_rewordings(listing)),
            employer_url=employer_url(listing.employer),
            last_seen=self._day(listing.last_seen),
            company=_company(listing),
        )

    def _pays(
        self, ranges: Sequence[PayRange], listing: ArchivedListing, yardstick: YardstickView | None = None
    ) -> tuple[PayView, ...]:
        held = [yardstick] if yardstick else self._yardsticks.values()
        year = 9999 if yardstick else self._day(listing.first_seen).year
        return pay_views.of_board(ranges, held, year, self._assumed_hours)

    def _history(self, listing: ArchivedListing) -> list[HappeningView]:
        """Return what the archive tells of a listing, oldest first, but for changes of which no word can be shown."""
        changed = {after.seen: _changed(before, after) for before, after in _pairs(listing)}
        shown = []
        for happening in listing.happenings:
            fields = changed.get(happening.at, ()) if happening.event == "changed" else ()
            if happening.event == "changed" and not fields:
                continue
            shown.append(self._happening(listing, happening, fields))
        if again := self._listed_again.get(listing.id):
            at = self._archive[again].first_seen
            url, title = self._named(again)
            shown.append(HappeningView(self._day(at), "relisted-as", at, of_url=url, of_title=title))
            shown.sort(key=lambda row: row.at or at)
        return shown

    def _happening(self, listing: ArchivedListing, happening: Happening, fields: tuple[Field, ...]) -> HappeningView:
        url, title = self._named(happening.of) if happening.of in self._archive else ("", "")
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

    def _marks(self, listing: ArchivedListing) -> tuple[Mark, ...]:
        events = {happening.event for happening in listing.happenings}
        changed = {field for before, after in _pairs(listing) for field in _changed(before, after)}
        told: dict[Mark, bool] = {
            "reworded": bool(changed & {"title", "text"}),
            "pay-changed": "pay" in changed,
            "reopened": "reopened" in events,
            "relisted": "relisted" in events or listing.id in self._listed_again,
        }
        return tuple(mark for mark, is_so in told.items() if is_so)

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


def _pairs(listing: ArchivedListing) -> list[tuple[Snapshot, Snapshot]]:
    return list(zip(listing.snapshots, listing.snapshots[1:], strict=False))


def _rewordings(listing: ArchivedListing) -> list[Snapshot]:
    return [after for before, after in _pairs(listing) if {"title", "text"} & set(_changed(before, after))]


def _changed(before: Snapshot, after: Snapshot) -> tuple[Field, ...]:
    """Return the parts that differ in a way that can be shown, pay also where the text alone states it."""
    texts = _texts(before, after)
    differ = {field for field, (old, new) in texts.items() if word_diff.is_reworded(old, new)}
    if differ and _sums(before) != _sums(after):
        differ.add("pay")
    return tuple(field for field in texts if field in differ)


def _change(before: Snapshot, after: Snapshot) -> ChangeView:
    texts = _texts(before, after)
    reworded = [field for field, (old, new) in texts.items() if word_diff.is_reworded(old, new)]
    fields = tuple(FieldChange(field, word_diff.compare(*texts[field])) for field in reworded)
    return ChangeView(change_anchor(after.seen), after.seen, anchor(before.seen), anchor(after.seen), fields)


def _sums(snapshot: Snapshot) -> set[tuple[float | None, float | None, str, str]]:
    return {(pay.low, pay.high, pay.currency, pay.period) for pay in snapshot.pay}


def _texts(before: Snapshot, after: Snapshot) -> dict[Field, tuple[str, str]]:
    """Return each part of two snapshots as texts that can be compared.

    Pay that the text states is in the text, so pay counts for itself where a board's fields give it.
    """
    pays = ["\n".join(clean(pay.quote) for pay in one.pay if pay.of_fields) for one in (before, after)]
    return {
        "title": (clean(before.title), clean(after.title)),
        "location": (clean(before.location), clean(after.location)),
        "pay": (pays[0], pays[1]),
        "text": (clean(before.text), clean(after.text)),
    }


def _state(closed: date | None, *, is_watched: bool) -> State:
    if closed:
        return "closed"
    return "open" if is_watched else ""


def _line(text: str) -> str:
    return cut(fold(clean(text)), _LONGEST)


def _address(listing: ArchivedListing) -> str:
    return listing.url if is_web(listing.url) else ""


def _company(listing: ArchivedListing) -> str:
    """Return the name a board gives to whoever is hiring, where it is another than ours."""
    company = _line(listing.company)
    return company if company.casefold() != listing.employer.casefold() else ""
