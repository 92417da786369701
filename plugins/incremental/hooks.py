"""Who looks at the files of a build before they are in the output, and pages that Pelican does not write."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from types import ModuleType
from typing import Any

import pelican.writers
from blinker import ANY, Signal
from pelican import signals

from . import signals as own

_AFTER_A_PAGE = (
    signals.content_written, signals.feed_generated, signals.feed_written, signals.article_writer_finalized,
    signals.page_writer_finalized, signals.finalized, own.built,
)  # fmt: skip
_PRINTING = (signals.get_generators, signals.get_writer)
_OWN = f"{__name__.rpartition('.')[0]}."


def know_of_it(is_pure: Callable[[str], bool]) -> bool:
    """Say whether all hooks that may look at a page's file are of packages that know of files that are not written."""
    return _are_pure((*_AFTER_A_PAGE, *_PRINTING), is_pure)


def are_pure(is_pure: Callable[[str], bool]) -> bool:
    """Say whether all plugins have said that what they do follows from what they get, and changes nothing."""
    return _are_pure((one for one in vars(signals).values() if isinstance(one, Signal)), is_pure)


def are_of(signal: Signal, packages: tuple[str, ...]) -> bool:
    """Say whether all receivers of a signal are of this plugin, or of certain packages, such as "plugins."."""
    return _are_pure([signal], lambda module: f"{module}.".startswith(packages))


def _are_pure(asked: Iterable[Signal], is_pure: Callable[[str], bool]) -> bool:
    receivers = (receiver for signal in asked for receiver in signal.receivers_for(ANY))
    return all(is_pure(module) or f"{module}.".startswith(_OWN) for module in map(_module, receivers))


def _module(receiver: Any) -> str:
    while hasattr(receiver, "func"):
        receiver = receiver.func
    return str(getattr(receiver, "__module__", None) or type(receiver).__module__)


@contextmanager
def unwritten(is_left: Callable[[], bool]) -> Iterator[None]:
    """Have Pelican's writer write no page of which `is_left` says so; it keeps account of it as ever.

    The writer makes a page's folder, asks itself for the open file, and tells of it when it is written.
    """
    opened = vars(pelican.writers).get("open", open)
    left = [False]

    def make_folder(path: Any, *args: Any, **kwargs: Any) -> None:
        left[0] = is_left()
        if not left[0]:
            os.makedirs(path, *args, **kwargs)

    def open_file(path: Any, *args: Any, **kwargs: Any) -> Any:
        is_unwritten, left[0] = left[0], False
        return StringIO() if is_unwritten else opened(path, *args, **kwargs)

    system = ModuleType("os")
    vars(system).update(vars(os), makedirs=make_folder)
    vars(pelican.writers).update(os=system, open=open_file)
    try:
        yield
    finally:
        pelican.writers.os = os
        del pelican.writers.open
