"""The tags of an HTML text with their places and attributes, for links that are followed and rewritten.

It reads what browsers read as tags (HTML, section 13.2.5) and repairs nothing; comments and the text of scripts and
styles hold none. A check reads every page of the site: `html.parser` takes three times as long (0.57 ms for a page of
5 kB, against 0.19).
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# Every repetition is possessive, and what is not closed reaches to the end: hostile text is read once.
_REST = r"""[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+"""
_CLOSE = r"""(?:>|(?P<eof>(?:["'](?s:.*+))?\Z))"""
_COMMENT = r"<!--(?s:.*?)(?:-->|\Z)"
_RAW = (
    rf"<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])(?P<of_raw>{_REST})>"
    r"(?s:.*?)(?=</(?P=raw)[\s/>]|\Z)"
)
_TAG = re.compile(rf"{_COMMENT}|{_RAW}|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>{_REST}){_CLOSE}", re.IGNORECASE)
_WITH_ATTRIBUTES = re.compile(
    rf"{_COMMENT}|{_RAW}|<(?P<name>[a-zA-Z][^\s/>]*+)(?:(?P<rest>[\s/]{_REST}){_CLOSE}|\Z)", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?""")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 - words
"""Elements that have no end tag (HTML, section 13.1.2)."""


class HtmlTag(NamedTuple):
    """A start tag, or an end tag where `ends`; it stands at [start, stop). `rest` are its attributes as written."""

    name: str
    ends: bool
    rest: str
    start: int
    stop: int

    @property
    def attributes(self) -> dict[str, str]:
        """Return the attributes, names in small letters, entities decoded; of two alike the first counts."""
        return attributes(self.rest)


def attributes(rest: str) -> dict[str, str]:
    """Return the attributes of a tag, names in small letters, entities decoded; of two alike the first counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(rest):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def tags(html: str) -> Iterator[HtmlTag]:
    """Return all tags in order, but for the end tags of scripts and their like."""
    for found in _TAG.finditer(html):
        name = found["name"]
        if name and found["eof"] is None:
            yield HtmlTag(name.lower(), bool(found["end"]), found["rest"], found.start(), found.end())


def start_tags(html: str) -> Iterator[tuple[int, str, str]]:
    """Return where each start tag with attributes stands, its name, and its attributes as written."""
    for found in _WITH_ATTRIBUTES.finditer(html):
        raw, of_raw, name, rest, eof = found.groups()
        if raw:
            yield found.start(), raw.lower(), of_raw
        elif name and rest is not None and eof is None:
            yield found.start(), name.lower(), rest
