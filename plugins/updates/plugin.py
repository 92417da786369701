"""Pelican's plugin of the wire: content/updates and the archive become pages and feeds. Nothing is fetched here."""

from plugins.sections.signals import get_section
from plugins.updates.section import edition


def register() -> None:
    """Connect to the sections' signal, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
