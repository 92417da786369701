"""XHTML that stands as XML inside a feed (Atom's type="xhtml"), written out as HTML. Nothing is cleaned."""

from html import escape

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def unwrapped(markup: str) -> str:
    """Return markup without the `div` that Atom asks for around all of it (RFC 4287, 3.1.1.3)."""
    if markup.startswith("<div") and markup.endswith("</div>") and markup.count("<div") == 1:
        return markup[markup.index(">") + 1 : -len("</div>")].strip()
    return markup


class XhtmlCopy:
    """Collects the elements and the text of one field."""

    def __init__(self) -> None:
        self.depth = 0
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Copy a start tag; namespaces of names are dropped, as HTML has none."""
        self.depth += 1
        local = name.rpartition(" ")[2]
        written = "".join(f' {key.rpartition(" ")[2]}="{escape(value)}"' for key, value in attributes.items())
        self._parts.append(f"<{local}{written}>")

    def end(self, name: str) -> None:
        """Copy an end tag, where HTML has one."""
        local = name.rpartition(" ")[2]
        if local not in _VOID:
            self._parts.append(f"</{local}>")
        self.depth -= 1

    def text(self, data: str) -> None:
        """Copy text, escaped again."""
        self._parts.append(escape(data, quote=False))

    def value(self) -> str:
        """Return the HTML so far."""
        return unwrapped("".join(self._parts).strip())
