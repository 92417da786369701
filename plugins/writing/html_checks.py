"""HTML in a text: what readers' browsers refuse here, and elements that are not closed. Pure; lines count from 0.

The pages' Content-Security-Policy lets nothing run, and nothing load from elsewhere: what it would stop is told to the
writer instead. Source: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
"""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from plugins.writing import link_targets
from plugins.writing.model import Fault

_REFUSED = {
    "script": "link to the page that has it",
    "style": "leave the look to the theme",
    "iframe": "link to the page, or use the block video",
    "frame": "link to the page",
    "object": "link to the file",
    "embed": "link to the file",
    "applet": "link to the page",
    "form": "link to a page with the form",
    "link": "remove it",
    "meta": "remove it",
    "base": "remove it",
}
_PAIRED = frozenset(
    """
    a abbr article aside audio b blockquote cite code del details dfn div dl em figcaption figure h2 h3 h4 h5 h6 i ins
    kbd main mark ol picture pre q s samp section small span strong sub summary sup table u ul video
    """.split()  # noqa: SIM905 - a list of words
)
_LOADS = frozenset({"audio", "source", "track", "video"})
_ELSEWHERE = re.compile(r"(https?:)?//", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:([^{}\n]*)(\}?)")


def faults(text: str) -> list[Fault]:
    """Return what is wrong with a text's HTML, and with its attribute lists; `text` has its code blanked."""
    reader = _Reader()
    reader.feed(re.sub(r"\\<|<(?![a-zA-Z/!])|<(?=https?://)", "  ", text))
    reader.close()
    found = reader.faults + [_unclosed(name, line) for name, line in reader.open]
    for place in _ATTRIBUTES.finditer(text):
        line = text.count("\n", 0, place.start())
        if not place[2]:
            found.append(Fault(line, "an attribute list is not closed", "end it with }"))
        names = re.findall(r"(?:^|\s)([\w-]+)\s*=", place[1])
        found += [_attribute(name, line) for name in names if _is_refused(name)]
    return found


class _Reader(HTMLParser):
    """Notes what is wrong while it reads; `open` are the elements not closed so far, with their lines."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Fault] = []
        self.open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Judge an element by its name and attributes."""
        line = self.getpos()[0] - 1
        if tag in _REFUSED:
            self.faults.append(Fault(line, f"<{tag}> does nothing on these pages", _REFUSED[tag]))
        if tag in _PAIRED:
            self.open.append((tag, line))
        for name, value in attrs:
            if _is_refused(name):
                self.faults.append(_attribute(name, line))
            elif name in {"src", "srcset", "poster"} and tag in _LOADS and _ELSEWHERE.match(value or ""):
                remedy = "link to it, or use the block video"
                self.faults.append(Fault(line, f"<{tag}> loads from another site (got {value})", remedy))
            elif name in {"href", "cite"}:
                self.faults += [Fault(line, *wrong) for wrong in link_targets.fault(value or "")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge an element that is closed where it begins."""
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element; those that it holds and that are open are not closed at all."""
        if tag not in _PAIRED:
            return
        names = [name for name, _ in self.open]
        if tag not in names:
            self.faults.append(Fault(self.getpos()[0] - 1, f"</{tag}> ends nothing", "remove it"))
            return
        while self.open[-1][0] != tag:
            self.faults.append(_unclosed(*self.open.pop()))
        self.open.pop()


def _unclosed(name: str, line: int) -> Fault:
    return Fault(line, f"<{name}> is not closed", f"end it with </{name}>")


def _is_refused(attribute: str) -> bool:
    return attribute == "style" or attribute.startswith("on")


def _attribute(name: str, line: int) -> Fault:
    return Fault(
        line, f"the attribute {name} does nothing on these pages", "remove it; use a class that the theme knows"
    )
