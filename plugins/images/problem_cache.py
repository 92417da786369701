"""`.cache/pictures.json`: the problems found in each picture when it was last read to its end. It may be lost.

To decode a photograph takes a good part of a second, and a check is run at every save. As git does, a file is taken for
unchanged while its size and the time of its last change are the same.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.images import load_picture

_NAME = "pictures.json"


@dataclass(frozen=True, slots=True)
class ProblemCache:
    """What is remembered: `rows` has a picture's size, its time of change, and what is wrong with it, what and remedy.

    `tools` names what reads pictures: another version may find other faults.
    """

    folder: Path
    tools: str
    rows: dict[str, list[Any]] = field(default_factory=dict)

    def problems(self, picture: Path) -> tuple[Problem, ...]:
        """Return what keeps a raster picture from being published, from memory where it has not changed."""
        stat = picture.stat()
        row = self.rows.get(str(picture), [])
        if row[:2] == [stat.st_size, stat.st_mtime_ns]:
            return tuple(Problem(files.display_path(picture), 0, *words) for words in row[2])
        try:
            load_picture.picture(picture, to_its_end=True)
        except SiteError as error:
            return error.problems
        return ()

    def keep(self, found: Iterable[tuple[Path, tuple[Problem, ...]]]) -> None:
        """Remember these pictures and no others; where nothing can be written, nothing is remembered."""
        rows = {}
        for picture, problems in found:
            stat = picture.stat()
            words = [[one.what, one.remedy] for one in problems]
            rows[str(picture)] = [stat.st_size, stat.st_mtime_ns, words]
        if rows != self.rows:
            data = json.dumps({"tools": self.tools, "pictures": rows}, indent=1).encode()
            with suppress(OSError):
                files.replace(self.folder / _NAME, data, durable=False)


def load_cache(folder: Path) -> ProblemCache:
    """Return what is remembered in a cache folder; nothing where that cannot be read, or other tools found it."""
    tools = f"2 pillow {version('pillow')}"
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads((folder / _NAME).read_text("utf-8"))
        if kept["tools"] == tools:
            return ProblemCache(folder, tools, dict(kept["pictures"]))
    return ProblemCache(folder, tools)
