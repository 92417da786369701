"""The door to the site's settings, for what does not build: they are read as Pelican reads them, without Pelican.

A settings file is a Python file, and its names in capitals are the settings
(https://docs.getpelican.com/en/stable/settings.html). What a file leaves out is not filled in.
"""

import runpy
from pathlib import Path
from typing import Any

from plugins.core.errors import Problem, SiteError


def read(path: str = "pelicanconf.py", **override: object) -> dict[str, Any]:
    """Return a settings file's settings; `override` replaces what is not None, its paths from where we are.

    Raises SiteError where the file is not there, or is not Python.
    """
    file = Path(path).resolve()
    try:
        values = {name: value for name, value in runpy.run_path(str(file)).items() if name.isupper()}
    except (OSError, SyntaxError, NameError, ImportError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise SiteError([Problem(path, line, f"cannot be read ({error})", "correct it")]) from error
    values |= {name: str(file.parent / values[name]) for name in ("PATH", "OUTPUT_PATH") if name in values}
    given = {name: value for name, value in override.items() if value is not None}
    # Pelican takes a relative path from the settings file's folder; who types one means the folder they are in.
    given |= {name: str(Path(str(given[name])).resolve()) for name in ("PATH", "OUTPUT_PATH") if name in given}
    return values | given
