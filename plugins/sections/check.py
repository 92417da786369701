"""Check all content without building: every section is read and held against the others, without Pelican.

Importing Pelican takes longer than reading a hundred posts, and a feature's module `plugin` needs it. So a feature's
edition is made in a module of its own, `section`, and only that is imported here.
"""

from collections.abc import Iterable
from importlib.util import find_spec

from plugins.core.config.settings_file import Settings
from plugins.core.errors import Problem, SiteError
from plugins.sections.build_state import Gathered
from plugins.sections.gather import gather
from plugins.sections.newsroom import newsroom
from plugins.sections.settings import SiteSettings, plugin_modules
from plugins.sections.signals import get_section


def check(settings: Settings) -> Gathered:
    """Read and check all content without building. Raises SiteError with every problem."""
    ask(settings.of(SiteSettings).plugins or ())
    return gather(newsroom(settings))


def ask(plugins: Iterable[str]) -> None:
    """Connect the `section.edition` of every plugin that has one. Raises SiteError for a plugin that is not there."""
    there = [name for name in plugins if name.endswith(".plugin") and _is_there(name)]
    for section in plugin_modules(there, "section"):
        get_section.connect(section.edition)


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError as error:
        what = f"PLUGINS names {name!r}, and there is no {error.name}"
        raise SiteError([Problem("", 0, what, "correct PLUGINS in the settings file")]) from error
