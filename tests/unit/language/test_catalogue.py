"""A catalogue either speaks well or says where it does not."""

import pytest

from plugins.language.catalogue import missing, read, translations
from plugins.language.catalogue_files import extracted

_HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: es\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def _po(words: str) -> bytes:
    return (_HEAD + words).encode()


def test_a_catalogue_speaks() -> None:
    """Words and both forms of a plural come out translated; words without a translation stay as they are."""
    po = 'msgid "Posts"\nmsgstr "Artículos"\n\nmsgid "%(n)s post"\nmsgid_plural "%(n)s posts"\n'
    po += 'msgstr[0] "%(n)s artículo"\nmsgstr[1] "%(n)s artículos"\n\nmsgid "Wire"\nmsgstr ""\n'
    catalog, problems = read(_po(po), "es.po")
    assert problems == []
    spoken = translations(catalog)
    assert spoken.gettext("Posts") == "Artículos"
    assert [spoken.ngettext("%(n)s post", "%(n)s posts", n) for n in (1, 5)] == ["%(n)s artículo", "%(n)s artículos"]
    assert spoken.gettext("Wire") == "Wire"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ('msgid "Day %(n)s"\nmsgstr "Día %(m)s"\n', "has a value %(m)s that is not given"),
        ('msgid "Posts"\nmsgstr "%(n)s"\n', "has a value %(n)s that is not given"),
        ('msgid "Day %(n)s"\nmsgstr "Día %(n)"\n', "has a % that is neither %% nor a value"),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s día"\nmsgstr[1] ""\n', "has 1 forms of 2"),
        ('msgid "Posts"\nmsgstr "x"\nnonsense\n', "not a catalogue of words"),
    ],
)
def test_a_translation_that_would_break_a_page_is_told(words: str, what: str) -> None:
    """A value nobody gives, a broken sign, a missing plural and a broken file are problems with their line."""
    (problem,) = read(_po(words), "es.po")[1]
    assert what in problem.what
    assert problem.where == "es.po"
    assert problem.line > 6


def test_words_without_a_translation_are_known(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """What a template says and the catalogue does not is found, plural forms and untranslated words included."""
    templates = tmp_path / "templates"
    templates.mkdir()
    words = '{{ _("Posts") }}{% trans n=3 %}{{ n }} post{% pluralize %}{{ n }} posts{% endtrans %}{{ _("Wire") }}'
    (templates / "a.html").write_text(words, "utf-8")
    catalog, _ = read(_po('msgid "Posts"\nmsgstr "Artículos"\n\nmsgid "Wire"\nmsgstr ""\n'), "es.po")
    assert missing(catalog, extracted(tmp_path)) == ["%(n)s post", "Wire"]
