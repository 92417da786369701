"""Listings as a section: their table, a page each, their feed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from markupsafe import escape

from plugins.core.config import toml_tables
from plugins.core.config.fields import is_id
from plugins.core.syndication.write import feed_model
from plugins.core.syndication.write.entry_html import portable
from plugins.core.text.urls import links_in
from plugins.listings import news, pages
from plugins.listings.load import ListingFile, is_draft, problems, read_listings
from plugins.listings.model import ListingMatter, ListingView, Yardstick
from plugins.sections.model import (
    CrossReference,
    Document,
    Edition,
    ExternalLink,
    NavItem,
    Newsroom,
    PlacedText,
    Printer,
    links_to_files,
)
from plugins.sections.printed import Page, Printed


def edition(newsroom: Newsroom) -> Edition:
    """Return the listings' edition; without listings there are no pages and no feed."""
    written = read_listings(newsroom.content / "listings")
    drafts = frozenset(one.path for one in written if is_draft(one) and not newsroom.shows_drafts)
    read = {one.path.stem: one for one in written if one.path not in drafts}
    whole = [(name, one.matter) for name, one in read.items() if one.matter]
    sticks = toml_tables.read(newsroom.content / "yardsticks.toml", {"yardstick": Yardstick})
    yardsticks = {one.id: pages.yardstick_view(one) for one in sticks.rows["yardstick"]}
    shown = pages.views(whole, yardsticks)
    documents = {name: _document(name, read[name], matter) for name, matter in whole}

    def publish(printer: Printer) -> Iterator[Printed]:
        if not shown:
            return
        key = {"section_key": "listings"}
        yield Page("listings/index.html", "listings", key)
        for view in shown:
            whole = replace(view, body=printer.html(documents[view.id]))
            last = max([view.day, *(day for day, _, _ in view.history)])
            yield Page(f"{view.url}index.html", "listing", {"listing": whole, **key}, modified=last)
        yield _feed(newsroom, shown, documents, printer)

    return Edition(
        name="listings",
        reads=("listings/*.md", "yardsticks.toml"),
        problems=(*problems(written), *sticks.problems),
        navigation=(NavItem("listings", "listings/", 30),) if shown else (),
        feeds=(feed_model.link("listings"),) if shown else (),
        context={
            "listings": shown,
            "listings_by_id": {view.id: view for view in shown},
            "yardsticks": tuple(yardsticks.values()),
        },
        defines={"listing": frozenset(read), "yardstick": sticks.ids["yardstick"]},
        references=tuple(reference for one in written for reference in _references(one)),
        file_links=tuple(link for one in written for link in links_to_files(one, newsroom)),
        texts=tuple(PlacedText(one.where, 0, one.path, f"listings/{one.path.stem}/index.html") for one in written),
        unpublished=drafts,
        defined_later={"listing": frozenset(path.stem for path in drafts)},
        links=tuple(link for name, matter in whole for link in _links(read[name], matter, newsroom)),
        documents=tuple(documents.values()),
        publish=publish,
        news=lambda period: news.news([view for view in shown if not view.standing], period),
    )


def _references(listing: ListingFile) -> Iterator[CrossReference]:
    name = listing.front.data.get("yardstick")
    if isinstance(name, str) and is_id(name.strip()):
        yield CrossReference(listing.where, listing.front.line_of(["yardstick"]), "yardstick", name.strip())


def _links(listing: ListingFile, matter: ListingMatter, newsroom: Newsroom) -> list[ExternalLink]:
    front = listing.front
    found = [(front.line_of(["url"]), matter.url)]
    found += links_in(front.body, front.body_line, newsroom.markup(front.body).code)
    if matter.source:
        found.append((front.line_of(["source", "url"]), matter.source.url))
    found += [(front.line_of(["history", number, "url"]), one.url) for number, one in enumerate(matter.history)]
    return [ExternalLink(listing.where, line, url) for line, url in found if url]


def _document(name: str, listing: ListingFile, matter: ListingMatter) -> Document:
    return Document(listing.path, listing.front.body, f"listings/{name}/", matter.role)


def _feed(
    newsroom: Newsroom, shown: tuple[ListingView, ...], documents: dict[str, Document], printer: Printer
) -> feed_model.Feed:
    public = [view for view in shown if not view.standing][: newsroom.site.feed_max_items]
    return feed_model.Feed(
        "listings", "listings/", tuple(_entry(view, documents[view.id], newsroom, printer) for view in public)
    )


def _entry(view: ListingView, document: Document, newsroom: Newsroom, printer: Printer) -> feed_model.Entry:
    link = f"{newsroom.siteurl}/{view.url}"
    pay = printer.say("pay", quote=view.pay.quote) if view.pay else ""
    last = max([view.day, *(day for day, _, _ in view.history)])
    return feed_model.Entry(
        id=link,
        link=link,
        title=f"{view.role}, {view.employer}",
        html=portable("\n".join(filter(None, [pay, printer.html(document, absolute=True)])), link),
        published=_midnight(view.day, newsroom.zone),
        updated=_midnight(last, newsroom.zone),
        summary=str(escape(view.summary)),
        language=view.lang,
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
