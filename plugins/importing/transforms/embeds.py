"""What a text showed of other sites, as HTML that loads nothing: a video becomes `x-video`, everything else a link.

No network has code of its own here but YouTube and Vimeo, whose videos the site has a block for: a quoted post's words
stay where the old page has them, as the quotation or paragraph they are in.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup, Tag

from plugins.core.text.urls import host, is_web
from plugins.importing.conversion_log import ConversionLog
from plugins.importing.html_tree import attribute, clean, excerpt_line, new_element, one_line

AS_LINK = "embed turned into a link"
LEFT_OUT = "embed left out"

_UNTITLED = "Video"
_LONG_TITLE = 150
_PLAYER_NAMES = {"youtube video player", "vimeo video player", "youtube video"}
_SHOWN = ["img", "iframe", "audio", "video", "object", "embed", "x-video", "x-loss", "pre", "a"]
_YOUTUBE = {"youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be"}
# /embed/ID, /v/ID, /shorts/ID, /live/ID, and /playlist, whose list is in the query.
_YOUTUBE_PATHS = re.compile(r"/(?:embed|v|shorts|live|e)/([\w-]+)|/(playlist)$")
_SHORT_PATH = re.compile(r"/([\w-]+)")
_VIDEO_ID = re.compile(r"[\w-]{6,20}")
# /12345, and for one that is not listed, /12345/0a1b2c3d.
_VIMEO_PATH = re.compile(r"/(\d{4,})(?:/([0-9a-f]{6,}))?")


def rewrite(soup: BeautifulSoup, log: ConversionLog) -> None:
    """Replace everything that was embedded by what a page here can show of it."""
    _replace_all(soup.select("[data-attrs]:not(img, iframe, object, embed)"), _component, log)
    for wrapper in soup.select(".wp-block-embed__wrapper"):
        if is_web(url := wrapper.get_text().strip()) and not wrapper.find(True):
            wrapper.replace_with(new_element("iframe", {"src": url}))
    _replace_all(soup.find_all(["iframe", "object", "embed"]), _frame, log)
    _replace_all(soup.find_all(["audio", "video"]), _sound_or_film, log)
    _replace_all(soup.select("blockquote[class], .graf--iframe"), _without_words, log)
    for video in soup.find_all("x-video"):
        _name_by_caption(video)


def _replace_all(elements: Iterable[Tag], rule: Callable[[Tag, ConversionLog], None], log: ConversionLog) -> None:
    """Apply a rule to those elements that no rule has taken out before."""
    for element in elements:
        if not element.decomposed and element.parent is not None:
            rule(element, log)


def finish(soup: BeautifulSoup, log: ConversionLog) -> None:
    """Show the video, or link the page, where a paragraph is nothing but an address; mark videos without a title.

    WordPress embeds what such an address names.
    """
    for element in soup.find_all(["p", "div"]):
        url = element.get_text().strip()
        if not is_web(url) or any(letter.isspace() for letter in url) or element.find(lambda one: one.name != "a"):
            continue
        if watched := video_page(url):
            element.replace_with(_video(watched, ""))
        elif not element.find("a"):
            element.clear()
            element.append(new_element("a", {"href": url}, url))
    for video in soup.find_all("x-video", title=_UNTITLED):
        video.append(log.mark("video without a title", attribute(video, "url")))


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
    url = _unwrapped(url)
    if not is_web(url):
        return ""
    parts = urlsplit(url)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if host(url) in _YOUTUBE:
        pattern = _SHORT_PATH if host(url) == "youtu.be" else _YOUTUBE_PATHS
        found = pattern.match(parts.path)
        return _youtube_page(asked.get("v") or (found and found[found.lastindex or 0]) or "", asked)
    numbers = _VIMEO_PATH.search(parts.path) if host(url) in {"vimeo.com", "player.vimeo.com"} else None
    if not numbers:
        return ""
    private = numbers[2] or asked.get("h", "")
    return f"https://vimeo.com/{numbers[1]}{f'/{private}' if private else ''}"


def _youtube_page(name: str, asked: dict[str, str]) -> str:
    """Return the page of a video, or of a list of them; `name` is the video's id."""
    if name in {"videoseries", "playlist"}:
        series = asked.get("list", "")
        if re.fullmatch(r"[\w-]+", series):
            return f"https://www.youtube.com/playlist?list={series}"
        return ""
    if not _VIDEO_ID.fullmatch(name):
        return ""
    start = (asked.get("start") or asked.get("t") or "").removesuffix("s")
    return f"https://www.youtube.com/watch?v={name}" + (f"&t={start}s" if start.isdigit() and int(start) else "")


def _unwrapped(url: str) -> str:
    """Return a frame's address as a whole one, out of the player that Medium puts around it."""
    url = f"https:{url}" if url.startswith("//") else url
    if not is_web(url) or host(url) != "cdn.embedly.com":
        return url
    asked = parse_qs(urlsplit(url).query)
    inner = (asked.get("url") or asked.get("src") or [""])[0]
    inner = f"https:{inner}" if inner.startswith("//") else inner
    return inner if is_web(inner) else url


def _said(values: dict[str, Any], *names: str) -> str:
    """Return the first of the named values that is text, on one line."""
    found = (values.get(name) for name in names)
    return next((excerpt_line(one) for one in found if isinstance(one, str) and one.strip()), "")


def _video(url: str, title: str) -> Tag:
    return new_element("x-video", {"url": url, "title": title or _UNTITLED})


def _link(element: Tag, log: ConversionLog, url: str, title: str, more: str = "") -> None:
    """Replace an element by a paragraph that is a link, with more words after it."""
    paragraph = new_element("p")
    paragraph.append(new_element("a", {"href": url}, title or host(url)))
    if more:
        paragraph.append(f" — {more}")
    element.replace_with(paragraph)
    log.note(AS_LINK, url)


def _component(element: Tag, log: ConversionLog) -> None:
    """Show what a component of Substack's editor stands for, where nothing of it stands in the page itself."""
    values = component_values(element)
    if element.get_text(strip=True) or element.find(_SHOWN) or not values:
        return
    gallery = values.get("gallery")
    url = _said(values, "url", "canonical_url", "base_url", "link")
    name = _said(values, "title", "name", "author_name", "label")
    if isinstance(gallery, dict):
        _gallery(element, log, gallery)
    elif isinstance(source := values.get("src"), str) and source:
        element.replace_with(new_element("img", {"src": source, "alt": str(values.get("alt") or "")}))
    elif isinstance(formula := values.get("persistentExpression"), str) and formula.strip():
        block = new_element("pre")
        block.append(new_element("code", words=clean(formula)))
        element.replace_with(block)
        log.beside(block, "formula shown as it was typed")
    elif watched := _video_of(values):
        element.replace_with(_video(watched, name))
    elif element.name == "span" and name:
        element.replace_with(name)  # somebody who is mentioned
    elif is_web(url):
        more = _said(values, "full_text", "text", "publication_name", "hero_text", "subtitle", "description")
        _link(element, log, url, name, more)
    elif element.name != "a":  # an empty link's own address may be that of its picture
        log.replace(element, LEFT_OUT, name or attribute(element, "data-component-name") or "a card")


def _gallery(element: Tag, log: ConversionLog, gallery: dict[str, Any]) -> None:
    """Show the pictures of a gallery one after another, its caption below the last."""
    images = gallery.get("images")
    known = [one for one in images if isinstance(one, dict)] if isinstance(images, list) else []
    if not known:
        log.replace(element, "gallery left out", "the export does not say what it showed")
        return
    made = new_element("div")
    for image in known:
        figure = new_element("figure")
        figure.append(new_element("img", {"src": str(image.get("src") or ""), "alt": str(image.get("alt") or "")}))
        made.append(figure)
    if caption := _said(gallery, "caption"):
        made.append(new_element("p", words=caption))
    element.replace_with(made)
    log.beside(made, "gallery shown as single pictures", f"{len(known)} pictures")


def _video_of(values: dict[str, Any]) -> str:
    """Return the page of a video that is named by its id alone: Vimeo's are numbers."""
    name, start = values.get("videoId"), str(values.get("startTime") or "")
    if not isinstance(name, str | int) or not name:
        return ""
    if str(name).isdecimal():
        return video_page(f"https://vimeo.com/{name}")
    return video_page(f"https://www.youtube.com/watch?v={name}&t={start}")


def _frame(element: Tag, log: ConversionLog) -> None:
    """Replace a frame, or a plug-in of the years of Flash, by the video it plays, else by a link to what it shows."""
    values = component_values(element)
    params = element.find_all("param", attrs={"name": ["movie", "src"]})
    sources = [attribute(one, name) for one in (element, element.find("embed")) for name in ("src", "data-src", "data")]
    sources += [attribute(one, "value") for one in params]
    urls = [_unwrapped(one) for one in sources if is_web(_unwrapped(one))]
    title = one_line(attribute(element, "title")) or _said(values, "title")
    title = "" if title.lower() in _PLAYER_NAMES else title
    if watched := next(filter(None, map(video_page, urls)), ""):
        element.replace_with(_video(watched, title))
    elif shown := next(filter(is_web, [_said(values, "url"), *urls]), ""):
        _link(element, log, shown, title, _said(values, "subtitle", "description"))
    else:
        source = next(filter(None, sources), "")
        log.replace(element, LEFT_OUT, f"{element.name} without an address ({source[:80] or 'none'})")


def _sound_or_film(element: Tag, log: ConversionLog) -> None:
    url = attribute(element, "src") or attribute(element.find("source"), "src")
    title = one_line(attribute(element, "title"))
    if not is_web(url):
        log.replace(element, LEFT_OUT, f"{element.name}: {url[:80] or 'without an address'}")
    elif element.name == "video":
        element.replace_with(_video(url, title))
        log.note(AS_LINK, url)
    else:
        _link(element, log, url, title or url.rsplit("/", 1)[-1])


def _without_words(element: Tag, log: ConversionLog) -> None:
    """Link what a network's script would have filled; mark what has no address, as in some figures of Medium's."""
    if element.decomposed or element.get_text(strip=True) or element.find(["img", "x-video", "pre", "x-loss"]):
        return
    links = [attribute(one, "href") for one in element.find_all("a")]
    if url := next(filter(is_web, [*links, attribute(element, "cite")]), ""):
        _link(element, log, url, "")
    elif element.name != "blockquote":
        log.replace(element, LEFT_OUT, "the export does not say what stood here")


def _name_by_caption(video: Tag) -> None:
    """Let the words that stood below a video be its title, where it has none."""
    figure = video.find_parent("figure")
    caption = figure.find("figcaption") if isinstance(figure, Tag) else None
    words = one_line(caption.get_text(" "), _LONG_TITLE + 1) if isinstance(caption, Tag) else ""
    if words and len(words) <= _LONG_TITLE and attribute(video, "title") == _UNTITLED and isinstance(caption, Tag):
        video["title"] = words
        caption.decompose()
