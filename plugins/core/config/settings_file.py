"""The door to the site's settings: read as Pelican reads them, without Pelican, and checked.

A settings file is a Python file, and its names in capitals are the settings
(https://docs.getpelican.com/en/stable/settings.html). Pelican checks none of them; `Settings` says what those must be
that this site adds, and those it cannot do without. All of them stand in pelicanconf.py, so none has a default here.
"""

import re
import runpy
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from plugins.core import files
from plugins.core.config import checked
from plugins.core.config.fields import Language, Link, Text, Zone
from plugins.core.errors import Problem, SiteError

_OPTIONS = {"PATH": "--content", "OUTPUT_PATH": "--output"}
_PREFIXES = ("UPDATES_", "FUNDS_", "IMAGES_", "CARDS_", "ROBOTS_", "DIGEST_", "LINKS_")


def _with(part: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and part not in value:
            raise ValueError(f"must have {part} where the name goes, or be empty")
        return value

    return AfterValidator(check)


Count = Annotated[int, Field(ge=1)]
Texts = Annotated[list[str], Field(strict=False)]
"""A list or a tuple."""


class Settings(checked.Checked):
    """The site's own settings, by their names."""

    model_config = ConfigDict(strict=True)

    SITENAME: Text
    TAGLINE: str
    SITEURL: Link
    TIMEZONE: Zone
    DEFAULT_LANG: Language
    CONTACT: str
    REPOSITORY: Link | Literal[""]
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

    # Pelican's own that are used without Pelican too; what the others must be, Pelican's defaults say.
    PATH: Text = "."
    OUTPUT_PATH: Text = "output"
    THEME: Text = "theme"
    PLUGINS: Texts | None = None
    ARTICLE_PATHS: Texts | None = None
    PAGE_PATHS: Texts | None = None
    STATIC_PATHS: Texts | None = None
    IGNORE_FILES: Texts | None = None
    DEFAULT_PAGINATION: Count | Literal[False] = False
    MARKDOWN: dict[str, Any] | None = None
    JINJA_ENVIRONMENT: dict[str, Any] | None = None


def read(path: str = "pelicanconf.py", **override: object) -> dict[str, Any]:
    """Return a settings file's settings, checked; `override` replaces what is not None, its paths from where we are.

    Raises SiteError where the file is not there, is not Python, ends in an error, or says what cannot be, or where
    there is no content.
    """
    values = load(path)
    check(values, path)
    folder = Path(path).resolve().parent
    values |= {name: str(folder / values[name]) for name in ("PATH", "OUTPUT_PATH", "THEME") if name in values}
    values |= places(override)
    check_folders(values)
    return values


def load(path: str) -> dict[str, Any]:
    """Run a settings file and return its names in capitals, unchecked.

    Whatever ends it is told with the line that did, which may be that of a file it imports: publishconf.py takes
    pelicanconf.py in. Raises SiteError.
    """
    file = Path(path).resolve()
    try:
        return {name: value for name, value in runpy.run_path(str(file)).items() if name.isupper()}
    except (Exception, SystemExit) as error:  # the file is a program, and may end in any way
        raise SiteError([_failure(error, file, path)]) from error


def _failure(error: BaseException, file: Path, path: str) -> Problem:
    """Return what ended a settings file as a problem at the line to correct; `path` is the file as it was typed."""
    if isinstance(error, OSError) and error.filename == str(file):
        return Problem(path, 0, f"cannot be read ({error.strerror})", "check that it exists, and that you may read it")
    if isinstance(error, SyntaxError) and error.filename:
        where = path if Path(error.filename) == file else files.display_path(Path(error.filename))
        return Problem(
            where, error.lineno or 0, f"is not Python ({error.msg})", "correct this line, or the one above it"
        )
    source, line = _own_line(error, file) or (file, 0)
    what = "ends the program" if isinstance(error, SystemExit) else f"{type(error).__name__}: {error}"
    where = path if source == file else files.display_path(source)
    return Problem(where, line, f"cannot be used ({what})", "correct this line" if line else "correct it")


def _own_line(error: BaseException, file: Path) -> tuple[Path, int] | None:
    """Return the innermost line of the settings, not of a library they call, on the way to an error."""
    folders = (file.parent, Path.cwd())
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        source = Path(frame.f_code.co_filename)
        if source == Path(__file__):
            return None
        if any(map(source.is_relative_to, folders)) and not source.is_relative_to(sys.prefix):
            return source, line
    return None


def places(override: Mapping[str, object]) -> dict[str, object]:
    """Return what overrides the settings: what is not None, with its folders as whole paths.

    Pelican takes a relative path from the settings file's folder; who types one means the folder they are in. Raises
    SiteError for a folder without a name, as an unset variable of a script gives it: it would be the current folder.
    """
    given = {name: value for name, value in override.items() if value is not None}
    unnamed = [name for name in ("PATH", "OUTPUT_PATH") if name in given and not str(given[name]).strip()]
    if unnamed:
        raise SiteError(
            Problem("", 0, f"{_OPTIONS[name]} is empty", "give the folder's name, or leave the option out")
            for name in unnamed
        )
    return given | {name: str(Path(str(given[name])).resolve()) for name in ("PATH", "OUTPUT_PATH") if name in given}


def check_folders(values: Mapping[str, Any]) -> None:
    """Raise SiteError where the content is no folder that is there, or the output would be written over it.

    A build removes from the output what it no longer makes, so neither folder may hold the other.
    """
    content, output = (Path(values[name]) for name in ("PATH", "OUTPUT_PATH"))
    problems = []
    if not content.is_dir():
        what = "is no folder" if content.exists() else "there is no such folder"
        remedy = "give the content folder by --content, or by PATH in the settings"
        problems.append(Problem(files.display_path(content), 0, what, remedy))
    if what := _output_fault(content.resolve(), output.resolve()):
        remedy = "give a folder of its own by --output, or by OUTPUT_PATH in the settings"
        problems.append(Problem(files.display_path(output), 0, what, remedy))
    if problems:
        raise SiteError(problems)


def _output_fault(content: Path, output: Path) -> str:
    """Return why a site cannot be built in a folder, "" where it can; both are whole paths."""
    if output == content:
        return "the output is the content folder"
    if output.is_relative_to(content):
        return "the output lies in the content folder"
    if content.is_relative_to(output):
        return "the output has the content folder in it"
    there = next(folder for folder in (output, *output.parents) if folder.exists())
    return "" if there.is_dir() else f"the output cannot be a folder: {files.display_path(there)} is a file"


def check(values: Mapping[str, Any], path: str = "pelicanconf.py") -> None:
    """Raise SiteError with everything that is wrong with the settings; `path` is where they were read from."""
    ours = {
        name: value for name, value in values.items() if name in Settings.model_fields or name.startswith(_PREFIXES)
    }
    _, problems = checked.check(Settings, ours, path, lambda _: 0)
    if problems:
        # Each is told in the file that sets it, which may be one that this one imports.
        tried = [checked.check(Settings, ours, source, _line_in(source))[1] for source in _sources(path)]
        raise SiteError(next((one for one in same if one.line), same[0]) for same in zip(*tried, strict=True))


def place(path: str, name: str) -> tuple[str, int]:
    """Return the file and line on which a setting is set: `path` or a file it imports; line 0 where in none."""
    found = [(source, _line(source, name)) for source in _sources(path)]
    return next((one for one in found if one[1]), (path, 0))


def _sources(path: str) -> list[str]:
    """Return a settings file and those beside it whose names it takes in, by `from … import *`."""
    text = files.read_lossy(Path(path))
    beside = [Path(path).with_name(f"{name}.py") for name in re.findall(r"^from (\w+) import \*", text, re.MULTILINE)]
    return [path, *(files.display_path(file) for file in beside if file.is_file())]


def _line_in(path: str) -> checked.LineOf:
    return lambda at: _line(path, str(at[0]) if at else "")


def _line(path: str, name: str) -> int:
    """Return the line on which a setting is set last, as that is the one that holds; 0 where it is not set there."""
    text = files.read_lossy(Path(path))
    found = list(re.finditer(rf"^{re.escape(name)}\b", text, re.MULTILINE))
    return text.count("\n", 0, found[-1].start()) + 1 if found else 0
