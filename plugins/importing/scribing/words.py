"""What stands within a line: words, their styles, links, pictures, code. Pure."""

import re

from bs4 import Tag
from bs4.element import NavigableString, PageElement
from markdownify import MarkdownConverter

from plugins.importing import escapes
from plugins.importing.clean import attribute
from plugins.importing.scribing.lines import Parents


class Words(MarkdownConverter):
    """Writes what stands within a line; every sign of a text is escaped."""

    def escape(self, text: str, parent_tags: Parents) -> str:
        """Return a text whose signs mean themselves."""
        return escapes.inline(text, in_table=bool({"td", "th"} & parent_tags))

    def process_text(self, el: NavigableString, parent_tags: Parents | None = None) -> str:
        """Return a text; what would mean something before a link's bracket is written as its number."""
        text = str(super().process_text(el, parent_tags=parent_tags))  # type: ignore[misc]  # its stub leaves it out
        if {"a", "x-ref"} & set(_touching(el)[1:]):
            # before a bracket one sign would show a picture, and another make a footnote an address's name
            return re.sub(r"!$|\\\]$", lambda sign: f"&#{ord(sign[0][-1])};", text)
        return text

    def convert_br(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Break a line, where the block has lines."""
        if {"td", "th"} & parent_tags:
            return "<br>"
        return " " if {"_inline", "dt", "figcaption"} & parent_tags else "  \n"

    def convert_strong(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write bold words."""
        return _styled(el, text, "**", "strong")

    def convert_em(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write words in italics."""
        return _styled(el, text, "*", "em")

    def convert_a(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a link."""
        before, words, after = _chomped(text)
        return f"{before}[{words}]({attribute(el, 'href')}){after}" if words and attribute(el, "href") else text

    def convert_img(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a picture."""
        return f"![{escapes.inline(' '.join(attribute(el, 'alt').split()))}]({attribute(el, 'src')})"

    def convert_code(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write code within a line."""
        if "pre" in parent_tags:
            return text
        for line in el.find_all("br"):
            line.replace_with(" ")
        before, code, after = _chomped(el.get_text())
        plain = "code" not in _touching(el) and not ("a" in parent_tags and re.search(r"[\[\]]", code))
        return f"{before}{coded(' '.join(code.split()), plain=plain, in_table=bool({'td', 'th'} & parent_tags))}{after}"

    def convert_del(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a style that Markdown has no sign for."""
        return raw(el.name, text)

    convert_ins = convert_mark = convert_sub = convert_sup = convert_del


def coded(code: str, *, plain: bool = True, in_table: bool = False) -> str:
    """Return code within a line; not `plain` where backticks would touch others."""
    if not code:
        return ""
    if not plain or "`" in code or code.endswith("\\") or "&#" in code or (in_table and "|" in code):
        # python-markdown has no way to write a backtick at an end of code, nor a backslash before one; and behind a
        # reference that is begun and never ended Python's HTML parser, by which it finds markup, finds none
        return f"<code>{escapes.inline(code, in_table=in_table)}</code>"
    return f"`{code}`"


def _styled(el: Tag, text: str, sign: str, name: str) -> str:
    """Return bold or italic words; as HTML where signs would touch others and be misread."""
    before, words, after = _chomped(text)
    if not words:
        return text
    if {"em", "strong"} & set(_touching(el)) or words[0] == "*" or words[-1] == "*":
        return raw(name, text)
    return f"{before}{sign}{words}{sign}{after}"


def raw(name: str, text: str) -> str:
    """Return words within an element written as HTML."""
    before, words, after = _chomped(text)
    return f"{before}<{name}>{words}</{name}>{after}" if words else text


def _touching(el: PageElement) -> tuple[str, str]:
    """Return the names of the elements right before and after one, "" for words or nothing; marks of losses go."""
    before, after = el.previous_sibling, el.next_sibling
    while isinstance(before, Tag) and before.name == "x-loss":
        before = before.previous_sibling
    while isinstance(after, Tag) and after.name == "x-loss":
        after = after.next_sibling
    return before.name if isinstance(before, Tag) else "", after.name if isinstance(after, Tag) else ""


def _chomped(text: str) -> tuple[str, str, str]:
    """Return the space before and after a text, and the text."""
    words = text.strip()
    return " " * (text[:1].isspace()), words, " " * (bool(words) and text[-1:].isspace())
