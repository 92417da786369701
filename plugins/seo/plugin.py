"""Connect to Pelican: note every page it prints, then write sitemap, robots.txt and web manifest."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican import signals

from plugins.core import files
from plugins.core.made_files import MadeFiles
from plugins.incremental.places import below
from plugins.incremental.signals import BuiltFiles
from plugins.sections.build_state import build_state
from plugins.sections.signals import Built, built
from plugins.seo.manifest import manifest
from plugins.seo.model import ListedPage, Printed, SiteIdentity
from plugins.seo.page_list import HEAD, is_place, is_refused, languages, listed, modified
from plugins.seo.robots import crawlers, robots
from plugins.seo.settings import RobotsSettings
from plugins.seo.sitemap import sitemaps

_CRAWLERS = Path(__file__).with_name("ai-crawlers.txt")
_HEADS = "heads 1"
"""The key of what pages say in their heads; its number is to be raised where that is found in another way."""


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
    heads = _Heads(build.files, MadeFiles(build.newsroom.cache / "seo"))
    pages: list[ListedPage] = []
    for path, noted in build.state.notes(PrintedPages).items():
        name = below(path, build.folder)
        if is_place(name) and not heads.is_refused(name):
            pages.append(listed(name, noted))
    heads.keep()
    refused = crawlers(files.read_text(_CRAWLERS)) if settings.of(RobotsSettings).refuse_ai else []
    written = {
        **sitemaps(pages, site.url),
        "robots.txt": robots(site.url, refused),
        "site.webmanifest": manifest(site, settings.pelican["THEME_STATIC_DIR"]),
    }
    for name, text in written.items():
        if build.files.find(name) is None:  # the site's own, by EXTRA_PATH_METADATA, comes first
            files.replace(build.folder / name, text.encode(), durable=False)


class _Heads:
    """What pages say of themselves in their heads. Of one that stayed, an earlier build may have read it.

    That is kept by the digests of pages' files: to open 10,000 of them takes half a second.
    """

    def __init__(self, built: BuiltFiles, cache: MadeFiles) -> None:
        self._built, self._cache = built, cache
        found = cache.find(_HEADS)
        self._before: dict[str, bool] = json.loads(found[1]) if found else {}
        self._known: dict[str, bool] = {}

    def is_refused(self, name: str) -> bool:
        """Say whether a page says that search engines must not list it."""
        path, stayed = str(self._built.find(name)), self._built.unchanged.get(name)
        if stayed is None or not path.startswith(f"{self._built.output}{os.sep}"):
            return is_refused(_head(path))
        refused = self._before.get(stayed.digest)
        if refused is None:
            refused = is_refused(_head(path))
        self._known[stayed.digest] = refused
        return refused

    def keep(self) -> None:
        """Keep what was asked for."""
        if self._known != self._before:
            self._cache.forget(_HEADS)
            self._cache.kept(_HEADS, "json", lambda: json.dumps(self._known).encode())


def _head(path: str) -> str:
    page = os.open(path, os.O_RDONLY)  # half of the time that Path takes for it, for each page
    try:
        return os.read(page, HEAD).decode("utf-8", "replace")
    finally:
        os.close(page)
