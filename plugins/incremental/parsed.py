"""What a reader made of a text, as bytes and back: only kinds that say all they are, and none that runs code."""

import io
import pickle
from types import FunctionType
from typing import Any

from pelican import readers

_KINDS = frozenset({
    ("datetime", "datetime"), ("datetime", "date"), ("datetime", "time"), ("datetime", "timedelta"),
    ("datetime", "timezone"), ("dateutil.tz.tz", "tzutc"), ("dateutil.tz.tz", "tzoffset"),
    ("pelican.utils", "SafeDatetime"), ("pelican.urlwrappers", "Tag"), ("pelican.urlwrappers", "Category"),
    ("pelican.urlwrappers", "Author"), ("collections", "OrderedDict"), ("markupsafe", "Markup"),
})  # fmt: skip
_NAMED = _KINDS | {("copyreg", "_reconstructor"), ("builtins", "object")}
"""What the bytes may name: those kinds, and what makes one of them anew."""
_SETTINGS, _DISCARD = "settings", "discard"


class UnfitError(Exception):
    """A value that is not to be kept."""


def dump(value: object, settings: object) -> bytes:
    """Return a value as bytes; what refers to the settings will refer to those of the run it is loaded in.

    Raises UnfitError.
    """
    out = io.BytesIO()
    try:
        _Pickler(out, settings).dump(value)
    except UnfitError:
        raise
    except Exception as error:  # whatever a value's own code raises
        raise UnfitError from error
    return out.getvalue()


def load(data: bytes, settings: object) -> Any:
    """Return what was dumped. Raises UnfitError for anything else."""
    try:
        return _Unpickler(io.BytesIO(data), settings).load()
    except Exception as error:
        raise UnfitError from error


class _Pickler(pickle.Pickler):
    def __init__(self, out: io.BytesIO, settings: object) -> None:
        super().__init__(out, 5)
        self._settings = settings

    def persistent_id(self, value: object) -> str | None:
        if value is self._settings:
            return _SETTINGS
        if value is readers._DISCARD:
            return _DISCARD
        return None

    def reducer_override(self, value: Any) -> Any:
        kind: type | FunctionType = type(value)
        allowed = _KINDS
        if isinstance(value, type | FunctionType):  # the bytes name it: the kind of another value, or how that is made
            kind, allowed = value, _NAMED
        if (kind.__module__, kind.__qualname__) not in allowed:
            raise UnfitError
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: io.BytesIO, settings: object) -> None:
        super().__init__(data)
        self._settings = settings

    def persistent_load(self, name: str) -> object:
        return self._settings if name == _SETTINGS else readers._DISCARD

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _NAMED:
            raise UnfitError
        return super().find_class(module, name)
