"""What lies in the content folder: files and folders of its own, and no link on the disk that leads out of it.

A link would let a text, or whoever sends one in, publish any file that its owner can read.
"""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from plugins.core import files
from plugins.core.errors import Problem, SiteError

WELL_KNOWN = ".well-known"
"""The one hidden folder that is meant to be published: https://www.rfc-editor.org/rfc/rfc8615"""
_PUBLISHED = frozenset({".nojekyll", ".domains"})
"""Hidden files by which GitHub Pages and Codeberg Pages are told how to serve a site; there is nothing else in them."""
_GIT = ".git"


def check(content: Path) -> None:
    """Look through the whole folder. Raises SiteError with every link that leads out of it, and what is no file.

    Raises PermissionError for a folder that cannot be opened: looking for files in it would find none.
    """
    root = os.path.realpath(content)
    problems = list(_problems(content, root))
    if problems:
        raise SiteError(problems)


def is_hidden(name: str) -> bool:
    """Say whether a path below the content has a hidden part, and is none of those that the web knows."""
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") and part != WELL_KNOWN and part not in _PUBLISHED for part in parts)


def _problems(content: Path, root: str) -> Iterator[Problem]:
    folders = [str(content)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    if what := _wrong_with_link(entry.path, root):
                        below = entry.path.removeprefix(str(content))
                        where = files.display_path(content) + below  # of the whole path, it may follow the link
                        remedy = "put the files themselves here: nothing outside of the content folder is read"
                        yield Problem(where, 0, what, remedy)
                elif entry.is_dir():
                    if entry.name != _GIT:
                        folders.append(entry.path)
                elif not entry.is_file():
                    yield Problem(files.display_path(Path(entry.path)), 0, "is neither file nor folder", "remove it")


def _wrong_with_link(path: str, root: str) -> str:
    """Return what is wrong with a link, "" where nothing is; one that leads to nothing is how Emacs locks a file."""
    target = Path(os.path.realpath(path))
    if not target.exists():
        return ""
    if not target.is_relative_to(root):
        return f"a link that leads out of the content folder (to {target})"
    if target.is_dir():
        return f"a link to a folder (to {target}), whose files would be read twice"
    return ""
