"""Read a settings file as Pelican reads it, but without Pelican, and check it by the models of whoever uses a setting.

A settings file is a Python file, and its names in capitals are the settings
(https://docs.getpelican.com/en/stable/settings.html). Pelican checks none of them. Here every part of the site that has
settings of its own says what they must be, by a `SettingsModel`; core knows none of them. All settings stand in
pelicanconf.py, each with its value and a word on it, so a model gives no defaults for them.
"""

import re
import runpy
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, ConfigDict, Field

from plugins.core import files
from plugins.core.config import checked, validation_errors
from plugins.core.errors import Problem, SiteError

_CODE = Path(__file__).parents[2]
_OPTIONS = {"PATH": "--content", "OUTPUT_PATH": "--output"}

Count = Annotated[int, Field(ge=1)]
Texts = Annotated[list[str], Field(strict=False)]
"""A list or a tuple."""


def containing(part: str) -> AfterValidator:
    """Return the check of a text that must have `part` in it, such as {domain}, or be empty."""

    def check(value: str) -> str:
        if value and part not in value:
            raise ValueError(f"must have {part} where the name goes, or be empty")
        return value

    return AfterValidator(check)


def prefixed(prefix: str) -> Callable[[str], str]:
    """Return the alias generator of a `SettingsModel`: its field `check_days` is the setting FUNDS_CHECK_DAYS.

    A field whose name would be Python's own or pydantic's ends in an underscore: `from_` is DIGEST_FROM.
    """
    return lambda field: f"{prefix}{field.rstrip('_').upper()}"


class SettingsModel(checked.Checked):
    """Settings that belong together, such as a plugin's; made with `alias_generator=prefixed("FUNDS_")`.

    A setting that begins with the prefix and is no field of the model is refused as misspelt.
    """

    model_config = ConfigDict(strict=True, populate_by_name=True, alias_generator=prefixed(""))

    @classmethod
    def prefix(cls) -> str:
        """Return what the names of these settings begin with, "" for those without a prefix."""
        generator = cls.model_config["alias_generator"]
        return generator("") if callable(generator) else ""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the settings in the file."""
        return tuple(validation_errors.fields_by_key(cls))


Model = TypeVar("Model", bound=SettingsModel)


@dataclass(frozen=True, slots=True)
class Settings:
    """A site's settings, checked: `pelican` has each name with its value, for Pelican and for what is Pelican's own."""

    pelican: Mapping[str, Any]
    models: tuple[SettingsModel, ...]

    def of(self, model: type[Model]) -> Model:
        """Return the settings of one model. Raises KeyError where it was not among those that were checked."""
        for one in self.models:
            if isinstance(one, model):
                return one
        raise KeyError(model.__name__)


def read(path: str, models: Iterable[type[SettingsModel]], **override: object) -> Settings:
    """Return a settings file's settings, checked; `override` replaces what is not None, its paths from where we are.

    Raises SiteError where the file is not there, is not Python, ends in an error, or says what cannot be, or where
    there is no content.
    """
    values = load(path)
    folder = Path(path).resolve().parent
    for name in ("PATH", "OUTPUT_PATH", "THEME"):
        if isinstance(values.get(name), str) and values[name]:
            values[name] = str(folder / values[name])
    values |= places(override)
    settings = check(values, models, path)
    check_folders(values)
    return settings


def load(path: str) -> dict[str, Any]:
    """Run a settings file and return its names in capitals, unchecked.

    Whatever ends it is told with the line that did, which may be that of a file it imports: publishconf.py takes
    pelicanconf.py in. Raises SiteError.
    """
    file = Path(path).resolve()
    try:
        names = runpy.run_path(str(file))
    except (Exception, SystemExit) as error:  # the file is a program, and may end in any way
        raise SiteError([_failure(error, file, path)]) from error
    return {name: value for name, value in names.items() if name.isupper()}


def _failure(error: BaseException, file: Path, path: str) -> Problem:
    """Return what ended a settings file as a problem at the line to correct; `path` is the file as it was typed."""
    if isinstance(error, OSError) and error.filename == str(file):
        return Problem(path, 0, f"cannot be read ({error.strerror})", "check that it exists, and that you may read it")
    if isinstance(error, SyntaxError) and error.filename:
        source, line = Path(error.filename), error.lineno or 0
        what, remedy = f"is not Python ({error.msg})", "correct this line, or the one above it"
    else:
        source, line = _own_line(error, file)
        what, remedy = f"cannot be used ({type(error).__name__}: {error})", "correct this line"
        if isinstance(error, SystemExit):
            what = "cannot be used (ends the program)"
        if not line:
            remedy = "correct it"
    if source != file:
        path = files.display_path(source)
    return Problem(path, line, what, remedy)


def _own_line(error: BaseException, file: Path) -> tuple[Path, int]:
    """Return the innermost line of the settings, not of a library they call, on the way to an error; 0 where none is.

    That line may be in `file`, in a file beside it, or in one of the project.
    """
    folders = (file.parent, Path.cwd())
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        source = Path(frame.f_code.co_filename)
        if source == Path(__file__):
            break
        if any(map(source.is_relative_to, folders)) and not source.is_relative_to(sys.prefix):
            return source, line
    return file, 0


def places(override: Mapping[str, object]) -> dict[str, object]:
    """Return what overrides the settings: what is not None, with its folders as whole paths.

    Pelican takes a relative path from the settings file's folder; who types one means the folder they are in. Raises
    SiteError for a folder without a name, as an unset variable of a script gives it: it would be the current folder.
    """
    given = {name: value for name, value in override.items() if value is not None}
    problems = []
    for name, option in _OPTIONS.items():
        if name not in given:
            continue
        folder = str(given[name])
        if not folder.strip():
            problems.append(Problem("", 0, f"{option} is empty", "give the folder's name, or leave the option out"))
        given[name] = str(Path(folder).resolve())
    if problems:
        raise SiteError(problems)
    return given


def check_folders(values: Mapping[str, Any]) -> None:
    """Raise SiteError where the content is no folder that is there, or the output would be written over it.

    A build removes from the output what it no longer makes, so it may neither hold the content, the theme or the code,
    nor lie in one of them, nor in what git keeps for itself.
    """
    content, output = Path(values["PATH"]), Path(values["OUTPUT_PATH"])
    problems = []
    if not content.is_dir():
        what = "is no folder" if content.exists() else "there is no such folder"
        remedy = "give the content folder by --content, or by PATH in the settings"
        problems.append(Problem(files.display_path(content), 0, what, remedy))
    kept = {"content folder": content, "theme": Path(values.get("THEME") or content), "code": _CODE}
    if what := _output_fault(kept, output.resolve()):
        remedy = "give a folder of its own by --output, or by OUTPUT_PATH in the settings"
        problems.append(Problem(files.display_path(output), 0, what, remedy))
    if problems:
        raise SiteError(problems)


def _output_fault(kept: Mapping[str, Path], output: Path) -> str:
    """Return why a site cannot be built in the folder `output`, a whole path; "" where it can."""
    for name, folder in kept.items():
        whole = folder.resolve()
        if output == whole:
            return f"the output is the {name}"
        if output.is_relative_to(whole):
            return f"the output lies in the {name}"
        if whole.is_relative_to(output):
            return f"the output has the {name} in it"
    if ".git" in output.parts:
        return "the output lies in what git keeps for itself"
    there = next(folder for folder in (output, *output.parents) if folder.exists())
    if there.is_dir():
        return ""
    return f"the output cannot be a folder: {files.display_path(there)} is a file"


def check(values: Mapping[str, Any], models: Iterable[type[SettingsModel]], path: str = "pelicanconf.py") -> Settings:
    """Return the settings by their models. Raises SiteError with every problem of all of them.

    Each problem is at the line that sets the value, in the file at `path` or in one that it imports.
    """
    found: list[SettingsModel] = []
    problems: list[Problem] = []
    for model in models:
        own = _values_of(model, values)
        value, wrong = checked.check(model, own, path, lambda _: 0)
        if value:
            found.append(value)
        if wrong:
            problems += _at_their_lines(model, own, path)
    if problems:
        raise SiteError(problems)
    return Settings(values, tuple(found))


def _values_of(model: type[SettingsModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that a model has to judge: its own settings, and misspelt ones that begin with its prefix."""
    names, prefix = set(model.names()), model.prefix()
    own = {}
    for name, value in values.items():
        if name in names or (prefix and name.startswith(prefix)):
            own[name] = value
    return own


def _at_their_lines(model: type[SettingsModel], values: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """Yield the problems of some settings, each in the file that sets it: `path`, or one that this one imports."""
    by_source = []
    for source in _sources(path):
        _, problems = checked.check(model, values, source, _line_in(source))
        by_source.append(problems)
    for same in zip(*by_source, strict=True):  # one problem, as it would be in each of the files
        yield next((problem for problem in same if problem.line), same[0])


def place(path: str, name: str) -> tuple[str, int]:
    """Return the file and line on which a setting is set: `path` or a file it imports; line 0 where in none."""
    for source in _sources(path):
        if line := _line(source, name):
            return source, line
    return path, 0


def _sources(path: str) -> list[str]:
    """Return a settings file and those beside it whose names it takes in, by `from … import *`."""
    text = files.read_lossy(Path(path))
    sources = [path]
    for name in re.findall(r"^from (\w+) import \*", text, re.MULTILINE):
        beside = Path(path).with_name(f"{name}.py")
        if beside.is_file():
            sources.append(files.display_path(beside))
    return sources


def _line_in(path: str) -> checked.LineOf:
    return lambda key_path: _line(path, str(key_path[0]))  # a problem of settings always has a setting's name


def _line(path: str, name: str) -> int:
    """Return the line on which a setting is set last, as that is the one that holds; 0 where it is not set there."""
    text = files.read_lossy(Path(path))
    line = 0
    for found in re.finditer(rf"^{re.escape(name)}\b", text, re.MULTILINE):
        line = text.count("\n", 0, found.start()) + 1
    return line
