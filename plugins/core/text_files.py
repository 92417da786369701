"""The content's texts for all who judge them: each is found, read and named once, and not by every feature anew."""

import os
from collections.abc import Callable, Iterator
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from plugins.core import files

KnownDigest = Callable[[Path], str | None]
"""What knows the digest of a file's bytes (SHA-256, in hexadecimal) without reading it; None where it does not."""


class TextFile:
    """A Markdown file of the content, as it was when it was first asked for.

    `source` is its path below the content folder, with slashes, `where` its path as messages show it.
    """

    def __init__(self, path: Path, source: str, where: str, known: KnownDigest) -> None:
        self.path, self.source, self.where = path, source, where
        self._known = known
        self._data: bytes | None = None

    @cached_property
    def digest(self) -> str:
        """Return a digest of the file's bytes and of its `source`. Raises SiteError where it cannot be read."""
        known = None if self._data is not None else self._known(self.path)
        of_bytes = known or sha256(self._bytes()).hexdigest()
        return sha256(f"{self.source}\0{of_bytes}".encode("utf-8", "surrogateescape")).hexdigest()

    @cached_property
    def text(self) -> str:
        """Return the file's text; see `files.read_text`. Raises SiteError.

        Of a text that is as it was, nobody asks for more than the digest: to decode one takes 15 µs.
        """
        text = files.text_of(self._bytes(), self.path)
        self.__dict__.pop("digest", None)  # one that was known may be that of other bytes, where the file just changed
        _ = self.digest
        self._data = None  # one of the two is enough to hold
        return text

    def _bytes(self) -> bytes:
        if self._data is None:
            self._data = files.read_bytes(self.path)
        return self._data


class TextFiles:
    """The text files of one run. Digests that are `known` are not worked out: to read 10,000 texts takes 1 s."""

    known: KnownDigest

    def __init__(self) -> None:
        self.known = lambda _: None
        self._names: dict[Path, list[tuple[str, bool]]] = {}
        self._texts: dict[tuple[Path, str], tuple[TextFile, ...]] = {}

    def names(self, content: Path) -> list[str]:
        """Return the paths of all that is below the content folder, folders too, in order of their parts."""
        return [name for name, _ in self._found(content)]

    def of(self, content: Path, folder: str) -> tuple[TextFile, ...]:
        """Return the Markdown files below a folder of the content, in order of path.

        Those whose names begin with a dot or an underscore are not read.
        """
        if (content, folder) not in self._texts:
            self._texts[content, folder] = tuple(self._markdown_files(content, folder))
        return self._texts[content, folder]

    def _markdown_files(self, content: Path, folder: str) -> Iterator[TextFile]:
        shown: dict[str, str] = {}
        for source, is_link in self._found(content):
            parent, _, name = source.rpartition("/")
            if not f"{parent}/".startswith(f"{folder}/") or not name.endswith(".md") or name.startswith((".", "_")):
                continue
            path = content / source
            if is_link:
                yield TextFile(path, source, files.display_path(path), self.known)
                continue
            # What is no link is shown as its folder is: to follow the links to each took a tenth of a check.
            if parent not in shown:
                above = files.display_path(path.parent)
                shown[parent] = "" if above == "." else os.path.join(above, "")  # noqa: PTH118 - the beginning of many
            yield TextFile(path, source, f"{shown[parent]}{name}", self.known)

    def _found(self, content: Path) -> list[tuple[str, bool]]:
        """Return the path of each entry below the content folder, and whether it is a link."""
        if content not in self._names:
            top = len(os.path.join(content, ""))  # noqa: PTH118 - with the slash that is there, or is to be added
            entries = [(entry.path[top:], entry.is_symlink()) for entry in files.below(content)]
            self._names[content] = sorted(entries, key=lambda entry: entry[0].split("/"))
        return self._names[content]
