"""The table of contents for a text's way here: cleaned, rewritten, shaped, placed, linked, written, proved. Pure.

One text's fault is not the others': what fails in here is a value.
"""

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup

from plugins.importing import clean, text
from plugins.importing.losses import Losses, placed
from plugins.importing.models import Brought, Loss, Picture, Piece
from plugins.importing.rewriting import addresses, chrome, embeds, figures, notes, place, quotations, quoted
from plugins.importing.rewriting.addresses import Moved
from plugins.importing.scribing import matter, proof, scribe
from plugins.importing.shaping.shape import shape

RESERVED = frozenset(
    {
        *("posts", "updates", "listings", "donate", "timeline", "subscribe", "search", "tags", "categories", "authors"),
        *("feeds", "images", "theme", "drafts", "pagefind", "extra", "static", "index", "404", "robots", "sitemap"),
    }
)
"""Names of pages that a site has of itself."""


LONGEST_PARAGRAPH = 100_000
"""Letters. The time to print one grows by the square of them, here as in every build."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text on its way: its tree, what was lost so far, the pictures it shows."""

    piece: Piece
    slug: str
    tree: BeautifulSoup
    losses: Losses
    pictures: tuple[Picture, ...]
    lost_words: tuple[str, ...]

    @property
    def path(self) -> str:
        """Return its file below the content folder."""
        return f"{self.folder}/{self.slug}.md"

    @property
    def folder(self) -> str:
        """Return the folder of its kind below the content folder."""
        return "pages" if self.piece.page else "posts"

    @property
    def address(self) -> str:
        """Return where it will be read, below the site's root."""
        return address(self.folder, self.slug)

    @property
    def front(self) -> Picture | None:
        """Return the picture that stands on top of it; one without words stands in the text, to be given some."""
        picture = self.piece.picture
        return picture if picture and picture.alt and not self.piece.page else None


@dataclass(frozen=True, slots=True)
class Settled:
    """A text whose pictures are in place; `draft` says why it waits, "" where it may go out.

    `picture` is the path of the one on top, `left` its old address where it stayed behind.
    """

    shaped: Shaped
    draft: str
    picture: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it will stand in its file, and what is to be told of it."""

    text: str
    losses: tuple[Loss, ...]
    lost_words: tuple[str, ...] = ()
    new_words: tuple[str, ...] = ()


def shaped(piece: Piece, slug: str, site: str) -> Shaped:
    """Return a text's tree in shape. Raises ValueError where it is no text that can be read."""
    losses = Losses()
    losses.found += piece.lost
    losses.note("script", times=clean.scripts(piece.html))
    tree = clean.tree(piece.html, flowing=piece.flowing)
    base = addresses.base(piece.old, site)
    if piece.picture and (piece.page or not piece.picture.alt):
        tree.insert(0, figures.element(piece.picture))
    chrome.take_out(tree, losses, site)
    quoted.quote(tree, losses)
    embeds.rewrite(tree, losses)
    figures.rewrite(tree, losses, base)
    quotations.rewrite(tree)
    notes.number(tree)
    old = proof.words(copy.copy(tree))
    shape(tree, losses, flowing=piece.flowing)
    lost = proof.missing(old, proof.words(copy.copy(tree)))
    embeds.finish(tree, losses)
    shown = tuple(figures.shown(one) for one in tree.find_all("img"))
    return Shaped(_titled(piece, tree, losses), slug, tree, losses, shown, lost)


def settled(one: Shaped, brought: Brought, now: datetime) -> Settled:
    """Return a text with its pictures in place, and why it stays a draft."""
    silent = place.pictures(one.tree, brought, one.losses)
    piece = one.piece
    picture = place.path_of(one.front.sources, brought) if one.front else ""
    left = place.old_address(one.front.sources) if one.front and not picture else ""
    if one.front and not picture:
        one.losses.note(place.LEFT, one.front.sources[0])
    reasons = [f"{piece.withheld} on the old site"] if piece.withheld else []
    if piece.published is None and not piece.page:
        reasons.append("it had no day, and was given the one of the import")
    elif piece.published and piece.published > now:
        reasons.append("its day is still to come")
    if silent:
        what = "a picture has" if silent == 1 else f"{silent} pictures have"
        reasons.append(f"{what} no words yet for those who do not see, ![words](…)")
    return Settled(one, "; ".join(reasons), picture, left)


def written(one: Settled, head: matter.Head, moved: Moved, settings: Mapping[str, Any]) -> Written:
    """Return a text's file. Raises ValueError where it would hold what no foreign text may."""
    shaped = one.shaped
    tree, losses = copy.copy(shaped.tree), Losses()
    losses.found += shaped.losses.found
    addresses.lead(tree, moved, shaped.path, losses, addresses.base(shaped.piece.old, moved.site))
    top = matter.head(shaped.piece, head)
    body, lost = placed(scribe.write(tree), losses.found, top.count("\n") + 1)
    if max(map(len, body.split("\n"))) > LONGEST_PARAGRAPH:
        raise ValueError(f"a paragraph of it is longer than {LONGEST_PARAGRAPH:,} letters")
    html = proof.printed(body, settings)
    if faults := proof.faults(html):
        raise ValueError(f"it would hold what no text may: {'; '.join(dict.fromkeys(faults))[:300]}")
    old, now = proof.words(tree), proof.words_of(html)
    return Written(f"{top}{body}\n", lost, (*shaped.lost_words, *proof.missing(old, now)), proof.missing(now, old))


def address(folder: str, slug: str) -> str:
    """Return where a text is read, below the site's root."""
    return f"posts/{slug}/" if folder == "posts" else f"{slug}/"


def names(pieces: Iterable[Piece]) -> dict[str, str]:
    """Return a name for each text, by its key: the old one where it can be; no two of a kind have the same."""
    given: dict[str, str] = {}
    taken: set[tuple[bool, str]] = set()
    for piece in pieces:
        first_words = text.words(piece.html[:2000], 60)
        slug = next(filter(None, map(text.slug, (piece.slug, piece.title, first_words, piece.key))), "text")
        first = slug = f"old-{slug}" if piece.page and slug in RESERVED else slug
        count = 1
        while (piece.page, slug) in taken:
            count += 1
            slug = f"{first}-{count}"
        taken.add((piece.page, slug))
        given[piece.key] = slug
    return given


def distinct(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces whose keys differ: one that is exported twice is taken once."""
    return list({piece.key: piece for piece in reversed(list(pieces))}.values())[::-1]


def _titled(piece: Piece, tree: BeautifulSoup, losses: Losses) -> Piece:
    """Give a text without a title its first words."""
    if title := text.line(piece.title).strip():
        return replace(piece, title=title)
    words = text.line(re.sub(r"\s+", " ", tree.get_text(" ")), 60)
    losses.note("text without a title", "its first words stand there" if words else "its name stands there")
    return replace(piece, title=words or piece.slug or piece.key)
