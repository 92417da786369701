"""References in a text's HTML, links that name something by kind and id such as `{fund}ID`, and where they lead.

They are rewritten as links to files, which Pelican resolves below the site's base, and as whole addresses in feeds.
Source: https://docs.getpelican.com/en/stable/content.html#linking-to-internal-content
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2.runtime import Context

from plugins.writing.model import CARDS, KINDS

_IN_HTML = re.compile(rf"(<[^>]+?\b(?:href|cite)\s*=\s*([\"']))\{{({'|'.join(KINDS)})\}}([^\"'#?]*)")


def in_html(html: str) -> list[tuple[str, str]]:
    """Return (kind, id) of every link that names something."""
    if "{" not in html:  # as in most texts; to look through 600 words takes 0.1 ms
        return []
    return [(one[3], one[4]) for one in _IN_HTML.finditer(html)]


def handed_on(html: str) -> str:
    """Return a text's HTML, its references written as links to the files of `key`."""
    if "{" not in html:
        return html
    return _IN_HTML.sub(lambda one: f"{one[1]}{{filename}}/{key(one[3], one[4])}", html)


def key(kind: str, name: str) -> str:
    """Return the path under which Pelican is told of what a reference means; no file has such a path."""
    return f"{kind}:{name}"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference leads: an address below the site's root. Pelican reads `url` as it does a page's."""

    url: str


def place(kind: str, name: str, context: Mapping[str, Any]) -> Target | None:
    """Return where the thing of that kind and id is, none where there is no such thing."""
    found = find(kind, name, context)
    if found is None:
        return None
    return Target(_URLS[kind](found))


def label(kind: str, name: str, context: Mapping[str, Any]) -> str:
    """Return what a link to a card's thing says where there is no card, as in a feed; its id where it has no name."""
    found = None
    if kind in CARDS:
        found = find(kind, name, context)
    if found is None:
        return name
    return str(_LABELS[kind](found))


def find(kind: str, name: str, context: Mapping[str, Any] | Context) -> Any:
    """Return the value that templates show, none where there is none.

    A story may be named by the id of any of its updates; one that a single update tells so far is that update.
    """
    if kind == "strike":
        return next((strike for strike in context.get("strikes", ()) if strike.id == name), None)
    found = context.get(_KEYS[kind], {}).get(name)
    if found is None and kind == "story":
        return find("update", name, context)
    return found


_KEYS = {
    "listing": "listings_by_id",
    "fund": "funds_by_id",
    "update": "updates_by_id",
    "story": "stories_by_id",
    "milestone": "milestones_by_id",
    "demand": "demands_by_id",
    "event": "events_by_id",
    "section": "sections_by_key",
}
_URLS: Mapping[str, Callable[[Any], str]] = {
    "listing": lambda listing: str(listing.url),
    "fund": lambda fund: f"donate/#{fund.id}",
    "update": lambda entry: str(entry.day_url),
    "story": lambda story: str(story.url if hasattr(story, "entries") else story.day_url),
    "strike": lambda strike: str(strike.url),
    "milestone": lambda pair: f"timeline/#{pair[1].id}",
    "demand": lambda demand: str(demand.url),
    "event": lambda event: str(event.url),
    "section": lambda item: str(item.url),
}
_LABELS: Mapping[str, Callable[[Any], str]] = {
    "listing": lambda listing: f"{listing.role}, {listing.employer}",
    "fund": lambda fund: str(fund.name),
    "story": lambda story: str(story.lead.title if hasattr(story, "entries") else story.title),
    "demand": lambda demand: str(demand.topic),
    "milestone": lambda pair: f"{pair[1].date.isoformat()}: {pair[1].text}",
}
