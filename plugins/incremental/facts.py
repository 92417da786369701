"""What a build depends on besides files, and what plugins declare of it: facts, each as a short text."""

import hashlib
import locale
import os
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from . import disk, environment, values
from .signals import Declaration

_CLOCKS = {"day": "%Y-%m-%d", "hour": "%Y-%m-%d %H", "minute": "%Y-%m-%d %H:%M", "never": ""}
"""Values of INCREMENTAL_CLOCK: how often the time alone makes a build another one."""


LAUNCH = "INCREMENTAL_LAUNCH"
"""The setting by which whoever starts Pelican says what was asked for, so that it may ask `unchanged` the next time.

It is a digest of all that settles the settings, but for what `launched` looks at itself; no setting of the site's.
"""


def launched(variables: str) -> dict[str, str]:
    """Return the facts that are known before Pelican is loaded, and settings are read.

    `variables` is what `of_environment` gives.
    """
    return {
        "environment": variables,
        "python": f"{sys.version} {sys.platform} {sys.prefix}",
        "libraries": _digest(libraries()),
        "folder": os.getcwd(),
    }


def of_environment(variables: Mapping[str, str], asked: Collection[str], *, own_clock: bool) -> str:
    """Return a digest of what counts of the environment; `asked` are the variables that builds have asked for.

    Where plugins have a clock of their own, it is for it to say what SOURCE_DATE_EPOCH means.
    """
    counted = dict(environment.counted(variables, asked))
    if own_clock:
        counted.pop("SOURCE_DATE_EPOCH", None)
    return _digest(sorted(counted.items()))


def of_settings(settings: Mapping[str, Any]) -> tuple[str, str]:
    """Return a digest of all settings, and why there is none where one of them cannot be told from another."""
    found = []
    for name, value in sorted(settings.items()):
        if name == LAUNCH:
            continue
        try:
            found.append((name, values.digest(value)))
        except values.UnknownValueError as error:
            return "", f"the setting {name} holds {error.args[0]}"
    return _digest(found), ""


def of_build(settings: Mapping[str, Any], declared: Declaration, variables: str) -> dict[str, str]:
    """Return all facts but the settings' own; `declared` is what all plugins together say.

    `variables` is what `of_environment` gives.
    """
    own_clock = declared.now is not None
    facts = {**launched(variables), "locale": locale.setlocale(locale.LC_ALL)}
    if not own_clock:
        facts["time"] = _time(settings)
    if settings.get("DEFAULT_DATE") == "fs":
        facts["times of the texts"] = _digest(sorted(_times(settings["PATH"])))
    for name, value in declared.facts.items():
        facts[f"declared {name}"] = value
    return facts


def clock_problem(settings: Mapping[str, Any]) -> str:
    """Return what is wrong with INCREMENTAL_CLOCK, "" where nothing is."""
    given = settings.get("INCREMENTAL_CLOCK", "day")
    return "" if given in _CLOCKS else f"INCREMENTAL_CLOCK is none of {', '.join(_CLOCKS)} (got {given!r})"


def _time(settings: Mapping[str, Any]) -> str:
    """Return the time, no more exactly than it matters, here and in the site's own zone.

    Pelican completes a date such as "2020-03" by the day of the build, so that without a word on it the day matters.
    """
    wanted = _CLOCKS.get(settings.get("INCREMENTAL_CLOCK", "day"), "%c")
    zone = ZoneInfo(settings.get("TIMEZONE") or "UTC")
    if not wanted:
        return ""
    return f"{time.tzname} {datetime.now().astimezone():{wanted}} {datetime.now(zone):{wanted}}"


def _times(top: str) -> Iterator[tuple[str, int]]:
    """Yield the files below a folder with when they were modified: by DEFAULT_DATE, texts' dates are that."""
    for folder, _, names in os.walk(top, followlinks=True):
        for name in names:
            path = os.path.join(folder, name)
            found = disk.stamp(path)
            yield path, found.modified if found else 0  # 0 is a link that leads nowhere


def libraries() -> list[str]:
    """Return the names of the installed packages with their versions, as their folders say them."""
    found: set[str] = set()
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        found.update(name for name in names if name.endswith((".dist-info", ".egg-info", ".egg-link")))
    return sorted(found)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogateescape")).hexdigest()
