"""What a text showed of other sites: videos, sounds, frames, cards. Nothing of it loads here by itself. Pure.

A video becomes the block for videos, everything else a link.
"""

from bs4 import BeautifulSoup, Tag

from plugins.core.text.urls import is_web
from plugins.importing import text
from plugins.importing.clean import attribute
from plugins.importing.losses import Losses, new
from plugins.importing.rewriting import cards, videos
from plugins.importing.rewriting.cards import AS_LINK, LEFT_OUT, Rule, given, linked, said

_UNTITLED = "Video"
_LONG_TITLE = 150
_PLAYER_NAMES = {"youtube video player", "vimeo video player", "youtube video"}
_NO_ADDRESS = "a video whose address the export left out"


def rewrite(soup: BeautifulSoup, losses: Losses) -> None:
    """Replace everything that was embedded by what a page here can show of it."""
    for selector, rule in _RULES:
        for element in soup.select(selector):
            if not element.decomposed and element.parent is not None:
                rule(element, losses)
    for video in soup.find_all("x-video"):
        _name_by_caption(video)


def finish(soup: BeautifulSoup, losses: Losses) -> None:
    """Show the video, or link the page, where a paragraph is nothing but an address; mark videos without a title.

    WordPress embeds what such an address names.
    """
    for element in soup.find_all(["p", "div"]):
        url = element.get_text().strip()
        if not is_web(url) or any(letter.isspace() for letter in url) or element.find(lambda one: one.name != "a"):
            continue
        if watched := videos.watch(url):
            element.replace_with(_video(watched, ""))
        elif not element.find("a"):
            element.clear()
            element.append(new("a", {"href": url}, url))
    for video in soup.find_all("x-video", title=_UNTITLED):
        video.append(losses.mark("video without a title", attribute(video, "url")))


def _video(url: str, title: str) -> Tag:
    return new("x-video", {"url": url, "title": title or _UNTITLED})


def _name_by_caption(video: Tag) -> None:
    """Let the words that stood below a video be its title, where it has none."""
    figure = video.find_parent("figure")
    caption = figure.find("figcaption") if isinstance(figure, Tag) else None
    words = text.line(caption.get_text(" "), _LONG_TITLE + 1) if isinstance(caption, Tag) else ""
    if words and len(words) <= _LONG_TITLE and attribute(video, "title") == _UNTITLED and isinstance(caption, Tag):
        video["title"] = words
        caption.decompose()


def _frame(element: Tag, losses: Losses) -> None:
    """Replace a frame by the video it plays, or a link; Substack's own wrapper around it goes along."""
    values = given(element)
    source = attribute(element, "src") or attribute(element, "data-src")
    url, title = videos.whole(source), attribute(element, "title") or said(values, "title")
    title = "" if title.lower() in _PLAYER_NAMES else text.line(title)
    page = values.get("url") if isinstance(values.get("url"), str) else ""
    if watched := videos.played(url):
        element.replace_with(_video(watched, title))
    elif is_web(str(page)) or is_web(url):
        shown = str(page) if is_web(str(page)) else url
        element.replace_with(linked(shown, title, said(values, "subtitle", "description")))
        losses.note(AS_LINK, shown)
    else:
        losses.replace(element, LEFT_OUT, f"a frame without an address ({source[:80]})" if source else "a frame")


def _old_player(element: Tag, losses: Losses) -> None:
    """Replace an `object` or `embed` of the years of Flash."""
    inner = element.find(["embed", "param"], attrs={"src": True}) or element.find("param", attrs={"name": "movie"})
    of = [attribute(element, "src"), attribute(element, "data")]
    if isinstance(inner, Tag):
        of += [attribute(inner, "src"), attribute(inner, "value")]
    url = next((videos.whole(one) for one in of if is_web(videos.whole(one))), "")
    if watched := videos.played(url):
        element.replace_with(_video(watched, ""))
    elif url:
        element.replace_with(linked(url, ""))
        losses.note(AS_LINK, url)
    else:
        losses.replace(element, LEFT_OUT, f"an {element.name} element")


def _wrapped(element: Tag, losses: Losses) -> None:
    """Replace the address that WordPress's block for embeds holds."""
    url = element.get_text().strip()
    if watched := videos.played(url):
        element.replace_with(_video(watched, ""))
    elif is_web(url) and not element.find(True):
        element.replace_with(linked(url, url))
        losses.note(AS_LINK, url)


def _youtube(element: Tag, losses: Losses) -> None:
    values = given(element)
    frame = element.find("iframe")
    name, start = values.get("videoId"), values.get("startTime")
    url = f"https://www.youtube.com/watch?v={name}" if isinstance(name, str) and name else ""
    if url and isinstance(start, str | int) and start:
        url += f"&t={str(start).removesuffix('s')}s"
    url = url if url else attribute(frame, "src") if isinstance(frame, Tag) else ""
    if watched := videos.played(url):
        element.replace_with(_video(watched, ""))
    else:
        losses.replace(element, LEFT_OUT, _NO_ADDRESS)


def _vimeo(element: Tag, losses: Losses) -> None:
    name = given(element).get("videoId")
    frame = element.find("iframe")
    url = f"https://vimeo.com/{name}" if name else attribute(frame, "src") if isinstance(frame, Tag) else ""
    if watched := videos.played(url):
        element.replace_with(_video(watched, ""))
    else:
        losses.replace(element, LEFT_OUT, _NO_ADDRESS)


def _sound_or_film(element: Tag, losses: Losses) -> None:
    source = element.find("source")
    url = attribute(element, "src") or (attribute(source, "src") if isinstance(source, Tag) else "")
    if not is_web(url):
        losses.replace(element, LEFT_OUT, f"{element.name}: {url[:80] or 'without an address'}")
        return
    title = text.line(attribute(element, "title"))
    made = _video(url, title) if element.name == "video" else linked(url, title or url.rsplit("/", 1)[-1])
    element.replace_with(made)
    losses.note(AS_LINK, url)


def _without_address(element: Tag, losses: Losses) -> None:
    """Mark what Medium exports of an embed it has no address for: a figure with nothing in it."""
    if not element.find(["iframe", "img", "x-video", "a", "pre"]):
        losses.replace(element, LEFT_OUT, "the export does not say what stood here")


_RULES: tuple[tuple[str, Rule], ...] = (
    (".wp-block-embed__wrapper", _wrapped),
    (".youtube-wrap", _youtube),
    (".vimeo-wrap", _vimeo),
    *cards.RULES,
    ("iframe", _frame),
    ("object, embed", _old_player),
    ("audio, video", _sound_or_film),
    (".graf--iframe", _without_address),
    *cards.LAST,
)
