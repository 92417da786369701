"""A whole site speaks its language."""

from pathlib import Path

from tests.sites.small_site import SmallSite


def test_a_spanish_site_speaks_spanish(tmp_path: Path) -> None:
    """Interface words, dates and the html element are Spanish; the writer's own words stay."""
    site = SmallSite(tmp_path)
    site.post("one", "Text in English.", "tags: [pay]\n", title="No deal")
    site.build(DEFAULT_LANG="es-MX")
    page = site.page("posts/one/index.html")
    assert '<html lang="es-mx"' in page.lower()
    assert "Saltar al contenido" in page
    assert "1 de marzo de 2026" in page
    assert "Skip to" not in page
    assert "Text in" in page


def test_a_language_without_a_catalogue_is_spoken_to_in_english(tmp_path: Path) -> None:
    """Nothing is missing where nobody has translated yet; dates are in the language all the same."""
    site = SmallSite(tmp_path)
    site.post("one", "Text.")
    site.build(DEFAULT_LANG="fr")
    page = site.page("posts/one/index.html")
    assert "Skip to the page’s content" in page
    assert "1 mars 2026" in page


def test_a_broken_translation_stops_check_and_build(tmp_path: Path) -> None:
    """A catalogue that would break a page is told with its line before a page is made."""
    site = SmallSite(tmp_path)
    theme = tmp_path / "theme"
    (theme / "locale/es/LC_MESSAGES").mkdir(parents=True)
    words = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Posts"\nmsgstr "%(n)s"\n'
    (theme / "locale/es/LC_MESSAGES/messages.po").write_text(words, "utf-8")
    said = site.build(DEFAULT_LANG="es", THEME=str(theme), check=True, code=1)
    assert "messages.po:5: the translation of 'Posts' has a value %(n)s that is not given" in said
