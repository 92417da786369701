"""The door to Pelican for language: every template's `_`, `ngettext` and `trans` speak the site's language.

A language without a catalogue is spoken to in the words of the templates, which are English.
"""

import gettext
from pathlib import Path

from pelican import signals
from pelican.generators import Generator

from plugins.language import catalogue, words
from plugins.language.section import edition
from plugins.sections.models import get_section


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    signals.generator_init.connect(install_words)


def install_words(generator: Generator) -> None:
    """Give a generator's templates the words of the site's language."""
    place = words.find(Path(generator.settings["THEME"]), generator.settings["DEFAULT_LANG"])
    spoken: gettext.NullTranslations = gettext.NullTranslations()
    if place is not None:
        catalog, _ = catalogue.read(place.read_bytes(), str(place))
        spoken = catalogue.translations(catalog)
    generator.env.install_gettext_translations(spoken, newstyle=True)
