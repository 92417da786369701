"""Which changes on the disk are worth a build, and which of those are the code's.

Editors leave traces beside what they save: swap files, backups, probes, the file they rename into place. What is taken
for noise by mistake would not be shown, so only the known names are; what is let through by mistake costs a build that
changes nothing.
"""

import re
from collections.abc import Collection, Iterable
from posixpath import split

_NOISE = re.compile(
    r"\.sw[a-z]|\..*\.sw[a-z]|4913"  # vim: swap files, and the probe for whether a folder can be written
    r"|.*~|\.#.*|#.*#"  # backups of many, locks and autosaves of Emacs
    r"|.*___jb_(tmp|old)___"  # JetBrains
    r"|\.goutputstream-.*|\.~lock\..*#|\..*\.kate-swp|.*\.crswap|~\$.*"  # GNOME, LibreOffice, Kate, Chromium, Office
    r"|\.fuse_hidden.*|\.nfs.*|\.DS_Store|Thumbs\.db|\.syncthing\..*"
    r"|.*\.tmp"  # files written aside, by us too
    r"|.*\.py[cod]"
)
_FOLDERS = frozenset(
    {"__pycache__", ".git", ".hg", ".svn", ".idea", ".vscode", "node_modules", ".mypy_cache", ".ruff_cache"}
)


def worth_a_build(paths: Iterable[str], watched: Collection[str], beside: Collection[str]) -> set[str]:
    """Return the paths that matter: below a watched folder (or it itself), or Python in one of the folders `beside`.

    All are absolute, in the form of POSIX.
    """
    return {path for path in paths if _matters(path, watched, beside)}


def is_code(path: str, plugins: str) -> bool:
    """Say whether a path is of the code, which is loaded anew then: Python anywhere, anything below `plugins`."""
    return path.endswith(".py") or _is_below(path, plugins)


def _matters(path: str, watched: Collection[str], beside: Collection[str]) -> bool:
    folder, name = split(path)
    if _NOISE.fullmatch(name):
        return False
    for top in watched:
        if _is_below(path, top):
            return not _FOLDERS & {*path.removeprefix(top).split("/")}
    return folder in beside and name.endswith(".py")


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
