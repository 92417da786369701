"""Run Pagefind, which reads finished pages and writes an index: a program that its wheel brings along."""

import json
import subprocess
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import cbor2

from plugins.core.errors import Problem, SiteError
from plugins.search import parts
from plugins.search.model import COMMON
from plugins.search.parts import FRAGMENTS, IndexPart

_SECONDS = 600
_ENTRY = "pagefind-entry.json"
A_PAGE = b"<!DOCTYPE html><html><body data-pagefind-body><p>words</p></body></html>"
"""A page of a word: Pagefind fails where no page that it is shown has one."""


def program() -> Path | None:
    """Return Pagefind's program; none where its wheel is not installed."""
    if find_spec("pagefind_bin") is None:
        return None
    path: Path = import_module("pagefind_bin").get_executable()
    return path


def index(
    finder: Path, pages: Iterable[tuple[str, bytes]], language: str, folder: Path
) -> tuple[IndexPart, list[Path]]:
    """Return what Pagefind makes of pages, path → HTML: their part of the index, and each page's own file of it.

    These stay below `folder`, together in a folder of their own.
    """
    made = _made(finder, folder, pages, language)
    try:
        part, names = parts.read(made)
    except ValueError as error:
        raise _failed(str(error)) from error
    return part, [made / FRAGMENTS / name for name in names]


def common_files(finder: Path, language: str) -> bytes:
    """Return what is the same for every index, packed for the cache: its entry, and what reads it in a browser."""
    with TemporaryDirectory() as folder:
        made = _made(finder, Path(folder), [("index.html", A_PAGE)], language)
        programs: dict[str, bytes] = {}
        for pattern in COMMON:
            for path in sorted(made.glob(pattern)):
                programs[path.name] = path.read_bytes()
        return cbor2.dumps([json.loads((made / _ENTRY).read_text("utf-8")), programs])


def with_entry(common: bytes, language: str, name: str, pages: int) -> dict[str, bytes]:
    """Return the files that `common_files` packed, in order: the entry, of an index by its name and number of pages."""
    entry, programs = cbor2.loads(common)
    entry["languages"][language].update(hash=name, page_count=pages)
    return {_ENTRY: json.dumps(entry, separators=(",", ":")).encode(), **programs}


def _made(finder: Path, folder: Path, pages: Iterable[tuple[str, bytes]], language: str) -> Path:
    site, made = folder / "site", folder / "made"
    for name, html in pages:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(html)
    # One language for the whole site: a reader searches all of it.
    options = ["--site", str(site), "--output-path", str(made), "--force-language", language, "--silent"]
    try:
        done = subprocess.run(  # noqa: S603
            [str(finder), *options], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(str(error)) from error
    if done.returncode:
        raise _failed(" ".join((done.stderr or done.stdout).split())[-300:])
    return made


def _failed(why: str) -> SiteError:
    remedy = "install it anew (pip install --force-reinstall pagefind_bin), or take plugins.search.plugin from PLUGINS"
    return SiteError([Problem("", 0, f"Pagefind made no index of use ({why})", remedy)])
