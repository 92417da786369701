"""Run the Nu HTML checker over built pages, for `./inv check --html`: a Java program out of its npm package.

package-lock.json beside this module pins the package by its hash. npm fetches it once, into the cache, and runs nothing
of it. Where Java, npm or the registry is missing, that is said: a page that was not checked is not said to be right.

A page that was found right is not checked again, by this checker, while its bytes are the same: of 1,000 posts, all
pages take half a minute of a processor, and each run of the publish workflow checks.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.html import checker_messages

CACHE = Path(__file__).parents[2] / ".cache"
_PACKAGE = Path(__file__).parent
_LOCK = "package-lock.json"
_NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1")
_CHECKER = ("--format", "json", "--stdout", "--errors-only", "--skip-non-html", "--exit-zero-always")
_ENDINGS = frozenset((".html", ".htm", ".xhtml", ".xht"))
_JAVA = ("java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar")
"""A large stack for deep pages, the checker's own advice where it overflows; and compiled once, not ever better.

So 63 pages take 2.7 seconds of a processor instead of 6.3, and 504 pages 6.2 instead of 13.6.
"""
_FETCH_SECONDS, _CHECK_SECONDS = 300, 1800


class MissingError(Exception):
    """The HTML could not be checked; says for want of what, and how to get it."""


def look(output: Path) -> tuple[tuple[Problem, ...], str]:
    """Return what is wrong with the HTML below `output`, or why that could not be checked."""
    try:
        return problems(output), ""
    except MissingError as missing:
        return (), f"The HTML was not checked: {missing}."


def problems(output: Path, cache: Path = CACHE) -> tuple[Problem, ...]:
    """Return what is wrong with the HTML below `output`; what was found right is remembered in `cache`.

    Raises MissingError where there is no Java or no checker, SiteError where nothing was built.
    """
    pages: dict[str, str] = {}
    for path in sorted(output.rglob("*")):
        if path.suffix in _ENDINGS and path.is_file():
            pages[path.relative_to(output).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    if not pages:
        raise SiteError([Problem(files.display_path(output), 0, "there is no page to check", "run ./inv build first")])
    if shutil.which("java") is None:
        raise MissingError("there is no Java; install one, such as default-jre-headless or openjdk")
    jar = _jar(cache)
    memory = cache / "html-right.json"
    right = _found_right(memory, jar)
    unknown = [name for name, digest in pages.items() if digest not in right]
    found = _checked(unknown, output, jar, cache) if unknown else ()
    wrong = {one.where for one in found}
    named = files.display_path(output)
    if named not in wrong:  # else what is said is of no page, and says nothing of the others
        right = {digest for name, digest in pages.items() if f"{named}/{name}" not in wrong}
        kept = {"checker": jar.name, "right": sorted(right)}
        files.write_if_changed(memory, json.dumps(kept).encode(), durable=False)
    return found


def _found_right(memory: Path, jar: Path) -> set[str]:
    """Return the digests of the pages that this checker found right the last time."""
    try:
        kept = json.loads(memory.read_bytes())
        return set(kept["right"]) if kept["checker"] == jar.name else set()
    except (OSError, ValueError, KeyError, TypeError):  # there is none, or it is damaged: then all are checked
        return set()


def _checked(pages: Sequence[str], output: Path, jar: Path, cache: Path) -> tuple[Problem, ...]:
    """Run the checker over pages, in a folder that has links to them and nothing else."""
    with tempfile.TemporaryDirectory(prefix="html-", dir=cache) as made:
        folder = Path(made).resolve()
        for name in pages:
            link = folder / name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to((output / name).resolve())
        run = _run([*_JAVA, str(jar.resolve()), *_CHECKER, str(folder)], output, _CHECK_SECONDS)
        try:
            return checker_messages.problems(run.stdout, folder.as_posix(), files.display_path(output))
        except ValueError as error:
            raise MissingError(f"Java did not run the checker, which needs Java 11 ({_first(run.stderr)})") from error


def _jar(cache: Path) -> Path:
    """Return the checker, fetched if it is not in the cache yet."""
    package = json.loads(files.read_text(_PACKAGE / _LOCK))["packages"]["node_modules/vnu-jar"]
    jar = cache / f"vnu-{package['version']}.jar"
    if jar.is_file():
        return jar
    if shutil.which("npm") is None:
        raise MissingError("the checker is not here yet and there is no npm to fetch it; install npm")
    cache.mkdir(parents=True, exist_ok=True)
    print("Fetching the HTML checker (once) ...", flush=True)
    with tempfile.TemporaryDirectory(prefix="vnu-", dir=cache) as folder:
        for name in ("package.json", _LOCK):
            shutil.copyfile(_PACKAGE / name, Path(folder) / name)
        run = _run(_NPM, Path(folder), _FETCH_SECONDS)
        if run.returncode:
            raise MissingError(f"npm could not fetch the checker ({_first(run.stderr)})")
        (Path(folder) / "node_modules/vnu-jar/build/dist/vnu.jar").replace(jar)
    return jar


def _run(command: Sequence[str], folder: Path, seconds: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - java and npm alone, and no shell
        command, cwd=folder, capture_output=True, text=True, timeout=seconds, check=False
    )


def _first(said: str) -> str:
    return next(iter(said.strip().splitlines()), "it said nothing")
