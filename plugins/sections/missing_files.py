"""What to do about a link or a picture whose file is not there: the near miss among the files that are.

Looks into folders, and reads no file.
"""

from difflib import get_close_matches
from pathlib import Path, PurePosixPath

OUTSIDE = "copy the file below content/images/ and show that one: nothing outside of the content folder is published"


def remedy(content: Path, file: str) -> str:
    """Return what to do about a path below `content` where there is no file, "" where nothing is like it.

    `file` is normalised; one that begins with `..` is outside of the folder.
    """
    if "\\" in file:
        return f"write / between folders, not \\: {file.replace(chr(92), '/')}, as seen from content/"
    if is_outside(file):
        return OUTSIDE
    folder = content
    spelled: list[str] = []
    for part in PurePosixPath(file).parts:
        names = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
        same = [name for name in names if name.casefold() == part.casefold()]
        if not same:
            return _alike(part, names, spelled)
        name = part if part in same else same[0]
        spelled.append(name)
        folder /= name
    if "/".join(spelled) != file:
        return f"the file’s name is {'/'.join(spelled)}: write it so, capitals count"
    return ""


def is_outside(file: str) -> bool:
    """Say whether a normalised path leads out of the folder it is seen from."""
    return file == ".." or file.startswith(("../", "/"))


def _alike(part: str, names: list[str], above: list[str]) -> str:
    """Return what to do where a folder has no such name, in any spelling."""
    for name in names:
        if name.casefold().startswith(f"{part.casefold()}."):
            return f"the file’s name is {name}, with an ending too many: rename it to {part}"
    for near in get_close_matches(part, names, n=1, cutoff=0.75):
        return f"did you mean {'/'.join([*above, near])}?"
    return ""
