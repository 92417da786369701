"""The door for listings: content/listings and yardsticks.toml → a table, a page each, a feed."""

from plugins.listings.section import edition
from plugins.sections.signals import get_section


def register() -> None:
    """Connect to the sections' signal, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
