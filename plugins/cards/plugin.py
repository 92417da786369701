"""Connect cards to Pelican: a page's template asks for its card by calling `card`; when all is printed they are drawn.

So every page can have a card, and no kind of page is known here. Drawn cards are kept in `.cache/cards`.
A preview is not kept waiting for cards that have yet to be drawn: they are drawn when it is on show.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from pelican import Pelican, signals
from pelican.generators import Generator

from plugins.cards import draw
from plugins.cards.ahead import CardsAhead
from plugins.cards.fonts import Face, face
from plugins.cards.model import Card
from plugins.cards.settings import CardsSettings
from plugins.core import files
from plugins.core.made_files import MadeFiles
from plugins.core.text.plain_text import plain
from plugins.incremental import known_pages
from plugins.incremental import signals as incremental
from plugins.incremental.signals import Declaration
from plugins.sections.build_state import build_state
from plugins.sections.model import Newsroom
from plugins.sections.signals import Built, built, shown


class Order(NamedTuple):
    """A card that a page asked for: its path below the site's root, and its key in the cache."""

    path: str
    key: str
    card: Card


class OrderedCards:
    """The cards that a build's pages asked for, by their paths.

    `ahead` draws them while pages are rendered; none in a preview.
    """

    def __init__(self) -> None:
        self.by_path: dict[str, Order] = {}
        self.ahead: CardsAhead | None = None

    def add(self, order: Order) -> None:
        """Take in a page's order."""
        self.by_path[order.path] = order
        if self.ahead:
            self.ahead.order(order.key, order.card)


@dataclass(frozen=True, slots=True)
class CardOrder:
    """What templates know as `card`. A page that is not rendered again orders its card all the same."""

    newsroom: Newsroom
    orders: OrderedCards
    face: Face

    def __call__(self, url: str, headline: str, kicker: str) -> str:
        """Have a page's card drawn when all is printed, and return its path below the site's root."""
        path = f"cards/{url.strip('/')}.png"
        card = Card(plain(headline), plain(kicker), self.newsroom.site.sitename, _host(self.newsroom.siteurl))
        self.orders.add(Order(path, _key(card, self.face), card))
        return path


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    signals.generator_init.connect(install_card)
    incremental.declare.connect(declaration)
    built.connect(put_cards)
    shown.connect(draw_cards)


def declaration(_: Pelican) -> Declaration:
    """Say that a page may ask for a card."""
    return Declaration(asked=(CardOrder,))


def install_card(generator: Generator) -> None:
    """Give templates `card(url, headline, kicker)`, which returns the path of a page's card below the site's root."""
    state = build_state(generator.settings)
    orders = state.notes(OrderedCards)
    cache, chosen = _kept(state.newsroom)
    if orders.ahead is None and not state.newsroom.preview:
        orders.ahead = CardsAhead(cache, chosen)
    generator.env.globals["card"] = CardOrder(state.newsroom, orders, chosen)


def put_cards(build: Built) -> None:
    """Put the cards that were asked for into the build; in a preview, those that were drawn before."""
    if build.newsroom.preview:
        cache, _ = _kept(build.newsroom)
        for order in _orders(build):
            if found := cache.find(order.key):
                files.name_again(found[0], build.folder / order.path)
    else:
        draw_cards(build)


def draw_cards(build: Built) -> None:
    """Draw the cards that were asked for, or take them from the cache, into a folder."""
    ahead = build.state.notes(OrderedCards).ahead
    if ahead is None:
        _put(build, _orders(build))
        return
    left: list[Order] = []
    taken: list[Order] = []
    for order in _orders(build):
        if ahead.has_taken(order.key):
            taken.append(order)
        else:
            left.append(order)
    _put(build, left)  # while the last are being drawn that were taken
    ahead.wait()
    _put(build, taken)


def _put(build: Built, orders: Iterable[Order]) -> None:
    cache, chosen = _kept(build.newsroom)

    def put(order: Order) -> None:
        kept, _ = cache.kept(order.key, "png", lambda: draw.drawn(order.card, chosen))
        files.name_again(kept, build.folder / order.path)

    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for _ in workers.map(put, orders):
            pass


def _orders(build: Built) -> Iterator[Order]:
    """Yield the cards that were asked for, but for those that are in the output."""
    for path, order in sorted(build.state.notes(OrderedCards).by_path.items()):
        if not known_pages.stays(path, order.key):
            yield order


def _kept(newsroom: Newsroom) -> tuple[MadeFiles, Face]:
    """Return the cards that were drawn before, and the typeface of this site's."""
    return MadeFiles(newsroom.cache / "cards"), face(newsroom.settings.of(CardsSettings).font)


@lru_cache(maxsize=1)  # each page asks
def _host(siteurl: str) -> str:
    site = urlsplit(siteurl)
    return f"{site.netloc}{site.path}".removeprefix("www.")


def _key(card: Card, chosen: Face) -> str:
    said = (card.headline, card.kicker, card.name, card.host, chosen.name, draw.TOOLS)
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:32]
