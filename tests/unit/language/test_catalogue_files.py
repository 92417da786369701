"""The theme's words are all there to be translated, and Spanish has them all."""

from pathlib import Path

import pytest

from plugins.core.errors import SiteError
from plugins.language import catalogue, catalogue_files

_THEME = Path(__file__).parents[3] / "theme"


@pytest.mark.parametrize("place", sorted((_THEME / "locale").glob("*/LC_MESSAGES/messages.po")), ids=str)
def test_a_shipped_language_is_complete(place: Path) -> None:
    """No word of the templates lacks its translation, and every value in a translation is given."""
    catalog, problems = catalogue.read(place.read_bytes(), place.name)
    assert problems == []
    assert catalogue.missing(catalog, catalogue_files.extracted(_THEME)) == []


def test_spanish_is_shipped() -> None:
    """Spanish is found under its own name and those of its regions."""
    assert (
        catalogue_files.find(_THEME, "es")
        == catalogue_files.find(_THEME, "es-MX")
        == catalogue_files.path(_THEME, "es")
    )
    assert catalogue_files.find(_THEME, "xx") is None


def test_a_regions_own_catalogue_comes_first(tmp_path: Path) -> None:
    """However its name is written, a region's catalogue is found before its language's."""
    for name in ("pt", "pt_BR"):
        place = tmp_path / "locale" / name / "LC_MESSAGES/messages.po"
        place.parent.mkdir(parents=True)
        place.touch()
    assert (
        catalogue_files.find(tmp_path, "pt-br")
        == catalogue_files.find(tmp_path, "pt_BR")
        == catalogue_files.path(tmp_path, "pt-BR")
    )
    assert catalogue_files.find(tmp_path, "pt-pt") == catalogue_files.path(tmp_path, "pt")


def test_a_new_language_begins_with_every_word(tmp_path: Path) -> None:
    """A new catalogue has every word, untranslated; a refresh keeps what was translated and drops what is gone."""
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "a.html").write_text('{{ _("Posts") }} {{ _("Wire") }}', "utf-8")
    place = catalogue_files.refresh(tmp_path, "pt-BR")
    assert place == tmp_path / "locale/pt_BR/LC_MESSAGES/messages.po"
    place.write_text(place.read_text("utf-8").replace('"Posts"\nmsgstr ""', '"Posts"\nmsgstr "Textos"'), "utf-8")
    (templates / "a.html").write_text('{{ _("Posts") }} {{ _("Give") }}', "utf-8")
    catalogue_files.refresh(tmp_path, "pt-BR")
    written = place.read_bytes()
    catalog, problems = catalogue.read(written, "a.po")
    assert problems == []
    assert {message.id: message.string for message in catalog if message.id} == {"Posts": "Textos", "Give": ""}
    catalogue_files.refresh(tmp_path, "pt-BR")
    assert place.read_bytes() == written


@pytest.mark.parametrize("language", ["", "tlh-xx-yy", "../es"])
def test_a_language_nobody_knows_is_refused(tmp_path: Path, language: str) -> None:
    """A name that is no language is not made a folder."""
    with pytest.raises(SiteError, match="no language is called"):
        catalogue_files.refresh(tmp_path, language)
    assert not list(tmp_path.iterdir())
