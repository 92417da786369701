"""Functions of libraries that have others in their place for the time of a build.

A function that somebody else, such as a plugin, has put in such a place stays: it may do anything.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from inspect import ismodule
from typing import Any, NamedTuple


class Replacement(NamedTuple):
    """What is put in the place of a function of this `name`, which a class or a module of a library, its `holder`, has.

    `make` is given the function itself, and returns the other.
    """

    holder: Any
    name: str
    make: Callable[[Any], Any]


@contextmanager
def replaced(*replacements: Replacement) -> Iterator[None]:
    """Have the others in their places until the block ends."""
    with ExitStack() as stack:
        for one in replacements:
            stack.enter_context(_replaced(one))
        yield


@contextmanager
def _replaced(one: Replacement) -> Iterator[None]:
    original = getattr(one.holder, one.name)
    library = one.holder.__name__ if ismodule(one.holder) else one.holder.__module__
    if _top(getattr(original, "__module__", None) or "") != _top(library):
        yield
        return
    other = one.make(original)
    setattr(one.holder, one.name, other)
    try:
        yield
    finally:
        if getattr(one.holder, one.name) is other:
            setattr(one.holder, one.name, original)


def _top(module: str) -> str:
    """Return the name of the package that a module belongs to."""
    return module.partition(".")[0]
