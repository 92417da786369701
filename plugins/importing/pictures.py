"""The pictures of an old site: out of the export or over the network, looked at, and kept.

Whether a file is a picture, and of which kind, is told by its bytes. Nothing is ever overwritten.
"""

import asyncio
import base64
import binascii
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from plugins.core import files
from plugins.core.media import image_kind, svg
from plugins.core.net.http import Get, NetworkError, Response, Validators, authority
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
        stem = "" if source.startswith("data:") else PurePosixPath(unquote(urlsplit(source).path)).stem
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


class _PatientGet:
    """Asks for pictures, one at a time of each server, and no more of one that stays silent."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._silent: Counter[str] = Counter()

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
    ) -> Response:
        """Return the answer. Raises NetworkError."""
        server = authority(url)
        async with self._locks[server]:
            if self._silent[server] >= _MOST_SILENT:
                raise NetworkError("unreachable", f"its server was silent {_MOST_SILENT} times, and was asked no more")
            try:
                answer = await self._get(url, headers, validators)
            except NetworkError as error:
                self._silent[server] += error.kind in {"timeout", "unreachable"}
                raise
            self._silent[server] = 0
            return answer


async def fetch(
    wanted: Iterable[Wanted], given: Files, get: Get, content: Path, step: Callable[[], None]
) -> FetchedPictures:
    """Bring pictures here, each source once: out of the export where it has them, else over the network.

    `step` is called for each picture that is done.
    """
    folder = _Folder(content)
    patient = _PatientGet(get)
    jobs: dict[str, tuple[Wanted, str, dict[str, None]]] = {}
    for number, one in enumerate(wanted, 1):
        first = one.picture.sources[0]
        if first not in jobs:
            jobs[first] = one, folder.reserve_name(one.slug, first, number), {}
        jobs[first][2].update(dict.fromkeys(one.picture.sources))

    async def bring(one: Wanted, name: str, sources: Iterable[str]) -> None:
        """Take the first of a picture's sources that gives one."""
        for source in sources:
            try:
                data = await _bytes(source, one.place, given, patient.get)
                path = folder.keep(name, _ending(data), data)
            except (ValueError, NetworkError, OSError) as error:
                why = error.detail if isinstance(error, NetworkError) else str(error)
                folder.failed[source] = one_line(why, 200)
                continue
            folder.paths[source] = folder.paths[one.picture.sources[0]] = path
            break
        step()

    await asyncio.gather(*(bring(*job) for job in jobs.values()))
    return FetchedPictures(folder.paths, folder.failed)


async def _bytes(source: str, place: str, given: Files, get: Get) -> bytes:
    """Return a source's bytes. Raises ValueError or NetworkError where there are none."""
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
    answer = await get(source, {"Accept": "image/*"})
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
