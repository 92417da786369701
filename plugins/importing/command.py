"""`./inv import`: an old site's texts become files here, pictures come along, and a report names every loss."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from plugins.core import console, files
from plugins.core.config.settings_file import Settings
from plugins.core.errors import Problem, SiteError
from plugins.core.locks import run_lock
from plugins.core.net.client import Network
from plugins.core.net.http import Get, NetworkError, user_agent
from plugins.core.text.urls import is_web
from plugins.importing import existing_texts, export_files, load_export, pictures, pipeline, report
from plugins.importing.export_files import Files
from plugins.importing.model import DocumentOutcome, Export, FetchedPictures, OldDocument, OldPicture
from plugins.importing.pictures import Wanted
from plugins.importing.pipeline import Prepared, TargetSite, WrittenDocument
from plugins.sections.model import Newsroom
from plugins.sections.newsroom import newsroom

_GAP = 0.2  # seconds between two requests to a host: these are the writer's own pictures
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a run is asked for: the export's `kind` and the old site's address where the writer says so.

    `images`: whether pictures come along; `allow` names private hosts.
    """

    kind: str = ""
    site: str = ""
    images: bool = True
    allow: tuple[str, ...] = ()


def import_site(settings: Settings, given: str, options: ImportOptions) -> int:
    """Import an export or a feed, a path or an address, and return the exit code: 1 where a text was left out.

    Raises SiteError where nothing can be read; then nothing is written.
    """
    room = newsroom(settings)
    if options.site and not is_web(options.site):
        raise _error("", f"the old site's address must be one of the web's (got {options.site})", "correct --site")
    try:
        network = Network(
            user_agent=user_agent(room.siteurl, room.site.contact),
            allow=options.allow,
            host_gap=_GAP,
            total_seconds=_SECONDS,
            max_bytes=export_files.LONGEST_FILE if is_web(given) else pictures.LARGEST,
        )
    except ValueError as error:
        raise _error("", str(error), "correct --allow-private-host") from error

    async def run() -> int:
        async with network:
            opened = await _open(given, network.get)
            try:
                return await _import(room, options, opened, given, network.get)
            finally:
                opened.close()

    with run_lock(_cache(room) / "import.lock"):
        return asyncio.run(run())


async def _open(given: str, get: Get) -> Files:
    """Open what is given. Raises SiteError."""
    if not is_web(given):
        return export_files.open_path(Path(given))
    try:
        answer = await get(given)
    except NetworkError as error:
        raise _error(given, f"no answer ({error.detail})", "check it, or download it and give its path") from error
    if answer.status != HTTPStatus.OK:
        raise _error(given, f"its server answered {answer.status}", "check the address")
    return export_files.open_bytes(answer.body, "given")


async def _import(room: Newsroom, options: ImportOptions, opened: Files, given: str, get: Get) -> int:
    """Load, prepare, fetch the pictures, place them, write, report: the whole run."""
    where = given if is_web(given) else files.display_path(Path(given))
    export = load_export.load(opened, where, options.kind, options.site, room.zone)
    site = existing_texts.look(room.content, room.now, room.settings.pelican)
    new: list[OldDocument] = []
    imported: list[OldDocument] = []
    for document in pipeline.distinct(export.documents):
        if document.key in site.imported:
            imported.append(document)
        else:
            new.append(document)
    prepared, outcomes = _prepare(new, site, export.site)
    wanted = _wanted(prepared)
    if options.images:
        wanted += _still_wanted(imported, site, room.content)
    fetched = await _fetch(wanted, opened, room.content, get if options.images else None)
    for document in imported:
        outcomes.append(_complete(document, site.imported[document.key][0], fetched, room.content))
    placed = [pipeline.place(one, fetched, room.now) for one in prepared]
    written, failed = pipeline.write_all(export, placed, site)
    for one in placed:
        if one.key in failed:
            outcomes.append(_left_out(one.document, failed[one.key]))
        else:
            outcomes.append(_save(one, written[one.key], room.content))
    return _report(room, export, outcomes)


def _prepare(
    documents: list[OldDocument], site: TargetSite, old_site: str
) -> tuple[list[Prepared], list[DocumentOutcome]]:
    """Bring every new document into shape; return the outcomes of those that cannot come."""
    prepared: list[Prepared] = []
    outcomes: list[DocumentOutcome] = []
    names = pipeline.names(documents)
    for document in documents:
        name = names[document.key]
        if taken := site.paths.get((document.folder, name)):
            outcomes.append(_left_out(document, f"content/{taken} is there already; it was not overwritten"))
            continue
        try:
            prepared.append(pipeline.prepare(document, name, old_site))
        except Exception as error:  # one document's fault is not the others'
            outcomes.append(_left_out(document, f"it cannot be read ({str(error) or type(error).__name__})"))
    return prepared, outcomes


def _wanted(prepared: list[Prepared]) -> list[Wanted]:
    """Return the pictures of new texts."""
    wanted: list[Wanted] = []
    for one in prepared:
        if one.picture_on_top:
            wanted.append(Wanted(one.slug, one.document.place, one.picture_on_top))
        for picture in one.pictures:
            wanted.append(Wanted(one.slug, one.document.place, picture))
    return wanted


def _still_wanted(imported: list[OldDocument], site: TargetSite, content: Path) -> list[Wanted]:
    """Return the pictures that an earlier run could not bring, of texts that are there."""
    wanted: list[Wanted] = []
    for document in imported:
        path = site.imported[document.key][0]
        for address in existing_texts.pictures_left_behind(files.read_text(content / path)):
            wanted.append(Wanted(Path(path).stem, document.place, OldPicture((address,))))
    return wanted


async def _fetch(wanted: list[Wanted], opened: Files, content: Path, get: Get | None) -> FetchedPictures:
    """Bring the pictures; `get` is none where the writer wants none."""
    if get is None:
        sources = (source for one in wanted for source in one.picture.sources)
        return FetchedPictures({}, dict.fromkeys(sources, pictures.NOT_WANTED))
    with console.progress(console.open_console(), "Bringing pictures", len(wanted)) as step:
        return await pictures.fetch(wanted, opened, get, content, step)


def _complete(document: OldDocument, path: str, fetched: FetchedPictures, content: Path) -> DocumentOutcome:
    """Put the pictures that came by now into a text that was there already; return its outcome."""
    before = files.read_text(content / path)
    text = existing_texts.with_pictures(before, fetched.paths)
    if text != before:
        files.replace(content / path, text.encode())
    behind = len(existing_texts.pictures_left_behind(text))
    came = len(existing_texts.pictures_left_behind(before)) - behind
    why = f"content/{path}"
    if came or behind:
        why += f"; pictures that came now: {came}, still on the old site: {behind}"
    return DocumentOutcome(document, path, "there already", why, came=came, behind=behind)


def _save(one: Prepared, written: WrittenDocument, content: Path) -> DocumentOutcome:
    """Write a document's file; return its outcome."""
    try:
        existing_texts.write(content, one.path, written.text)
    except (ValueError, OSError) as error:
        return _left_out(one.document, str(error))
    file = files.display_path(content / one.path)
    return DocumentOutcome(
        one.document, file, "written", "", one.draft, written.losses, written.lost_words, written.new_words
    )


def _report(room: Newsroom, export: Export, outcomes: list[DocumentOutcome]) -> int:
    """Write the report, print it in short, and return the exit code."""
    path = _cache(room) / "import" / f"{room.now:%Y-%m-%d-%H%M%S}-{export.kind}.md"
    files.replace(path, report.full(export, outcomes, f"{room.now:%Y-%m-%d %H:%M}").encode("utf-8", "replace"))
    out = console.open_console()
    for line in report.short(export, outcomes, files.display_path(path)):
        console.print_line(out, line)
    left_out = report.problems(outcomes)
    for problem in export.problems:
        console.print_line(out, str(problem), "alarm")
    for problem in left_out:
        console.print_line(out, str(problem), "left out")
    return 1 if left_out or export.problems else 0


def _left_out(document: OldDocument, why: str) -> DocumentOutcome:
    return DocumentOutcome(document, "", "left out", why)


def _cache(room: Newsroom) -> Path:
    return room.content.resolve().parent / ".cache"


def _error(where: str, what: str, remedy: str) -> SiteError:
    return SiteError([Problem(where, 0, what, remedy)])
