"""Connect to Pelican: note every page it prints, then write sitemap, robots.txt and web manifest."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican import signals

from plugins.core import files
from plugins.incremental.places import below
from plugins.incremental.signals import BuiltFiles
from plugins.sections.build_state import build_state
from plugins.sections.signals import Built, built
from plugins.seo.manifest import manifest
from plugins.seo.model import ListedPage, Printed, SiteIdentity
from plugins.seo.page_list import HEAD, languages, listed, modified
from plugins.seo.robots import crawlers, robots
from plugins.seo.settings import RobotsSettings
from plugins.seo.sitemap import sitemaps

_CRAWLERS = Path(__file__).with_name("ai-crawlers.txt")


class PrintedPages(dict[str, Printed]):
    """The pages that a build printed: path of the file → what is noted of it."""


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    signals.content_written.connect(note_page)
    built.connect(write_seo_files)


def note_page(path: str, context: Mapping[str, Any]) -> None:
    """Note one page, from Pelican's word that it was written."""
    build_state(context).notes(PrintedPages)[path] = Printed(modified(context), languages(context))


def write_seo_files(build: Built) -> None:
    """Write what tells visiting programs where things are."""
    settings, of_site = build.newsroom.settings, build.newsroom.site
    site = SiteIdentity(build.newsroom.siteurl, of_site.sitename, of_site.tagline, build.newsroom.language)
    pages = []
    for path, noted in build.state.notes(PrintedPages).items():
        if page := _listed(build.files, path, noted):
            pages.append(page)
    refused = crawlers(files.read_text(_CRAWLERS)) if settings.of(RobotsSettings).refuse_ai else []
    written = {
        **sitemaps(pages, site.url),
        "robots.txt": robots(site.url, refused),
        "site.webmanifest": manifest(site, settings.pelican["THEME_STATIC_DIR"]),
    }
    for name, text in written.items():
        if build.files.find(name) is None:  # the site's own, by EXTRA_PATH_METADATA, comes first
            files.replace(build.folder / name, text.encode(), durable=False)


def _listed(built: BuiltFiles, path: str, printed: Printed) -> ListedPage | None:
    """Return a page for the sitemap, none where it is not for it; the page itself says so, in its head."""
    name = below(path, built.folder)
    page = os.open(built.find(name) or path, os.O_RDONLY)  # half of the time that Path takes for it, for each page
    try:
        head = os.read(page, HEAD)
    finally:
        os.close(page)
    return listed(name, head.decode("utf-8", "replace"), printed)
