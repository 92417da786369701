"""Run Pagefind, which reads finished pages and writes an index: a program that its wheel brings along.

It is shown only the pages to be indexed, and the records that sections hand over: it holds every page it finds in
memory, and a large wire's day and month pages would double that. The index is kept in `.cache/search` by the pages it
was made from, so that unchanged pages are not read twice. The same pages give the same bytes: `stable_order` puts
filters in order, and in our templates and records each has one value, since the order of several changes from run to
run as well.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.made_files import digest, remove
from plugins.incremental.signals import BuiltFiles
from plugins.search import stable_order
from plugins.search.model import FOLDER, MARK, SPARE

_SECONDS = 600
_MAKING, _SHOWN = "made", "pages"


def program() -> Path | None:
    """Return Pagefind's program; none where its wheel is not installed."""
    if find_spec("pagefind_bin") is None:
        return None
    path: Path = import_module("pagefind_bin").get_executable()
    return path


def pages(built: BuiltFiles) -> dict[str, str]:
    """Return path → digest of every page that hands a part of itself to the index, in order."""
    found = {}
    for name in sorted(name for name in built.names() if name.endswith(".html")):
        data = (built.find(name) or built.folder / name).read_bytes()
        if MARK in data:
            found[name] = hashlib.sha256(data).hexdigest()
    return found


def write(finder: Path, built: BuiltFiles, language: str, cache: Path, records: Mapping[str, str] = {}) -> bool:
    """Write the index of a build into it, or take it from the cache; say whether there was anything to index.

    `records` are pages for the index alone, path → HTML, beside those of the build. Raises SiteError where Pagefind
    fails.
    """
    marked = pages(built)
    if not marked and not records:
        return False
    # One language for the whole site: a reader searches all of it.
    options = ["--force-language", language.partition("-")[0], "--silent"]
    told = json.dumps([marked, records, options, finder.stat().st_size])
    key = hashlib.sha256(told.encode()).hexdigest()[:32]
    kept = next((path for path in cache.glob(f"{key}-*") if _is_whole(path)), None)
    if kept is None:
        made, alone = cache / _MAKING, cache / _SHOWN
        for left in (made, alone):
            remove(left)
        cache.mkdir(parents=True, exist_ok=True)
        _lay(marked, built, alone)
        for name, html in records.items():
            (alone / name).parent.mkdir(parents=True, exist_ok=True)
            (alone / name).write_text(html, "utf-8")
        _run([str(finder), "--site", str(alone), "--output-path", str(made), *options])
        shutil.rmtree(alone)
        for pattern in SPARE:
            for spare in made.glob(pattern):
                spare.unlink()
        _put_in_order(made)
        kept = cache / f"{key}-{_digest(made)}"
        remove(kept)  # the same, damaged
        made.rename(kept)
        # Only now: this may be stopped at any moment by the next build of a preview, which wants one of them.
        for path in [path for path in cache.iterdir() if path != kept]:
            remove(path)
    _put(kept, built.folder / FOLDER)
    return True


def put_last(folder: Path, cache: Path) -> None:
    """Write the index that was made last into a folder, whatever pages it was made from; none where there is none."""
    for kept in sorted(cache.glob("*-*"), key=lambda path: path.stat().st_mtime, reverse=True):
        if _is_whole(kept):
            _put(kept, folder / FOLDER)
            return


def _is_whole(kept: Path) -> bool:
    """Say whether an index has the digest that its folder is named after."""
    return kept.is_dir() and kept.name.endswith(f"-{_digest(kept)}")


def _digest(folder: Path) -> str:
    """Return the digest of all files in a folder, with their names."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest(b"".join(f"{path.relative_to(folder)} {digest(path.read_bytes())}\n".encode() for path in paths))


def _put(kept: Path, folder: Path) -> None:
    """Put an index into a build, each file whole or not at all: in a preview it is being read.

    To copy 2,000 files into a new build took 8 s of 87 on a busy disk.
    """
    for path in sorted(kept.rglob("*")):
        if path.is_file():
            files.name_again(path, folder / path.relative_to(kept))


def _lay(pages: Iterable[str], built: BuiltFiles, alone: Path) -> None:
    """Lay pages out in a folder of their own, without copying them where the disk can name a file twice."""
    for name in pages:
        (alone / name).parent.mkdir(parents=True, exist_ok=True)
        page = built.find(name) or built.folder / name
        try:
            os.link(page, alone / name)
        except OSError:
            shutil.copyfile(page, alone / name)


def _put_in_order(made: Path) -> None:
    """Replace the list of an index by one in order, under the name that follows from its bytes."""
    entry = made / "pagefind-entry.json"
    values = json.loads(entry.read_text("utf-8"))
    for language, one in values["languages"].items():
        old = made / f"pagefind.{one['hash']}.pf_meta"
        try:
            meta = stable_order.ordered(old.read_bytes())
        except (OSError, ValueError, EOFError) as error:
            raise _failed(f"one that cannot be put in order: {error}") from error
        one["hash"] = f"{language}_{hashlib.sha256(meta).hexdigest()[:10]}"
        old.unlink()
        files.replace(made / f"pagefind.{one['hash']}.pf_meta", meta, durable=False)
    files.replace(entry, json.dumps(values, separators=(",", ":")).encode(), durable=False)


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(str(error)) from error
    if done.returncode:
        raise _failed(" ".join((done.stderr or done.stdout).split())[-300:])


def _failed(why: str) -> SiteError:
    remedy = "install it anew (pip install --force-reinstall pagefind_bin), or take plugins.search.plugin from PLUGINS"
    return SiteError([Problem("", 0, f"Pagefind made no index of use ({why})", remedy)])
