"""Connect strikes to Pelican: content/strikes.toml becomes the banner on the front page and the timeline."""

from plugins.sections.signals import get_section
from plugins.strikes.section import edition


def register() -> None:
    """Connect to the sections' signal, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
