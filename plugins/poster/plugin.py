"""Connect the page to print to Pelican."""

from plugins.poster.section import edition
from plugins.sections.signals import get_section


def register() -> None:
    """Connect to the sections' signal, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
