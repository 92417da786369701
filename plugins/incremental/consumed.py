"""What a value says, as bytes that two values share only where they say the same.

Pelican's own objects (posts, tags, paginators), and those of classes that plugins name, are not gone into: they say
which ones they are, and what is asked of them is to be noted besides (`trace`). Of anything else, every part counts.
"""

import enum
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import PurePath
from types import FunctionType, MappingProxyType, NoneType
from typing import Any, NamedTuple
from uuid import UUID

from jinja2.runtime import Undefined
from markupsafe import Markup
from pelican.contents import Content
from pelican.paginator import Page, PaginationRule, Paginator
from pelican.urlwrappers import URLWrapper

from . import values
from .functions import Functions
from .members import Members
from .values import UnknownValueError, address

STOCK = (Content, URLWrapper, Paginator, Page)
"""Pelican's classes whose objects are asked by name."""

Step = tuple[str, Any]
"""A way from a value to a part of it: ("item", a key), ("member", a number in order), or ("field", a name)."""

_MORE_THAN_ATTRIBUTES = (str, bytes, int, float, date, time, tuple, list, dict, set, frozenset)
_DEEPEST = 30
_LONG_DATA = 2_000
"""Bytes from which on a digest stands for what a value says, so that what is in many others stays short."""
_WORDS = (str, NoneType)
_NO_WAYS: Mapping[int, tuple[Step, ...]] = {}
_NESTED = 4
"""Lists in lists up to which is looked for without ways to the parts: a text's headings lead to those below them."""
_LONG = 32
"""Parts from which on a value is not gone through again, where it is as it was."""
_MOST_SHORT = 20_000
"""Shorter lists, as of a post's tags, that are kept at a time: a look takes 1 µs, to go through three tags 10."""


class ValueData(NamedTuple):
    """What a value says, and the ways to the objects in it, by their `address`.

    `watched` are the lists and mappings in it, each with a copy: while they are as they were, so is all that it says.
    None, where it may change without any of them. `size` is how many parts were gone through.
    """

    data: bytes
    ways: Mapping[int, tuple[Step, ...]] = MappingProxyType({})
    watched: tuple[tuple[Any, Any], ...] | None = ()
    size: int = 1


class Consumed:
    """Says what values say, for one build. Long lists and mappings are gone through once, while they are as they were.

    Of 1,000 posts, each page may ask for all of them, and for all lists of them by tag.
    """

    def __init__(self, kinds: Iterable[type], functions: Functions) -> None:
        self.kinds = tuple(dict.fromkeys(kinds))
        self.functions = functions
        self._kept: dict[int, tuple[Any, ValueData]] = {}
        self._kept_long: dict[int, tuple[list[Any], list[Any], bytes]] = {}
        self._kept_short: dict[int, tuple[Any, ValueData]] = {}
        self._by_type: dict[type, Callable[[Any, int], ValueData]] = {}
        self._met: dict[int, tuple[Any, ValueData]] = {}
        self._plain: dict[type, Callable[[Any], bytes]] = {}
        """What says what values of a type say that have no parts, or are not gone into."""

    def anew(self) -> "Consumed":
        """Return another that has gone through nothing yet."""
        return Consumed(self.kinds, self.functions.anew())

    def data(self, value: Any) -> bytes:
        """Return what a value says. Raises UnknownValueError where that cannot be told.

        Nearly all are words, dates, objects, and lists and mappings of such, of which that is known without looking for
        ways to their parts: 1 µs instead of 6, and 4 instead of 30 for a list of three tags.
        """
        says = self._plain.get(type(value))
        if says:
            return says(value)
        if type(value) is list and len(value) >= _LONG:
            return self._of_long(value)
        found = self._without_ways(value, _NESTED)
        return self.data_and_ways(value)[0] if found is None else found

    def _of_long(self, value: list[Any]) -> bytes:
        """Return what a long list says, which is gone through once, while it is as it was."""
        kept = self._kept_long.get(address(value))
        if kept is not None and kept[0] is value and _are_as_they_were(((value, kept[1]),)):
            return kept[2]
        parts: list[bytes] = []
        for part in value:
            says = self._plain.get(type(part)) or self._said_plainly(part)
            if says is None:
                return self.data_and_ways(value)[0]
            parts.append(says(part))
        found = _framed(value, parts)
        self._kept_long[address(value)] = (value, [*value], found)
        return found

    def _without_ways(self, value: Any, depth: int) -> bytes | None:
        """Return what a short list, tuple or mapping says, None where something in it has parts and is none of those.

        Long ones are kept with the ways to their parts: each page may ask for all tags, with all posts of each.
        """
        kind = type(value)
        if depth == 0 or kind not in (list, tuple, dict) or len(value) >= _LONG:
            return None
        parts: list[bytes] = []
        for part in value.values() if kind is dict else value:
            says = self._plain.get(type(part)) or self._said_plainly(part)
            said = says(part) if says else self._without_ways(part, depth - 1)
            if said is None:
                return None
            parts.append(said)
        if kind is not dict:
            return _framed(value, parts)
        keys: list[bytes] = []
        for key in value:
            says = self._plain.get(type(key)) or self._said_plainly(key)
            if says is None:
                return None
            keys.append(says(key))
        return _framed(value, [*keys, _framed(value, parts)])

    def _said_plainly(self, value: Any) -> Callable[[Any], bytes] | None:
        """Return what says what values of this one's type say, None where they have parts."""
        kind = type(value)
        if kind not in self._by_type:
            self._by_type[kind] = self._chosen(value)
        return self._plain.get(kind)

    def data_and_ways(self, value: Any) -> tuple[bytes, Mapping[int, tuple[Step, ...]]]:
        """Return what a value says, and the ways to the objects in it, by their `address`."""
        kind = type(value)
        says = self._plain.get(kind)
        if says:
            return says(value), {address(value): ()} if says is _which else _NO_WAYS
        self._met.clear()
        said = self._of(value, 0)
        self._met.clear()
        return said.data, said.ways

    def _of(self, value: Any, depth: int) -> ValueData:
        kind = type(value)
        if kind not in self._by_type:
            self._by_type[kind] = self._chosen(value)
        return self._by_type[kind](value, depth)

    def _chosen(self, value: Any) -> Callable[[Any, int], ValueData]:
        """Return what says what values of this one's type say."""
        kind = type(value)
        self.functions.note(kind)
        if not self._may_have_attributes(kind):
            return self._chosen_by_parts(value)
        extended = self._extended(self._chosen_by_parts(value))
        self._plain.pop(kind, None)
        return extended

    def _may_have_attributes(self, kind: Any) -> bool:
        """Say whether a value that has parts, or is a word or a number, may have attributes besides."""
        if not issubclass(kind, _MORE_THAN_ATTRIBUTES) or issubclass(kind, (*self.kinds, Members)):
            return False
        return not self.functions.is_known(kind.__module__) and bool(kind.__dictoffset__ or values.slots(kind))

    def _extended(self, says: Callable[[Any, int], ValueData]) -> Callable[[Any, int], ValueData]:
        """Return what says of a value its attributes too, besides what `says` says."""

        def said(value: Any, depth: int) -> ValueData:
            plain, attributes = says(value, depth), self._attributes(value)
            if self.functions.is_pure(type(value).__module__):  # what such a class keeps for itself changes no answer
                attributes = {name: part for name, part in attributes.items() if not name.startswith("_")}
            if not attributes:
                return plain
            more = self._joined(value, attributes.items(), "field", depth, None)
            names = [_sized(name) for name in attributes]
            return ValueData(_framed(value, [plain.data, *names, more.data]), {**more.ways, **plain.ways}, None)

        return said

    def _chosen_by_parts(self, value: Any) -> Callable[[Any, int], ValueData]:
        kind = type(value)
        for kinds, says in _WITHOUT_PARTS:
            if issubclass(kind, kinds):
                plain = self._once(says) if issubclass(kind, date | time) else says
                self._plain[kind] = plain
                return lambda value, _: ValueData(plain(value))
        if issubclass(kind, self.kinds):
            self._plain[kind] = _which
            return self._object
        return self._compound

    def _once(self, says: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
        """Return what asks a value only once: a moment's words take longer than remembering them."""
        asked: dict[int, tuple[Any, bytes]] = {}

        def said(value: Any) -> bytes:
            kept = asked.get(address(value))
            if kept is None or kept[0] is not value:
                kept = asked[address(value)] = (value, says(value))
            return kept[1]

        return said

    def _object(self, value: Any, _: int) -> ValueData:
        """Return which one an object is."""
        return ValueData(_which(value), {address(value): ()})

    def _compound(self, value: Any, depth: int) -> ValueData:
        """Return what a value with parts says: gone through once where it is in several others, or as it was."""
        if depth > _DEEPEST:
            raise UnknownValueError("a value that contains itself, or is too deep")
        kept = self._kept.get(address(value)) or self._kept_short.get(address(value))
        if kept is not None and kept[0] is value and _are_as_they_were(kept[1].watched):
            return kept[1]
        met = self._met.get(address(value))
        if met is None or met[0] is not value:
            met = self._met[address(value)] = (value, self._of_parts(value, depth))
        said = met[1]
        if said.watched is not None and (said.size >= _LONG or not said.watched):
            self._kept[address(value)] = met
        elif said.watched is not None:
            if len(self._kept_short) >= _MOST_SHORT:
                self._kept_short.clear()
            self._kept_short[address(value)] = met
        return said

    def _of_parts(self, value: Any, depth: int) -> ValueData:
        if isinstance(value, list | tuple):
            own = ((value, [*value]),) if isinstance(value, list) else ()
            return self._joined(value, enumerate(value), "item", depth, own)
        if isinstance(value, dict | MappingProxyType):
            return self._mapping(value, depth)
        if isinstance(value, set | frozenset):
            parts = sorted(self._of(part, depth + 1).data for part in value)
            return ValueData(_framed(value, parts), watched=None)  # there is no way to a part of it
        if is_dataclass(value) and not isinstance(value, type):
            found = {one.name: getattr(value, one.name) for one in fields(value)}
            found |= self._attributes(value)
            watched = () if self._is_constant(type(value)) else _attributes_of(value)
            return self._with_attributes(value, found, depth, watched)
        if isinstance(value, type) or callable(value):
            state = _sized(self.functions.state(value))
            return ValueData(b"f" + state, watched=() if isinstance(value, type | FunctionType) else None)
        return self._reduced(value, depth)

    def _mapping(self, value: Any, depth: int) -> ValueData:
        data, watched = [], []
        for key in value:
            of_key = self._of(key, depth + 1)
            data.append(of_key.data)
            watched.append(of_key.watched)
        own = _together(((value, dict(value)),), *watched)
        said = self._joined(value, enumerate(value.values()), "member", depth, own)
        return said._replace(data=_framed(value, [*data, said.data]))

    def _joined(
        self,
        value: Any,
        parts: Iterable[tuple[Any, Any]],
        step: str,
        depth: int,
        own: tuple[tuple[Any, Any], ...] | None,
    ) -> ValueData:
        """Return what a value says by its parts. `own` are the lists and mappings that it is itself."""
        data: list[bytes] = []
        ways: dict[int, tuple[Step, ...]] = {}
        watched, size = [own], 1
        for name, part in parts:
            said = self._of(part, depth + 1)
            data.append(said.data)
            if said.watched != ():
                watched.append(said.watched)
            size += said.size
            for number, way in said.ways.items():
                ways.setdefault(number, ((step, name), *way))
        return ValueData(_framed(value, data), ways, _together(*watched), size)

    def _with_attributes(self, value: Any, attributes: dict[str, Any], depth: int, own: Any) -> ValueData:
        """Return what an object says by its attributes, and by the code of its class's properties."""
        said = self._joined(value, attributes.items(), "field", depth, own)
        state = _sized(self.functions.state(type(value)))
        names = [_sized(name) for name in attributes]
        return said._replace(data=_framed(value, [state, *names, said.data]))

    def _reduced(self, value: Any, depth: int) -> ValueData:
        """Return what an object of a class of nobody's says."""
        kind: Any = type(value)
        if not (kind.__dictoffset__ or values.slots(kind)) or _is_of_c(kind):
            raise UnknownValueError(f"a {kind.__qualname__}")
        return self._with_attributes(value, self._attributes(value), depth, _attributes_of(value))

    def _is_constant(self, kind: type) -> bool:
        """Say whether what is said of an object of a dataclass stays so."""
        return _is_frozen(kind) and (self.functions.is_pure(kind.__module__) or not values.kept_properties(kind))

    def _attributes(self, value: Any) -> dict[str, Any]:
        """Return an object's attributes; also what its properties keep, as nobody asks for it a second time."""
        return values.attributes(value, without_kept=self.functions.is_pure(type(value).__module__))


def _which(value: Any) -> bytes:
    """Return what tells an object of Pelican's, or one that a plugin named, from others."""
    kind, where, name = values.identity_parts(value)
    if type(where) in _WORDS and type(name) in _WORDS:
        return _which_by_words(kind, where, name)
    return b"o" + _sized(repr(values.identity(value)))


@lru_cache(65_536)
def _which_by_words(kind: Any, where: str | None, name: str | None) -> bytes:
    """Return what tells an object from others: each post is in a dozen lists, and to put it together takes 2 µs."""
    return b"o" + _sized(repr((f"{kind.__module__}.{kind.__qualname__}", repr(where), repr(name))))


def _attributes_of(value: Any) -> tuple[tuple[Any, Any], ...] | None:
    """Return the mapping of an object's attributes with a copy; None where some are in slots."""
    kind: Any = type(value)
    return None if values.slots(kind) else ((vars(value), dict(vars(value))),)


def _together(*watched: tuple[tuple[Any, Any], ...] | None) -> tuple[tuple[Any, Any], ...] | None:
    """Return all that is watched; None where a part may change without any of it."""
    found: list[tuple[Any, Any]] = []
    for one in watched:
        if one is None:
            return None
        found += one
    return tuple(found)


def _are_as_they_were(watched: tuple[tuple[Any, Any], ...] | None) -> bool:
    """Say whether lists and mappings are as their copies.

    Python compares parts by what they are before it asks whether they are equal.
    """
    try:
        for value, copy in watched or ():
            if copy != value or (isinstance(copy, dict) and [*copy] != [*value]):  # equal mappings may differ in order
                return False
    except Exception:  # whatever the comparing of a part with another raises
        return False
    return True


def follow(value: Any, way: Iterable[Step]) -> Any:
    """Return the part of a value that a way leads to. Raises LookupError or AttributeError where there is none."""
    for kind, name in way:
        if kind == "item":
            value = value[name]
        elif kind == "member":
            value = list(value.values())[name]
        else:
            value = getattr(value, name)
    return value


def _zone(zone: tzinfo | None) -> str:
    return f"{type(zone).__qualname__} {zone}"


@cache
def _name(kind: Any) -> bytes:
    return f"{kind.__module__}.{kind.__qualname__}".encode()


def _framed(value: Any, parts: Iterable[bytes]) -> bytes:
    kind: Any = type(value)
    inner = b"".join(parts)
    if len(inner) > _LONG_DATA:
        inner = hashlib.sha256(inner).digest()
    return b"%s(%d:%s)" % (_name(kind), len(inner), inner)


def _sized(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return b"%d:%s" % (len(data), data)


def _is_frozen(kind: type) -> bool:
    parameters = getattr(kind, "__dataclass_params__", None)
    return parameters is not None and bool(parameters.frozen)


@cache
def _is_of_c(kind: type) -> bool:
    """Say whether a class, or one that it stands on, keeps something where no attribute shows it."""
    return not all(values.is_of_python(base) for base in kind.__mro__ if base is not object)


def _text(value: str) -> bytes:
    """Return what a text says, which may be of a class of its own."""
    if type(value) is str:
        return b"s" + _sized(value)
    return _framed(value, [_sized(value)])


def _said_by(says: Callable[[Any], Iterable[str]]) -> Callable[[Any], bytes]:
    return lambda value: _framed(value, map(_sized, says(value)))


_WITHOUT_PARTS: tuple[tuple[Any, Callable[[Any], bytes]], ...] = (
    (Markup, lambda value: b"m" + _sized(str(value))),
    (enum.Enum, _said_by(lambda value: (value.name,))),
    (str, _text),
    (bool | int | float | NoneType, lambda value: b"n%a;" % value),
    (datetime | time, _said_by(lambda value: (value.isoformat(), _zone(value.tzinfo), str(value.fold)))),
    (date, _said_by(lambda value: (value.isoformat(),))),
    (tzinfo, _said_by(lambda value: (_zone(value),))),
    (re.Pattern, _said_by(lambda value: (repr(value.pattern), str(value.flags)))),
    (PaginationRule, _said_by(lambda value: map(repr, value))),
    (Undefined, _said_by(lambda value: (str(value._undefined_name),))),
    (
        bytes | complex | Decimal | UUID | PurePath | timedelta | range,
        _said_by(lambda value: (repr(value),)),
    ),
)
