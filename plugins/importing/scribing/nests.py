"""What holds other blocks: lists, quotations, terms with what they mean. Pure.

python-markdown wants four spaces within an item, and does not see some blocks at an item's beginning.
"""

from bs4 import Tag
from markdownify import MarkdownConverter

from plugins.importing import escapes
from plugins.importing.clean import attribute
from plugins.importing.scribing.lines import INDENT, Parents, apart, indented, quoted
from plugins.importing.shaping.blocks import shows

_UNSEEN_FIRST = {"blockquote", "pre", "table", "hr", "dl", "x-pull", "x-quote", "x-note"}


class Nests(MarkdownConverter):
    """Writes lists and quotations."""

    def convert_list(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a list; within an item it belongs to the item's words."""
        if "li" in parent_tags:
            above = el.previous_sibling
            parted = isinstance(above, Tag) and above.name in {"ul", "ol"}
            return f"{chr(10) * (2 if parted else 1)}{text.rstrip()}\n"
        return f"\n\n{apart(el, parent_tags)}{text.strip(chr(10))}\n\n"

    convert_ul = convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write an item."""
        text = _begun(el, text)
        if not text:
            return ""
        counted = isinstance(el.parent, Tag) and el.parent.name == "ol"
        bullet = f"{attribute(el, 'value') or 1}. " if counted else "- "
        end = "\n\n" if "\n\n" in text else "\n"
        return f"{bullet}{indented(text, INDENT).lstrip()}{end}"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a quotation."""
        text = text.strip("\n").rstrip()
        return f"\n\n{apart(el, parent_tags)}{quoted(text)}\n\n" if text else ""

    def convert_dl(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a list of terms."""
        return f"\n\n{text.strip()}\n\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write a term."""
        return f"\n\n{escapes.lines(' '.join(text.split()))}\n"

    def convert_dd(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Write what a term means."""
        text = _begun(el, text)
        return f":   {indented(text, INDENT).lstrip()}\n" if text else ""


def _begun(el: Tag, text: str) -> str:
    """Return what stands in an item; before a block that python-markdown would not see there, an empty paragraph."""
    parts = [child for child in el.children if isinstance(child, Tag)]
    unseen = bool(parts) and parts[0].name in _UNSEEN_FIRST
    marks_alone = len(parts) > 1 and not shows(parts[0])  # they go with their line
    text = text.strip("\n").rstrip()
    if not text:
        return ""
    return f"&nbsp;\n\n{text}" if unseen or marks_alone else text.lstrip()
