"""What a build of this site depends on besides its files, said to the plugin `incremental`, and what that tells back.

The plugin knows nothing of this site, which is built without it too.
"""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from pelican import Pelican

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.incremental import signals as incremental
from plugins.incremental.signals import BuiltFiles, Declaration, Planned
from plugins.sections import moment, settings, template_cache
from plugins.sections.build_state import build_state
from plugins.sections.newsroom import now
from plugins.sections.settings import SiteSettings
from plugins.sections.signals import Built, PublishedChanges, brought, built

log = logging.getLogger(__name__)
_CODE = Path(__file__).parents[1]
_SHOWN = 5


def register() -> None:
    """Connect to the plugin's signals."""
    incremental.declare.connect(declaration)
    incremental.built.connect(tell_built)
    incremental.planned.connect(require_own_files)
    incremental.brought.connect(tell_brought)
    incremental.unchanged.connect(tell_unchanged)


def declaration(site: Pelican) -> Declaration:
    """Say what a build depends on: all code, also what only worker processes load, and the times that it asked for.

    Those workers are this Python, which parses texts that it is handed; Pagefind reads what was built.
    """
    own = settings.check(site.settings).of(SiteSettings)
    zone = ZoneInfo(own.timezone)
    code = [path for path in _CODE.rglob("*") if path.suffix != ".pyc" and path.is_file()]
    return Declaration(
        files=tuple(map(str, sorted(code))),
        disposable=(own.content.resolve().parent / ".cache", template_cache.FOLDER),
        programs=frozenset({Path(sys.executable).name, "pagefind", "pagefind_extended"}),
        pure=(f"{__name__.partition('.')[0]}.",),
        now=lambda: now(zone).timestamp(),
        until=lambda: moment.until(build_state(site.settings).newsroom.now),
    )


def tell_built(site: Pelican, files: BuiltFiles) -> None:
    """Tell the features that all pages are printed."""
    built.send(Built(files, build_state(site.settings)))


def tell_brought(_: Pelican, changes: incremental.Brought) -> None:
    """Tell the features what changed in the output, and whoever builds what is there and not ours."""
    if changes.foreign:
        named = ", ".join(changes.foreign[:_SHOWN])
        more = " …" if len(changes.foreign) > _SHOWN else ""
        remedy = "remove them if they are not yours"
        log.warning("%s: not made by this site, left alone: %s; %s", changes.output, named + more, remedy)
    brought.send(PublishedChanges(changes.written, changes.removed))


def tell_unchanged(_: Pelican) -> None:
    """Tell the features that the output is as it was."""
    brought.send(PublishedChanges((), ()))


def require_own_files(_: Pelican, changes: Planned) -> None:
    """Raise SiteError where a link would be published, or where one in the output leads what is written elsewhere."""
    problems = list(_links(changes))
    if problems:
        raise SiteError(problems)


def _links(changes: Planned) -> Iterator[Problem]:
    for name in changes.plan.write:
        if (changes.built / name).is_symlink():
            yield Problem("", 0, f"a link would be published ({name})", "have its plugin write the file itself")
    folders: set[Path] = set()
    for name in (*changes.plan.write, *changes.plan.remove):
        folders.update(Path(name).parents)
    folders.discard(Path())  # the output itself, which may be a link: its owner has it there
    for folder in sorted(folders):
        if (changes.output / folder).is_symlink():
            what = "a link stands where the site has a folder, and nothing outside of the output is changed"
            where = f"{files.display_path(changes.output)}/{folder}"
            yield Problem(where, 0, what, "remove the link, then build again")
