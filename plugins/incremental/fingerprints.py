"""Fingerprints of the texts, tags, categories and authors of a site, of which all that they answer follows.

What Pelican's own objects answer follows from their attributes and the settings, so that one with the attributes that
it had in the last build need not be asked again: of 10,000 posts, each page asks some thirty things of its text, and to
put together what they say takes half a millisecond, the fingerprint a tenth of that.
"""

import hashlib
from collections.abc import Container, Iterable, Mapping
from types import GetSetDescriptorType
from typing import Any

from pelican.contents import Article, Content, Page
from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from .consumed import Consumed
from .functions import Functions
from .quick_contents import may_link
from .values import UnknownValueError, address

_KINDS = frozenset({Article, Page, Author, Category, Tag})
WORDS = frozenset({"content", "summary", "get_content", "get_summary", "get_static_links", "_content"})
"""What of a text follows from its words. That of a post is edited often, and shown on few of the pages that list it."""

_LEFT_OUT = ("settings", "_context", "_content")
_FROM_THE_NAME = ("settings", "_slug", "name", "slug")
"""What a tag keeps once it was asked for its address, and its name a second time."""
_SIZE = 16
_SAME = b"same;"
"""What is said of a value that a text has twice."""
_OWN = f"{__name__.rpartition('.')[0]}."


class Fingerprints:
    """The fingerprints of one build: taken once of each object, until they are to be cleared."""

    def __init__(self, said: Consumed, settings: object) -> None:
        self._said, self._settings = said, settings
        self._known: dict[int, tuple[Any, bytes | None]] = {}
        self._of_words: dict[int, bytes | None] = {}
        self._are_stock: dict[type, bool] = {}

    def clear(self) -> None:
        """Forget all of them: something may have changed an object."""
        self._known.clear()
        self._of_words.clear()

    def of(self, value: Any, *, with_words: bool) -> bytes | None:
        """Return an object's fingerprint; None where what it answers may follow from more than its own attributes.

        A text's is one of all but its words, and what Pelican makes of them (WORDS), unless it is to be `with_words`.
        """
        known = self._known.get(address(value))
        if known is None:
            known = self._known[address(value)] = (value, self._taken(value))  # held, so that its address stays its own
        if not with_words or known[1] is None or not isinstance(value, Content):
            return known[1]
        if address(value) not in self._of_words:
            self._of_words[address(value)] = self._with_words(value, known[1])
        return self._of_words[address(value)]

    def _with_words(self, content: Content, fingerprint: bytes) -> bytes | None:
        if _leads_to_others(content):
            return None
        said = fingerprint + self._said.data(content._content)
        return hashlib.blake2b(said, digest_size=_SIZE).digest()

    def is_stock(self, kind: type) -> bool:
        """Say whether all that a class does is a library's; see `is_stock`."""
        if kind not in self._are_stock:
            self._are_stock[kind] = is_stock(kind)
        return self._are_stock[kind]

    def _taken(self, value: Any) -> bytes | None:
        kind = type(value)
        if kind not in _KINDS or not self.is_stock(kind):
            return None
        attributes = vars(value)
        if attributes.get("settings") is not self._settings:
            return None  # a site within this one has settings of its own
        if isinstance(value, URLWrapper):
            left_out = _left_out_of(attributes)
        elif "_get_content" in attributes or "date" not in attributes:
            return None  # it gives its words by a function of its own, or its address may have today's date
        else:
            left_out = _LEFT_OUT
        try:
            said = self._said_by(attributes, left_out)
        except UnknownValueError:
            return None
        return hashlib.blake2b(kind.__name__.encode() + said, digest_size=_SIZE).digest()

    def _said_by(self, attributes: Mapping[str, Any], left_out: Container[str]) -> bytes:
        """Return what attributes say. A text has nearly all of them a second time, in its metadata."""
        says = self._said.data
        names = [name for name in attributes if name not in left_out]
        parts = [_words(names)]
        for name in names:
            part = attributes[name]
            if isinstance(part, URLWrapper):  # a text's address may have its category's or its author's
                fingerprint = self.of(part, with_words=False)
                if fingerprint is None:
                    raise UnknownValueError(f"a {type(part).__qualname__}")
                parts.append(fingerprint)
                continue
            if name != "metadata" or type(part) is not dict:
                parts.append(says(part))
                continue
            parts.append(_words(part))
            for key, value in part.items():
                parts.append(_SAME if attributes.get(key, _SAME) is value else says(value))
        return b"".join(parts)


def is_stock(kind: type) -> bool:
    """Say whether all that a class does is a library's (`Functions.is_known`), or stands in for that here."""
    parts = (part for base in kind.__mro__[:-1] for part in vars(base).values())
    return all(map(_is_known, filter(_has_code, parts)))


def _left_out_of(attributes: Mapping[str, Any]) -> Container[str]:
    """Return which attributes of a tag follow from its name and the settings: its address, once it was asked for it."""
    if attributes.get("_slug_from_name") is not True:
        return ("settings",)
    return _FROM_THE_NAME if attributes.get("name", attributes["_name"]) == attributes["_name"] else ("settings",)


def _leads_to_others(content: Content) -> bool:
    """Say whether a text has links, or pictures, whose addresses are what others of the site answer."""
    text = content._content
    return may_link(content, text) and (type(text) is not str or bool(content._get_intrasite_link_regex().search(text)))


def _words(names: Iterable[Any]) -> bytes:
    return repr([*names]).encode("utf-8", "surrogatepass")


def _is_known(part: Any) -> bool:
    module = _module(part)
    return Functions.is_known(module) or module.startswith(_OWN)


def _has_code(part: Any) -> bool:
    return hasattr(type(part), "__get__") and not isinstance(part, GetSetDescriptorType)


def _module(part: Any) -> str:
    """Return the module of a method or a property; "" where it has none."""
    if isinstance(part, property):
        part = part.fget
    while hasattr(part, "func"):  # what remembers, or is given some of its arguments
        part = part.func
    return str(getattr(part, "__module__", None) or "")
