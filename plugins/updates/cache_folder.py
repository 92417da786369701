"""The wire's cache as a folder: a file for each value, with the digest of its bytes in its name."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from plugins.core.code_version import code_version
from plugins.core.made_files import MadeFiles


class CacheFolder:
    """A `cache.Cache` in a folder. What was made by other code, by other packages or another Python is not found."""

    def __init__(self, folder: Path) -> None:
        self._files = MadeFiles(folder)
        self._used: set[str] = set()

    def names(self) -> Collection[str]:
        """Return the names of all that is kept."""
        prefix = f"{_version()}."
        return [key.removeprefix(prefix) for key in self._files.all_keys() if key.startswith(prefix)]

    def get(self, name: str) -> bytes | None:
        """Return what was put; None where there is none, or where it is damaged."""
        with suppress(OSError):
            if found := self._files.find(_key(name)):
                return found[1]
        return None

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes. On a full disk, nothing is kept."""
        self.use([name])
        with suppress(OSError):
            self._files.kept(_key(name), "bin", lambda: data)

    def use(self, names: Iterable[str]) -> None:
        """Say that these are still wanted."""
        self._used.update(map(_key, names))

    def drop_unused(self) -> None:
        """Remove what this run did not want."""
        for key in self._files.all_keys() - self._used:
            with suppress(OSError):
                self._files.forget(key)


def _key(name: str) -> str:
    return f"{_version()}.{name}"


def _version() -> str:
    return code_version("core", "updates")
