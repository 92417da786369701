"""Connect the sections to Pelican: check all settings and content before a page is made, then print every section.

A section does not import this module. It answers the signal `get_section`, and its `publish` is called with a Printer.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Article
from pelican.contents import Page as PelicanPage
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.core import files
from plugins.core.config import settings_file
from plugins.core.syndication.write import feed_model
from plugins.core.syndication.write.render import render
from plugins.core.text.localised import Wording
from plugins.core.text_files import TextFiles
from plugins.incremental import known_files, known_pages, reading, units
from plugins.sections import confinement, declared, settings, templates
from plugins.sections.build_state import KEY, BuildState, build_state
from plugins.sections.gather import gather
from plugins.sections.markdown import AheadRenderer, as_content, html_maker
from plugins.sections.model import Document
from plugins.sections.newsroom import newsroom
from plugins.sections.printed import File, LaterFeed, LaterFile, Page, Printed, Unit, one_by_one
from plugins.sections.settings import SiteSettings

_SAME_EVERYWHERE = (
    "DEFAULT_LANG", "PUBLISHING", "SITENAME", "SITEURL", "TAGLINE", "THEME_STATIC_DIR", "TIMEZONE",
)  # fmt: skip
"""Settings that parts of the theme print."""

_FEED = "parts/feed"
"""The template with the words of feeds."""

_ON_EVERY_PAGE = ("contact",)
"""What sections tell templates and parts of the theme print on every page, or on each post's."""


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    signals.initialized.connect(open_when_run)
    signals.get_generators.connect(_generator)
    confinement.report_what_cannot_be_copied()
    signals.get_writer.connect(confinement.writer)
    signals.static_generator_finalized.connect(confinement.check_copies)
    signals.generator_init.connect(install_wording)
    signals.all_generators_finalized.connect(settle_addresses)
    declared.register()


def open_when_run(pelican: Pelican) -> None:
    """Have the newsroom opened when Pelican is run, and not where the plugin `incremental` finds nothing to build."""
    site = settings.check(pelican.settings).of(SiteSettings)
    pelican.settings.setdefault("INCREMENTAL_PATH", str(site.cache))
    pelican.run = partial(_opened_and_run, pelican, pelican.run)


def _opened_and_run(pelican: Pelican, run: Callable[[], None]) -> None:
    open_newsroom(pelican)
    run()


def open_newsroom(pelican: Pelican) -> None:
    """Check the settings, load and check all content. Raises SiteError, which stops the build before it has written."""
    checked = settings.check(pelican.settings)
    settings_file.check_folders(pelican.settings)
    room = newsroom(checked)
    if room.parsed and reading.is_active():
        room.parsed.render_too(AheadRenderer(pelican.settings))
    room.notes(TextFiles).known = known_files.digest
    pelican.settings[KEY] = BuildState(room, gather(room))


def install_wording(generator: Generator) -> None:
    """Give every template the site's words for dates and money, the language it is printed in, and the site's parts.

    What is the same on all pages of a build is Jinja's global: a part of the theme that needs nothing else is imported
    without the page's context, and so is made once, and not again for each page. A post’s page took 21 of them, and
    half of its time.
    """
    state = build_state(generator.settings)
    room = state.newsroom
    known = _picked(generator.settings, _SAME_EVERYWHERE)
    for edition in state.gathered.editions:
        known.update(_picked(edition.context, _ON_EVERY_PAGE))
    templates.prepare(generator, state, {**known, "PAGE_LANG": room.language, **_site_parts(state)})
    generator.env.filters.update(Wording(room.language, room.zone).filters())


def _picked(values: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    """Return those of the values that have one of the names."""
    return {name: values[name] for name in names if name in values}


def settle_addresses(generators: Sequence[Generator]) -> None:
    """Have each text know its address, which Pelican puts together anew whenever it is asked for.

    That is from the settings, the text's metadata and the path of its file: 35 µs, and a page of posts asks seventeen
    times. Source: `pelican.contents.Content.get_url_setting`.
    """
    for text in generators[0].context["generated_content"].values():
        if isinstance(text, Article | PelicanPage):
            text.override_url = text.url


def _site_parts(state: BuildState) -> dict[str, object]:
    """Return what leads from every page to the others: links stay below BASE without naming the host."""
    base = urlsplit(state.newsroom.siteurl).path.rstrip("/")
    return {"BASE": base, "navigation": state.gathered.navigation, "feeds": state.gathered.feeds}


def _generator(_: Pelican) -> type[Generator]:
    return SectionsGenerator


class SectionsGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Prints every section's pages, files and feeds with Pelican's own writer."""

    def generate_context(self) -> None:
        """Tell every template what the sections have; register their documents for links and pictures."""
        state = build_state(self.settings)
        gathered, parts = state.gathered, _site_parts(state)
        # Without the host, the same pages work wherever they are served.
        self.context.update(parts, localsiteurl=parts["BASE"])
        self.context["as_of"] = state.newsroom.as_of
        self.contents = {}
        to_html = html_maker(self.settings)
        for edition in gathered.editions:
            self.context.update(edition.context)
            for document in edition.documents:
                content = as_content(document, to_html(document.body), self.settings, self.context)
                self.contents[document.path] = content
                self.add_source_path(content)
                self.add_static_links(content)

    def html(self, document: Document, *, absolute: bool = False) -> Markup:
        """Return a document's HTML, its links resolved."""
        base = build_state(self.settings).newsroom.siteurl if absolute else self.context["BASE"]
        return Markup(self.contents[document.path].get_content(base))  # noqa: S704 - the writer's own words

    def say(self, what: str, **values: object) -> Markup:
        """Return what a feed says in the site's own words: a macro of templates/parts/feed.html, by its name."""
        return Markup(getattr(self.get_template(_FEED).module, what)(**values))  # noqa: S704 - a template's

    def generate_output(self, writer: Writer) -> None:
        """Print all sections, then the feed of everything."""
        for printed in self._printed():
            if isinstance(printed, Unit):
                self._print_unit(printed, writer)
            else:
                self._print(printed, writer)

    def _print(self, printed: Printed, writer: Writer) -> None:
        match printed:
            case Page():
                self._print_page(printed, _values(printed), writer)
            case File():
                self._write(printed.save_as, printed.text)
            case LaterFile():
                if not known_pages.stays(printed.save_as, printed.inputs):
                    self._write(printed.save_as, printed.make())
            case feed_model.Feed():
                self._write_feed(printed)
            case LaterFeed():
                if not known_pages.stays(printed.save_as, printed.inputs, self.get_template(_FEED)):
                    self._write_feed(printed.make())

    def _print_unit(self, unit: Unit, writer: Writer) -> None:
        """Print a unit, unless it stays as it is; `_print_page` gives a page the names that are said here."""
        printing = units.Printing(writer, self.env, self.get_template, self.context, {"page_modified": None})
        if units.stays(unit.name, unit.inputs, printing):
            return
        pages: list[units.UnitFile] = []
        others: list[units.UnitFile] = []
        for printed in unit.make():
            self._print(printed, writer)
            match printed:
                case Page():
                    pages.append(units.UnitFile(printed.save_as, printed.template))
                case LaterFile():
                    others.append(units.UnitFile(printed.save_as))
                case LaterFeed():
                    others.append(units.UnitFile(printed.save_as, _FEED))
        units.note(unit.name, unit.inputs, printing, pages, others)

    def print_pages(self, writer: Writer, wanted: Container[str]) -> None:
        """Print those of the sections' pages that are wanted, by their paths, and nothing else."""
        for edition in build_state(self.settings).gathered.editions:
            for printed in one_by_one(edition.publish(self)):
                if isinstance(printed, Page) and printed.save_as in wanted:
                    self._print_page(printed, printed.values, writer)

    def _print_page(self, page: Page, values: Mapping[str, object], writer: Writer) -> None:
        template, url = self.get_template(page.template), page.save_as.removesuffix("index.html")
        writer.write_file(page.save_as, template, self.context, url=url, page_modified=page.modified, **values)

    def _printed(self) -> Iterator[Printed | Unit]:
        made: list[feed_model.Feed] = []
        for edition in build_state(self.settings).gathered.editions:
            for printed in edition.publish(self):
                if isinstance(printed, feed_model.Feed) and not printed.apart:
                    made.append(printed)
                yield printed
        yield everything(made, build_state(self.settings).newsroom.site.feed_max_items)

    def _write_feed(self, feed: feed_model.Feed) -> None:
        channel = build_state(self.settings).newsroom.channel
        for path, text in render(self._worded(feed), channel).items():
            self._write(path, text)

    def _worded(self, feed: feed_model.Feed) -> feed_model.Feed:
        """Return a feed with its title and description; an archived document has those of its feed."""
        of, site = replace(feed, key=feed.archives.current or feed.key), self.settings["SITENAME"]
        title = self.say("title", feed=of, site=site)
        description = self.say("description", feed=of, site=site)
        return replace(feed, title=title.unescape(), description=description.unescape())

    def _write(self, save_as: str, text: str) -> None:
        files.replace(confinement.place(Path(self.output_path), save_as), text.encode(), durable=False)


def _values(page: Page) -> Mapping[str, object]:
    """Return a page's values by their names; or, where these need not be made for a page that is known, together."""
    if page.inputs is None or not known_pages.are_kept():
        return page.values
    return {known_pages.GIVEN: known_pages.Given(page.inputs, page.values)}


def everything(parts: list[feed_model.Feed], limit: int) -> feed_model.Feed:
    """Return one feed of the sections' main feeds, newest first; topics' feeds repeat what those have."""
    entries: dict[str, feed_model.Entry] = {}
    for feed in parts:
        entries.update((entry.id, entry) for entry in feed.entries)
    newest = sorted(entries.values(), key=lambda entry: (entry.published, entry.id), reverse=True)
    return feed_model.Feed("everything", "", tuple(newest[:limit]))
