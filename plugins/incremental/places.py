"""Where things are: the output, and the cache."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class BuildFolders:
    """Where things are: the `output`, and in the `cache`, which may be lost, all else that this plugin writes."""

    output: Path
    cache: Path

    @cached_property
    def name(self) -> str:
        """Return the output's name in the cache."""
        return hashlib.sha256(str(self.output).encode()).hexdigest()[:16]

    @cached_property
    def aside(self) -> Path:
        """Return the folder a build is made in before it is compared."""
        return self.cache / "build" / self.name

    @property
    def pages(self) -> Path:
        """Return the folder of the pages of the last build."""
        return self.cache / "pages" / self.name

    @property
    def last(self) -> Path:
        """Return the file that says what the last build was made of."""
        return self.cache / "ledger" / f"{self.name}.json"

    def moved(self, path: Any) -> Any:
        """Return where a path is during a build that lies in the output after it; any other value as it is."""
        if not isinstance(path, str):
            return path
        name = below(path, self.output)
        if name.partition(os.sep)[0] == os.pardir:
            return path
        return os.path.normpath(f"{self.aside}{os.sep}{name}")


def places(settings: Mapping[str, Any]) -> BuildFolders:
    """Return where things are, by Pelican's settings: the cache is INCREMENTAL_PATH, or a part of Pelican's."""
    cache = settings.get("INCREMENTAL_PATH") or os.path.join(settings["CACHE_PATH"], "incremental")
    return BuildFolders(Path(os.path.abspath(settings["OUTPUT_PATH"])), Path(os.path.abspath(cache)))


def below(path: str, folder: str | Path) -> str:
    """Return a file's path relative to a folder, as `os.path.relpath`, which takes 15 µs and is asked for pages."""
    name = path.removeprefix(f"{folder}{os.sep}")
    parts = f"/{name}/"
    if name == path or "//" in parts or "/./" in parts or "/../" in parts:
        return os.path.relpath(path, folder)
    return name
