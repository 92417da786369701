"""Run a whole build: Pelican in this process, whose failures become problems rather than tracebacks."""

import gc
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pelican.log
from pelican import Pelican
from pelican.settings import DEFAULT_CONFIG, read_settings

from plugins.core.config import settings_file
from plugins.core.config.settings_file import Settings
from plugins.core.errors import Problem, SiteError
from plugins.core.locks import run_lock
from plugins.incremental import recorder
from plugins.incremental.facts import LAUNCH
from plugins.sections import settings as site_settings
from plugins.sections.failures import failures
from plugins.sections.settings import SiteSettings

ROOT = Path(__file__).parents[2]
_GARBAGE = 20_000
"""Objects after which garbage is looked for in a build, where `./inv` looks for it after ten times as many.

Each page leaves a few thousand in circles: 1,000 posts take 132 MiB instead of 190, as with Python's own 700.
"""
_GENERATION = 50
"""Times that is looked for until what was left then is looked through too.

That is mostly posts, which stay: with Python's own 10 it took 1.4 of the 1.9 s that are spent on garbage where one of
10,000 posts is edited.
"""


class Log(logging.Handler):
    """Remembers what was logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return the warnings' words."""
        return tuple(record.getMessage() for record in self.records if record.levelno == logging.WARNING)


def settings(path: str = "pelicanconf.py", **override: object) -> Settings:
    """Return a settings file's settings with Pelican's own defaults, checked; `override` is as for `read`.

    Raises SiteError where they say what cannot be.
    """
    written = site_settings.read(path, **override)  # tells of the folders too, where Pelican ends in a traceback
    if problems := list(_mistyped(written.pelican, path)):
        raise SiteError(problems)
    try:
        given = settings_file.places(site_settings.overriding(path, override))
        values = dict(read_settings(path, override=given))
    except Exception as error:  # Pelican raises whatever a value happens to cause; the file itself was read above
        what = f"Pelican refuses these settings ({error})"
        raise SiteError([Problem(path, 0, what, "correct the setting this is about")]) from error
    return site_settings.check(values, path)


def _mistyped(values: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """Yield problems of Pelican's own settings that are of another type than its defaults: it ends in a traceback."""
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (dict, "a dictionary, { … }"),
        ((list, tuple, set, frozenset), "a list, [ … ]"),
        (str, "text, between quotation marks"),
    )
    for name, value in values.items():
        usual = DEFAULT_CONFIG.get(name)
        if not value or (isinstance(value, Path) and isinstance(usual, str)):
            continue  # False and None switch a setting off, and a path is as good as text
        for kind, wording in kinds:
            if isinstance(usual, kind) and not isinstance(value, kind):
                where, line = settings_file.place(path, name)
                yield Problem(where, line, f"{name} must be {wording} (got {value!r})", "write it so")


def build(settings: Settings, launch: str = "") -> None:
    """Build the site; `launch` is the digest of a `Launch`, by which it is known again.

    Raises SiteError where content, template or disk is at fault; then the output is as it was.

    So it does where another build is going on that has the same cache; a preview has one of its own.
    """
    site = settings.of(SiteSettings)
    cache = site.output.parent if site.preview else site.content.resolve().parent / ".cache"
    with run_lock(cache / "build.lock"):
        _build(settings, launch)


def _build(settings: Settings, launch: str) -> None:
    gc.set_threshold(min(gc.get_threshold()[0], _GARBAGE), _GENERATION)
    pelican.log.init(level=logging.WARNING, fatal="errors", name="pelican")
    log = Log()
    logging.getLogger().addHandler(log)
    try:
        recorder.forget()  # a command may have fetched before
        Pelican({**settings.pelican, LAUNCH: launch}).run()
    except SiteError:
        raise
    except Exception as error:
        found = failures(error, (ROOT, Path(settings.of(SiteSettings).theme)), log.records)
        if any(failure.trace for failure in found):  # a fault in our code, or in a plugin
            raise
        raise SiteError(failure.problem for failure in found) from error
    finally:
        logging.getLogger().removeHandler(log)
