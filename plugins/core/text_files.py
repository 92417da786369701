"""The content's texts for all who judge them: each is found, read and named once, and not by every feature anew."""

from pathlib import Path

from plugins.core import files


class TextFiles:
    """The text files of one run, as they were when they were first asked for.

    To read one takes 80 µs, of which most is the system's, and three features read each post.
    """

    def __init__(self) -> None:
        self._found: dict[Path, list[Path]] = {}
        self._texts: dict[Path, str] = {}
        self._names: dict[Path, str] = {}

    def markdown_files(self, folder: Path) -> list[Path]:
        """Return the Markdown files below a folder; see `files.markdown_files`."""
        if folder not in self._found:
            self._found[folder] = files.markdown_files(folder)
        return self._found[folder]

    def read(self, path: Path) -> str:
        """Return a file's text; see `files.read_text`. Raises SiteError."""
        text = self._texts.get(path)
        if text is None:
            text = self._texts[path] = files.read_text(path)
        return text

    def display_path(self, path: Path) -> str:
        """Return a path as messages show it; see `files.display_path`."""
        name = self._names.get(path)
        if name is None:
            name = self._names[path] = files.display_path(path)
        return name
