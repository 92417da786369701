"""What was made of a text, as bytes and back: only kinds that say all they are, and none that runs code."""

import io
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any
from zoneinfo import ZoneInfo

from pelican import readers
from pelican.urlwrappers import Author, Category, Tag

_KINDS = frozenset({
    ("datetime", "datetime"), ("datetime", "date"), ("datetime", "time"), ("datetime", "timedelta"),
    ("datetime", "timezone"), ("dateutil.tz.tz", "tzutc"), ("dateutil.tz.tz", "tzoffset"),
    ("pelican.utils", "SafeDatetime"), ("pelican.urlwrappers", "Tag"), ("pelican.urlwrappers", "Category"),
    ("pelican.urlwrappers", "Author"), ("collections", "OrderedDict"), ("markupsafe", "Markup"),
})  # fmt: skip
_NAMED = _KINDS | {("copyreg", "_reconstructor"), ("builtins", "object")}
"""What the bytes may name: those kinds, and what makes one of them anew."""
_SETTINGS, _DISCARD = "settings", "discard"
_NAMED_BY_TEXTS: dict[str, Any] = {kind.__name__: kind for kind in (Author, Category, Tag)}
_ATTRIBUTES = {"settings", "_name", "_slug", "_slug_from_name"}


class UnfitError(Exception):
    """A value that is not to be kept."""


class Shared(dict[tuple[str, str], Any]):
    """Tags, categories and authors by kind and name: one each for all texts of a build, if it is to be so."""


def dump(value: object, settings: object, pure: tuple[str, ...] = (), *, is_sharing: bool = False) -> bytes:
    """Return a value as bytes; what refers to the settings will refer to those of the run it is loaded in.

    Objects of classes of the packages `pure`, such as "plugins.", may be in it. `is_sharing`: a tag, a category or an
    author is there by its name alone, unless it was given an address or more. Raises UnfitError.
    """
    out = io.BytesIO()
    with _fit():
        _Pickler(out, settings, pure, is_sharing).dump(value)
    return out.getvalue()


def load(data: bytes, settings: object, pure: tuple[str, ...] = (), shared: Shared | None = None) -> Any:
    """Return what was dumped. Raises UnfitError for anything else."""
    with _fit():
        return _Unpickler(io.BytesIO(data), settings, pure, shared).load()


@contextmanager
def _fit() -> Iterator[None]:
    """Raise UnfitError for whatever a value's own code raises in this block."""
    try:
        yield
    except UnfitError:
        raise
    except Exception as error:
        raise UnfitError from error


class _Pickler(pickle.Pickler):
    def __init__(self, out: io.BytesIO, settings: object, pure: tuple[str, ...], is_sharing: bool) -> None:
        super().__init__(out, 5)
        self._settings, self._pure, self._is_sharing = settings, pure, is_sharing

    def persistent_id(self, value: Any) -> tuple[str, str] | str | None:
        if value is self._settings:
            return _SETTINGS
        if value is readers._DISCARD:
            return _DISCARD
        kind = type(value)
        if kind is ZoneInfo and value.key:
            return (kind.__name__, value.key)
        if self._is_sharing and _NAMED_BY_TEXTS.get(kind.__name__) is kind and _is_by_name(value, self._settings):
            return (kind.__name__, value._name)
        return None

    def reducer_override(self, value: Any) -> Any:
        kind: type | FunctionType = type(value)
        allowed = _KINDS
        if isinstance(value, type | FunctionType):  # the bytes name it: the kind of another value, or how that is made
            kind, allowed = value, _NAMED
        if (kind.__module__, kind.__qualname__) not in allowed and not _is_class_of(kind, self._pure):
            raise UnfitError
        return NotImplemented


def _is_class_of(kind: object, packages: tuple[str, ...]) -> bool:
    return isinstance(kind, type) and f"{kind.__module__}.".startswith(packages)


def _is_by_name(value: Any, settings: object) -> bool:
    """Say whether all that a tag, a category or an author is follows from its name and the settings."""
    attributes = vars(value)
    return (
        attributes.keys() == _ATTRIBUTES
        and type(value._name) is str
        and value._slug_from_name is True
        and value.settings is settings
    )


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: io.BytesIO, settings: object, pure: tuple[str, ...], shared: Shared | None) -> None:
        super().__init__(data)
        self._settings, self._pure = settings, pure
        self._shared = Shared() if shared is None else shared

    def persistent_load(self, name: Any) -> object:
        if name == _SETTINGS:
            return self._settings
        if name == _DISCARD:
            return readers._DISCARD
        kind, key = name
        if kind == ZoneInfo.__name__:
            return ZoneInfo(key)
        if name not in self._shared:
            self._shared[name] = _NAMED_BY_TEXTS[kind](key, self._settings)
        return self._shared[name]

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _NAMED:
            return super().find_class(module, name)
        found = super().find_class(module, name) if f"{module}.".startswith(self._pure) else None
        if not _is_class_of(found, self._pure):
            raise UnfitError
        return found
