"""Whether what a function gives follows from its arguments, and from what else.

Templates call filters, tests, macros and functions of anybody's. Those of Pelican, of Jinja and of Python itself are
known to depend on nothing else, but for clocks and chance. Others' code is looked into: whatever it can reach by name,
in its module or around it, is a part of its state, which is compared from build to build. Its text is known besides, as
a file.
"""

import functools
import hashlib
import inspect
import logging
import sys
import time
import types
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from . import recorder, values
from .values import CLOCKS, UnknownValueError, address

_KNOWN = frozenset({
    "pelican", "jinja2", "markupsafe", "markdown", "docutils", "pygments", "typogrify", "smartypants", "blinker", "bs4",
    "dateutil", "pytz", "tzdata", "babel", "feedgenerator",
})  # fmt: skip
_MOST = 3_000
_OWN = f"{__name__.rpartition('.')[0]}."
_BUILT_IN = (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType, type(len))
_WRAPPED = (functools.partial, functools.partialmethod)
_CACHED = type(functools.cache(len))
"""What functools.cache makes: it keeps what a page was given, and asks nothing for the next that gets the same."""
_READING = frozenset({"open", "input", "exec", "eval", "compile", "__import__", "globals", "vars", "locals"})
_TIME = CLOCKS - {"time", "random"} | {"perf_counter", "formatdate", "asctime"}
_CHANCE = frozenset({"urandom", "uuid1", "uuid4", "token_hex", "token_urlsafe", "token_bytes", "randint", "randrange"})
_DISK = frozenset({
    "open", "read_text", "read_bytes", "listdir", "scandir", "iterdir", "rglob", "exists", "lexists", "isfile", "isdir",
    "islink", "is_file", "is_dir", "is_symlink", "stat", "lstat", "fstat", "getsize", "getmtime", "getctime",
    "getatime", "st_mtime", "st_ctime", "st_size", "samefile", "urlopen", "check_output", "Popen",
})  # fmt: skip
"""Names, of functions and of methods, that ask what is nowhere in the code: much of it raises no audit event."""
_BY_CHANCE = ("random", "secrets")
_HOLD_A_SITE = ("pelican.generators", "pelican.readers", "pelican.writers", "pelican.cache")


class Functions:
    """Says what functions depend on, for one build. `pure` are modules whose functions depend on nothing else.

    Of objects of the classes `asked` counts which they are: what is asked of them while a page is rendered is noted
    then. `has_clock`: it was said how often the time matters, so that functions may ask for it.
    """

    def __init__(self, pure: Iterable[str] = (), asked: tuple[type, ...] = (), *, has_clock: bool = False) -> None:
        self._pure, self._asked, self.has_clock = tuple(pure), asked, has_clock
        self._refused = _DISK | _CHANCE
        if not has_clock:
            self._refused |= _TIME
        self._states: dict[int, tuple[object, str | UnknownValueError]] = {}
        self.has_met_foreign = False
        """Whether anything was met whose code is neither known nor said to be pure: it may change what others get."""

    def anew(self) -> "Functions":
        """Return another that has looked into nothing yet."""
        return Functions(self._pure, self._asked, has_clock=self.has_clock)

    def state(self, function: Any) -> str:
        """Return a function's name and a digest of what it depends on. Raises UnknownValueError for what is unknown."""
        self.note(function)
        known = self._states.get(address(function))
        if known is None or known[0] is not function:
            known = (function, self._found(function))
            # A bound method, or what a call makes, is new each time; a function or a class stays.
            if isinstance(function, types.FunctionType | type):
                self._states[address(function)] = known
        if isinstance(known[1], UnknownValueError):
            raise known[1]
        return known[1]

    def note(self, value: Any) -> None:
        """Note whether a function, a class, or a value of one, is of anybody's code."""
        if not self.has_met_foreign:
            self.has_met_foreign = not self.is_of_known(value)

    def is_pure(self, module: str) -> bool:
        """Say whether a plugin has said that what this module's functions give follows from their arguments alone."""
        return bool(self._pure) and f"{module}.".startswith(self._pure)

    def _found(self, function: Any) -> str | UnknownValueError:
        try:
            parts = list(_Reach(self).of(function))
        except UnknownValueError as error:
            return error
        except Exception as error:  # whatever the value's own code raises
            return UnknownValueError(f"a function that cannot be looked into ({error})")
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def refuse(self, name: str, of: str) -> None:
        """Raise UnknownValueError if what has this name asks for the time, for chance, or what is on the disk."""
        if name in self._refused:
            raise UnknownValueError(f"{of}, which may give another value each time ({name})")

    def is_asked(self, value: Any) -> bool:
        """Say whether what is asked of an object is noted."""
        return isinstance(value, self._asked)

    def is_of_known(self, function: Any) -> bool:
        """Say whether a function, or what stands for one, is of a module that `is_known` or `is_pure`."""
        while isinstance(function, _WRAPPED):
            function = function.func
        module = getattr(function, "__module__", None) or type(function).__module__
        return self.is_known(module) or self.is_pure(module) or module.startswith(_OWN)

    def have_changed(self) -> bool:
        """Say whether what functions and classes depend on has become another since they were looked into."""
        now = self.anew()
        return any(str(now._found(value)) != str(state) for value, state in self._states.values())

    @staticmethod
    def is_known(module: str) -> bool:
        """Say whether a module is one of Python's, or of the libraries that are known to depend on nothing else."""
        return not module.startswith("pelican.plugins.") and _is_library(module.partition(".")[0])


class _Reach:
    """All that a function can reach by name."""

    def __init__(self, functions: Functions) -> None:
        self._functions = functions
        self._is_known, self._is_pure, self._refuse = functions.is_known, functions.is_pure, functions.refuse
        self._met: set[int] = set()
        self._held: list[Any] = []

    def of(self, value: Any) -> Iterator[str]:
        """Yield what there is to say of a function, a class or any other value. Raises UnknownValueError."""
        if address(value) in self._met:
            return
        self._met.add(address(value))
        self._held.append(value)  # kept, so that its address is not given to another
        if len(self._met) > _MOST:
            raise UnknownValueError("a function that reaches too much")
        if pure := self._pure_name(value):
            yield pure
            return
        if isinstance(value, _CACHED):
            if not (self._is_known(value.__module__) or self._is_pure(value.__module__)):
                raise UnknownValueError(f"{value.__qualname__}, which keeps what it gave before")
            yield from self.of(value.__wrapped__)
            return
        for kinds, of_kind in self._kinds:
            if isinstance(value, kinds):
                yield from of_kind(value)
                return
        yield from self._instance(value)

    @property
    def _kinds(self) -> tuple[tuple[Any, Callable[[Any], Iterator[str]]], ...]:
        """Return which values are looked into by what, in order."""
        return (
            (_WRAPPED, lambda value: self._all((value.func, *value.args, *value.keywords.values()))),
            (types.MethodType, lambda value: self._all((value.__func__, value.__self__))),
            (types.FunctionType, self._function),
            (_BUILT_IN, self._built_in),
            (type, self._class),
            (types.ModuleType, lambda value: iter([value.__name__])),
            (logging.Logger, lambda value: iter([value.name])),
            (staticmethod | classmethod, lambda value: self.of(value.__func__)),
            (property, lambda value: self._all((value.fget, value.fset, value.fdel))),
            (functools.cached_property, lambda value: self.of(value.func)),
            ((*values.PLAIN, list, tuple, dict, set, frozenset), self._data),
        )

    def _all(self, parts: Iterable[Any]) -> Iterator[str]:
        for part in parts:
            yield from self.of(part)

    def _pure_name(self, value: Any) -> str:
        """Return the name of a function, or of what stands for one, that depends on its arguments alone; else ""."""
        while isinstance(value, _WRAPPED):
            value = value.func
        if isinstance(value, types.MethodType):
            value = value.__func__
        named = value if isinstance(value, types.FunctionType | type) else type(value)
        module = getattr(named, "__module__", None) or ""
        return f"{module}:{named.__qualname__}" if self._is_pure(module) else ""

    def _function(self, value: types.FunctionType) -> Iterator[str]:
        code = value.__code__
        constants = [one for one in code.co_consts if isinstance(one, values.PLAIN)]
        # Two functions without a name may be of one line.
        yield f"{value.__module__}:{value.__qualname__}:{code.co_firstlineno}:{code.co_code!r}:{constants!r}"
        if self._is_known(value.__module__ or ""):
            self._refuse(value.__name__, value.__qualname__)
            return
        for part in (value.__defaults__ or (), value.__kwdefaults__ or {}, vars(value)):
            yield from self.of(part)
        for cell in value.__closure__ or ():
            yield from self.of(cell.cell_contents)
        names = set(_names(code))  # of attributes too: it is not known of what, so that `at.now` is refused wherever
        for name in sorted(names):
            if name in value.__globals__:
                yield from self._named(value.__globals__[name], names)
            elif name in _READING:
                raise UnknownValueError(f"{value.__qualname__}, which calls {name}")
            else:
                self._refuse(name, value.__qualname__)

    def _named(self, value: Any, names: set[str]) -> Iterator[str]:
        """Yield what there is to say of something in a module: of a module itself, what of it may be asked for."""
        if not isinstance(value, types.ModuleType):
            yield from self.of(value)
            return
        yield value.__name__
        is_known = self._is_known(value.__name__)
        if value.__name__ in _BY_CHANCE:
            raise UnknownValueError(f"{value.__name__}, which gives another value each time")
        for name in sorted(names & vars(value).keys()):
            found = getattr(value, name)
            if value is time and not self._functions.has_clock:
                raise UnknownValueError(f"time.{name}, which gives another value each time")
            if not is_known and not isinstance(found, types.ModuleType):
                yield from self.of(found)

    def _built_in(self, value: Any) -> Iterator[str]:
        if value.__name__ in _READING:
            raise UnknownValueError(f"{value.__qualname__}, which gives another value each time")
        self._refuse(value.__name__, value.__qualname__)
        module = getattr(value, "__module__", "")
        if module == "time" and not self._functions.has_clock:
            raise UnknownValueError(f"time.{value.__name__}, which gives another value each time")
        yield f"{module}:{value.__qualname__}"
        owner = getattr(value, "__self__", None)
        if owner is not None and not isinstance(owner, types.ModuleType):
            yield from self.of(owner)

    def _class(self, value: type) -> Iterator[str]:
        yield f"{value.__module__}:{value.__qualname__}"
        for base in value.__mro__:
            if self._is_known(base.__module__):
                continue
            for name, part in sorted(vars(base).items()):
                if not name.startswith("__") or callable(part):
                    yield from self._attribute(part)

    def _attribute(self, part: Any) -> Iterator[str]:
        if inspect.isdatadescriptor(part) and not isinstance(part, property):
            return  # a slot
        yield from self.of(part)

    def _data(self, value: Any) -> Iterator[str]:
        if isinstance(value, values.PLAIN):
            yield f"{type(value).__name__} {value!r}"
            return
        yield f"{type(value).__qualname__} {len(value)}"
        if isinstance(value, dict):
            for key, part in value.items():
                yield from self._part(key)
                yield from self._part(part)
        elif isinstance(value, set | frozenset):
            yield values.digest(value)
        else:
            for part in value:
                yield from self._part(part)

    def _part(self, value: Any) -> Iterator[str]:
        if isinstance(value, values.PLAIN):
            yield repr(value)
        else:
            yield from self.of(value)

    def _instance(self, value: Any) -> Iterator[str]:
        if hasattr(value, "__next__"):
            raise UnknownValueError(f"a {type(value).__qualname__}, which gives another value each time")
        if self._functions.is_asked(value):
            yield repr(values.identity(value))
            return
        kind = type(value)
        if isinstance(value, Random) or kind.__module__ in _HOLD_A_SITE:
            raise UnknownValueError(f"a {kind.__qualname__}")
        yield from self.of(kind)
        if self._is_known(kind.__module__) or not hasattr(value, "__dict__"):
            yield values.digest(value)
        else:
            yield from self._data(values.attributes(value))


@functools.cache
def _is_library(root: str) -> bool:
    """Say whether a module is a known library's, and not one of the site's that has the name of one."""
    path = getattr(sys.modules.get(root), "__file__", None)
    return (root in _KNOWN or root in sys.stdlib_module_names) and (path is None or recorder.is_installed(path))


def _names(code: types.CodeType) -> Iterator[str]:
    """Yield the names that a function uses, and those inside it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names(constant)
