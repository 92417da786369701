"""Connect events to Pelican: content/events.toml and calendars → pages of what is on, .ics files, a feed."""

from plugins.events.section import edition
from plugins.sections.signals import get_section


def register() -> None:
    """Connect to the sections' signal, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
