"""Choose what is announced of all that happened in a period, as the sections tell it. Pure."""

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from plugins.announce.model import Announcement, Kind, digest
from plugins.announce.post_words import harmless
from plugins.announce.settings import What
from plugins.sections.news import NewsItem

_WANTED: dict[Kind, What] = {
    "new": "posts",
    "pinned": "pinned",
    "corrected": "corrections",
    "cancelled": "cancelled",
    "moved": "moved",
}


@dataclass(frozen=True, slots=True)
class SectionNews:
    """What a section tells of a period: its name, the address of its place in the navigation, "" for none, its news."""

    section: str
    url: str
    items: tuple[NewsItem, ...]


Say = Callable[[Kind, NewsItem, date], str]
"""Words an item in the site's language: the opening on the first line, the rest after an empty one; HTML escaped."""


def choose(
    news: Iterable[SectionNews], wanted: Iterable[What], site: tuple[str, str], say: Say
) -> tuple[Announcement, ...]:
    """Return what to announce, the oldest first, each once; `site` is the site's address and its language.

    A correction of what was never announced has no thread to continue; whoever sends looks for that.
    """
    wanted = frozenset(wanted)
    found: dict[str, Announcement] = {}
    for section in news:
        for item in section.items:
            kind = _kind(section.section, item)
            url = item.url or section.url
            if kind is None or not url or _WANTED[kind] not in wanted:
                continue
            one = _announcement(kind, item, url, site, say)
            found.setdefault(one.key, one)
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.kind == "corrected", one.key)))


def _kind(section: str, item: NewsItem) -> Kind | None:
    """Return as what an item is announced; None where it is not."""
    if section == "posts":
        return "corrected" if item.change == "corrected" else "new"
    if item.is_chosen:
        return "pinned"
    if item.change == "cancelled":
        return "cancelled"
    if item.change == "moved":
        return "moved"
    return None


def _announcement(kind: Kind, item: NewsItem, url: str, site: tuple[str, str], say: Say) -> Announcement:
    siteurl, language = site
    day = item.at
    if isinstance(day, datetime):
        day = day.date()
    named = item.url or item.reference
    key, parent = f"{kind} {named}", ""
    if kind == "corrected":  # a post may have two corrections of one day
        key, parent = f"{key} {item.at.isoformat()} {digest(item.text)[:8]}", f"new {named}"
    elif kind in ("cancelled", "moved"):  # of one picket many days may be, while a post that moves is the same post
        key = f"{key} {item.at.isoformat()}"
    page = url.partition("#")[0]
    link = f"{siteurl}/{url}"
    if kind not in ("new", "pinned"):
        link = f"{siteurl}/{page}#{kind}-{digest(key)[:8]}"
    opening, _, rest = html.unescape(say(kind, item, day)).strip().partition("\n\n")
    return Announcement(key, kind, link, page, _one_line(opening), _one_line(rest), day, language, parent)


def _one_line(words: str) -> str:
    return " ".join(harmless(words).split())


def with_threads(announcements: Iterable[Announcement], known: Callable[[str], bool]) -> Iterator[Announcement]:
    """Yield the announcements but for corrections of what nobody was told; `known` says of a key whether it was."""
    told = set()
    for one in announcements:
        told.add(one.key)
        if not one.parent or one.parent in told or known(one.parent):
            yield one
