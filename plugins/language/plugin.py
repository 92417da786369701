"""The door to Pelican for language: every template's `_`, `ngettext` and `trans` speak the site's language.

A language without a catalogue is spoken to in the words of the templates, which are English.
"""

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

from plugins.language import catalogue, catalogue_files
from plugins.language.section import edition
from plugins.sections.signals import get_section


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    signals.generator_init.connect(install_words)


def install_words(generator: Generator) -> None:
    """Give a generator's templates the words of the site's language."""
    place = catalogue_files.find(Path(generator.settings["THEME"]), generator.settings["DEFAULT_LANG"])
    spoken: gettext.NullTranslations = gettext.NullTranslations()
    if place is not None:
        catalog, _ = catalogue.read(place.read_bytes(), str(place))
        spoken = catalogue.translations(catalog)
    generator.env.install_gettext_translations(spoken, newstyle=True)
    say = _saying(spoken.gettext)
    generator.env.globals.update(_=say, gettext=say)


def _saying(translated: Callable[[str], str]) -> Callable[..., Markup]:
    """Return what Jinja's own `gettext` does where it escapes, but looks a sentence up once.

    A large wire says the same few hundred sentences a million times, and Jinja's way took a fifth of such a build.
    """

    @cache
    def known(sentence: str) -> Markup:
        return Markup(translated(sentence))  # noqa: S704 - the theme's words, and checked translations of them

    @cache
    def without_values(sentence: str) -> Markup:
        return known(sentence) % {}  # %% is written as %

    def say(sentence: str, /, **values: object) -> Markup:
        return known(sentence) % values if values else without_values(sentence)

    return say
