"""Quotations, pull quotes, poems: what is set apart in a text because of how it is said. Pure."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from plugins.importing.losses import new

_PULLED = ".pullquote, .wp-block-pullquote, .graf--pullquote, .kg-blockquote-alt"
_VERSE = "pre.wp-block-verse, .preformatted-block pre:not(:has(code)), pre.text"
_ROOM = re.compile(r"^ +")


def rewrite(soup: BeautifulSoup) -> None:
    """Mark pull quotes, let verses keep their lines, and end quotations with who is quoted."""
    for verse in soup.select(_VERSE):
        _verse(verse)
    for pulled in soup.select(_PULLED):
        if pulled.parent is not None and not pulled.find_parent("x-pull"):
            _pull(pulled)
    for quotation in soup.find_all(["blockquote", "x-pull"]):
        _sign(quotation)


def _pull(pulled: Tag) -> None:
    for inner in pulled.find_all(["blockquote", "div", "figure"]):
        inner.unwrap()
    for caption in pulled.find_all("figcaption"):
        caption.name = "cite"
    pulled.name, pulled.attrs = "x-pull", {}


def _sign(quotation: Tag) -> None:
    """Let `cite` and `footer` at a quotation's end be a paragraph that begins with a dash."""
    for who in quotation.find_all(["cite", "footer"]):
        words = who.get_text(" ", strip=True)
        at_end = who.find_parent(["blockquote", "x-pull"]) is quotation and not _after(who, quotation)
        if not words or not at_end:
            continue
        paragraph = new("p")
        paragraph.append("" if words.startswith(("—", "–", "-")) else "— ")
        paragraph.extend(list(who.contents))
        who.decompose()
        quotation.append(paragraph)


def _after(who: Tag, quotation: Tag) -> str:
    """Return the words of a quotation that follow those of who is quoted."""
    inside = set(map(id, who.descendants))
    strings = (one for one in who.next_elements if isinstance(one, NavigableString) and id(one) not in inside)
    words = []
    for one in strings:
        if not any(parent is quotation for parent in one.parents):
            break
        words.append(str(one))
    return "".join(words).strip()


def _verse(verse: Tag) -> None:
    """Turn a poem into lines, each with the room before it that it had."""
    for node in list(verse.find_all(string=True)):
        pieces = str(node).split("\n")
        for number, piece in enumerate(pieces):
            if number:
                node.insert_before(new("br"))
            room = _ROOM.match(piece) if number or node.previous_sibling is None else None
            spaces = len(room[0]) if room else 0
            node.insert_before(NavigableString("\N{NO-BREAK SPACE}" * spaces + piece[spaces:]))
        node.extract()
    verse.name, verse.attrs = "p", {}
