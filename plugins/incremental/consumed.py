"""What a value says, as bytes that two values share only where they say the same.

Pelican's own objects (posts, tags, paginators), and those of classes that plugins name, are not gone into: they say
which ones they are, and what is asked of them is to be noted besides (`trace`). Of anything else, every part counts.
"""

import enum
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from pathlib import PurePath
from types import MappingProxyType, NoneType
from typing import Any, NamedTuple
from uuid import UUID

from jinja2.runtime import Undefined
from markupsafe import Markup
from pelican.contents import Content
from pelican.paginator import Page, PaginationRule, Paginator
from pelican.urlwrappers import URLWrapper

from .functions import Functions
from .values import UnknownValueError

STOCK = (Content, URLWrapper, Paginator, Page)
"""Pelican's classes whose objects are asked by name."""

Step = tuple[str, Any]
"""A way from a value to a part of it: ("item", a key), ("member", a number in order), or ("field", a name)."""

_DEEPEST = 30
_LONG = 32
"""Parts from which on a list is not gone through again, where it is as it was."""


class Said(NamedTuple):
    """What a value says, and the ways to the objects in it, by their `id`. `is_stable`: it cannot change by itself."""

    data: bytes
    ways: Mapping[int, tuple[Step, ...]]
    is_stable: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """A long list or mapping, a copy of it, and what it says."""

    value: Any
    copy: Any
    said: Said


class Consumed:
    """Says what values say, for one build. Long lists of what cannot change are gone through once."""

    def __init__(self, kinds: Iterable[type], functions: Functions) -> None:
        self.kinds = tuple(dict.fromkeys((*STOCK, *kinds)))
        self.functions = functions
        self._kept: dict[int, _Kept] = {}
        self._by_type: dict[type, Callable[[Any, int], Said]] = {}
        self._lasting_kept: dict[int, tuple[Any, Said]] = {}

    def anew(self) -> "Consumed":
        """Return another that has gone through nothing yet."""
        return Consumed(self.kinds, self.functions.anew())

    def data(self, value: Any) -> bytes:
        """Return what a value says. Raises UnknownValueError where that cannot be told."""
        return self._of(value, 0).data

    def data_and_ways(self, value: Any) -> tuple[bytes, Mapping[int, tuple[Step, ...]]]:
        """Return what a value says, and the ways to the objects in it, by their `id`."""
        said = self._of(value, 0)
        return said.data, said.ways

    def _of(self, value: Any, depth: int) -> Said:
        kind = type(value)
        if kind not in self._by_type:
            self._by_type[kind] = self._chosen(value)
        return self._by_type[kind](value, depth)

    def _chosen(self, value: Any) -> Callable[[Any, int], Said]:
        """Return what says what values of this one's type say."""
        kind = type(value)
        says = next((says for kinds, says in _WITHOUT_PARTS if issubclass(kind, kinds)), None)
        if says is not None:
            once = self._once(says)
            return once if issubclass(kind, date | time) else lambda value, _: Said(says(value), {}, True)
        if issubclass(kind, self.kinds):
            return self._object
        if issubclass(kind, tuple) or _is_frozen(kind):
            return self._lasting
        if issubclass(kind, list | dict | MappingProxyType):
            return self._changing
        return self._compound

    def _once(self, says: Callable[[Any], bytes]) -> Callable[[Any, int], Said]:
        """Return what asks a value only once: a moment's words take longer than remembering them."""

        def said(value: Any, _: int) -> Said:
            kept = self._lasting_kept.get(id(value))
            if kept is None or kept[0] is not value:
                kept = self._lasting_kept[id(value)] = (value, Said(says(value), {}, True))
            return kept[1]

        return said

    def _object(self, value: Any, _: int) -> Said:
        """Return which one an object is: a content by its file, a tag by its name and its slug."""
        try:
            known = object.__getattribute__(value, "__dict__")
        except AttributeError:  # it has slots
            known = {}
        names = (known.get("source_path"), known.get("_name"), known.get("_slug"))
        return Said(b"o%s%s" % (_name(type(value)), _sized(repr(names))), {id(value): ()}, True)

    def _lasting(self, value: Any, depth: int) -> Said:
        """Return what a value that cannot be changed says, whose parts may be others that can."""
        kept = self._lasting_kept.get(id(value))
        if kept is not None and kept[0] is value:
            return kept[1]
        said = self._compound(value, depth)
        if said.is_stable:
            self._lasting_kept[id(value)] = (value, said)
        return said

    def _changing(self, value: Any, depth: int) -> Said:
        """Return what a list or a mapping says, which is gone through once, if it is long and as it was."""
        if len(value) < _LONG:
            return self._compound(value, depth)
        kept = self._kept.get(id(value))
        if kept is not None and kept.value is value and _is_as_it_was(value, kept.copy):
            return kept.said
        said = self._compound(value, depth)
        if all(self._is_stable(part) for part in (value.values() if isinstance(value, Mapping) else value)):
            self._kept[id(value)] = _Kept(value, value.copy(), said)
        return said

    def _is_stable(self, part: Any) -> bool:
        return not isinstance(part, list | dict | MappingProxyType) and self._of(part, 0).is_stable

    def _compound(self, value: Any, depth: int) -> Said:
        if depth > _DEEPEST:
            raise UnknownValueError("a value that contains itself, or is too deep")
        if isinstance(value, list | tuple):
            frozen = isinstance(value, tuple)
            return self._joined(value, enumerate(value), "item", depth, is_stable=frozen)
        if isinstance(value, dict | MappingProxyType):
            return self._mapping(value, depth)
        if isinstance(value, set | frozenset):
            parts = sorted(self._without_objects(part, depth) for part in value)
            return Said(_framed(value, parts), {}, isinstance(value, frozenset))
        if is_dataclass(value) and not isinstance(value, type):
            found = [(one.name, getattr(value, one.name)) for one in fields(value)]
            said = self._joined(value, found, "field", depth, is_stable=_is_frozen(type(value)))
            return Said(said.data + _sized(self.functions.state(type(value))), said.ways, said.is_stable)
        if isinstance(value, type) or callable(value):
            return Said(b"f" + _sized(self.functions.state(value)), {}, True)
        return self._reduced(value, depth)

    def _mapping(self, value: Any, depth: int) -> Said:
        keys = [self._without_objects(key, depth) for key in value]
        said = self._joined(value, enumerate(value.values()), "member", depth, is_stable=False)
        return Said(_framed(value, [*keys, said.data]), said.ways, False)

    def _without_objects(self, value: Any, depth: int) -> bytes:
        """Return what a key, or a member of a set, says: there is no way to a part of it."""
        return self._of(value, depth + 1).data

    def _joined(self, value: Any, parts: Iterable[tuple[Any, Any]], step: str, depth: int, *, is_stable: bool) -> Said:
        data: list[bytes] = []
        ways: dict[int, tuple[Step, ...]] = {}
        for name, part in parts:
            said = self._of(part, depth + 1)
            data.append(said.data)
            is_stable = is_stable and said.is_stable
            for number, way in said.ways.items():
                ways.setdefault(number, ((step, name), *way))
        return Said(_framed(value, data), ways, is_stable)

    def _reduced(self, value: Any, depth: int) -> Said:
        """Return what an object of a class of nobody's says: its attributes, and the state of its properties' code."""
        kind = type(value)
        attributes = getattr(value, "__dict__", None)
        if not isinstance(attributes, dict) or _is_of_c(kind):
            raise UnknownValueError(f"a {kind.__qualname__}")
        state = self.functions.state(kind)
        said = self._joined(value, list(attributes.items()), "field", depth, is_stable=False)
        names = [_sized(name) for name in attributes]
        return Said(_framed(value, [_sized(state), *names, said.data]), said.ways, False)


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


def _is_as_it_was(value: Any, copy: Any) -> bool:
    """Say whether a value equals its copy. Python looks whether parts are the same before it asks if they are equal."""
    return bool(copy == value) and (isinstance(value, list) or [*copy] == [*value])  # mappings are equal in any order


def _zone(zone: tzinfo | None) -> str:
    return f"{type(zone).__qualname__} {zone}"


def _name(kind: type) -> bytes:
    return f"{kind.__module__}.{kind.__qualname__}".encode()


def _framed(value: Any, parts: Iterable[bytes]) -> bytes:
    inner = b"".join(parts)
    return b"%s(%d:%s)" % (_name(type(value)), len(inner), inner)


def _sized(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return b"%d:%s" % (len(data), data)


def _is_frozen(kind: type) -> bool:
    parameters = getattr(kind, "__dataclass_params__", None)
    return parameters is not None and bool(parameters.frozen)


def _is_of_c(kind: type) -> bool:
    """Say whether a class, or one that it stands on, keeps something where no attribute shows it."""
    return any(not base.__flags__ & 1 << 9 for base in kind.__mro__ if base is not object)


def _said_by(says: Callable[[Any], Iterable[str]]) -> Callable[[Any], bytes]:
    return lambda value: _framed(value, map(_sized, says(value)))


_WITHOUT_PARTS: tuple[tuple[Any, Callable[[Any], bytes]], ...] = (
    (Markup, lambda value: b"m" + _sized(str(value))),
    (enum.Enum, _said_by(lambda value: (value.name,))),
    (str, lambda value: b"s" + _sized(value) if type(value) is str else _framed(value, [_sized(value)])),
    (bool | int | float | NoneType, lambda value: b"n%a;" % value),
    (datetime | time, _said_by(lambda value: (value.isoformat(), _zone(value.tzinfo), str(value.fold)))),
    (date, _said_by(lambda value: (value.isoformat(),))),
    (tzinfo, _said_by(lambda value: (_zone(value),))),
    (PaginationRule, _said_by(lambda value: map(repr, value))),
    (Undefined, _said_by(lambda value: (str(value._undefined_name),))),
    (
        bytes | complex | Decimal | UUID | PurePath | re.Pattern | timedelta | range,
        _said_by(lambda value: (repr(value),)),
    ),
)
