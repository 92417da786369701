"""The door to Pelican for language: every template's `_`, `ngettext` and `trans` speak the site's language.

A language without a catalogue is spoken to in the words of the templates, which are English.
"""

import gettext
from pathlib import Path

from pelican import signals
from pelican.generators import Generator

from plugins.core import files
from plugins.language import catalogue, words
from plugins.sections.models import Edition, Newsroom, get_section


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    signals.generator_init.connect(install_words)


def edition(newsroom: Newsroom) -> Edition:
    """Return an edition that prints nothing of its own and tells what is wrong in the language's catalogue."""
    place = words.find(Path(newsroom.settings["THEME"]), newsroom.language)
    if place is None:
        return Edition("language")
    _, problems = catalogue.read(place.read_bytes(), files.spoken(place))
    return Edition("language", problems=tuple(problems))


def install_words(generator: Generator) -> None:
    """Give a generator's templates the words of the site's language."""
    place = words.find(Path(generator.settings["THEME"]), generator.settings["DEFAULT_LANG"])
    spoken: gettext.NullTranslations = gettext.NullTranslations()
    if place is not None:
        catalog, _ = catalogue.read(place.read_bytes(), str(place))
        spoken = catalogue.translations(catalog)
    generator.env.install_gettext_translations(spoken, newstyle=True)
