"""Quotations, pull quotes, poems: what is set apart in a text because of how it is said."""

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from plugins.importing.html_tree import new_element

_PULLED = ".pullquote, .wp-block-pullquote, .graf--pullquote, .kg-blockquote-alt"
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
    """Let `cite` and `footer` at a quotation's end be a paragraph that begins with a dash."""
    for who in quotation.find_all(["cite", "footer"]):
        words = who.get_text(" ", strip=True)
        is_its_own = who.find_parent(["blockquote", "x-pull"]) is quotation
        if (
            not words
            or not is_its_own
            or not "".join(quotation.stripped_strings).endswith("".join(who.stripped_strings))
        ):
            continue
        paragraph = new_element("p")
        paragraph.append("" if words.startswith(("—", "–", "-")) else "— ")
        paragraph.extend(list(who.contents))
        who.decompose()
        quotation.append(paragraph)


def _verse(verse: Tag) -> None:
    """Turn a poem into a paragraph of lines, each with the space before it that it had."""
    for node in list(verse.find_all(string=True)):
        is_first = node.previous_sibling is None
        for number, line in enumerate(str(node).split("\n")):
            if number:
                node.insert_before(new_element("br"))
            words = line.lstrip(" ") if number or is_first else line
            node.insert_before(NavigableString("\N{NO-BREAK SPACE}" * (len(line) - len(words)) + words))
        node.extract()
    verse.name, verse.attrs = "p", {}
