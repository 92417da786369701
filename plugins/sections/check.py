"""The door to a check: every feature's section read and held against the others, without Pelican.

Pelican's import alone takes longer than reading a hundred posts, and a feature's `plugin` needs it. So a feature's
edition stands in a module of its own, `section`, and only that is asked here.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from plugins.core.errors import Problem, SiteError
from plugins.sections.build_state import Gathered
from plugins.sections.gather import gather
from plugins.sections.newsroom import newsroom
from plugins.sections.signals import get_section


def check(values: Mapping[str, Any]) -> Gathered:
    """Read and check all content without building. Raises SiteError with every problem."""
    ask(values["PLUGINS"])
    return gather(newsroom(values))


def ask(plugins: Iterable[str]) -> None:
    """Connect the edition of every plugin that has one. Raises SiteError for one that is not there."""
    for name in plugins:
        room = f"{name.removesuffix('.plugin')}.section"
        if name.endswith(".plugin") and _is_there(name) and find_spec(room):
            get_section.connect(import_module(room).edition)


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError as error:
        what = f"PLUGINS names {name!r}, and there is no {error.name}"
        raise SiteError([Problem("", 0, what, "correct PLUGINS in the settings file")]) from error
