"""A shaped tree written as the Markdown this site's pages are written in. Pure.

markdownify (https://github.com/matthewwithanm/python-markdownify) walks the tree; what it writes for CommonMark is
written here as python-markdown reads it: four spaces within lists, blocks of `///`, footnotes, every sign escaped.
"""

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdownify import ATX, MarkdownConverter

from plugins.importing import escapes
from plugins.importing.clean import attribute
from plugins.importing.losses import CLOSE, OPEN

_CELL, _ROW = "\ufdd2", "\ufdd3"  # no text that was cleaned has such letters
_NESTED = {"li", "blockquote", "dd", "x-note", "x-pull", "x-quote", "x-video", "td", "th"}
_UNSEEN_FIRST = {"blockquote", "pre", "table", "hr", "dl", "x-pull", "x-quote", "x-note"}
_INDENT = "    "
_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|brush:\s*)([\w+#.-]{1,30})")
_READ_IN_CODE = re.compile(r"[<{\[`]")  # by the checks of texts, which do not see that indented code is code
_APART = "<!-- -->"
"""Stands between two lists, or two quotations, which Markdown would take for one."""

Parents = set[str]


def write(soup: BeautifulSoup) -> str:
    """Return a shaped tree as Markdown."""
    scribe = _Scribe(heading_style=ATX, bullets="-", autolinks=False, wrap=True, wrap_width=None)
    body = str(scribe.convert_soup(soup)).strip()
    return "\n\n".join(filter(None, [re.sub(r"\n{3,}", "\n\n", body), "\n".join(scribe.notes)]))


class _Scribe(MarkdownConverter):
    """Writes one text; `notes` are its footnotes, for the text's end. markdownify calls `convert_TAG` for each tag."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.notes: list[str] = []

    def escape(self, text: str, parent_tags: Parents) -> str:
        return escapes.inline(text, in_table=bool({"td", "th"} & parent_tags))

    def process_text(self, el: NavigableString, parent_tags: Parents | None = None) -> str:
        text = str(super().process_text(el, parent_tags=parent_tags))  # type: ignore[misc]  # its stub leaves it out
        after = el.next_sibling
        while isinstance(after, Tag) and after.name == "x-loss":
            after = after.next_sibling
        if text.endswith("!") and isinstance(after, Tag) and after.name in {"a", "x-ref"}:
            return f"{text[:-1]}&#33;"  # before a bracket it would show a picture
        return text

    def convert_p(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        written = escapes.lines(text)
        if not written:
            return ""
        return f"\n{written}\n" if attribute(el, "class") == "line" else f"\n\n{written}\n\n"

    def convert_br(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if {"td", "th"} & parent_tags:
            return "<br>"
        return " " if {"_inline", "dt", "figcaption"} & parent_tags else "  \n"

    def convert_strong(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return _styled(el, text, "**", "strong")

    def convert_em(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return _styled(el, text, "*", "em")

    def convert_a(self, el: Tag, text: str, parent_tags: Parents) -> str:
        before, words, after = _chomped(text)
        return f"{before}{_linked(words, attribute(el, 'href'))}{after}" if words and attribute(el, "href") else text

    def convert_img(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"!{_linked(escapes.inline(' '.join(attribute(el, 'alt').split())), attribute(el, 'src'))}"

    def convert_code(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "pre" in parent_tags:
            return text
        for line in el.find_all("br"):
            line.replace_with(" ")
        before, code, after = _chomped(el.get_text())
        return f"{before}{_code(' '.join(code.split()), in_table=bool({'td', 'th'} & parent_tags))}{after}"

    convert_kbd = convert_code

    def convert_pre(self, el: Tag, text: str, parent_tags: Parents) -> str:
        for line in el.find_all("br"):
            line.replace_with("\n")
        code = el.get_text().strip("\n").rstrip()
        if not code.strip():
            return ""
        if _NESTED & parent_tags:
            code = code.expandtabs(4)
            if not _READ_IN_CODE.search(code):
                return f"\n\n{_indented(code, _INDENT)}\n\n"
            el.name = "p"
            return f"\n\n{_code_lines(code)}\n\n"
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        inner = el.find("code")
        classes = f"{attribute(el, 'class')} {attribute(inner, 'class') if isinstance(inner, Tag) else ''}"
        found = _LANGUAGE.search(classes)
        language = found[1] if found else attribute(el, "data-code-block-lang")
        name = language if re.fullmatch(r"[a-z][\w+#.-]*", language) else ""
        return f"\n\n{fence}{name}\n{code}\n{fence}\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Parents) -> str:  # noqa: N802 - markdownify's name
        words = " ".join(text.split())
        end = len(words.rstrip("#"))
        words = words[:end] + words[end:].replace("#", "\\#")
        return f"\n\n{'#' * n} {words}\n\n" if words else ""

    def convert_list(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "li" in parent_tags:
            above = el.previous_sibling
            apart = isinstance(above, Tag) and above.name in {"ul", "ol"}
            return f"{chr(10) * (2 if apart else 1)}{text.rstrip()}\n"
        return f"\n\n{_apart(el, parent_tags)}{text.strip(chr(10))}\n\n"

    convert_ul = convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: Parents) -> str:
        text = _begun(el, text)
        if not text:
            return ""
        counted = isinstance(el.parent, Tag) and el.parent.name == "ol"
        bullet = f"{attribute(el, 'value') or 1}. " if counted else "- "
        end = "\n\n" if "\n\n" in text else "\n"
        return f"{bullet}{_indented(text, _INDENT).lstrip()}{end}"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Parents) -> str:
        text = text.strip("\n").rstrip()
        return f"\n\n{_apart(el, parent_tags)}{_quoted(text)}\n\n" if text else ""

    def convert_dl(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"\n\n{escapes.lines(' '.join(text.split()))}\n"

    def convert_dd(self, el: Tag, text: str, parent_tags: Parents) -> str:
        text = _begun(el, text)
        return f":   {_indented(text, _INDENT).lstrip()}\n" if text else ""

    def convert_td(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"{' '.join(text.split()).removesuffix('<br>')}{_CELL}"

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"{text}{_ROW}"

    def convert_table(self, el: Tag, text: str, parent_tags: Parents) -> str:
        rows = [[cell.strip() for cell in row.split(_CELL)[:-1]] for row in text.split(_ROW)[:-1]]
        written = [f"| {' | '.join(row)} |" for row in rows]
        ruled = [*written[:1], f"|{' --- |' * len(rows[0])}", *written[1:]] if rows else []
        return "\n\n{}\n\n".format("\n".join(ruled))

    def convert_figure(self, el: Tag, text: str, parent_tags: Parents) -> str:
        picture, _, caption = (part.strip() for part in text.partition(_CELL))
        if not caption:
            return f"\n\n{picture}\n\n"
        if _NESTED & parent_tags:
            return f"\n\n{picture}\n\n{escapes.lines(caption)}\n\n"
        held = f'{picture}\n<figcaption markdown="span">{caption}</figcaption>'
        return f'\n\n<figure markdown="span">\n{held}\n</figure>\n\n'

    def convert_figcaption(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"{_CELL}{' '.join(text.split())}"

    def convert_hr(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return "\n\n---\n\n"

    def convert_x_ref(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"[^{attribute(el, 'label')}]"

    def convert_x_note(self, el: Tag, text: str, parent_tags: Parents) -> str:
        self.notes.append(f"[^{attribute(el, 'label')}]: {_indented(text.strip() or '&nbsp;', _INDENT).lstrip()}")
        return ""

    def convert_x_loss(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"{OPEN}{attribute(el, 'n')}{CLOSE}"

    def convert_x_pull(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if _NESTED & parent_tags:
            return f"\n\n{_quoted(text.strip())}\n\n"
        return _block("pull", "", text)

    def convert_x_quote(self, el: Tag, text: str, parent_tags: Parents) -> str:
        who, url = escapes.inline(attribute(el, "who")), attribute(el, "url")
        if _NESTED & parent_tags:
            signed = _linked(who, url) if url else who
            return f"\n\n{_quoted(f'{text.strip()}{chr(10) * 2}— {signed}')}\n\n"
        return _block(f"quote | {who}", url, text)

    def convert_x_video(self, el: Tag, text: str, parent_tags: Parents) -> str:
        title, url = escapes.inline(attribute(el, "title")), attribute(el, "url")
        if _NESTED & parent_tags:
            return f"\n\n{_linked(title, url)}{text.strip()}\n\n"
        return _block(f"video | {title}", url, text)

    def convert_del(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return _raw(el.name, text)

    convert_ins = convert_mark = convert_sub = convert_sup = convert_del


def _code(code: str, *, in_table: bool = False) -> str:
    """Return code within a line."""
    if not code:
        return ""
    if "`" in code or code.endswith("\\") or (in_table and "|" in code):
        # python-markdown has no way to write a backtick at an end of code, nor a backslash before one
        return f"<code>{escapes.inline(code, in_table=in_table)}</code>"
    return f"`{code}`"


def _code_lines(code: str) -> str:
    """Return a paragraph with code on each of its lines."""
    made = []
    for line in code.split("\n"):
        words = line.strip(" ")
        room = len(line) - len(line.lstrip(" ")) if words else 1
        made.append(f"{'&nbsp;' * room}{_code(words)}")
    return "  \n".join(made)


def _styled(el: Tag, text: str, sign: str, name: str) -> str:
    """Return bold or italic words; as HTML where signs would touch others and be misread."""
    before, words, after = _chomped(text)
    if not words:
        return text
    touching = any(
        isinstance(beside, Tag) and beside.name in {"em", "strong"} for beside in (el.previous_sibling, el.next_sibling)
    )
    if touching or words[0] == "*" or words[-1] == "*":
        return _raw(name, text)
    return f"{before}{sign}{words}{sign}{after}"


def _linked(words: str, url: str) -> str:
    """Return words in the brackets of a link; a caret first among them would make a footnote of it."""
    inside = f"&#94;{words[1:]}" if words.startswith("^") else words
    return f"[{inside}]({url})"


def _raw(name: str, text: str) -> str:
    before, words, after = _chomped(text)
    return f"{before}<{name}>{words}</{name}>{after}" if words else text


def _chomped(text: str) -> tuple[str, str, str]:
    """Return the space before and after a text, and the text."""
    words = text.strip()
    return " " * (text[:1].isspace()), words, " " * (bool(words) and text[-1:].isspace())


def _begun(el: Tag, text: str) -> str:
    """Return what stands in an item; before a block that python-markdown would not see there, an empty paragraph."""
    first = next((child for child in el.children if isinstance(child, Tag)), None)
    unseen = first is not None and first.name in _UNSEEN_FIRST
    text = text.strip("\n").rstrip()
    return f"&nbsp;\n\n{text}" if unseen and text else text.lstrip()


def _indented(text: str, by: str) -> str:
    return "\n".join(f"{by}{line}" if line.strip() else "" for line in text.split("\n"))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line.strip() else ">" for line in text.split("\n"))


def _block(head: str, url: str, text: str) -> str:
    """Return one of the site's own blocks."""
    option = f'{_INDENT}url: "{url}"' if url.endswith(":") else f"{_INDENT}url: {url}" if url else ""
    return "\n\n{}\n\n".format("\n".join(filter(None, [f"/// {head}", option, text.strip(), "///"])))


def _apart(el: Tag, parent_tags: Parents) -> str:
    """Return what keeps a list or quotation from growing into the one above it."""
    above = el.previous_sibling
    while isinstance(above, NavigableString) and not above.strip():
        above = above.previous_sibling
    alike = isinstance(above, Tag) and (above.name == el.name or {above.name, el.name} <= {"ul", "ol"})
    return f"{_APART}\n\n" if alike and not _NESTED & parent_tags else ""
