"""The door to Pelican for links: each page, once written, gets its citations' archived copies."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican import signals

from plugins.core import files
from plugins.core.wording import Wording
from plugins.links import render
from plugins.links.section import edition
from plugins.sections.models import Newsroom, get_section


def register() -> None:
    """Connect to the signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    signals.content_written.connect(show_copies)


def show_copies(path: str, context: Mapping[str, Any]) -> None:
    """Show the copies of what a page cites; called by Pelican with each file it has written."""
    rows = context.get("citations")
    if not rows or not path.endswith(".html"):
        return
    page = Path(path)
    before = page.read_text("utf-8")
    room: Newsroom = context["NEWSROOM"]
    after = render.robust(before, rows, Wording(room.language, room.zone).day)
    if after != before:
        files.replace(page, after.encode(), durable=False)
