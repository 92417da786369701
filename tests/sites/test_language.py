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
    site.post("one", "Text.", "corrections: [{date: 2026-03-02, text: It was “ten” < twelve.}]\n", title="No deal")
    site.build(DEFAULT_LANG="es")
    feed = json.loads(site.page("feeds/posts.json"))
    assert feed["title"].endswith(": Artículos")
    assert feed["description"].startswith("Artículos de ")
    assert (
        "<strong>Corrección, 2 de marzo de 2026:</strong> It was “ten” &lt; twelve." in feed["items"][0]["content_html"]
    )


def test_what_is_said_of_a_citation_is_spanish(tmp_path: Path) -> None:
    """The small words behind a link whose page is archived are interface words as all others."""
    site = SmallSite(tmp_path)
    site.post("one", "As [they say](https://paper.example/story).")
    row: dict[str, object] = {"url": "https://paper.example/story", "verdict": "alive", "since": "2026-02-01"}
    row["archived"] = {"url": "https://archive.example/1", "day": "2026-02-01"}
    site.write("archive/links.jsonl", json.dumps(row) + "\n")
    site.build(DEFAULT_LANG="es", PLUGINS=[f"plugins.{name}.plugin" for name in (*_PLUGINS, "links")])
    page = site.page("posts/one/index.html")
    assert 'title="La página tal como era el 1 de febrero de 2026">archivado</a>' in page
    assert "<title>Artículos" in site.page("posts/index.html")
    assert "Noticias" not in site.page("subscribe/index.html")
    assert ">Todo<" in site.page("subscribe/index.html")


def test_a_foreign_text_is_marked_wherever_it_is_listed(tmp_path: Path) -> None:
    """Among others, a post's own words have its language and say in it which one; the words around them do not."""
    site = SmallSite(tmp_path)
    site.post("uno", "Vinieron a las seis.", "lang: es\n", title="Primer día")
    site.build()
    for path in ("index.html", "posts/index.html", "categories/notes/index.html"):
        page = site.page(path)
        assert re.search(r'<h\d class="p-name" lang="es">', page), path
        assert '<span class="tag" lang="es">Español</span>' in page, path
        assert not re.search(r'<(?:article|li)[^>]* lang="es"', page), path


def test_a_text_without_interface_words_of_its_language_is_marked_on_its_page(tmp_path: Path) -> None:
    """Where nobody has translated the theme, the page speaks the site's language and its text its own."""
    site = SmallSite(tmp_path)
    site.post("un", "Ils sont venus.", "lang: fr\n", title="Premier jour")
    site.build()
    page = site.page("posts/un/fr/index.html")
    assert '<html lang="en"' in page
    assert re.search(r'<div [^>]*class="prose e-content" lang="fr">', page)
    assert re.search(r'<h1 class="p-name" lang="fr">', page)
    assert "1 March 2026" in page
    assert '<span class="tag" lang="fr">Français</span>' in page


def _translated(tmp_path: Path) -> SmallSite:
    site = SmallSite(tmp_path)
    site.post("before", "Words.", "tags: [pay]\n", title="The day before")
    site.post("gate", "They came at six.", "tags: [pay]\nauthor: A. Writer\n", title="Day one")
    more = "slug: gate\nlang: es\ntags: [pay]\nauthor: A. Writer\n"
    body = "Vinieron a las seis.\n\n/// correction | 2026-03-02\nEran las siete.\n///"
    site.post("gate-es", body, more, title="Primer día")
    site.write("pages/about-es.md", "---\ntitle: Sobre nosotros\nslug: about\nlang: es\n---\nSomos una redacción.\n")
    site.build()
    return site


def test_a_translation_speaks_its_own_language(tmp_path: Path) -> None:
    """Its page is Spanish, interface words, dates and length too; the site's own English words are marked."""
    site = _translated(tmp_path)
    page = site.page("posts/gate/es/index.html")
    assert '<html lang="es"' in page
    assert "Saltar al contenido" in page
    assert ">1 de marzo de 2026</time>" in page
    assert "<span>1 minuto</span>" in page
    assert 'Corrección, <time datetime="2026-03-02">2 de marzo de 2026</time>:' in page
    assert re.search(r'<p class="tagline" lang="en">', page)
    assert re.search(r'rel="(?:prev|next)" lang="en">The day', page)
    assert '<h1 class="p-name">' in page
    assert '<html lang="es"' in site.page("about/es/index.html")
    english = site.page("posts/gate/index.html")
    assert '<html lang="en"' in english
    assert "<span>1 minute</span>" in english


def test_translations_are_linked_both_ways(tmp_path: Path) -> None:
    """Each names the other in the other's own name, in the page, its head, the sitemap and the feeds."""
    site = _translated(tmp_path)
    root = "https://example.org/repo"
    for folder in ("posts/gate/", "about/"):
        english, spanish = site.page(f"{folder}index.html"), site.page(f"{folder}es/index.html")
        assert f'href="/repo/{folder}es/" rel="alternate" hreflang="es" lang="es">Español</a>' in english
        assert f'href="/repo/{folder}" rel="alternate" hreflang="en" lang="en">English</a>' in spanish
        assert "In other languages:" in english
        assert "En otros idiomas:" in spanish
        told = {"en": f"{root}/{folder}", "es": f"{root}/{folder}es/", "x-default": f"{root}/{folder}"}
        heads = [
            dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page))
            for page in (english, spanish)
        ]
        assert heads == [told, told]
        assert site.page("sitemap.xml").count(f'hreflang="es" href="{root}/{folder}es/"') == 2
    for feed in ("feeds/posts.atom.xml", "feeds/posts.rss.xml"):
        assert f'href="{root}/posts/gate/es/" hreflang="es" rel="alternate"/>' in site.page(feed)
        assert f'href="{root}/posts/gate/" hreflang="en" rel="alternate"/>' in site.page(feed)
    assert "hreflang" not in site.page("posts/before/index.html")


def test_a_translation_is_in_no_list_of_the_other_language(tmp_path: Path) -> None:
    """The front page, the archives and the feeds have a text once, in the site's language."""
    site = _translated(tmp_path)
    for path in ("index.html", "posts/index.html", "tags/pay/index.html", "feeds/posts.atom.xml"):
        assert re.search("Day(?: |&nbsp;)one", site.page(path)), path
        assert "Primer" not in site.page(path)


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
