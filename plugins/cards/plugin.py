"""The door for cards: a page's template asks for its card by calling `card`, and when all is printed they are drawn.

So every page can have a card, and this room needs to know of none of them. Drawn cards are kept in `.cache/cards`.
"""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from pelican import Pelican, signals
from pelican.generators import Generator

from plugins.cards import draw
from plugins.cards.faces import Face, face
from plugins.cards.models import Card
from plugins.core import files
from plugins.core.wording import plain
from plugins.sections.models import Built, Newsroom, built

_ORDERS = "CARD_ORDERS"


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    signals.initialized.connect(open_orders)
    signals.generator_init.connect(install_card)
    built.connect(draw_cards)


def open_orders(pelican: Pelican) -> None:
    """Begin a build's list of cards."""
    pelican.settings[_ORDERS] = {}


def install_card(generator: Generator) -> None:
    """Give templates `card(url, headline, kicker)`, which returns the path of a page's card below the site's root."""
    generator.env.globals["card"] = partial(_ordered, generator.settings["NEWSROOM"], generator.settings[_ORDERS])


def draw_cards(build: Built) -> None:
    """Draw the cards that were asked for, or take them from the cache, into the build."""
    newsroom = build.newsroom
    orders: dict[str, Card] = newsroom.settings.get(_ORDERS, {})
    cache = newsroom.content.resolve().parent / ".cache" / "cards"
    chosen = face(newsroom.settings["CARDS_FONT"])

    def put(order: tuple[str, Card]) -> None:
        path, card = order
        files.replace(build.folder / path, _kept(cache, card, chosen), durable=False)

    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for _ in workers.map(put, sorted(orders.items())):
            pass


def _ordered(newsroom: Newsroom, orders: dict[str, Card], url: str, headline: str, kicker: str) -> str:
    path = f"cards/{url.strip('/')}.png"
    site = urlsplit(newsroom.siteurl)
    host = f"{site.netloc}{site.path}".removeprefix("www.")
    orders[path] = Card(plain(headline), plain(kicker), newsroom.settings["SITENAME"], host)
    return path


def _kept(cache: Path, card: Card, chosen: Face) -> bytes:
    key = hashlib.sha256("\0".join((*astuple(card), chosen.name, draw.TOOLS)).encode()).hexdigest()[:32]
    path = cache / f"{key}.png"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        data = draw.drawn(card, chosen)
        files.replace(path, data, durable=False)
        return data
