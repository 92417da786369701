"""Cards, files, mentions, formulas, code: what an editor kept as a component, and a page here shows as words. Pure."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from bs4 import Tag

from plugins.core.text.urls import host, is_web
from plugins.importing import text
from plugins.importing.clean import attribute
from plugins.importing.losses import Losses, new

AS_LINK = "embed turned into a link"
LEFT_OUT = "embed left out"
_ON_THE_OLD_SITE = "attached file left on the old site"

Rule = Callable[[Tag, Losses], None]


def given(element: Tag) -> dict[str, Any]:
    """Return what Substack notes of a component in its `data-attrs`."""
    try:
        read = json.loads(attribute(element, "data-attrs") or "{}")
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def said(values: dict[str, Any], *names: str) -> str:
    """Return the first of the named values that is text, on one line."""
    found = (values.get(name) for name in names)
    return next((text.words(one) for one in found if isinstance(one, str) and one.strip()), "")


def linked(url: str, words: str, more: str = "") -> Tag:
    """Return a paragraph that is a link, with more words after it."""
    paragraph = new("p")
    paragraph.append(new("a", {"href": url}, words or host(url)))
    if more:
        paragraph.append(f" — {more}")
    return paragraph


def _card(element: Tag, losses: Losses) -> None:
    """Replace a card that shows another page by a link to it."""
    values = given(element)
    url = said(values, "url", "canonical_url", "base_url", "link")
    link = element.find("a")
    if not is_web(url) and isinstance(link, Tag):
        url = attribute(link, "href")
    title = said(values, "title", "name") or text.line(element.get_text(" ")[: text.LONGEST])
    if not is_web(url):
        losses.replace(element, LEFT_OUT, attribute(element, "data-component-name") or title or "a card")
        return
    element.replace_with(linked(url, title, said(values, "publication_name", "hero_text")))
    losses.note(AS_LINK, url)


def _mixtape(element: Tag, losses: Losses) -> None:
    """Replace Medium's card of another page: its title links there, its description stands below."""
    link = element.find("a", href=True)
    if not isinstance(link, Tag):
        losses.replace(element, LEFT_OUT, "a card")
        return
    for empty in element.select(".js-mixtapeImage, .mixtapeImage"):
        empty.decompose()
    url, words = attribute(link, "href"), list(_lines(link))
    paragraph = linked(url, words[0] if words else "")
    if words[1:]:
        paragraph.append(f" — {' · '.join(words[1:])}")
    element.replace_with(paragraph)


def _lines(link: Tag) -> Iterator[str]:
    for child in link.children:
        words = text.line(child.get_text(" ") if isinstance(child, Tag) else str(child))
        if words:
            yield words


def _file(element: Tag, losses: Losses) -> None:
    link = element.find("a", href=True)
    title = element.select_one(".file-embed-details-h1")
    name = text.line(title.get_text(" ")) if title else ""
    if isinstance(link, Tag) and is_web(attribute(link, "href")):
        url = attribute(link, "href")
        element.replace_with(linked(url, name))
        losses.note(_ON_THE_OLD_SITE, url)
    else:
        losses.replace(element, _ON_THE_OLD_SITE, name)


def _mention(element: Tag, losses: Losses) -> None:
    element.replace_with(element.get_text() or said(given(element), "name"))


def _formula(element: Tag, losses: Losses) -> None:
    written = given(element).get("persistentExpression")
    if isinstance(written, str) and written.strip():
        block = new("pre")
        block.append(new("code", words=text.clean(written)))
        element.replace_with(block)
        losses.beside(block, "formula shown as it was typed")
    else:
        losses.replace(element, "formula left out", text.line(element.get_text(" "))[:80])


def _gist(element: Tag, losses: Losses) -> None:
    rows = [row.get_text() for row in element.select("td.blob-code")]
    link = element.find("a", href=True)
    if rows:
        block = new("pre")
        block.append(new("code", words="\n".join(rows)))
        element.replace_with(block)
    elif isinstance(link, Tag):
        element.replace_with(linked(attribute(link, "href"), ""))
    else:
        losses.replace(element, LEFT_OUT, "code shown by another site")


def _upload(element: Tag, losses: Losses) -> None:
    name = said(given(element), "label", "title")
    losses.replace(element, "sound or film kept by Substack", name or attribute(element, "data-component-name"))


def _component(element: Tag, losses: Losses) -> None:
    """Treat a component nobody knows, and that shows nothing, as a card; one that has words stays as words."""
    if not element.get_text(strip=True) and not element.find(["img", "x-video", "x-quote", "x-loss", "pre", "a"]):
        _card(element, losses)


RULES: tuple[tuple[str, Rule], ...] = (
    (".native-video-embed, .native-audio-embed", _upload),
    (".mention-wrap", _mention),
    (".latex-rendered", _formula),
    (".github-gist, .gist", _gist),
    (
        ".embedded-post-wrap, .digest-post-embed, .embedded-publication-wrap, .poll-embed, div.comment[data-attrs]",
        _card,
    ),
    (".apple-podcast-container:not(iframe)", _card),
    (".file-embed-wrapper", _file),
    (".graf--mixtapeEmbed", _mixtape),
)
"""What each kind of component is found by, and what becomes of it."""

LAST: tuple[tuple[str, Rule], ...] = (("[data-component-name][data-attrs]", _component),)
"""For what no other rule has taken."""
