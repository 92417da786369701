"""What is a block of its own: paragraphs, headings, code, tables, figures. Pure."""

import re

from bs4 import Tag
from markdownify import MarkdownConverter

from plugins.importing import escapes
from plugins.importing.clean import attribute
from plugins.importing.scribing.lines import CELL, INDENT, NESTED, ROW, Parents, indented
from plugins.importing.scribing.words import coded
from plugins.importing.shaping.blocks import shows

_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|brush:\s*)([\w+#.-]{1,30})")
_READ_IN_CODE = re.compile(r"[<{\[`]")  # by the checks of texts, which do not see that indented code is code


class Parts(MarkdownConverter):
    """Writes blocks that hold no others."""

    def convert_p(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a paragraph."""
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        written = escapes.lines(text)
        if not written:
            return ""
        return f"\n{written}\n" if attribute(el, "class") == "line" else f"\n\n{written}\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Parents) -> str:  # noqa: N802 - markdownify's name
        """Write a heading."""
        words = " ".join(text.split())
        end = len(words.rstrip("#"))
        words = words[:end] + words[end:].replace("#", "\\#")
        return f"\n\n{'#' * n} {words}\n\n" if words else ""

    def convert_pre(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a block of code; in a list or quotation, where no fence can stand, indented or as lines."""
        for line in el.find_all("br"):
            line.replace_with("\n")
        code = el.get_text().strip("\n").rstrip()
        if not code.strip():
            return ""
        if NESTED & parent_tags:
            code = code.expandtabs(4)
            above = next((one for one in el.previous_siblings if isinstance(one, Tag) and shows(one)), None)
            below_list = above is not None and above.name in {"ul", "ol", "dl"}  # it would be the last item's
            if not below_list and not _READ_IN_CODE.search(code):
                return f"\n\n{indented(code, INDENT)}\n\n"
            el.name = "p"
            return f"\n\n{_code_lines(code)}\n\n"
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        inner = el.find("code")
        classes = f"{attribute(el, 'class')} {attribute(inner, 'class') if isinstance(inner, Tag) else ''}"
        found = _LANGUAGE.search(classes)
        language = found[1] if found else attribute(el, "data-code-block-lang")
        name = language if re.fullmatch(r"[a-z][\w+#.-]*", language) else ""
        return f"\n\n{fence}{name}\n{code}\n{fence}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """End a cell."""
        return f"{' '.join(text.split()).removesuffix('<br>')}{CELL}"

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """End a row."""
        return f"{text}{ROW}"

    def convert_table(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a table, its first row as its head."""
        rows = [[cell.strip() for cell in row.split(CELL)[:-1]] for row in text.split(ROW)[:-1]]
        written = [f"| {' | '.join(row)} |" for row in rows]
        ruled = [*written[:1], f"|{' --- |' * len(rows[0])}", *written[1:]] if rows else []
        return "\n\n{}\n\n".format("\n".join(ruled))

    def convert_figure(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a picture with its caption."""
        picture, _, caption = (part.strip() for part in text.partition(CELL))
        if not caption:
            return f"\n\n{picture}\n\n"
        if NESTED & parent_tags:
            return f"\n\n{picture}\n\n{escapes.lines(caption)}\n\n"
        held = f'{picture}\n<figcaption markdown="span">{caption}</figcaption>'
        return f'\n\n<figure markdown="span">\n{held}\n</figure>\n\n'

    def convert_figcaption(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Begin a caption."""
        return f"{CELL}{' '.join(text.split())}"

    def convert_hr(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a rule."""
        return "\n\n---\n\n"


def _code_lines(code: str) -> str:
    """Return a paragraph with code on each of its lines."""
    made = []
    for line in code.split("\n"):
        words = line.strip(" ")
        room = len(line) - len(line.lstrip(" ")) if words else 1
        made.append(f"{'&nbsp;' * room}{coded(words)}")
    return "  \n".join(made)
