"""What a text showed of other sites, as HTML that loads nothing: a link with its words, and for videos an `x-video`.

No network has code of its own here but YouTube and Vimeo, whose videos the site has a block for: a quoted post's words
stay where the old page has them, as the quotation or paragraph they are in.
"""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup, Tag

from plugins.core.text.urls import host, is_web
from plugins.importing.conversion_log import ConversionLog
from plugins.importing.html_tree import attribute, excerpt_line, new_element, one_line, text_of

AS_LINK = "embed turned into a link"
LEFT_OUT = "embed left out"

_UNTITLED = "Video"
_LONG_TITLE = 150
_PLAYER_NAMES = {"youtube video player", "vimeo video player", "youtube video"}
_PLAYERS = ["iframe", "object", "embed", "audio", "video"]
_SHOWS_SOMETHING = ["img", *_PLAYERS, "x-video", "pre", "a"]
# /embed/ID, /v/ID, /shorts/ID, /live/ID, /watch?v=ID, youtu.be/ID.
_YOUTUBE = re.compile(
    r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:(?:embed|v|shorts|live)/|watch\?(?:[^#]*&)?v=)|youtu\.be/)"
    r"(?!videoseries)([\w-]{6,20})(?=[?&#/]|$)"
)
_START = re.compile(r"[?&#](?:start|t)=(\d+)")
# /video/12345?h=0a1b, /12345, and for one that is not listed, /12345/0a1b.
_VIMEO = re.compile(
    r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d{4,})(?![\w-])(?:(?:/|\?(?:[^#]*&)?h=)([0-9a-f]{6,}))?"
)


def rewrite(soup: BeautifulSoup, log: ConversionLog) -> None:
    """Replace everything that was embedded by what a page here can show of it."""
    for component in soup.select("[data-attrs]:not(img, iframe, object, embed)"):
        _show_component(component, log)
    for wrapper in soup.select(".wp-block-embed__wrapper"):
        if is_web(url := wrapper.get_text().strip()) and not wrapper.find(True):
            wrapper.replace_with(new_element("iframe", {"src": url}))
    for player in soup.find_all(_PLAYERS):
        if not player.decomposed and player.find_parent(_PLAYERS) is None:
            _show_player(player, log)
    for quoted in soup.select("blockquote[class], .graf--iframe"):
        _link_if_empty(quoted, log)


def finish(soup: BeautifulSoup, log: ConversionLog) -> None:
    """Show the video, or link the page, where a paragraph is nothing but an address; note videos without a title.

    WordPress embeds what such an address names.
    """
    for paragraph in soup.find_all(["p", "div"]):
        url = paragraph.get_text().strip()
        if not is_web(url) or re.search(r"\s", url) or paragraph.find(lambda one: one.name != "a"):
            continue
        if watched := video_page(url):
            paragraph.replace_with(_video(watched, ""))
        elif not paragraph.find("a"):
            paragraph.clear()
            paragraph.append(new_element("a", {"href": url}, url))
    for video in soup.find_all("x-video", title=_UNTITLED):
        log.note("video without a title", attribute(video, "url"), video)


def component_values(element: Tag) -> dict[str, Any]:
    """Return what Substack's editor notes of a component in its `data-attrs`."""
    try:
        read = json.loads(attribute(element, "data-attrs") or "{}")
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def video_page(url: str) -> str:
    """Return the page on which a YouTube or Vimeo video is watched, with its start; "" where the address is of none.

    Sources: https://developers.google.com/youtube/player_parameters, https://developer.vimeo.com/player/sdk/embed
    """
    url = _whole(url)
    if found := _YOUTUBE.match(url):
        page = f"https://www.youtube.com/watch?v={found[1]}"
        if start := _START.search(url):
            page = f"{page}&t={start[1]}s"
        return page
    if found := _VIMEO.match(url):
        return f"https://vimeo.com/{'/'.join(filter(None, found.groups()))}"
    return ""


def _whole(url: str) -> str:
    """Return a frame's address as a whole one, out of the player that Medium puts around it."""
    if url.startswith("//"):
        url = f"https:{url}"
    if not is_web(url) or host(url) != "cdn.embedly.com":
        return url
    asked = parse_qs(urlsplit(url).query)
    return next(filter(is_web, [*asked.get("url", []), *asked.get("src", [])]), url)


def _said(values: dict[str, Any], *names: str) -> str:
    """Return the first of the named values that is text, on one line."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and value.strip():
            return excerpt_line(value)
    return ""


def _video(url: str, title: str) -> Tag:
    return new_element("x-video", {"url": url, "title": title or _UNTITLED})


def _replace_by_link(element: Tag, log: ConversionLog, url: str, title: str, more: str = "") -> None:
    """Replace an element by a paragraph that is a link, with more words after it."""
    paragraph = new_element("p")
    paragraph.append(new_element("a", {"href": url}, title or host(url)))
    if more:
        paragraph.append(f" — {more}")
    log.note(AS_LINK, url, element)
    element.replace_with(paragraph)


def _show_component(element: Tag, log: ConversionLog) -> None:
    """Show what a component of Substack's editor stands for, where nothing of it stands in the page itself."""
    values = component_values(element)
    if not values or element.decomposed or element.get_text(strip=True) or element.find(_SHOWS_SOMETHING):
        return
    url = _said(values, "url", "canonical_url", "base_url", "link")
    name = _said(values, "title", "name", "author_name", "label")
    formula = _said(values, "persistentExpression")
    text = _said(values, "full_text", "text", "publication_name", "hero_text", "subtitle", "description")
    video = f"{values.get('videoId', '')}?t={values.get('startTime', '')}"
    if pictures := _pictures(values):
        if "gallery" in values:
            log.note("gallery shown as single pictures", place=element)
        element.replace_with(*pictures)
    elif watched := video_page(f"https://vimeo.com/{video}") or video_page(f"https://youtu.be/{video}"):
        element.replace_with(_video(watched, name))
    elif element.name == "span" and name:
        element.replace_with(name)  # somebody who is mentioned
    elif is_web(url):
        _replace_by_link(element, log, url, name, text)
    elif formula:
        log.note("formula shown as it was typed", place=element)
        element.replace_with(new_element("code", words=formula))
    elif name:
        log.note("embed shown by its words alone", name, element)
        element.replace_with(name)
    elif element.name != "a":  # an empty link's own address may be that of its picture
        log.remove(element, LEFT_OUT, attribute(element, "data-component-name") or "a component without words")


def _pictures(values: dict[str, Any]) -> list[Tag]:
    """Return the pictures of a component, one or a gallery of them, and the gallery's caption as a paragraph."""
    gallery = values.get("gallery")
    images: list[Any] = [values]
    if isinstance(gallery, dict) and isinstance(gallery.get("images"), list):
        images += gallery["images"]
    shown: list[Tag] = []
    for image in images:
        if isinstance(image, dict) and (source := _said(image, "src")):
            figure = new_element("figure")
            figure.append(new_element("img", {"src": source, "alt": _said(image, "alt")}))
            shown.append(figure)
    if shown and isinstance(gallery, dict) and (caption := _said(gallery, "caption")):
        shown.append(new_element("p", words=caption))
    return shown


def _show_player(element: Tag, log: ConversionLog) -> None:
    """Replace a frame, a sound, a film or a plug-in of Flash's years by the video it plays, else by a link to it."""
    parts = [element, *element.select('embed, source, param[name="movie"], param[name="src"]')]
    values = component_values(element)
    named = [_said(values, "url")]
    for part in parts:
        named += [_whole(attribute(part, name)) for name in ("src", "data-src", "data", "value")]
    urls = list(filter(is_web, named))
    title = one_line(attribute(element, "title")) or _said(values, "title")
    if title.lower() in _PLAYER_NAMES:
        title = ""
    if watched := next(filter(None, map(video_page, urls)), ""):
        element.replace_with(_video(watched, title or _take_caption(element)))
    elif urls:
        file = urls[0].rsplit("/", 1)[-1] if element.name in {"audio", "video"} else ""
        _replace_by_link(element, log, urls[0], title or file, _said(values, "subtitle", "description"))
    else:
        log.remove(element, LEFT_OUT, f"{element.name} without an address of the web")


def _take_caption(player: Tag) -> str:
    """Take out the words below a player, and return them to be its title; "" where they are too long for one."""
    figure = player.find_parent("figure")
    caption = figure.find("figcaption") if isinstance(figure, Tag) else None
    words = text_of(caption)
    if not isinstance(caption, Tag) or len(words) > _LONG_TITLE:
        return ""
    caption.decompose()
    return words


def _link_if_empty(element: Tag, log: ConversionLog) -> None:
    """Link what a network's script would have filled; note what has no address, as in some figures of Medium's."""
    if element.decomposed or element.get_text(strip=True) or element.find(["img", "x-video", "pre"]):
        return
    links = [attribute(link, "href") for link in element.find_all("a")]
    if url := next(filter(is_web, [*links, attribute(element, "cite")]), ""):
        _replace_by_link(element, log, url, "")
    elif element.name != "blockquote":
        log.remove(element, LEFT_OUT, "the export does not say what stood here")
