"""The placeholder of a card in a text's HTML, its label in feeds, and the card that pages show instead of it.

Only the HTML of the site's own texts is looked at: what was fetched loses every `data-` attribute when it is cleaned.
"""

import re
from collections.abc import Callable
from html import escape
from xml.etree.ElementTree import Element, SubElement

_SLOT = re.compile(
    r'<p class="card-slot" data-card="(?P<kind>[a-z]+)" data-id="(?P<id>[a-z0-9/_-]+)">'
    r"\s*(?P<link><a [^>]*>).*?</a>\s*</p>",
    re.DOTALL,
)


def slot(parent: Element, kind: str, name: str) -> Element:
    """Leave a card's place below `parent`: a paragraph with a link, which is all a feed needs."""
    place = SubElement(parent, "p", {"class": "card-slot", "data-card": kind, "data-id": name})
    SubElement(place, "a", {"href": f"{{{kind}}}{name}"}).text = name
    return place


def labelled(html: str, label: Callable[[str, str], str]) -> str:
    """Return a text's HTML in which each place's link says what it leads to; `label` takes a kind and an id."""

    def named(place: re.Match[str]) -> str:
        head, _, _ = place[0].partition(place["link"])
        return f"{head}{place['link']}{escape(label(place['kind'], place['id']), quote=False)}</a></p>"

    return _SLOT.sub(named, html)


def filled(html: str, card: Callable[[str, str], str]) -> str:
    """Return a text's HTML with its cards; `card` takes a kind and an id and returns HTML."""
    return _SLOT.sub(lambda place: card(place["kind"], place["id"]), html)
