"""Catalogues of interface words: text in, translations out, and what is wrong in one.

Source: https://babel.pocoo.org/en/latest/messages.html, https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

import re
from collections.abc import Iterable
from gettext import GNUTranslations
from io import BytesIO

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from plugins.core.errors import Problem

_PLACE = re.compile(r"%\((\w+)\)s")
_REMEDY = "correct the translation"


def read(data: bytes, where: str) -> tuple[Catalog, list[Problem]]:
    """Return a PO file's catalogue, and every translation in it that would break a page."""
    try:
        catalog = read_po(BytesIO(data), abort_invalid=True)
    except PoFileError as error:
        what = f"not a catalogue of words: {error}"
        return Catalog(), [Problem(where, error.lineno or 1, what, _REMEDY)]
    except UnicodeDecodeError:
        return Catalog(), [Problem(where, 1, "not UTF-8 text", "save the file as UTF-8")]
    problems: list[Problem] = []
    for message in catalog:
        if not message.id:  # the file's head
            continue
        for what in faults(message, catalog.num_plurals):
            problems.append(Problem(where, message.lineno or 1, what, _REMEDY))
    return catalog, problems


def faults(message: Message, plurals: int) -> Iterable[str]:
    """Return what would break where a translation is printed: values it names and is not given, or a missing form."""
    forms = _forms(message.string)
    if not any(forms):
        return
    originals = _forms(message.id)
    known = set(_PLACE.findall(" ".join(originals)))
    spoken = originals[0]
    for words in forms:
        for place in sorted({*_PLACE.findall(words)} - known):
            yield f"the translation of {spoken!r} has a value %({place})s that is not given"
        if re.search(r"%(?!\(\w+\)s|%)", words) and known:
            yield f"the translation of {spoken!r} has a % that is neither %% nor a value"
    if message.pluralizable and (len(forms) != plurals or not all(forms)):
        count = len(list(filter(None, forms)))
        yield f"the translation of {spoken!r} has {count} forms of {plurals}"


def missing(catalog: Catalog, template: Catalog) -> list[str]:
    """Return the words of `template` for which a catalogue has no translation, in order."""
    return [_forms(message.id)[0] for message in template if message.id and not _has(catalog, message)]


def translations(catalog: Catalog) -> GNUTranslations:
    """Return a catalogue in the form that gettext works with, without a file."""
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _has(catalog: Catalog, message: Message) -> bool:
    # A plural is filed under its singular, so one word could stand for both: then they must be of one kind.
    found = catalog.get(message.id, message.context)
    return found is not None and not found.fuzzy and all(_forms(found.string))


def _forms(words: str | tuple[str, ...] | list[str] | None) -> list[str]:
    if isinstance(words, str):
        return [words]
    return list(words or ())
