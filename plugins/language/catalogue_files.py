"""Read the interface words from the theme's templates, and their translations from the catalogues in `theme/locale`."""

from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from plugins.core import files
from plugins.core.errors import MisuseError, Problem

TEMPLATES_ARE_IN = "en"
"""The language of the templates' own words, which needs no catalogue."""

_METHODS = [("**.html", "jinja2.ext:babel_extract"), ("**.md", "jinja2.ext:babel_extract")]
_JINJA = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
_OPTIONS = {"**.html": _JINJA, "**.md": _JINJA}
_UNTOLD = (
    b'"POT-Creation-Date: ',
    b'"PO-Revision-Date: ',
    b'"Report-Msgid-Bugs-To: ',
    b'"Last-Translator: ',
    b'"Language-Team: ',
    b'"Generated-By: ',
)
"""How lines of a catalogue's head begin that change without a word being changed, or wait to be filled in."""


def extracted(theme: Path) -> Catalog:
    """Return every word the templates would have translated, with the places it stands."""
    template = Catalog(
        project="Picketwire",
        version="theme",
        header_comment="# The interface's words. Made from theme/templates by ./inv words.",
    )
    folder = theme / "templates"
    for name, line, words, comments, context in extract_from_dir(folder, _METHODS, _OPTIONS):
        template.add(words, None, [(name, line)], auto_comments=comments, context=context)
    return template


def path(theme: Path, language: str) -> Path:
    """Return where a language's catalogue lies. Raises ValueError for a language nobody knows."""
    return theme / "locale" / str(_locale(language)) / "LC_MESSAGES" / "messages.po"


def find(theme: Path, language: str) -> Path | None:
    """Return the catalogue for a language: its own (`pt_BR`), else the wider one (`pt`), else none."""
    try:
        locale = _locale(language)
    except ValueError:
        return None
    for name in (str(locale), locale.language):
        if (catalogue := path(theme, name)).is_file():
            return catalogue
    return None


def refresh(theme: Path, language: str) -> Path:
    """Bring a language's catalogue up to the templates' words, keeping its translations; begin one that is missing.

    Returns its path. Raises MisuseError for a language nobody knows.
    """
    try:
        locale = _locale(language)
    except ValueError as error:
        remedy = "use a code such as es or pt-BR"
        raise MisuseError([Problem("", 0, f"no language is called {language!r}", remedy)]) from error
    template = extracted(theme)
    place = path(theme, language)
    if place.is_file():
        catalog = read_po(BytesIO(place.read_bytes()), locale=locale)
    else:
        catalog = Catalog(locale=locale, project=template.project, version=template.version, fuzzy=False)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=True)
    files.write_if_changed(place, _written(catalog), durable=False)
    return place


def _locale(language: str) -> Locale:
    """Return a language as Babel knows it; Pelican writes its settings in small letters (`pt-br`)."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except UnknownLocaleError as error:
        raise ValueError(str(error)) from error


def _written(catalog: Catalog) -> bytes:
    out = BytesIO()
    # Without line numbers: a moved word is no change of the catalogue.
    write_po(out, catalog, width=120, omit_header=False, include_lineno=False, sort_output=True, ignore_obsolete=True)
    lines = out.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_UNTOLD))
