"""The door to content/updates: sources.toml, topics.toml and updates entered by hand, read and checked."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from markdown import Markdown
from pydantic import Field

from plugins.core import files, frontmatter, settings, tables, toml
from plugins.core.errors import Problem, SiteError
from plugins.core.fields import Id, Link, Moment, Names, Text, Zone, is_id
from plugins.updates.models import Field as FieldName
from plugins.updates.models import Identity, Kind, SafeHtml, Source, Update


class SourceTable(settings.Checked):
    """`[[source]]` of sources.toml; a source without `feed` or `file` has its updates entered by hand."""

    id: Id
    title: Text
    site: Link
    kind: Kind
    feed: Link | Literal[""] = ""
    fallback: Link | Literal[""] = ""
    file: str = ""
    keep: Literal["matching", "all"] = "matching"
    topics: Names = ()
    language: str = "en"
    timezone: Zone = "UTC"
    full_text: bool = False
    identity: Identity = "guid"
    silent_after: int = Field(30, gt=0)


class TopicTable(settings.Checked):
    """`[topic.ID]` of topics.toml: a rule over words, "phrases", prefix* and /regex/."""

    title: Text
    any: tuple[Text, ...] = ()
    all: tuple[Text, ...] = ()
    none: tuple[Text, ...] = ()
    fields: tuple[FieldName, ...] = ("title", "summary", "tags")


class HandMatter(settings.Checked):
    """The front matter of an update entered by hand; its file's stem is its id."""

    title: Text
    source: Id
    date: Moment
    url: Link | Literal[""] = ""
    authors: Names = ()
    tags: Names = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class HandEntry:
    """An update entered by hand, and its file."""

    update: Update
    where: str


def read_sources(folder: Path, topics: Container[str]) -> tuple[list[Source], list[Problem]]:
    """Return the sources in the file's order; two with one feed, or one with an unknown topic, are a problem."""
    read = tables.read(folder / "sources.toml", {"source": SourceTable})
    problems = list(read.problems)
    seen: dict[str, str] = {}
    for number, row in enumerate(read.rows["source"]):
        if row.feed and row.feed in seen:
            line = read.line_of(["source", number, "feed"])
            problems.append(Problem(read.where, line, f"{row.id} has the feed of {seen[row.feed]}", "remove one"))
        seen.setdefault(row.feed, row.id)
        for name in row.topics:
            if name not in topics:
                line = read.line_of(["source", number, "topics"])
                problems.append(Problem(read.where, line, f"{row.id}: there is no topic {name!r}", "see topics.toml"))
    return [Source(**row.model_dump()) for row in read.rows["source"]], problems


def read_topics(folder: Path) -> tuple[dict[str, TopicTable], Callable[[str], tuple[str, int]], list[Problem]]:
    """Return the topics by id, where each stands, and what is wrong with them."""
    path = folder / "topics.toml"
    where = files.spoken(path)
    if not path.exists():
        return {}, lambda _: (where, 0), []
    try:
        text = files.read_text(path)
    except SiteError as error:
        return {}, lambda _: (where, 0), list(error.problems)
    data, problems = toml.read(text, where)
    problems += settings.unknown_keys(data, ["topic"], where, lambda at: toml.line_of(text, at))
    topics: dict[str, TopicTable] = {}
    rows = data.get("topic", {})
    for name, row in (rows if isinstance(rows, dict) else {}).items():
        at = ["topic", name]
        if not is_id(name) or not isinstance(row, dict):
            remedy = "write [topic.some-name], in small letters, digits and hyphens"
            problems.append(Problem(where, toml.line_of(text, at), f"{name!r} is not a topic's id", remedy))
            continue
        topic, found = settings.check(TopicTable, row, where, partial(_line_below, text, at))
        problems += found
        if topic:
            topics[name] = topic
    return topics, lambda name: (where, toml.line_of(text, ["topic", name])), problems


def _line_below(text: str, top: Sequence[str | int], path: Sequence[str | int]) -> int:
    return toml.line_of(text, [*top, *path])


def read_by_hand(
    folder: Path, sources: list[Source], zone: ZoneInfo, clean: Callable[[str, str], SafeHtml]
) -> tuple[list[HandEntry], list[Problem]]:
    """Return the updates entered by hand; their text is cleaned like everybody's."""
    found: list[HandEntry] = []
    problems: list[Problem] = []
    known = {source.id for source in sources}
    for path in sorted(folder.glob("*.md")):
        entry, wrong = _read_hand(path, known, zone, clean)
        problems += wrong
        found += [entry] if entry else []
    return found, problems


def _read_hand(
    path: Path, known: set[str], zone: ZoneInfo, clean: Callable[[str, str], SafeHtml]
) -> tuple[HandEntry | None, list[Problem]]:
    where = files.spoken(path)
    try:
        front, problems = frontmatter.split(files.read_text(path), where)
    except SiteError as error:
        return None, list(error.problems)
    if problems:
        return None, problems
    matter, problems = settings.check(HandMatter, front.data, where, front.line_of)
    if not is_id(path.stem):
        remedy = "use small letters, digits and hyphens"
        problems.append(Problem(where, 0, f"the file name is the update's id (got {path.name})", remedy))
    if matter and matter.source not in known:
        remedy = "add it to sources.toml (a guild without a feed needs no `feed`)"
        problems.append(Problem(where, front.line_of(["source"]), f"there is no source {matter.source!r}", remedy))
    if problems or matter is None:
        return None, problems
    return HandEntry(_hand_update(path.stem, matter, front.body, zone, clean), where), []


def _hand_update(
    name: str, matter: HandMatter, body: str, zone: ZoneInfo, clean: Callable[[str, str], SafeHtml]
) -> Update:
    at = (matter.date if matter.date.tzinfo else matter.date.replace(tzinfo=zone)).astimezone(UTC)
    return Update(
        id=name,
        source=matter.source,
        url=matter.url,
        title=matter.title,
        summary=clean(Markdown(extensions=["extra"]).convert(body), matter.url),
        authors=matter.authors,
        published=at,
        date_from="published",
        first_seen=at,
        tags=matter.tags,
        language=matter.lang,
        by_hand=True,
    )
