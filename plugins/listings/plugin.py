"""Listings as a plugin of Pelican: content/listings, yardsticks.toml and the archive → tables, a page each, feeds."""

from plugins.listings.section import edition
from plugins.sections.signals import get_section


def register() -> None:
    """Connect to the sections' signal, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
