"""Connect the contact page to Pelican: two settings give a page, a line in the footer and a link under each post."""

from plugins.contact.section import edition
from plugins.sections.signals import get_section


def register() -> None:
    """Connect to the sections' signal, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
