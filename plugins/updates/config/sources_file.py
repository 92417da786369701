"""content/updates/sources.toml, and the updates entered by hand as Markdown files beside it: loaded and checked."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from plugins.core import files
from plugins.core.config import checked, markdown_file, toml, toml_tables
from plugins.core.config.fields import CalendarLink, Id, Language, Link, Moment, Names, Text, Zone, is_id
from plugins.core.errors import Problem, did_you_mean
from plugins.updates.model import Identity, Kind, SafeHtml, Source, Update, ids_of

NAME = "sources.toml"
BEGUN = "# The sources of the wire.\n"


class SourceTable(checked.Checked):
    """`[[source]]` of sources.toml; a source without `feed` or `file` has its updates entered by hand.

    `calendar` and the `strike` it is about are for the events, which read them from the same file.
    """

    id: Id
    title: Text
    site: Link
    kind: Kind
    feed: Link | Literal[""] = ""
    fallback: Link | Literal[""] = ""
    file: str = ""
    calendar: CalendarLink | Literal[""] = ""
    strike: Id | Literal[""] = ""
    keep: Literal["matching", "all"] = "matching"
    topics: Names = ()
    language: Language = "en"
    timezone: Zone = "UTC"
    full_text: bool = False
    identity: Identity = "guid"
    silent_after: int = Field(30, gt=0)
    gathers: bool = False
    allowance: int = Field(1, ge=1, le=1000)


class HandMatter(checked.Checked):
    """The front matter of an update entered by hand; its file's stem is its id."""

    title: Text
    source: Id
    date: Moment
    url: Link | Literal[""] = ""
    authors: Names = ()
    tags: Names = ()
    lang: Language | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class HandEntry:
    """An update entered by hand, and its file."""

    update: Update
    where: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources in the file's order; `ids` are those of sources with problems too."""

    sources: tuple[Source, ...]
    ids: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ByHand:
    """The updates entered by hand; `ids` are those of updates with problems too."""

    entries: tuple[HandEntry, ...]
    ids: frozenset[str]
    problems: tuple[Problem, ...]


def text_of(folder: Path) -> str:
    """Return the text of sources.toml in a folder, "" where there is none. Raises SiteError where it is no text."""
    path = folder / NAME
    return files.read_text(path) if path.exists() else ""


def read_sources(folder: Path, topics: AbstractSet[str]) -> Sources:
    """Return the sources; two with one feed, or one with a topic that is not among the `topics`, are a problem."""
    read = toml_tables.read(folder / NAME, {"source": SourceTable})
    problems = list(read.problems)
    found: list[Source] = []
    seen: dict[str, str] = {}
    for number, row in enumerate(read.rows["source"]):
        if row.feed and row.feed in seen:
            line = read.line_of(["source", number, "feed"])
            problems.append(Problem(read.where, line, f"{row.id} has the feed of {seen[row.feed]}", "remove one"))
        seen.setdefault(row.feed, row.id)
        if row.file and files.leads_out(folder.parent.resolve(), Path(folder.name, row.file)):
            line = read.line_of(["source", number, "file"])
            what = f"{row.id}: its file is not in the content folder (got {row.file})"
            problems.append(
                Problem(read.where, line, what, "put it below content/updates/, and give its path from there")
            )
        for place, name in enumerate(row.topics):
            if name not in topics:
                line = read.line_of(["source", number, "topics", place])
                remedy = did_you_mean(name, topics, "see topics.toml")
                problems.append(Problem(read.where, line, f"{row.id}: there is no topic {name!r}", remedy))
        found.append(Source(**row.model_dump(exclude={"calendar", "strike"})))
    return Sources(tuple(found), read.ids["source"], tuple(problems))


def problems_of(before: str, after: str, where: str) -> list[Problem]:
    """Return what would be wrong with the file if a program wrote it anew: each row is checked as `./inv check` does.

    `before` is the text as it is; its sources have to be there still, first and as they were.
    """
    document = toml.read(after, where)
    rows = document.data.get("source", [])
    _, problems = checked.check_all(SourceTable, rows, "source", where, document.line_of, document.unparsable)
    problems += document.problems
    old = toml.read(before, where).data.get("source", [])
    if not problems and rows[: len(old)] != old:
        problems.append(Problem(where, 0, "cannot be added to as it is laid out", "write each source as [[source]]"))
    return problems


def read_by_hand(folder: Path, sources: Sources, zone: ZoneInfo, clean: Callable[[str, str], SafeHtml]) -> ByHand:
    """Return the updates entered by hand; their text is cleaned like everybody's."""
    paths = sorted(folder.glob("[!._]*.md"))
    found: list[HandEntry] = []
    problems: list[Problem] = []
    for path in paths:
        entry, wrong = _read_hand(path, sources, zone, clean)
        problems += wrong
        if entry:
            found.append(entry)
    return ByHand(tuple(found), frozenset(path.stem for path in paths), tuple(problems))


def _read_hand(
    path: Path, sources: Sources, zone: ZoneInfo, clean: Callable[[str, str], SafeHtml]
) -> tuple[HandEntry | None, list[Problem]]:
    text = markdown_file.read(path, HandMatter)
    where, problems = text.where, list(text.problems)
    if not is_id(path.stem):
        remedy = "use small letters, digits and hyphens"
        problems.append(Problem(where, 0, f"the file name is the update's id (got {path.name})", remedy))
    source = text.front.data.get("source")
    if isinstance(source, str) and is_id(source.strip()) and source.strip() not in sources.ids:
        otherwise = "add it to sources.toml (a union without a feed needs no `feed`)"
        remedy = did_you_mean(source.strip(), sources.ids, otherwise)
        line = text.front.line_of(["source"])
        problems.append(Problem(where, line, f"there is no source {source.strip()!r}", remedy))
    if problems or text.matter is None or text.matter.source not in ids_of(sources.sources):
        return None, problems
    return HandEntry(_hand_update(path.stem, text.matter, text.front.body, zone, clean), where), []


def _html(body: str) -> str:
    from markdown import Markdown  # noqa: PLC0415 - slow to import, and not needed where nothing is entered by hand

    # A new one takes 0.15 ms, and nothing of one text is in another.
    return Markdown(extensions=["extra"]).convert(body)


def _hand_update(
    name: str, matter: HandMatter, body: str, zone: ZoneInfo, clean: Callable[[str, str], SafeHtml]
) -> Update:
    at = matter.date
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone)
    at = at.astimezone(UTC)
    return Update(
        id=name,
        source=matter.source,
        url=matter.url,
        title=matter.title,
        summary=clean(_html(body), matter.url) if body.strip() else SafeHtml(""),
        authors=matter.authors,
        published=at,
        date_from="published",
        first_seen=at,
        tags=matter.tags,
        language=matter.lang,
        by_hand=True,
    )
