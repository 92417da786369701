"""The door to a whole build: Pelican run in this process, its outcome as problems rather than tracebacks."""

import logging
from collections.abc import Mapping
from typing import Any

import pelican.log
from pelican import Pelican
from pelican.settings import read_settings

from plugins.core.config import settings_file


def settings(path: str = "pelicanconf.py", **override: object) -> dict[str, Any]:
    """Return Pelican's settings from a settings file; `override` replaces what is not None, its paths from here.

    Raises SiteError where they say what cannot be.
    """
    values = dict(read_settings(path, override=settings_file.places(override)))
    settings_file.check(values, path)
    return values


def build(values: Mapping[str, Any]) -> None:
    """Build the site. Raises SiteError where the content is wrong; then the output is as it was."""
    pelican.log.init(level=logging.WARNING, fatal="errors", name="pelican")
    Pelican(dict(values)).run()
