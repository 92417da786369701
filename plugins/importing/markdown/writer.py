"""A shaped tree written as the Markdown this site's pages are written in.

markdownify (https://github.com/matthewwithanm/python-markdownify) walks the tree, and calls `convert_TAG` for each tag.
Rows, tables, rules, lists of terms are written by it; what it writes for CommonMark is written here as
python-markdown reads it: four spaces within lists, blocks of `///`, footnotes, every sign escaped.
"""

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from markdownify import ATX, MarkdownConverter

from plugins.core.text.markdown_code import without_code
from plugins.importing import markdown_escapes
from plugins.importing.html_tree import attribute, group
from plugins.importing.transforms import text_pictures

Parents = set[str]

_NESTED = {"li", "blockquote", "dd", "x-note", "x-pull", "x-video", "td", "th"}
_CELLS = {"td", "th"}
_INDENT = "    "
_CAPTION = "\ufdd2"
"""Between a picture and its caption while a figure is written; no text that was cleaned has such a letter."""
_APART = "<!-- -->\n\n"
"""Stands between two lists, or two quotations, which Markdown would take for one."""
_UNSEEN_FIRST = {"blockquote", "pre", "table", "hr", "dl", "x-pull", "x-note"}
"""Blocks that python-markdown does not see at an item's beginning."""
_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|brush:\s*)([\w+#.-]{1,30})")
_MARKUP_SIGNS = re.compile(r"[<{\[`]")


def write(soup: BeautifulSoup) -> str:
    """Return a shaped tree as Markdown. The tree is used up."""
    writer = _Writer(heading_style=ATX, autolinks=False, wrap=True, wrap_width=None)
    body = re.sub(r"\n{3,}", "\n\n", str(writer.convert_soup(soup)).strip())
    return "\n\n".join(filter(None, [body, "\n".join(writer.notes)]))


class _Writer(MarkdownConverter):
    """Writes one text; `notes` are its footnotes, for its end.

    Every `convert_TAG` takes the element, what is written of its children, and the names of the elements around it.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.notes: list[str] = []

    # What stands within a line.

    def escape(self, text: str, parent_tags: Parents) -> str:
        """Return a text whose signs mean themselves."""
        return markdown_escapes.inline(text, in_table=bool(_CELLS & parent_tags))

    def process_text(self, el: NavigableString, parent_tags: Parents | None = None) -> str:
        """Return a text; what would mean something before a link's bracket is written as its number."""
        text = str(super().process_text(el, parent_tags=parent_tags))  # type: ignore[misc]  # its stub leaves it out
        if _neighbours(el)[1] in {"a", "x-ref"}:
            # before a bracket one sign would show a picture, and another make a footnote an address's name
            return re.sub(r"!$|\\\]$", lambda sign: f"&#{ord(sign[0][-1])};", text)
        return text

    def convert_br(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Break a line, where the block has lines."""
        if _CELLS & parent_tags:
            return "<br>"
        if {"_inline", "dt", "figcaption"} & parent_tags:
            return " "
        return "  \n"

    def convert_strong(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return _styled(el, text, "**")

    def convert_em(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return _styled(el, text, "*")

    def convert_del(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write words in a style that Markdown has no sign for."""
        return _as_html(el, text)

    convert_ins = convert_mark = convert_sub = convert_sup = convert_del

    def convert_a(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a link; markdownify's own loses a line's end after its words."""
        before, words, after = _trimmed(text)
        url, title = attribute(el, "href"), attribute(el, "title")
        if not words or not url:
            return text
        if title == text_pictures.STILL_THERE:
            url = f'{url} "{title}"'
        return f"{before}[{words}]({url}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"![{markdown_escapes.inline(' '.join(attribute(el, 'alt').split()))}]({attribute(el, 'src')})"

    def convert_code(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "pre" in parent_tags:
            return text
        for line in el.find_all("br"):
            line.replace_with(" ")
        before, code, after = _trimmed(el.get_text())
        touches = "code" in _neighbours(el) or ("a" in parent_tags and re.search(r"[\[\]]", code))
        code = _code(" ".join(code.split()), as_html=bool(touches), in_table=bool(_CELLS & parent_tags))
        return f"{before}{code}{after}"

    def convert_x_ref(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"[^{attribute(el, 'label')}]"

    # Blocks that hold no others.

    def convert_p(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        written = markdown_escapes.lines(text)
        if not written:
            return ""
        if attribute(el, "class") == "line":
            return f"\n{written}\n"
        return f"\n\n{written}\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Parents) -> str:  # noqa: N802 - markdownify's name
        """Write a heading, whose last signs are no closing ones."""
        words = " ".join(text.split())
        end = len(words.rstrip("#"))
        closing = words[end:].replace("#", "\\#")
        return f"\n\n{'#' * n} {words[:end]}{closing}\n\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a block of code; in a list or quotation, where no fence can stand, indented or as lines."""
        for line in el.find_all("br"):
            line.replace_with("\n")
        code = el.get_text().strip("\n").rstrip()
        if not code.strip():
            return ""
        if _NESTED & parent_tags:
            return f"\n\n{_nested_code(el, code.expandtabs(4))}\n\n"
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        language = _LANGUAGE.search(f"{attribute(el, 'class')} {attribute(el.find('code'), 'class')}")
        named = group(language, 1) or attribute(el, "data-code-block-lang")
        name = group(re.fullmatch(r"[a-z][\w+#.-]*", named))
        return f"\n\n{fence}{name}\n{code}\n{fence}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a cell, and leave rows and tables to markdownify."""
        return f" {' '.join(text.split()).removesuffix('<br>').strip()} |"

    convert_th = convert_td

    def convert_figure(self, el: Tag, text: str, parent_tags: Parents) -> str:
        picture, _, caption = (part.strip() for part in text.partition(_CAPTION))
        if not caption:
            return f"\n\n{picture}\n\n"
        if _NESTED & parent_tags:
            return f"\n\n{picture}\n\n{markdown_escapes.lines(caption)}\n\n"
        held = f'{picture}\n<figcaption markdown="span">{caption}</figcaption>'
        return f'\n\n<figure markdown="span">\n{held}\n</figure>\n\n'

    def convert_figcaption(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Begin a caption."""
        return f"{_CAPTION}{' '.join(text.split())}"

    def convert_dt(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"\n\n{markdown_escapes.lines(' '.join(text.split()))}\n"

    # Blocks that hold others.

    def convert_dd(self, el: Tag, text: str, parent_tags: Parents) -> str:
        text = _seen_first(el, text)
        return f":   {_indented(text).lstrip()}\n" if text else ""

    def convert_list(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a list; within an item it belongs to the item's words."""
        if "li" not in parent_tags:
            return f"\n\n{_apart(el, parent_tags)}{text.strip(chr(10))}\n\n"
        above = el.previous_sibling
        if isinstance(above, Tag) and above.name in {"ul", "ol"}:
            return f"\n\n{text.rstrip()}\n"
        return f"\n{text.rstrip()}\n"

    convert_ul = convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: Parents) -> str:
        text = _seen_first(el, text)
        if not text:
            return ""
        bullet = "- "
        if isinstance(el.parent, Tag) and el.parent.name == "ol":
            bullet = f"{attribute(el, 'value') or 1}. "
        written = f"{bullet}{_indented(text).lstrip()}\n"
        return f"{written}\n" if "\n\n" in text else written

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Parents) -> str:
        text = text.strip("\n").rstrip()
        return f"\n\n{_apart(el, parent_tags)}{_quoted(text)}\n\n" if text else ""

    # What this site has blocks for.

    def convert_x_note(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Keep a footnote for the text's end."""
        self.notes.append(f"[^{attribute(el, 'label')}]: {_indented(text.strip() or '&nbsp;').lstrip()}")
        return ""

    def convert_x_pull(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a pull quote; a quotation within others, or of code alone, which the checks take for no words."""
        if _NESTED & parent_tags or not without_code(text).strip():
            return f"\n\n{_quoted(text.strip())}\n\n"
        return f"\n\n/// pull\n{text.strip()}\n///\n\n"

    def convert_x_video(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a video elsewhere; within other blocks a link to it."""
        title, url = markdown_escapes.inline(attribute(el, "title")), attribute(el, "url")
        if _NESTED & parent_tags:
            return f"\n\n[{title}]({url}){text.strip()}\n\n"
        if url.endswith(":"):  # which YAML would take for a name
            url = f'"{url}"'
        lines = [f"/// video | {title}", f"{_INDENT}url: {url}", text.strip(), "///"]
        return "\n\n{}\n\n".format("\n".join(filter(None, lines)))


def _indented(text: str) -> str:
    return re.sub(r"^(?=.*\S)", _INDENT, text, flags=re.MULTILINE)


def _quoted(text: str) -> str:
    return re.sub(r"^> $", ">", re.sub("^", "> ", text, flags=re.MULTILINE), flags=re.MULTILINE)


def _apart(el: Tag, parent_tags: Parents) -> str:
    """Return what keeps a list or quotation from growing into the one above it."""
    above = el.previous_sibling
    while isinstance(above, NavigableString) and not above.strip():
        above = above.previous_sibling
    is_alike = isinstance(above, Tag) and (above.name == el.name or {above.name, el.name} <= {"ul", "ol"})
    return _APART if is_alike and not _NESTED & parent_tags else ""


def _seen_first(el: Tag, text: str) -> str:
    """Return what stands in an item; before a block that would not be seen at its beginning, an empty paragraph."""
    parts = el.find_all(True, recursive=False)
    text = text.strip("\n").rstrip()
    if text and parts and parts[0].name in _UNSEEN_FIRST:
        return f"&nbsp;\n\n{text}"
    return text.lstrip()


def _nested_code(el: Tag, code: str) -> str:
    """Return a block of code within a list or quotation.

    Indented where that is read as code: after a list it would be the last item's, and the checks of texts look for
    markup in it. Else it is a paragraph with code on each of its lines.
    """
    above = el.find_previous_sibling(True)
    is_below_list = isinstance(above, Tag) and above.name in {"ul", "ol", "dl"}
    if not is_below_list and not _MARKUP_SIGNS.search(code):
        return _indented(code)
    el.name = "p"
    lines = []
    for line in code.split("\n"):
        words = line.lstrip(" ")
        spaces = len(line) - len(words)
        lines.append(f"{'&nbsp;' * spaces}{_code(words.rstrip(' '))}" if words else "&nbsp;")
    return "  \n".join(lines)


def _code(code: str, *, as_html: bool = False, in_table: bool = False) -> str:
    """Return code within a line; `as_html` where backticks would be misread."""
    if not code:
        return ""
    if as_html or "`" in code or code.endswith("\\") or "&#" in code or (in_table and "|" in code):
        # python-markdown has no way to write a backtick at an end of code, nor a backslash before one; and behind a
        # reference that is begun and never ended Python's HTML parser, by which it finds markup, finds none
        return f"<code>{markdown_escapes.inline(code, in_table=in_table)}</code>"
    return f"`{code}`"


def _styled(el: Tag, text: str, sign: str) -> str:
    """Return bold or italic words; as HTML where signs would touch others and be misread."""
    before, words, after = _trimmed(text)
    if not words:
        return text
    if {"em", "strong"} & set(_neighbours(el)) or words[0] == "*" or words[-1] == "*":
        return _as_html(el, text)
    return f"{before}{sign}{words}{sign}{after}"


def _as_html(el: Tag, text: str) -> str:
    """Return words within an element written as HTML."""
    before, words, after = _trimmed(text)
    return f"{before}<{el.name}>{words}</{el.name}>{after}" if words else text


def _neighbours(el: PageElement) -> tuple[str, str]:
    """Return the names of the elements right before and after one, "" for words or nothing."""
    return getattr(el.previous_sibling, "name", None) or "", getattr(el.next_sibling, "name", None) or ""


def _trimmed(text: str) -> tuple[str, str, str]:
    """Return the space before and after a text as one space or none, and the text."""
    words = text.strip()
    return " " * (text[:1].isspace()), words, " " * (bool(words) and text[-1:].isspace())
