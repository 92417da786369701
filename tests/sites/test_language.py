"""A whole site speaks its language."""

import json
import re
from pathlib import Path

from tests.sites.small_site import _PLUGINS, SmallSite


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


def test_a_spanish_site_has_spanish_feeds(tmp_path: Path) -> None:
    """A reader's program shows a feed's title and what it says around the writer's words: none of it is English."""
    site = SmallSite(tmp_path)
    site.post("one", "Text.", "corrections: [{date: 2026-02-27, text: It was “ten” < twelve.}]\n", title="No deal")
    site.build(DEFAULT_LANG="es")
    feed = json.loads(site.page("feeds/posts.json"))
    assert feed["title"].endswith(": Artículos")
    assert feed["description"].startswith("Artículos de ")
    assert (
        "<strong>Corrección, 27 de febrero de 2026:</strong> It was “ten” &lt; twelve."
        in feed["items"][0]["content_html"]
    )


def test_what_is_said_of_a_citation_is_spanish(tmp_path: Path) -> None:
    """The small words behind a link whose page is archived are interface words as all others."""
    site = SmallSite(tmp_path)
    site.post("one", "As [they say](https://paper.example/story).")
    row = {"url": "https://paper.example/story", "verdict": "alive", "since": "2026-02-01"}
    row["archived"] = {"url": "https://archive.example/1", "day": "2026-02-01"}
    site.write("archive/links.jsonl", json.dumps(row) + "\n")
    site.build(DEFAULT_LANG="es", PLUGINS=[f"plugins.{name}.plugin" for name in (*_PLUGINS, "links")])
    page = site.page("posts/one/index.html")
    assert 'title="La página tal como era el 1 de febrero de 2026">archivado</a>' in page
    assert "<title>Artículos" in site.page("posts/index.html")
    assert "Noticias" not in site.page("subscribe/index.html")
    assert ">Todo<" in site.page("subscribe/index.html")


def test_a_foreign_text_is_marked_and_the_words_around_it_are_not(tmp_path: Path) -> None:
    """A post in another language says so on its own words alone, in its page and wherever it is listed."""
    site = SmallSite(tmp_path)
    site.post("uno", "Vinieron a las seis.", "lang: es\n", title="Primer día")
    site.build()
    for path in ("posts/uno/es/index.html", "index.html", "posts/index.html"):
        page = site.page(path)
        assert re.search(r'<h\d class="p-name" lang="es">', page), path
        assert not re.search(r'<(?:article|li)[^>]* lang="es"', page), path
    assert re.search(r'<div [^>]*class="prose e-content" lang="es">', site.page("posts/uno/es/index.html"))


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
