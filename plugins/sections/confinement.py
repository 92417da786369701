"""Nothing outside the content folder and the theme is published, and nothing outside the output is written.

Pelican copies what a setting, a link or a theme names, and follows `..` and links on the disk out of every folder. Here
its settings are checked before a build begins, the files it is to copy before they are copied, and each file it writes
before that is opened (`path_settings` does the first).
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from jinja2 import Template
from pelican import Pelican
from pelican.contents import Static
from pelican.generators import StaticGenerator
from pelican.writers import Writer

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.sections import content_folder
from plugins.sections.outward_links import marked

log = logging.getLogger(__name__)
_COPY = "copy the file itself there: nothing outside of the content folder is published"


@dataclass(frozen=True, slots=True)
class _Marking:
    """A template that marks what leads out of the site at `siteurl`."""

    template: Template
    siteurl: str

    def render(self, *args: Any, **kwargs: Any) -> str:
        return marked(self.template.render(*args, **kwargs), self.siteurl)


class ConfinedWriter(Writer):  # type: ignore[misc]  # Pelican has no types
    """Pelican's writer, which opens no file outside of its folder.

    Pelican's own check lets through what lies beside the folder under a name that begins with the folder's, and ends in
    a traceback for what lies elsewhere.
    """

    def write_file(self, name: str, template: Template, *args: Any, **kwargs: Any) -> None:
        """Render a template into a file, its links to other sites marked; see Pelican's."""
        _check(self.output_path, name or "")
        super().write_file(name, _Marking(template, self.settings["SITEURL"]), *args, **kwargs)

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> TextIO:
        _check(self.output_path, filename)
        opened: TextIO = super()._open_w(filename, encoding, override)
        return opened


def writer(_: Pelican) -> type[ConfinedWriter]:
    """Answer Pelican's question for the class of its writer."""
    return ConfinedWriter


def place(output: str | Path, name: str) -> Path:
    """Return the file of a name below the folder a build is made in. Raises SiteError where it would lie elsewhere."""
    _check(output, name)
    return Path(output, name)


def _check(output: str | Path, name: str) -> None:
    if name and files.leads_out(output, name):
        what = f"a page or a file outside of the output ({os.path.relpath(Path(output, name), output)})"
        raise SiteError([Problem("", 0, what, "correct the setting, text or plugin that names it so")])


def report_what_cannot_be_copied() -> None:
    """Have a build end where Pelican could not copy a file, as on a full disk: it only warns, and publishes a part."""
    logging.getLogger("pelican.utils").addFilter(_raise_copy_error)


def _raise_copy_error(record: logging.LogRecord) -> bool:
    if str(record.msg).startswith("A problem occurred copying file") and isinstance(record.args, tuple):
        for argument in record.args:
            if isinstance(argument, OSError):
                raise argument
    return True


def check_copies(generator: StaticGenerator) -> None:
    """Hold what Pelican is to copy to the content folder and the theme. Raises SiteError with all that lies elsewhere.

    Hidden files are left out with a warning: nobody sees them where they lie, and they are seldom meant. Those of the
    theme are left out without one.
    """
    content, output = Path(generator.path), Path(generator.output_path)
    root = os.path.realpath(content)
    problems, kept = list(_links_of_theme(generator)), []
    for static in generator.staticfiles:
        name = static.get_relative_source_path()
        where = files.display_path(content / name)
        if files.leads_out(root, name):
            problems.append(Problem(where, 0, "is outside of the content folder", _COPY))
        elif os.path.realpath(content / name) != os.path.normpath(f"{root}/{name}"):  # a folder above it may be a link
            problems.append(Problem(where, 0, "is a link, and what is published would be another file", _COPY))
        elif files.leads_out(output, save_as := _save_as(static)):
            what = f"would be published outside of the output ({save_as})"
            problems.append(Problem(where, 0, what, "correct EXTRA_PATH_METADATA in the settings"))
        elif content_folder.is_hidden(name):
            log.warning("%s: hidden, and not published; give it a name without a dot, if it should be", where)
        else:
            kept.append(static)
    if problems:
        raise SiteError(problems)
    generator.staticfiles = generator.context["staticfiles"] = kept
    # The content has been looked through: from now on Pelican asks this setting only when it copies the theme's files.
    generator.settings["IGNORE_FILES"] = [*generator.settings["IGNORE_FILES"], ".*"]


def _save_as(static: Static) -> str:
    """Return where a file goes without telling Pelican that it was asked for, after which `{attach}` cannot move it.

    Where that moves it, beside a page, is in the output as the page is.
    """
    return str(super(Static, static).save_as)


def _links_of_theme(generator: StaticGenerator) -> Iterator[Problem]:
    theme = Path(generator.theme)
    for name in generator.settings["THEME_STATIC_PATHS"]:
        paths = [theme / name]
        for folder, folders, own in os.walk(theme / name):
            paths += map(Path(folder).joinpath, (*folders, *own))
        for path in paths:
            if path.is_symlink() and files.links_out(theme, path):
                what = f"a link that leads out of the theme (to {os.path.realpath(path)})"
                yield Problem(files.display_path(path), 0, what, "put the files themselves there")
