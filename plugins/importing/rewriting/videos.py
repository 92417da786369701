"""Where a video elsewhere can be seen, from the address or the frame that showed it. Pure.

Sources: https://developers.google.com/youtube/player_parameters, https://developer.vimeo.com/player/sdk/embed
"""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from plugins.core.text.urls import host, is_web

_YOUTUBE = {"youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be"}
_VIMEO = {"vimeo.com", "player.vimeo.com"}
_ID = re.compile(r"[\w-]{6,20}")
_PLAYERS = re.compile(
    r"(?:^|\.)(?:dailymotion\.com|ted\.com|wistia\.(?:com|net)|loom\.com|archive\.org|peertube\.[a-z.]+)$"
)


def watch(url: str) -> str:
    """Return the page on which a YouTube or Vimeo video is watched, with its start; "" where the address is of none."""
    url = whole(url)
    if not is_web(url):
        return ""
    site, parts = host(url), urlsplit(url)
    asked = parse_qs(parts.query)
    if site in _YOUTUBE:
        return _youtube(site, [part for part in parts.path.split("/") if part], asked)
    if site in _VIMEO:
        numbers = re.search(r"/(\d{4,})(?:/([0-9a-f]{6,}))?", parts.path)
        private = (numbers[2] if numbers else "") or asked.get("h", [""])[0]
        return f"https://vimeo.com/{numbers[1]}{f'/{private}' if private else ''}" if numbers else ""
    return ""


def played(url: str) -> str:
    """Return the page of any video that a frame plays; "" where a frame's address is no player known to show videos."""
    found = watch(url)
    if found:
        return found
    url = whole(url)
    return url if is_web(url) and _PLAYERS.search(host(url)) else ""


def whole(url: str) -> str:
    """Return a frame's address as a whole one, out of the wrappers that Medium and old editors put around it."""
    url = f"https:{url}" if url.startswith("//") else url
    if is_web(url) and host(url) == "cdn.embedly.com":
        asked = parse_qs(urlsplit(url).query)
        inner = (asked.get("url") or asked.get("src") or [""])[0]
        inner = f"https:{inner}" if inner.startswith("//") else inner
        return inner if is_web(inner) else url
    return url


def _youtube(site: str, path: list[str], asked: dict[str, list[str]]) -> str:
    first = path[0] if path else ""
    name = asked.get("v", [""])[0]
    if site == "youtu.be":
        name = first
    elif first in {"embed", "v", "shorts", "live", "e"} and len(path) > 1:
        name = unquote(path[1]).partition("&")[0]
    if name == "videoseries" or (not name and first == "playlist"):
        lists = asked.get("list", [""])[0]
        return f"https://www.youtube.com/playlist?list={lists}" if re.fullmatch(r"[\w-]+", lists) else ""
    if not _ID.fullmatch(name):
        return ""
    start = (asked.get("start") or asked.get("t") or [""])[0].removesuffix("s")
    return f"https://www.youtube.com/watch?v={name}" + (f"&t={start}s" if start.isdigit() and int(start) else "")
