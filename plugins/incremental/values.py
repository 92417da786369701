"""A digest of any value of a settings file: of what it is, and never of where it lies in memory."""

import copyreg
import hashlib
import os
import sys
import types
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from typing import Any

CLOCKS = frozenset({"now", "today", "utcnow", "time", "time_ns", "monotonic", "localtime", "gmtime", "ctime", "random"})
"""Names of built-in functions whose results no fingerprint can hold."""

address: Callable[[object], int] = object.__hash__
"""A number that no other object has at the same time, as from `id`.

That one raises an audit event, which the recorder hears: 0.6 µs each time, and a million times for 1,300 pages.
"""

PLAIN = (str, bytes, int, float, complex, bool, type(None), type(...))
"""Kinds of values without parts."""
_MOST = 300_000
_OF_PYTHON = 1 << 9
"""The flag of classes that Python code makes (Py_TPFLAGS_HEAPTYPE)."""
_BUILT_IN = (
    types.BuiltinFunctionType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.MethodWrapperType,
)
_CODE = (type, types.FunctionType, types.MethodType, types.ModuleType, *_BUILT_IN)


class UnknownValueError(Exception):
    """A value that cannot be told from another of its kind; `args[0]` says which."""


def identity(value: object) -> tuple[str, ...]:
    """Return which one an object of Pelican's is, in words; see `identity_parts`."""
    kind, where, name = identity_parts(value)
    return (f"{kind.__module__}.{kind.__qualname__}", repr(where), repr(name))


def identity_parts(value: object) -> tuple[Any, Any, Any]:
    """Return an object's class, and which one it is: a content by its file, or by its slug without one; a tag by name.

    A tag makes its slug when it is first asked for it, so that its slug says nothing here.
    """
    try:
        known = object.__getattribute__(value, "__dict__")
    except AttributeError:  # it has slots
        known = {}
    name = known.get("_name")
    where = known.get("source_path") or (known.get("slug") if name is None else None)
    return type(value), where, name


def attributes(value: object, *, without_kept: bool = False) -> dict[str, Any]:
    """Return all attributes that an object itself has, those in slots too.

    `without_kept`: not what properties keep once asked for. Raises UnknownValueError for what answers for them itself.
    """
    kind: Any = type(value)
    if isinstance(kind.__getattribute__, types.FunctionType):  # as Jinja's namespaces do
        raise UnknownValueError(f"a {kind.__qualname__}")
    found = dict(getattr(value, "__dict__", None) or {})
    if without_kept:
        for name in kept_properties(kind):
            found.pop(name, None)
    for name in slots(kind):
        if hasattr(value, name):
            found.setdefault(name, getattr(value, name))
    return found


@cache
def kept_properties(kind: type) -> frozenset[str]:
    """Return the names of the properties of a class that keep what they give (functools.cached_property)."""
    found: set[str] = set()
    for base in reversed(kind.__mro__):
        for name, part in vars(base).items():
            if isinstance(part, cached_property):
                found.add(name)
            else:
                found.discard(name)  # the class says something else by the name of its base's
    return frozenset(found)


def is_of_python(kind: type) -> bool:
    """Say whether Python code made a class, and not C code."""
    return bool(kind.__flags__ & _OF_PYTHON)


@cache
def slots(kind: type) -> tuple[str, ...]:
    """Return the names of a class's slots, those of the classes that it stands on too; not those that C code made."""
    found = []
    for base in kind.__mro__:
        if not is_of_python(base):
            continue
        for name, slot in vars(base).items():
            if isinstance(slot, types.MemberDescriptorType):
                found.append(name)
    return tuple(found)


def digest(value: object) -> str:
    """Return a digest that two values share only where they are equal in every part.

    Functions and classes count by name: their module's file is to be looked at besides. Raises UnknownValueError.
    """
    return _Digest().of(value)


class _Digest:
    """One value's digest. Values that were met before are named by their number, so that circles end."""

    def __init__(self) -> None:
        self._met: dict[int, tuple[int, object]] = {}

    def of(self, value: object) -> str:
        """Return the digest of a value, or of a part of one."""
        if type(value) in PLAIN:
            return _hash(type(value).__name__, repr(value))
        if address(value) in self._met:
            return f"#{self._met[address(value)][0]}"
        self._met[address(value)] = (len(self._met), value)  # kept, so that its address is not given to another
        if len(self._met) > _MOST:
            raise UnknownValueError("a value of too many parts")
        return _hash(type(value).__qualname__, *self._parts(value))

    def _parts(self, value: Any) -> Iterable[str]:
        kind = type(value)
        if kind is dict or isinstance(value, types.MappingProxyType):
            return self._items(value)
        if kind in (list, tuple):
            return [self.of(part) for part in value]
        if kind in (set, frozenset):
            return sorted(_Digest().of(part) for part in value)
        if isinstance(value, _CODE):
            return self._code(value)
        return self._reduced(value)

    def _items(self, value: Mapping[Any, Any]) -> list[str]:
        return [self.of(part) for item in value.items() for part in item]

    def _code(self, value: Any) -> list[str]:
        if isinstance(value, types.ModuleType):
            return [value.__name__]
        if isinstance(value, types.MethodType):
            return [self.of(value.__func__), self.of(value.__self__)]
        name = f"{getattr(value, '__module__', '')}:{value.__qualname__}"
        if isinstance(value, _BUILT_IN):
            if value.__name__ in CLOCKS:
                raise UnknownValueError(f"{value.__qualname__}, which gives another value each time")
            owner = getattr(value, "__self__", None)
            return [name] if isinstance(owner, types.ModuleType | type(None)) else [name, self.of(owner)]
        if not _has_file(value.__module__):
            raise UnknownValueError(f"{value.__qualname__}, whose code is in no file")
        if isinstance(value, types.FunctionType):
            cells = [cell.cell_contents for cell in value.__closure__ or ()]
            line = str(value.__code__.co_firstlineno)  # tells one lambda from another
            return [name, line, self.of(value.__defaults__), self.of(value.__kwdefaults__), self.of(cells)]
        return [name]

    def _reduced(self, value: Any) -> list[str]:
        """Return the parts of what pickle would make of a value."""
        try:
            registered = copyreg.dispatch_table.get(type(value))
            reduced = registered(value) if registered else value.__reduce_ex__(4)
        except Exception as error:
            raise UnknownValueError(f"a {type(value).__qualname__}") from error
        if isinstance(reduced, str):
            return [type(value).__module__, reduced]
        # See `object.__reduce__`: what makes it anew, its state, and the items of a list or a mapping, one by one.
        call, arguments, *more = reduced
        parts = [self.of(call), self.of(arguments)]
        for state in more[:1]:
            parts.append(self.of(state))
        for items in more[1:3]:
            parts.append("" if items is None else self.of(list(items)))
        return parts


def _has_file(module: str) -> bool:
    """Say whether a module is Python's own, or its code in a file, which is looked at besides."""
    if module in sys.builtin_module_names:
        return True
    path: str | None = getattr(sys.modules.get(module), "__file__", None)
    return path is not None and os.path.isfile(path)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
