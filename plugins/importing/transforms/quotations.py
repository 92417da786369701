"""Quotations, pull quotes, poems: what is set apart in a text because of how it is said."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from plugins.importing.html_tree import new_element

_PULLED = ".pullquote, .wp-block-pullquote, .graf--pullquote, .kg-blockquote-alt"
_HAS_WORDS = re.compile(r"\S")
_VERSE = "pre.wp-block-verse, .preformatted-block pre:not(:has(code)), pre.text"


def rewrite(soup: BeautifulSoup) -> None:
    """Turn pull quotes into `x-pull`, let verses keep their lines, and end quotations with who is quoted."""
    for verse in soup.select(_VERSE):
        _verse(verse)
    for pulled in soup.select(_PULLED):
        if pulled.parent is not None and not pulled.find_parent("x-pull"):
            for inner in pulled.find_all(["blockquote", "div", "figure"]):
                inner.unwrap()
            for caption in pulled.find_all("figcaption"):
                caption.name = "cite"
            pulled.name, pulled.attrs = "x-pull", {}
    for quotation in soup.find_all(["blockquote", "x-pull"]):
        _sign(quotation)


def _sign(quotation: Tag) -> None:
    """Let a `cite` or `footer` at a quotation's end be a paragraph that begins with a dash."""
    around_last: set[int] = set()
    if strings := quotation.find_all(string=_HAS_WORDS):
        around_last = set(map(id, strings[-1].parents))
    for who in quotation.find_all(["cite", "footer"]):
        if id(who) in around_last and who.find_parent(["blockquote", "x-pull"]) is quotation:
            paragraph = new_element("p")
            if not who.get_text().lstrip().startswith(("—", "–", "-")):
                paragraph.append("— ")
            paragraph.extend(list(who.contents))
            who.decompose()
            quotation.append(paragraph)
            return


def _verse(verse: Tag) -> None:
    """Turn a poem into a paragraph of lines, each with the space before it that it had."""
    for node in list(verse.find_all(string=True)):
        is_first = node.previous_sibling is None
        for number, line in enumerate(str(node).split("\n")):
            if number:
                node.insert_before(new_element("br"))
            spaces = 0
            if number or is_first:
                spaces = len(line) - len(line.lstrip(" "))
            node.insert_before(NavigableString("\N{NO-BREAK SPACE}" * spaces + line[spaces:]))
        node.extract()
    verse.name, verse.attrs = "p", {}
