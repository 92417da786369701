"""Pelican's settings that name a path, checked to lead out of none of its folders. No file is looked at."""

from collections.abc import Iterator, Mapping
from typing import Any

_READ = {
    "STATIC_PATHS": "the content folder",
    "ARTICLE_PATHS": "the content folder",
    "PAGE_PATHS": "the content folder",
    "THEME_STATIC_PATHS": "the theme",
}
"""The settings that name folders to read, and what those lie in."""


def problems(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each setting that leads out of a folder, what is wrong with it, and what to do."""
    for name, folder in _READ.items():
        for path in values.get(name) or ():
            if _leaves(path):
                yield name, f"leads out of {folder} (got {path})", "name a folder in it"
    for name, path in _written(values):
        if _leaves(path):
            yield name, f"leads out of the output (got {path})", "write a path below it"
    if values.get("STATIC_CREATE_LINKS"):
        what = "would make one file of the output's and the content's, so that a change of one changes the other"
        yield "STATIC_CREATE_LINKS", what, "take it out"


def _written(values: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield each path below the output that a setting names, with the setting's name."""
    for name, value in values.items():
        if name.endswith("_SAVE_AS") or name == "THEME_STATIC_DIR":
            yield name, value
    for path in (values.get("TEMPLATE_PAGES") or {}).values():
        yield "TEMPLATE_PAGES", path
    for extra in (values.get("EXTRA_PATH_METADATA") or {}).values():
        yield "EXTRA_PATH_METADATA", extra.get("path")
        yield "EXTRA_PATH_METADATA", extra.get("save_as")


def _leaves(path: object) -> bool:
    """Say whether a path has `..` in it or is a whole one."""
    text = str(path or "").replace("\\", "/")
    return text.startswith("/") or ".." in text.split("/")
