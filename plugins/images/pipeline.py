"""From a picture's file to what is published of it, in order: look, decide, develop, keep, choose."""

from collections.abc import Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.media.image_kind import ENDINGS
from plugins.images import load_picture, redraw, sizes
from plugins.images.cache import Store, digest
from plugins.images.model import PublishedPicture, Version, WantedVersion


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """What is published of a picture: `original` in place of its file (none: the file itself), and its versions.

    `versions` are pairs of the file that was made and its path below the site's root.
    """

    picture: PublishedPicture
    original: Path | None = None
    versions: tuple[tuple[Path, str], ...] = ()


def publish(file: Path, path: str, store: Store, address: str, *, in_sizes: bool) -> PublishedFiles:
    """Return what is published of the picture `file`, whose path below the site's root is `path`.

    Versions are made only where `in_sizes`. Raises SiteError where the picture cannot be published.
    """
    found = load_picture.picture(file)
    if isinstance(found, load_picture.Drawing):
        try:
            drawing = store.kept(digest(found.data), "drawing", "svg", lambda: redraw.drawing(found.data))
        except ValueError as error:
            what = f"a picture in this drawing cannot be published ({error})"
            raise SiteError([Problem(files.display_path(file), 0, what, "export it again")]) from error
        return PublishedFiles(PublishedPicture(found.width, found.height), drawing)
    facts, key = found.facts, digest(found.data)
    if facts.animated:
        return PublishedFiles(PublishedPicture(facts.width, facts.height), _moving(file, found, store))

    def kept(wanted: WantedVersion) -> Path:
        how, ending = f"{wanted.width} {wanted.format}", ENDINGS[wanted.format]
        return store.kept(key, how, ending, lambda: redraw.developed(found.data, facts, wanted))

    try:
        original = kept(WantedVersion(0, facts.format))
        made: dict[WantedVersion, Path] = {}
        if in_sizes:
            for wanted in sizes.wanted_versions(facts):
                made[wanted] = kept(wanted)
    except ValueError as error:
        raise SiteError([Problem(files.display_path(file), 0, str(error), "export it again")]) from error
    versions = [Version(wanted, sizes.name(path, wanted), made[wanted].stat().st_size) for wanted in made]
    offered = sizes.worthwhile(facts, original.stat().st_size, versions)
    shown = sizes.picture(path, facts, offered, address)
    return PublishedFiles(shown, original, tuple((made[one.wanted], one.path) for one in offered))


def _moving(file: Path, found: load_picture.Photograph, store: Store) -> Path:
    """Return the file of a moving picture that was drawn anew. Raises SiteError where it cannot be."""
    facts, how = found.facts, f"moving {found.facts.format}"
    try:
        return store.kept(digest(found.data), how, ENDINGS[facts.format], lambda: redraw.moving(found.data, facts))
    except ValueError as error:
        raise SiteError([Problem(files.display_path(file), 0, str(error), "export it again")]) from error


def publish_all(
    pictures: Iterable[tuple[Path, str, bool]], store: Store, address: str, workers: Executor
) -> dict[str, PublishedFiles]:
    """Return path → what is published of it, all made at the same time. Raises SiteError with every problem."""
    tasks: dict[str, Future[PublishedFiles]] = {}
    for file, path, in_sizes in pictures:
        tasks[path] = workers.submit(publish, file, path, store, address, in_sizes=in_sizes)
    made: dict[str, PublishedFiles] = {}
    problems: list[Problem] = []
    for path, task in tasks.items():
        try:
            made[path] = task.result()
        except SiteError as error:
            problems += error.problems
    if problems:
        raise SiteError(problems)
    return made
