"""Posts of others that a text quoted from a network: an attributed quotation where the words are there, else a link.

Sources: https://developer.x.com/en/docs/x-for-websites/embedded-posts, and what Substack's editor exports. Pure.
"""

import re

from bs4 import BeautifulSoup, Tag

from plugins.core.text.urls import host, is_web
from plugins.importing import text
from plugins.importing.clean import attribute
from plugins.importing.losses import Losses, new
from plugins.importing.rewriting.cards import AS_LINK, given, said

_NETWORKS = {
    "twitter.com": "Twitter",
    "x.com": "X",
    "bsky.app": "Bluesky",
    "instagram.com": "Instagram",
    "tiktok.com": "TikTok",
    "facebook.com": "Facebook",
    "threads.net": "Threads",
}
_SUBSTACK = (
    '.tweet, .twitter-embed, [data-component-name="Twitter2ToDOM"], .instagram, .bluesky-wrap, .tiktok-wrap,'
    " .threads-wrap"
)
_WIDGETS = (
    "blockquote.twitter-tweet, blockquote.twitter-video, blockquote.bluesky-embed, blockquote.instagram-media,"
    " blockquote.tiktok-embed, blockquote.text-post-media"
)
_SIGNED = re.compile(r"^\s*(?:—|--|&mdash;)\s*")


def quote(soup: BeautifulSoup, losses: Losses) -> None:
    """Replace every post that is shown by its network's widget."""
    for element in soup.select(_SUBSTACK):
        if not element.decomposed and element.parent is not None:
            _of_substack(element, losses)
    for element in soup.select(_WIDGETS):
        _of_widget(element, losses)


def _of_substack(element: Tag, losses: Losses) -> None:
    values = given(element)
    if not values and (inner := element.select_one("[data-attrs]")) is not None:
        values = given(inner)
    url = said(values, "url") or _address(element)
    words = values.get("full_text") or values.get("title") or values.get("text")
    shown = element.select_one(".tweet-text")
    words = words if isinstance(words, str) else shown.get_text("\n") if shown else ""
    name = said(values, "name", "author_name") or _part(element, ".tweet-author-name")
    handle = said(values, "username", "authorHandle") or _part(element, ".tweet-author-handle")
    when = _part(element, ".tweet-date") or said(values, "date", "timestamp")
    _replace(element, losses, url, words, _who(name, handle, url, when))


def _of_widget(element: Tag, losses: Losses) -> None:
    """Read a network's own markup: the words, then a dash, the name and a link with the day."""
    links = [attribute(link, "href") for link in element.find_all("a", href=True)]
    url = next((link for link in reversed(links) if host(link) in _NETWORKS), attribute(element, "cite"))
    paragraphs = element.find_all("p")
    words = "\n".join(one.get_text() for one in paragraphs)
    for one in paragraphs:
        one.extract()
    signed = text.line(_SIGNED.sub("", element.get_text(" ").strip()))
    _replace(element, losses, url, words, signed or _who("", "", url, ""))


def _replace(element: Tag, losses: Losses, url: str, words: str, who: str) -> None:
    lines = [line for line in (text.words(one) for one in words.split("\n")) if line]
    if not lines and not is_web(url):
        losses.replace(element, "embed left out", "a post whose address the export left out")
        return
    if not lines:
        paragraph = new("p")
        paragraph.append(new("a", {"href": url}, who or host(url)))
        element.replace_with(paragraph)
        losses.note(AS_LINK, url)
        return
    who = who or host(url)
    block = new("x-quote", {"who": who, "url": url if is_web(url) else ""}) if who else new("blockquote")
    for line in lines:
        block.append(new("p", words=line))
    element.replace_with(block)
    losses.beside(block, "post quoted as text", url)


def _who(name: str, handle: str, url: str, when: str) -> str:
    handle = f"@{handle.lstrip('@')}" if handle else ""
    known = f"{name} ({handle})" if name and handle else name or handle
    network = _NETWORKS.get(host(url), "")
    day = re.match(r"\d{4}-\d{2}-\d{2}", when)
    return ", ".join(filter(None, (known, network, day[0] if day else when)))


def _address(element: Tag) -> str:
    links = [element, *element.find_all("a")]
    return next((attribute(one, "href") for one in links if host(attribute(one, "href")) in _NETWORKS), "")


def _part(element: Tag, selector: str) -> str:
    found = element.select_one(selector)
    return text.line(found.get_text(" ")) if found else ""
