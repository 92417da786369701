"""Build for the preview: settings and code are loaded once, then each build runs in a process of its own.

This module and all it imports are loaded anew whenever the code changes; see `build_worker`.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pelican
from markdown import Markdown

from plugins.core.config.settings_file import Settings
from plugins.core.errors import SiteError
from plugins.core.text.localised import Wording
from plugins.incremental.signals import BuiltFiles
from plugins.preview.build_errors import troubles
from plugins.preview.built_site import BuiltSite
from plugins.preview.model import HOST, Failed, PreviewOptions, Ready, SuccessfulBuild
from plugins.sections import build
from plugins.sections import settings as site_settings
from plugins.sections import signals as sections
from plugins.sections.build_state import BuildState
from plugins.sections.settings import SiteSettings

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Loaded settings, and what the server is told of them."""

    settings: Settings
    ready: Ready


def prepared(options: PreviewOptions) -> LoadedSettings:
    """Load the settings and the plugins they name."""
    written = build.settings(options.settings, PATH=options.content)
    site = written.of(SiteSettings)
    base = urlsplit(site.siteurl).path.rstrip("/")
    address = f"http://{HOST}:{options.port}{base}"
    kind = "drafts" if options.drafts else "site"
    content = site.content.resolve()
    folder = content.parent / ".cache" / "preview" / kind
    of_preview = {"SITEURL": address, "FEED_DOMAIN": address, "PREVIEW": kind, "OUTPUT_PATH": str(folder / "output")}
    settings = site_settings.check({**written.pelican, **of_preview})
    for name in site.plugins or ():
        import_module(name)
    _warm(settings)
    watched = (content, Path(site.theme).resolve(), ROOT / "plugins")
    return LoadedSettings(settings, Ready(folder, folder / "output", base, watched))


def _warm(settings: Settings) -> None:
    """Have what each build needs in this process already: Markdown's extensions, the language's forms."""
    site = settings.of(SiteSettings)
    Markdown(**settings.pelican["MARKDOWN"])
    wording, now = Wording(site.default_lang, ZoneInfo(site.timezone)), datetime.now(UTC)
    for word in (wording.day, wording.weekday_day, wording.short_day, wording.month, wording.clock):
        word(now)
    wording.money(1, "USD")


def make(
    loaded: LoadedSettings,
    tell: Callable[[SuccessfulBuild | Failed], None],
    print_open: Callable[[BuiltSite], None] | None,
    stand_by: Callable[[BuiltSite], None],
) -> None:
    """Build once, tell what came of it as soon as it is on show, and then make what nobody waits for.

    What is changed in this process by a build, stays changed: it is to be one of its own. `print_open` is run by a fork
    of it once all is read, and `stand_by` is called once all is built and that has gone well.
    """
    log, states, told, site = build.Log(), list[BuildState](), list[SuccessfulBuild](), BuiltSite(loaded.ready.folder)
    pelican.console.quiet = True
    logging.getLogger().addHandler(log)

    def note_state(build: sections.Built) -> None:
        states.append(build.state)

    def tell_changes(brought: sections.PublishedChanges) -> None:
        told.append(SuccessfulBuild((*brought.written, *brought.removed), log.warnings))
        tell(told[-1])

    sections.built.connect(note_state)
    sections.brought.connect(tell_changes)
    try:
        with site.noted(partial(print_open, site) if print_open else None):
            build.build(loaded.settings)
    except BaseException as error:
        if told:  # it went well, and is on show: what failed afterwards is for the terminal
            raise
        own = (ROOT, Path(loaded.settings.of(SiteSettings).theme))
        tell(Failed(troubles(error, own, log.records), log.warnings))
        return
    if not told:  # a site without the plugin that compares with what there was
        tell(SuccessfulBuild(None, log.warnings))
    stand_by(site)
    _finish(loaded.ready.output, states)


def _finish(output: Path, states: Iterable[BuildState]) -> None:
    """Make what nobody waited for, into the output that is on show; tell of problems in the terminal."""
    os.nice(10)
    try:
        for state in states:
            sections.shown.send(sections.Built(BuiltFiles.whole(output), state))
    except SiteError as error:
        print(*error.problems, sep="\n", file=sys.stderr, flush=True)
