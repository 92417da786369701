"""Listings as a section: load files and archive, make views, publish tables, a page each, feeds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from plugins.core.config import toml_tables
from plugins.core.config.fields import is_id
from plugins.core.errors import Problem, SiteError
from plugins.core.syndication.write import feed_model
from plugins.core.text.urls import links_in
from plugins.listings.archive import listings_folder
from plugins.listings.config.boards_file import read_boards
from plugins.listings.config.paths import ListingPlaces
from plugins.listings.load import ListingFile, is_draft, problems, read_listings
from plugins.listings.model import ListingMatter, Yardstick
from plugins.listings.posting import ArchivedListing
from plugins.listings.publish import data, feeds, numbers, pages, pay_views, summaries, tables
from plugins.listings.publish.build_views import Commentary, ListingViewBuilder, board_ref, board_url
from plugins.listings.publish.feeds import FeedMaker
from plugins.listings.publish.quoted import QuotedListing
from plugins.listings.publish.views import ListingView, YardstickView
from plugins.listings.settings import ListingsSettings
from plugins.sections.model import (
    CrossReference,
    Document,
    Edition,
    ExternalLink,
    FileLink,
    NavItem,
    Newsroom,
    PlacedText,
    Printer,
    links_to_files,
)
from plugins.sections.printed import LazyContext, Printed

READS = ("listings/*.md", "listings/boards.toml", "yardsticks.toml")
_BOARD = "board listing"
"""What a board's listing is called where a file names one that there is not."""


@dataclass(frozen=True)
class _Shown:
    """All that is shown of listings; views are made when they are first asked for: a check asks for few."""

    builder: ListingViewBuilder
    ids: Mapping[str, str]
    """The archive's ids, by `board_ref`."""
    archive: Mapping[str, ArchivedListing]

    @cached_property
    def commented(self) -> tuple[ListingView, ...]:
        return self.builder.commented()

    @cached_property
    def uncommented(self) -> tuple[ListingView, ...]:
        return self.builder.uncommented()

    @cached_property
    def by_id(self) -> dict[str, ListingView]:
        """Return every listing by its id, and those of boards by their `board_ref` too, with bars for their cards."""
        found: dict[str, ListingView] = {}
        for view in self.uncommented:
            (found[view.id],) = pay_views.on_one_scale([view])  # a card stands alone, and so does its scale
        for view in self.commented:
            found[view.id] = view
            if view.ref:
                found[view.ref] = view
        return found

    @property
    def public(self) -> tuple[ListingView, ...]:
        """Return all but drafts, which only a preview shows; those that are commented on come first."""
        return tuple(view for view in (*self.commented, *self.uncommented) if not view.standing)


def edition(newsroom: Newsroom) -> Edition:
    """Return the listings' edition; without listings there are no pages and no feed."""
    written = read_listings(newsroom.content / "listings")
    sticks = toml_tables.read(newsroom.content / "yardsticks.toml", {"yardstick": Yardstick})
    yardsticks = {one.id: pay_views.yardstick_view(one) for one in sticks.rows["yardstick"]}
    archive, damaged = _read_archive(newsroom)
    refs = {board_ref(listing_id): listing_id for listing_id in archive}

    drafts: set[Path] = set()
    read: dict[str, ListingFile] = {}
    commentaries: list[Commentary] = []
    documents: dict[str, Document] = {}
    references: list[CrossReference] = []
    file_links: list[FileLink] = []
    links: list[ExternalLink] = []
    for file in written:
        references += _references(file)
        file_links += links_to_files(file, newsroom)
        if is_draft(file) and not newsroom.shows_drafts:
            drafts.add(file.path)
            continue
        name = file.path.stem
        read[name] = file
        if file.matter:
            commentaries.append(Commentary(name, file.matter))
            documents[name] = Document(file.path, file.front.body, f"listings/{name}/", file.matter.role)
            links += _links(file, file.matter, newsroom)
    hours = newsroom.settings.of(ListingsSettings).hours_a_week
    shown = _Shown(ListingViewBuilder(commentaries, archive, yardsticks, newsroom.zone, hours), refs, archive)
    made = Edition(
        name="listings",
        reads=READS,
        problems=(*_problems(written, newsroom), *sticks.problems, *damaged),
        context=LazyContext(lambda: _context(shown, yardsticks)),
        defines={
            "listing": frozenset(read) | refs.keys(),
            "yardstick": sticks.ids["yardstick"],
            _BOARD: frozenset(archive),
        },
        incomplete_kinds=frozenset((_BOARD, "listing") if damaged else ()),
        references=tuple(references),
        quotable={"listing": cache(lambda name: _quotable(name, read, shown))},
        file_links=tuple(file_links),
        texts=tuple(map(_placed, written)),
        unpublished=frozenset(drafts),
        defined_later={"listing": frozenset(path.stem for path in drafts)},
        links=tuple(links),
        documents=tuple(documents.values()),
        news=lambda period: summaries.news(shown.public, period),
        findables=lambda: summaries.findables(shown.uncommented, archive, refs),
    )
    if not (commentaries or archive):
        return made
    return replace(
        made,
        navigation=(NavItem("listings", "listings/", 30),),
        feeds=(feed_model.link(feeds.COMMENTARY), feed_model.link(feeds.HAPPENINGS)),
        publish=lambda printer: _publish(shown, documents, newsroom, printer),
    )


def _problems(written: list[ListingFile], newsroom: Newsroom) -> list[Problem]:
    """Return what is wrong with the files of listings, and with the list of boards."""
    return [*problems(written), *_named_twice(written), *read_boards(newsroom.content).problems]


def _placed(file: ListingFile) -> PlacedText:
    return PlacedText(file.where, 0, file.path, f"listings/{file.path.stem}/index.html")


def _read_archive(newsroom: Newsroom) -> tuple[Mapping[str, ArchivedListing], tuple[Problem, ...]]:
    """Return the boards' listings by id; none and what is wrong, where the archive is damaged."""
    try:
        return listings_folder.read(ListingPlaces(newsroom.content).archive).listings, ()
    except SiteError as error:
        return {}, error.problems


def _context(shown: _Shown, yardsticks: Mapping[str, YardstickView]) -> Mapping[str, object]:
    return {
        "listings": shown.commented,
        "listings_by_id": shown.by_id,
        "yardsticks": tuple(yardsticks.values()),
        "listing_numbers": numbers.URL if shown.archive else "",
    }


def _publish(
    shown: _Shown, documents: Mapping[str, Document], newsroom: Newsroom, printer: Printer
) -> Iterator[Printed]:
    size = newsroom.settings.of(ListingsSettings).table
    listings = (*shown.commented, *shown.uncommented)
    everything = tables.everything(listings, size)
    employers, states = tables.by_employer(listings, size), tables.by_state(listings, size)
    yield pages.front(everything, employers, states)
    yield from pages.of_group(everything)
    for group in (*employers, *states):
        yield pages.front_of_group(group)
        yield from pages.of_group(group)
    for view in listings:
        name = shown.ids.get(view.ref, "")
        body = ""
        if view.is_commented:
            body = printer.html(documents[view.id])
        yield pages.of_listing(view, shown.builder.snapshots(name), shown.builder.changes(name), body)
        if view.is_commented and view.ref:
            yield pages.former_address(view, board_url(view.ref), newsroom.siteurl, newsroom.language)
    yield pages.embed(shown.public)
    yield from data.files(shown.public, newsroom.siteurl)
    yield from numbers.pages(tuple(shown.archive.values()), shown.public, newsroom.zone)
    maker = FeedMaker(newsroom.siteurl, newsroom.zone, newsroom.site.feed_max_items, printer)
    yield maker.commentary(shown.commented, documents)
    yield maker.happenings(listings, shown.builder, shown.ids)


def _references(listing: ListingFile) -> Iterator[CrossReference]:
    front = listing.front
    name = front.data.get("yardstick")
    if isinstance(name, str) and is_id(name.strip()):
        yield CrossReference(listing.where, front.line_of(["yardstick"]), "yardstick", name.strip())
    if listing.matter and listing.matter.board:
        yield CrossReference(listing.where, front.line_of(["board"]), _BOARD, listing.matter.board)


def _named_twice(written: Iterable[ListingFile]) -> Iterator[Problem]:
    first: dict[str, ListingFile] = {}
    for one in written:
        if not (one.matter and one.matter.board):
            continue
        board = one.matter.board
        if first.setdefault(board, one) is not one:
            what = f"board: {board} has its commentary in {first[board].where}"
            yield Problem(one.where, one.front.line_of(["board"]), what, "write one text about it, or name another")


def _quotable(name: str, read: Mapping[str, ListingFile], shown: _Shown) -> QuotedListing | None:
    """Return a listing to be quoted from; None where its file has problems that are told anyway, or nobody has it."""
    if name in read:
        matter = read[name].matter
        if matter is None or (matter.board and matter.board not in shown.archive):
            return None
        return shown.builder.quoted(matter.board, shown.builder.named(name))
    listing_id = shown.ids.get(name)
    if listing_id is None:
        return None
    return shown.builder.quoted(listing_id, shown.builder.named(listing_id))


def _links(listing: ListingFile, matter: ListingMatter, newsroom: Newsroom) -> list[ExternalLink]:
    front = listing.front
    found = [(front.line_of(["url"]), matter.url)]
    found += links_in(front.body, front.body_line, newsroom.markup(front.body).code)
    if matter.source:
        found.append((front.line_of(["source", "url"]), matter.source.url))
    for number, one in enumerate(matter.history):
        found.append((front.line_of(["history", number, "url"]), one.url))
    return [ExternalLink(listing.where, line, url) for line, url in found if url]
