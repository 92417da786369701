"""The door for `./inv import`: an old site's texts become files here, pictures come along, and a report tells all."""

import asyncio
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

from plugins.core import console, files
from plugins.core.config.settings_file import Settings
from plugins.core.errors import Problem, SiteError
from plugins.core.locks import run_lock
from plugins.core.net.client import Network
from plugins.core.net.http import Get, NetworkError, user_agent
from plugins.core.text.urls import is_web
from plugins.importing import archive, composing, load, missing, pictures, pipeline, report, store
from plugins.importing.archive import Files
from plugins.importing.missing import Waiting
from plugins.importing.models import Brought, Export, Piece, Told
from plugins.importing.pipeline import Settled, Shaped, Written
from plugins.importing.store import Here
from plugins.sections.model import Newsroom
from plugins.sections.newsroom import newsroom

_GAP = 0.2  # seconds between two requests to a host: these are the writer's own pictures
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for: the export's `kind` and the old site's address where the writer says so.

    `images`: whether pictures come along; `allow` names private hosts.
    """

    kind: str = ""
    site: str = ""
    images: bool = True
    allow: tuple[str, ...] = ()


def import_site(settings: Settings, given: str, options: Options) -> int:
    """Import an export or a feed, a path or an address, and return the exit code: 1 where a text was left out.

    Raises SiteError where nothing can be read; then nothing is written.
    """
    room = newsroom(settings)
    if options.site and not is_web(options.site):
        raise _wrong("", f"the old site's address must be one of the web's (got {options.site})", "correct --site")
    try:
        network = Network(
            user_agent=user_agent(room.siteurl, room.site.contact),
            allow=options.allow,
            host_gap=_GAP,
            total_seconds=_SECONDS,
            max_bytes=archive.LONGEST_FILE if is_web(given) else pictures.LARGEST,
        )
    except ValueError as error:
        raise _wrong("", str(error), "correct --allow-private-host") from error

    async def run() -> int:
        async with network:
            opened = await _opened(given, network.get)
            try:
                return await _run(room, options, opened, given, network.get)
            finally:
                opened.close()

    with run_lock(_cache(room) / "import.lock"):
        return asyncio.run(run())


async def _opened(given: str, get: Get) -> Files:
    """Open what is given. Raises SiteError."""
    if not is_web(given):
        return archive.opened(Path(given))
    try:
        answer = await get(given)
    except NetworkError as error:
        raise _wrong(given, f"no answer ({error.detail})", "check it, or download it and give its path") from error
    if answer.status != HTTPStatus.OK:
        raise _wrong(given, f"its server answered {answer.status}", "check the address")
    return archive.received(answer.body, "given")


async def _run(room: Newsroom, options: Options, opened: Files, given: str, get: Get) -> int:
    where = given if is_web(given) else files.display_path(Path(given))
    export = load.load(opened, where, options.kind, options.site, room.zone)
    here = store.look(room.content, room.now)
    told, shaped = _shaped(export, here)
    waiting = _waiting(export, here, room.content) if options.images else []
    wanted = [
        pictures.Wanted(one.slug, one.piece.place, of) for one in shaped for of in (one.front, *one.pictures) if of
    ]
    wanted += [pictures.Wanted(Path(one.path).stem, one.place, picture) for one in waiting for picture in one.pictures]
    brought = await _brought(wanted, opened, room.content, get if options.images else None)
    told = _filled(told, waiting, brought, room.content)
    settled = [pipeline.settled(one, brought, room.now) for one in shaped]
    site = composing.Site(here.imported, here.answers, room.now, room.settings.pelican)
    made, failed = composing.compose(export, settled, site)
    for one in settled:
        key = one.shaped.piece.key
        told.append(_left(one.shaped.piece, failed[key]) if key in failed else _keep(room.content, one, made[key]))
    return _tell(room, export, told)


def _shaped(export: Export, here: Here) -> tuple[list[Told], list[Shaped]]:
    """Bring every new text into shape; tell of those that are here, or cannot come."""
    pieces = pipeline.distinct(export.pieces)
    new = {piece.key: piece for piece in pieces if piece.key not in here.imported}
    told = [_there(piece, here.imported[piece.key][0]) for piece in pieces if piece.key in here.imported]
    found: list[Shaped] = []
    for key, slug in pipeline.names(new.values()).items():
        folder = "pages" if new[key].page else "posts"
        if taken := here.slugs.get((folder, slug)):
            told.append(_left(new[key], f"content/{taken} is there already; it was not overwritten"))
            continue
        try:
            found.append(pipeline.shaped(new[key], slug, export.site))
        except Exception as error:  # one text's fault is not the others'
            told.append(_left(new[key], f"it cannot be read ({str(error) or type(error).__name__})"))
    return told, found


def _waiting(export: Export, here: Here, content: Path) -> list[Waiting]:
    """Return the texts that are here, and link to pictures an earlier run could not bring."""
    found: list[Waiting] = []
    for piece in pipeline.distinct(export.pieces):
        if piece.key not in here.imported:
            continue
        path = here.imported[piece.key][0]
        try:
            shaped = pipeline.shaped(piece, Path(path).stem, export.site)
            lacking = missing.waiting(files.read_text(content / path), shaped.front, shaped.pictures)
        except Exception as error:  # one text's fault is not the others'
            found.append(Waiting(piece.key, piece.place, path, (), str(error) or type(error).__name__))
            continue
        if lacking:
            found.append(Waiting(piece.key, piece.place, path, lacking))
    return found


def _filled(told: list[Told], waiting: list[Waiting], brought: Brought, content: Path) -> list[Told]:
    """Put the pictures that came into the texts that waited for them, and tell of it."""
    by_key = {one.key: one for one in waiting}
    found: list[Told] = []
    for one in told:
        text = by_key.get(one.piece.key)
        found.append(_with_pictures(one, text, brought, content) if text else one)
    return found


def _with_pictures(one: Told, text: Waiting, brought: Brought, content: Path) -> Told:
    if text.fault:
        return replace(one, why=f"{one.why}; its pictures could not be looked for ({text.fault})")
    written, came = missing.filled(files.read_text(content / text.path), text.pictures, brought)
    if came:
        store.change(content, text.path, written)
    behind = len(text.pictures) - came
    why = f"{one.why}; pictures that came now: {came}, still on the old site: {behind}"
    return replace(one, why=why, came=came, behind=behind)


async def _brought(wanted: list[pictures.Wanted], opened: Files, content: Path, get: Get | None) -> Brought:
    """Bring the pictures; `get` is none where the writer wants none."""
    if get is None:
        sources = (source for one in wanted for source in one.picture.sources)
        return Brought({}, dict.fromkeys(sources, pictures.NOT_WANTED))
    with console.progress(console.open_console(), "Bringing pictures", len(wanted)) as step:
        return await pictures.bring(wanted, opened, get, content, step)


def _keep(content: Path, one: Settled, made: Written) -> Told:
    piece, path = one.shaped.piece, one.shaped.path
    try:
        store.write(content, path, made.text)
    except (ValueError, OSError) as error:
        return _left(piece, str(error))
    file = files.display_path(content / path)
    return Told(piece, file, "written", "", one.draft, made.losses, made.lost_words, made.new_words)


def _tell(room: Newsroom, export: Export, told: list[Told]) -> int:
    """Write the report, say it in short, and return the exit code."""
    path = _cache(room) / "import" / f"{room.now:%Y-%m-%d-%H%M%S}-{export.kind}.md"
    files.replace(path, report.full(export, told, f"{room.now:%Y-%m-%d %H:%M}").encode("utf-8", "replace"))
    out = console.open_console()
    for line in report.short(export, told, files.display_path(path)):
        console.print_line(out, line)
    left = report.problems(told)
    for problem in (*export.problems, *left):
        console.print_line(out, str(problem), "left out" if problem in left else "alarm")
    return 1 if left or export.problems else 0


def _there(piece: Piece, path: str) -> Told:
    return Told(piece, path, "there already", f"content/{path}")


def _left(piece: Piece, why: str) -> Told:
    return Told(piece, "", "left out", why)


def _cache(room: Newsroom) -> Path:
    return room.content.resolve().parent / ".cache"


def _wrong(where: str, what: str, remedy: str) -> SiteError:
    return SiteError([Problem(where, 0, what, remedy)])
