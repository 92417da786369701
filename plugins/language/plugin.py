"""Connect to Pelican: every template's `_`, `ngettext` and `trans` give words in the site's language.

A post or page in another language is printed in that one, interface words and dates too, where there are words for
it: the templates' own, which are English, or a catalogue in theme/locale. Where there are none, its page speaks the
site's language, and the text is marked as being in another. A site whose language has no catalogue is spoken to in
the words of the templates.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from gettext import NullTranslations
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from pelican import signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from plugins.core import files
from plugins.core.errors import SiteError
from plugins.core.text.localised import Wording
from plugins.language import catalogue, catalogue_files
from plugins.language.section import edition
from plugins.sections.build_state import build_state
from plugins.sections.signals import get_section

_COUNTS = 1_000
"""Sentences about a number that are remembered: a thousand posts say in every list how many minutes they take."""


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    signals.generator_init.connect(install_words)
    signals.article_generator_finalized.connect(localise_articles)
    signals.page_generator_finalized.connect(localise_pages)


def install_words(generator: Generator) -> None:
    """Give a generator's templates the words of the site's language."""
    translations = _translations(Path(generator.settings["THEME"]), generator.settings["DEFAULT_LANG"])
    generator.env.install_gettext_translations(translations, newstyle=True)
    generator.env.globals.update(_template_functions(translations))


def localise_articles(generator: ArticlesGenerator) -> None:
    """Have each post in another language printed in it."""
    _localise(generator, chain(generator.articles, generator.translations))


def localise_pages(generator: PagesGenerator) -> None:
    """Have each page in another language printed in it."""
    _localise(generator, chain(generator.pages, generator.translations))


def _localise(generator: Generator, texts: Any) -> None:
    """Give each text in another language a template of its own, by a name that says so.

    Pelican looks templates up by name among those it has, and makes only those that are missing.
    """
    environments: dict[str, Environment | None] = {}
    for text in texts:
        if text.lang == generator.settings["DEFAULT_LANG"]:
            continue
        if text.lang not in environments:
            environments[text.lang] = _environment(generator, text.lang)
        environment = environments[text.lang]
        if environment is not None:
            name = f"{text.template} in {text.lang}"
            generator._templates[name] = environment.get_template(f"{text.template}.html")
            text.template = name


def _environment(generator: Generator, language: str) -> Environment | None:
    """Return the generator's templates in another language; none where there are no words for it.

    One for each language, and not words that are looked up by page: nothing is slower for the pages of the site's own.
    """
    theme = Path(generator.settings["THEME"])
    newsroom = build_state(generator.settings).newsroom
    if catalogue_files.find(theme, language) is None and language.partition("-")[0] != catalogue_files.TEMPLATES_ARE_IN:
        return None
    environment: Environment = generator.env.overlay()
    environment.filters = {**environment.filters, **Wording(language, newsroom.zone).filters()}
    # Not by install_gettext_translations: an overlay's is the one of the environment it was made of.
    functions = _template_functions(_translations(theme, language))
    environment.globals = {**environment.globals, **functions, "PAGE_LANG": language}
    return environment


def _translations(theme: Path, language: str) -> NullTranslations:
    """Return a language's words, the templates' own where it has none. Raises SiteError for what would break a page."""
    place = catalogue_files.find(theme, language)
    if place is None:
        return NullTranslations()
    catalog, problems = catalogue.read(place.read_bytes(), files.display_path(place))
    if problems:
        raise SiteError(problems)
    return catalogue.translations(catalog)


def _template_functions(translations: NullTranslations) -> dict[str, object]:
    """Return what templates call, in a language's words: `_`, which is `gettext`, and `ngettext`."""
    translate = _gettext(translations.gettext)

    def translate_count(one: str, many: str, number: int, **values: object) -> Markup:
        return Markup(translations.ngettext(one, many, number)) % {"num": number, **values}  # noqa: S704 - as in _gettext

    remembered = lru_cache(maxsize=_COUNTS)(translate_count)

    def ngettext(one: str, many: str, number: int, /, **values: object) -> Markup:
        # Jinja gives the number as `num` too. With other values, which hardly ever come again, nothing is remembered.
        if type(number) is int and all(value is number for value in values.values()):
            return remembered(one, many, number, **values)
        return translate_count(one, many, number, **values)

    return {"_": translate, "gettext": translate, "ngettext": ngettext}


def _gettext(translate: Callable[[str], str]) -> Callable[..., Markup]:
    """Return what Jinja's own `gettext` does where it escapes, but looks a sentence up once.

    A large wire says the same few hundred sentences a million times, and Jinja's way took a fifth of such a build.
    """

    @cache
    def known(sentence: str) -> Markup:
        return Markup(translate(sentence))  # noqa: S704 - the theme's words, and checked translations of them

    @cache
    def without_values(sentence: str) -> Markup:
        return known(sentence) % {}  # %% is written as %

    def gettext(sentence: str, /, **values: object) -> Markup:
        if values:
            return known(sentence) % values
        return without_values(sentence)

    return gettext
