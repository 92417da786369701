"""The pictures of an old site: out of the export or over the network, looked at, and kept.

Whether a file is a picture, and of which kind, is told by its bytes. Nothing is ever overwritten.
"""

import base64
import binascii
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from plugins.core import files
from plugins.core.media import image_kind, svg
from plugins.core.net.http import Get, NetworkError, authority
from plugins.core.polling.by_host import fetch_by_host
from plugins.core.text import slugs
from plugins.core.text.urls import is_web
from plugins.importing.export_files import Files
from plugins.importing.html_tree import one_line
from plugins.importing.model import FetchedPictures, OldPicture

LARGEST = 30 * 2**20
"""Bytes of a picture."""
NOT_WANTED = "pictures were not asked for (--no-images)"
_FOLDER = "images"
_MOST_SILENT = 3
"""Requests in a row that a server leaves unanswered before it is asked no more: an old site may be gone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture, the name of the text that shows it, and the export's file that text is in."""

    slug: str
    place: str
    picture: OldPicture


@dataclass(slots=True)
class _Folder:
    """Where pictures are kept, which names are given away, and what became of each source."""

    content: Path
    names: set[str] = field(default_factory=set)
    paths: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def reserve_name(self, slug: str, source: str, number: int) -> str:
        """Return a name of its own for a picture, below the content folder, without the ending."""
        stem = ""
        if not source.startswith("data:"):
            stem = PurePosixPath(unquote(urlsplit(source).path)).stem
        name = slugs.free(f"{_FOLDER}/{slug}/{slugs.slug(stem) or f'picture-{number}'}", self.names)
        self.names.add(name)
        return name

    def keep(self, name: str, ending: str, data: bytes) -> str:
        """Write a picture, and return its path below the content folder; one that is there with these bytes is it."""
        path, count = f"{name}.{ending}", 1
        while (target := self.content / path).exists() and target.read_bytes() != data:
            count += 1
            path = f"{name}-{count}.{ending}"
        if not target.exists():
            files.replace(target, data)
        return path


@dataclass(frozen=True, slots=True)
class _Job:
    """A picture to bring: the export's file whose text shows it, its name here, where it may be had, the best first."""

    place: str
    name: str
    sources: list[str]

    @property
    def server(self) -> str:
        """The server that is asked first, "" where the picture is not on the web."""
        return authority(self.sources[0]) if is_web(self.sources[0]) else ""


async def fetch(
    wanted: Iterable[Wanted], given: Files, get: Get, content: Path, step: Callable[[], None]
) -> FetchedPictures:
    """Bring pictures here, each source once: out of the export where it has them, else over the network.

    `step` is called for each picture that is done.
    """
    folder = _Folder(content)
    silent: Counter[str] = Counter()
    jobs: dict[str, _Job] = {}
    for number, one in enumerate(wanted, 1):
        first = one.picture.sources[0]
        if first not in jobs:
            jobs[first] = _Job(one.place, folder.reserve_name(one.slug, first, number), [])
        jobs[first].sources.extend(one.picture.sources)

    async def bring(job: _Job) -> None:
        """Take the first of a picture's sources that gives one."""
        for source in dict.fromkeys(job.sources):
            try:
                data = await _bytes(source, job.place, given, get, silent)
                path = folder.keep(job.name, _ending(data), data)
            except Exception as error:  # one picture's fault is not the others'
                why = error.detail if isinstance(error, NetworkError) else str(error)
                folder.failed[source] = one_line(why, 200)
                continue
            folder.paths[source] = folder.paths[job.sources[0]] = path
            return

    async for _ in fetch_by_host(jobs.values(), lambda job: job.server, bring):
        step()
    return FetchedPictures(folder.paths, folder.failed)


async def _bytes(source: str, place: str, given: Files, get: Get, silent: Counter[str]) -> bytes:
    """Return a source's bytes. Raises ValueError or NetworkError where there are none.

    `silent` counts the requests in a row that a server left unanswered.
    """
    if source.startswith("data:"):
        head, _, written = source.partition(",")
        if not head.endswith(";base64"):
            raise ValueError("a picture within the text that cannot be read")
        try:
            return base64.b64decode(written, validate=True)
        except binascii.Error as error:
            raise ValueError(f"a picture within the text that cannot be read ({error})") from error
    if name := given.find(source, place):
        return given.read(name, LARGEST)
    if not is_web(source):
        raise ValueError("it is not in the export")
    server = authority(source)
    if silent[server] >= _MOST_SILENT:
        raise NetworkError("unreachable", f"its server was silent {_MOST_SILENT} times, and was asked no more")
    try:
        answer = await get(source, {"Accept": "image/*"})
    except NetworkError as error:
        silent[server] += error.kind in {"timeout", "unreachable"}
        raise
    silent[server] = 0
    if answer.status != HTTPStatus.OK:
        raise ValueError(f"its server answered {answer.status}")
    if len(answer.body) > LARGEST:  # a feed may be larger, and comes by the same client
        raise ValueError(f"larger than {LARGEST:,} bytes")
    return answer.body


def _ending(data: bytes) -> str:
    """Return the ending of the kind of picture bytes are. Raises ValueError where they are none that may be shown."""
    if b"<svg" in data[:4096].lower():
        if faults := svg.faults(data):
            raise ValueError(f"a drawing that is more than a drawing: {faults[0][1]}")
        return "svg"
    facts = image_kind.look(data)
    image_kind.opened(data, facts.format)
    return image_kind.ENDINGS[facts.format]
