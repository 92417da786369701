"""Demands as a Pelican plugin: content/demands.toml → a table for each strike, cards, a feed and files of data."""

from plugins.demands.section import edition
from plugins.sections.signals import get_section


def register() -> None:
    """Connect to the sections' signal, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
