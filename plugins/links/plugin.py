"""Connect links to Pelican: each page, once written, gets links to the archived copies of what it cites."""

from collections.abc import Mapping
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateNotFound
from pelican import signals
from pelican.generators import Generator

from plugins.core import files
from plugins.core.text.localised import Wording
from plugins.incremental import known_pages
from plugins.links import robust_links
from plugins.links.section import edition
from plugins.sections.build_state import build_state
from plugins.sections.signals import get_section

_NOTES = "CITATION_NOTES"


def register() -> None:
    """Connect to the signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    signals.generator_init.connect(take_words)
    signals.content_written.connect(show_copies)


def take_words(generator: Generator) -> None:
    """Let what is said behind a citation be the theme's words, in the site's language."""
    generator.context[_NOTES] = partial(_notes, generator.env)


def show_copies(path: str, context: Mapping[str, Any]) -> None:
    """Show the copies of what a page cites; called by Pelican with each file it has written."""
    rows = context.get("citations")
    if not rows or not path.endswith(".html"):
        return
    before = known_pages.place(path).read_text("utf-8")
    room = build_state(context).newsroom
    notes = context.get(_NOTES, robust_links.Notes)()
    after = robust_links.robust(before, rows, Wording(room.language, room.zone).day, notes)
    if after != before:
        files.replace(Path(path), after.encode(), durable=False)


def _notes(environment: Environment) -> robust_links.Notes:
    try:
        words = environment.get_template("parts/citation.html").module
    except TemplateNotFound:  # a theme of other makers
        return robust_links.Notes()
    set_by_theme = attrgetter("lost", "gone", "kept", "title")(words)
    return robust_links.Notes(*map(str, set_by_theme))
