"""A Markdown extension for what a style sheet cannot see: wide tables, and who said a quotation.

Tables scroll within themselves and have no inline style: python-markdown aligns cells by a `style` attribute, which our
Content-Security-Policy refuses. A quotation's last paragraph that begins with a dash is its attribution.
Source: https://python-markdown.github.io/extensions/api/
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_ALIGNED = re.compile(r"text-align:\s*(left|right|center)")


class _Tables(Treeprocessor):
    passes_over_signs = True  # core.text.markdown_once

    def __init__(self, md: Markdown, label: str) -> None:
        super().__init__(md)
        self._label = label

    def run(self, root: Element) -> None:
        """Wrap every table in a region that the keyboard can scroll, and turn alignment into classes."""
        for parent in list(root.iter()):
            for place, table in enumerate(list(parent)):
                if table.tag == "table":
                    self._align(table)
                    region = {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": self._label}
                    wrapper = Element("div", region)
                    wrapper.append(table)
                    wrapper.tail, table.tail = table.tail, None
                    parent[place] = wrapper

    def _align(self, table: Element) -> None:
        for cell in table.iter():
            aligned = _ALIGNED.match(cell.attrib.pop("style", ""))
            if aligned and aligned[1] != "left":
                cell.set("class", f"align-{aligned[1]}")
            if cell.tag == "th" and not "".join(cell.itertext()).strip():
                cell.tag = "td"  # a corner heads nothing (WCAG 1.3.1)


class _Attributions(Treeprocessor):
    passes_over_signs = True  # core.text.markdown_once

    def run(self, root: Element) -> None:
        """Give the last paragraph of a quotation a class where it begins with a dash."""
        for quote in root.iter("blockquote"):
            last = quote[-1] if len(quote) else None
            if last is not None and last.tag == "p" and (last.text or "").lstrip().startswith(("—", "--", "―")):
                last.set("class", f"{last.get('class', '')} attribution".strip())


class NewsroomExtension(Extension):
    """Marks up wide tables and attributions; `label` is what a screen reader calls a table’s region."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"label": ["Table", "what a screen reader calls a table's scrolling region"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - python-markdown's name
        """Look at attributions before inline patterns take the text apart, at tables after."""
        md.treeprocessors.register(_Tables(md, str(self.getConfig("label"))), "picketwire-tables", 15)
        md.treeprocessors.register(_Attributions(md), "picketwire-attributions", 25)
