"""What a command asks for, as far as that is known before Pelican, the plugins and their settings are loaded.

So `./inv build` need load none of them where nothing has changed: a third of a second instead of one and a half.
"""

import os
import runpy
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.incremental import launch, values
from plugins.incremental.places import BuildFolders


@dataclass(frozen=True, slots=True)
class Launch:
    """The `digest` of a command's settings, as they are written and overridden, and where the build would be."""

    digest: str
    where: BuildFolders

    def unchanged(self) -> int | None:
        """Return how many pages the output has, where it is what a build would make; None where it may not be."""
        now = time.time()
        fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
        if fixed.isdecimal():
            now = float(fixed)
        return launch.unchanged(self.where, self.digest, now)


def launched(path: str, override: Mapping[str, str | None]) -> Launch | None:
    """Return what a command asks for; None for what only a build can say, as where a setting is wrong."""
    try:
        written = {name: value for name, value in runpy.run_path(path).items() if name.isupper()}
        digest = values.digest([path, sorted(override.items(), key=str), sorted(written.items())])
    except (Exception, SystemExit):  # the file is a program, and may end in any way; the build tells of it
        return None
    folder = Path(path).resolve().parent
    content = _place(folder, written, override, "PATH")
    output = _place(folder, written, override, "OUTPUT_PATH")
    # A preview's cache lies elsewhere. By the other two, a build also depends on what nobody looks at here: on files of
    # others in the output, and on when texts were modified.
    if written.get("PREVIEW") or written.get("DELETE_OUTPUT_DIRECTORY") or "DEFAULT_DATE" in written:
        return None
    if not content or not output:
        return None
    return Launch(digest, BuildFolders(output, content.parent / ".cache"))


def _place(folder: Path, written: Mapping[str, Any], override: Mapping[str, str | None], name: str) -> Path | None:
    if given := override.get(name):
        return Path(given).resolve()
    found = written.get(name)
    return (folder / found).resolve() if isinstance(found, str) and found else None
