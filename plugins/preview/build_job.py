"""The door to a build for the preview: settings and code loaded once, then a build in a process of its own.

This room and all below it are loaded anew whenever the code changes; see `workshop`.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pelican
from markdown import Markdown
from pelican import signals

from plugins.core.errors import SiteError
from plugins.core.text.localised import Wording
from plugins.preview import template_cache
from plugins.preview.build_errors import troubles
from plugins.preview.model import HOST, Built, Failed, Ready, Wish
from plugins.sections import build
from plugins.sections import signals as sections
from plugins.sections.build_state import BuildState

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Loaded settings, and what the server is told of them."""

    values: dict[str, Any]
    ready: Ready


def prepared(wish: Wish) -> Prepared:
    """Load the settings and the plugins they name."""
    values = build.settings(wish.settings, PATH=wish.content)
    base = urlsplit(values["SITEURL"]).path.rstrip("/")
    values["SITEURL"] = values["FEED_DOMAIN"] = f"http://{HOST}:{wish.port}{base}"
    values["PREVIEW"] = "drafts" if wish.drafts else "site"
    content = Path(values["PATH"]).resolve()
    room = content.parent / ".cache" / "preview" / values["PREVIEW"]
    values["OUTPUT_PATH"] = str(room / "output")
    for name in values["PLUGINS"]:
        if isinstance(name, str):
            import_module(name)
    _warm(values)
    watched = (content, Path(values["THEME"]).resolve(), ROOT / "plugins")
    return Prepared(values, Ready(room, room / "output", base, watched))


def _warm(values: dict[str, Any]) -> None:
    """Have what each build needs in this process already: Markdown's extensions, the language's forms."""
    Markdown(**values["MARKDOWN"])
    wording, now = Wording(values["DEFAULT_LANG"], ZoneInfo(values["TIMEZONE"])), datetime.now(UTC)
    for word in (wording.day, wording.weekday_day, wording.short_day, wording.month, wording.clock):
        word(now)
    wording.money(1, "USD")


def own_folders(values: dict[str, Any] | None = None) -> tuple[Path, ...]:
    """Return where the site's own code and templates are."""
    return (ROOT, *((Path(values["THEME"]),) if values else ()))


def make(this: Prepared, tell: Callable[[Built | Failed], None]) -> None:
    """Build once, tell what came of it as soon as it is on show, and then make what nobody waits for.

    What is changed in this process by a build, stays changed: it is to be one of its own.
    """
    log, states, told = build.Log(), list[BuildState](), list[Built]()
    pelican.console.quiet = True
    logging.getLogger().addHandler(log)
    keep = template_cache.keeping(this.ready.room / "cache" / "templates", this.values["JINJA_ENVIRONMENT"])

    def note_state(build: sections.Built) -> None:
        states.append(build.state)

    def tell_changes(brought: sections.Brought) -> None:
        told.append(Built((*brought.written, *brought.removed), log.warnings))
        tell(told[-1])

    signals.generator_init.connect(keep)
    sections.built.connect(note_state)
    sections.brought.connect(tell_changes)
    try:
        build.build(this.values)
    except BaseException as error:
        if told:
            raise
        tell(Failed(troubles(error, own_folders(this.values), log.records), log.warnings))
        return
    if not told:  # a site without the plugin that compares with what there was
        tell(Built(None, log.warnings))
    _finish(this.ready.output, states)


def _finish(output: Path, states: Iterable[BuildState]) -> None:
    """Make what nobody waited for, into the output that is on show; tell of problems in the terminal."""
    os.nice(10)
    try:
        for state in states:
            sections.shown.send(sections.Built(output, state))
    except SiteError as error:
        print(*error.problems, sep="\n", file=sys.stderr, flush=True)
