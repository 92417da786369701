"""What the last build of an output was made of, and whether all of it is as it was.

The file lies in the cache, below the digest of its bytes: where it is lost or damaged, the site is built.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import disk
from .disk import Known, Stamp

_FORMAT = 4


@dataclass
class LastBuild:
    """What was read and made.

    `facts` are what is known without looking at a file; `files` and `folders`, by their whole paths, what was read;
    `outputs`, by their paths below the output, what was made; `pages` how many of them were rendered; `said` the
    warnings, as logger, level and text. From `built_at` to `until` (seconds since 1970), time changes nothing.
    `reasons` are why all this does not say what another build would make. Paths in `without` do not count. `launch`
    says what was asked for where that is known before Pelican is loaded (`facts.LAUNCH`), else "". `by_others` are the
    texts and templates that others than Pelican opened: what pages get may say more of them than the pages ask for.
    `variables` are those that were asked for in this build or one before it (`environment`).
    Without arguments, it is that of a site of which no build is known.
    """

    facts: dict[str, str] = field(default_factory=dict)
    files: dict[str, Known] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, Known] = field(default_factory=dict)
    pages: int = 0
    said: list[tuple[str, int, str]] = field(default_factory=list)
    built_at: float = 0.0
    until: float | None = None
    reasons: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    launch: str = ""
    by_others: list[str] = field(default_factory=list)
    variables: list[str] = field(default_factory=list)
    _reread: bool = field(default=False, compare=False)

    def difference(self, facts: Mapping[str, str], output: Path, now: float) -> str:
        """Say why a build that begins now may make something else than what is in the output, "" where it cannot."""
        if self.reasons:
            return self.reasons[0]
        for name in sorted(facts.keys() | self.facts.keys()):
            if facts.get(name) != self.facts.get(name):
                return f"another {name}"
        if not (self.built_at <= now and (self.until is None or now < self.until)):
            return "the time has come for something"
        without = frozenset(self.without)
        for path, before in self.folders.items():
            if disk.listing(path, without) != before:
                return f"other files in {path}"
        return self._changed(self.files, "") or self._changed(self.outputs, f"{output}/")

    def _changed(self, before: dict[str, Known], folder: str) -> str:
        for path, known in before.items():
            now = disk.known(folder + path, known)
            if now.digest != known.digest:
                return f"{folder}{path} has changed"
            if now.stamp != known.stamp:
                before[path], self._reread = now, True
        return ""

    def write(self, path: Path) -> None:
        """Keep all this."""
        kept = {name: getattr(self, name) for name in (*_PLAIN, *_KNOWN_FILES)}
        disk.write_sealed(path, {"format": _FORMAT, **kept})

    def write_if_reread(self, path: Path) -> None:
        """Keep the stamps of what had to be read anew, so that the next build need not."""
        if self._reread:
            self.write(path)


_KNOWN_FILES = ("files", "outputs")
_PLAIN = (
    "facts",
    "folders",
    "pages",
    "said",
    "built_at",
    "until",
    "reasons",
    "without",
    "launch",
    "by_others",
    "variables",
)


def read(path: Path) -> LastBuild | None:
    """Return what is kept of the last build; None where that is not known."""
    kept: Any = disk.read_sealed(path)
    if not isinstance(kept, dict) or kept.pop("format", None) != _FORMAT:
        return None
    for name in _KNOWN_FILES:
        for path_of_file, (digest, stamp) in kept[name].items():
            kept[name][path_of_file] = Known(digest, stamp and Stamp(*stamp))
    return LastBuild(**kept)


def known_files(paths: Iterable[str], before: Mapping[str, Known]) -> dict[str, Known]:
    """Return what is to be known of files, read anew where they are not those known before."""
    return {path: disk.known(path, before.get(path)) for path in sorted(paths)}
