"""A Markdown extension for tables: they scroll within themselves, and obey a policy without inline styles.

python-markdown aligns cells by a `style` attribute, which our Content-Security-Policy refuses.
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


class TablesExtension(Extension):
    """Use as "plugins.core.markup:TablesExtension"; `label` is what a screen reader calls the region."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"label": ["Table", "what a screen reader calls a table's scrolling region"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - python-markdown's name
        """Run after the tables are made, before inline patterns have moved on to text."""
        md.treeprocessors.register(_Tables(md, str(self.getConfig("label"))), "picketwire-tables", 15)
