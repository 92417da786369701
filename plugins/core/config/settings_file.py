"""The door to the site's settings: read as Pelican reads them, without Pelican, and checked.

A settings file is a Python file, and its names in capitals are the settings
(https://docs.getpelican.com/en/stable/settings.html). Pelican checks none of them; `Settings` says what those must be
that this site adds, and those it cannot do without. All of them stand in pelicanconf.py, so none has a default here.
"""

import re
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from plugins.core.config import checked
from plugins.core.config.fields import Language, Link, Text, Zone
from plugins.core.errors import Problem, SiteError

_PREFIXES = ("UPDATES_", "FUNDS_", "IMAGES_", "CARDS_", "ROBOTS_", "DIGEST_", "LINKS_")


def _with(part: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and part not in value:
            raise ValueError(f"must have {part} where the name goes, or be empty")
        return value

    return AfterValidator(check)


Count = Annotated[int, Field(ge=1)]


class Settings(checked.Checked):
    """The site's own settings, by their names."""

    model_config = ConfigDict(strict=True)

    SITENAME: Text
    TAGLINE: str
    SITEURL: Link
    TIMEZONE: Zone
    DEFAULT_LANG: Language
    CONTACT: str
    NOTICE: str
    LICENCE_TEXT: str
    DEFAULT_CATEGORY: Text
    UPDATES_FRESH_DAYS: Count
    UPDATES_FRONT_PAGE: Count
    UPDATES_IN_FLIGHT: Count
    UPDATES_HOST_GAP: Annotated[float, Field(ge=0)]
    FUNDS_CHECK_DAYS: Count
    FUNDS_RDAP: Annotated[str, _with("{domain}")]
    FUNDS_REGISTER: Annotated[str, _with("{ein}")]
    IMAGES_SIZES: Text
    CARDS_FONT: str
    ROBOTS_REFUSE_AI: bool
    DIGEST_FROM: str
    DIGEST_UNSUBSCRIBE: str
    LINKS_AVAILABILITY: Annotated[str, _with("{url}")]
    LINKS_TIMEGATE: str
    LINKS_SAVE: str
    LINKS_CHECK_DAYS: Count
    LINKS_PER_HOST: Count
    LINKS_SAVES: Annotated[int, Field(ge=0)]
    FEED_MAX_ITEMS: Count
    FEED_FIRST_SITEURL: Link | Literal[""]
    WEBSUB_HUB: Link | Literal[""]
    PUBLISHING: bool


def read(path: str = "pelicanconf.py", **override: object) -> dict[str, Any]:
    """Return a settings file's settings, checked; `override` replaces what is not None, its paths from where we are.

    Raises SiteError where the file is not there, is not Python, or says what cannot be.
    """
    file = Path(path).resolve()
    try:
        values = {name: value for name, value in runpy.run_path(str(file)).items() if name.isupper()}
    except (OSError, SyntaxError, NameError, ImportError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise SiteError([Problem(path, line, f"cannot be read ({error})", "correct it")]) from error
    check(values, path)
    values |= {name: str(file.parent / values[name]) for name in ("PATH", "OUTPUT_PATH", "THEME") if name in values}
    return values | places(override)


def places(override: Mapping[str, object]) -> dict[str, object]:
    """Return what overrides the settings: what is not None, with its folders as whole paths.

    Pelican takes a relative path from the settings file's folder; who types one means the folder they are in.
    """
    given = {name: value for name, value in override.items() if value is not None}
    return given | {name: str(Path(str(given[name])).resolve()) for name in ("PATH", "OUTPUT_PATH") if name in given}


def check(values: Mapping[str, Any], path: str = "pelicanconf.py") -> None:
    """Raise SiteError with everything that is wrong with the settings; `path` is where they were read from."""
    ours = {
        name: value for name, value in values.items() if name in Settings.model_fields or name.startswith(_PREFIXES)
    }
    _, problems = checked.check(Settings, ours, path, lambda at: _line(path, str(at[0]) if at else ""))
    if problems:
        raise SiteError(problems)


def _line(path: str, name: str) -> int:
    """Return the line on which a setting is set, 0 where it is not set there."""
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeError):
        return 0
    found = re.search(rf"^{re.escape(name)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0
