"""Connect to Pelican: resolve texts' references, fill cards, write redirects from old addresses.

Only the site's own texts pass through here: what Pelican reads, and the sections' documents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pelican import signals
from pelican.contents import Content
from pelican.generators import Generator

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.text import aliases, file_links
from plugins.core.text.localised import Wording
from plugins.core.text.plain_text import plain
from plugins.incremental.reading import follows_from_more
from plugins.sections import build_state, redirect_page
from plugins.sections.signals import Built, built, get_section
from plugins.writing import cards, listing_quotations, references
from plugins.writing.listing_quotations import QuotationLink
from plugins.writing.section import edition


@dataclass(frozen=True, slots=True)
class OldAddress:
    """An address that a text, the file `source`, had before; `url` and `title` are the text's own now."""

    address: str
    url: str
    title: str
    source: Path


class OldAddresses(list[OldAddress]):
    """The old addresses of a build's published texts."""


class KnownThings(dict[str, Any]):
    """What the sections of a build tell every template, and where each is: references are looked up in it."""


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    signals.content_object_init.connect(resolve)
    signals.generator_init.connect(install_filter)
    signals.all_generators_finalized.connect(note_old_addresses)
    built.connect(write_redirects)


def resolve(content: Content) -> None:
    """Hand a text's references on to Pelican, and let each card's link say what it leads to.

    Raises SiteError for what nobody has; the check before the build tells of it with its line.
    """
    html = content._content
    if not html or build_state.KEY not in content.settings:
        return
    known = _known(content.settings)
    named = references.in_html(html)
    if named:
        follows_from_more()  # what the sections tell
    for kind, name in named:
        place = references.place(kind, name, known)
        if place is None:
            what = f"there is no {kind} {name!r}"
            raise SiteError([Problem(str(content.source_path), 0, what, f"use the id of a {kind} that exists")])
        content._context["generated_content"][references.key(kind, name)] = place
    html = cards.labelled(html, partial(_label, known))
    html = listing_quotations.linked(html, partial(_quoted_from, content.settings, known))
    html = references.handed_on(html)
    content._content = file_links.handed_on(html, content.get_relative_source_path())


def install_filter(generator: Generator) -> None:
    """Give templates the filter `cards`, for the HTML of the site's own texts."""
    generator.env.filters["cards"] = pass_context(_cards)


def note_old_addresses(generators: Sequence[Generator]) -> None:
    """Note where every published text was before."""
    context = generators[0].context
    noted = build_state.build_state(context).notes(OldAddresses)
    for content in (*context["articles"], *context["pages"]):
        for text in (content, *content.translations):
            for old in text.metadata.get("aliases", ()):
                noted.append(OldAddress(old, text.url, plain(text.title), Path(text.source_path)))


def write_redirects(build: Built) -> None:
    """Write a page for each old address. Raises SiteError rather than overwrite a page that there is."""
    newsroom = build.newsroom
    for old in build.state.notes(OldAddresses):
        name = aliases.file_of(old.address)
        if aliases.fault(old.address) or build.files.find(name):
            where = files.display_path(newsroom.content / old.source)
            what = f"the alias is a page of the site (got {old.address})"
            raise SiteError([Problem(where, 0, what, "remove it from aliases")])
        page = redirect_page.redirect_page(old.url, old.title, newsroom.siteurl, newsroom.language)
        files.replace(build.folder / name, page.encode(), durable=False)


def _known(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the sections tell every template, and where each is; they were gathered before a text was read."""
    state = build_state.build_state(settings)
    known = state.notes(KnownThings)
    if not known:
        for edition in state.gathered.editions:
            known.update(edition.context)
        known["sections_by_key"] = {item.key: item for item in state.gathered.navigation}
    return known


def _label(known: Mapping[str, Any], kind: str, name: str) -> str:
    return references.label(kind, name, known)


def _quoted_from(settings: Mapping[str, Any], known: Mapping[str, Any], name: str, words: str) -> QuotationLink:
    """Return the link to the listing's text that has the words."""
    state = build_state.build_state(settings)
    place = None
    for section in state.gathered.editions:
        find_listing = section.quotable.get("listing")
        listing = find_listing and find_listing(name)
        if listing:
            place = listing.find(words)
            break
    if place is None:
        return QuotationLink("", references.label("listing", name, known), "")
    _, sign, anchor = place.url.partition("#")
    day = Wording(state.newsroom.language, state.newsroom.zone).day(place.day)
    return QuotationLink(f"{sign}{anchor}", place.title, day)


def _cards(context: Context, html: object) -> Markup:
    """Return a text's HTML with its cards, each printed by its own template with the page's values."""

    def card(kind: str, name: str) -> str:
        template = context.environment.get_template(f"cards/{kind}.html")
        shown = references.find(kind, name, context)
        return template.render({**context.get_all(), "shown": shown})

    return Markup(cards.filled(str(html), card))  # noqa: S704 - the writer's own words, and templates' output
