"""The site's own settings, and those of all plugins together, read and checked once, before anything else happens."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from plugins.core.config import settings_file
from plugins.core.config.fields import Day, Language, Link, Public, Text, Zone
from plugins.core.config.settings_file import Count, Settings, SettingsModel, Texts
from plugins.core.errors import Problem, SiteError
from plugins.sections import path_settings

_PLUGINS = Path(__file__).parents[1]


class SiteSettings(SettingsModel):
    """What a site is called and where it is, and those of Pelican's settings that are used without Pelican too.

    What each of them means stands beside it in pelicanconf.py. What Pelican's other settings must be, Pelican's own
    defaults say.
    """

    sitename: Text
    tagline: str
    siteurl: Link
    timezone: Zone
    default_lang: Language
    contact: Public
    repository: Link | Literal[""]
    notice: str
    as_of: Day | Literal[""]
    licence_text: str
    default_category: Text
    feed_max_items: Count
    feed_first_siteurl: Link | Literal[""]
    websub_hub: Link | Literal[""]
    publishing: bool
    preview: Literal["", "site", "drafts"] = ""
    """Which preview is built: "" for none. `./inv serve` sets it, and no settings file: drafts would be published."""

    # Pelican's own, with Pelican's defaults.
    path: Text = "."
    output_path: Text = "output"
    theme: Text = "theme"
    plugins: Texts | None = None
    article_paths: Texts | None = None
    page_paths: Texts | None = None
    static_paths: Texts | None = None
    ignore_files: Texts | None = None
    default_pagination: Count | Literal[False] = False
    markdown: dict[str, Any] | None = None
    jinja_environment: dict[str, Any] | None = None

    @property
    def content(self) -> Path:
        """Return the content folder."""
        return Path(self.path)

    @property
    def output(self) -> Path:
        """Return the folder the site is built in."""
        return Path(self.output_path)

    @property
    def cache(self) -> Path:
        """Return the disposable folder for what follows from the pages of a build: a preview has its own."""
        cache = self.content.resolve().parent / ".cache"
        return cache / "preview" / self.preview / "cache" if self.preview else cache


@cache
def models() -> tuple[type[SettingsModel], ...]:
    """Return the model of the site's own settings, then that of each plugin with settings: its `settings.SETTINGS`.

    Plugins that are not in PLUGINS have theirs too: their settings stay where they are, and their commands still run.
    """
    found: list[type[SettingsModel]] = [SiteSettings]
    for path in sorted(_PLUGINS.glob("*/settings.py")):
        module = f"{_PLUGINS.name}.{path.parent.name}.settings"
        if module != __name__:
            found.append(import_module(module).SETTINGS)
    return tuple(found)


def plugin_modules(plugins: Iterable[str], role: str) -> Iterator[ModuleType]:
    """Yield the module of a role in each plugin that has one: of plugins.funds.plugin, plugins.funds.forms."""
    for name in plugins:
        package, _, last = name.rpartition(".")
        if package and last == "plugin" and find_spec(f"{package}.{role}"):
            yield import_module(f"{package}.{role}")


def read(path: str = "pelicanconf.py", **override: object) -> Settings:
    """Return a settings file's settings, checked; `override` replaces what is not None, its paths from where we are.

    Raises SiteError with every problem.
    """
    settings = settings_file.read(path, models(), **overriding(path, override))
    _confine(settings.pelican, path)
    return settings


def overriding(path: str, override: Mapping[str, object]) -> Mapping[str, object]:
    """Return what overrides a settings file's settings: for another content than the file's own, AS_OF too.

    The day at which a clock was stopped is of the content that the settings stand beside. Another folder, given by
    --content, goes with the days. Raises SiteError where the file cannot be used.
    """
    content = override.get("PATH")
    if content is None:
        return override
    own = settings_file.load(path).get("PATH")
    if isinstance(own, str) and (Path(path).resolve().parent / own).resolve() == Path(str(content)).resolve():
        return override
    return {"AS_OF": "", **override}


def check(values: Mapping[str, Any], path: str = "pelicanconf.py") -> Settings:
    """Return settings that were read by Pelican, or by a test, checked. Raises SiteError with every problem."""
    settings = settings_file.check(values, models(), path)
    _confine(values, path)
    return settings


def _confine(values: Mapping[str, Any], path: str) -> None:
    """Raise SiteError for each of Pelican's settings by which it would read or write where it should not."""
    found: list[Problem] = []
    for name, what, remedy in path_settings.problems(values):
        where, line = settings_file.place(path, name)
        found.append(Problem(where, line, f"{name} {what}", remedy))
    if found:
        raise SiteError(found)
