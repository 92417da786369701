"""Load what the wire has on disk: the files written by hand, checked, and the archive.

A check and a build load no more than this. Nothing of fetching is imported here: the network's libraries take their
time to load.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem
from plugins.core.topics.topic import Topic
from plugins.updates.archive import archive_folder, merge, source_record
from plugins.updates.config import sources_file
from plugins.updates.config.desk_file import DeskFile, read_desk
from plugins.updates.config.topics_file import read_topics
from plugins.updates.model import Kind, Source, Update, by_id
from plugins.updates.parse.safe_html import sanitise


@dataclass(frozen=True, slots=True)
class HandWritten:
    """What is written by hand below content/updates, checked, and what is wrong with it.

    `hand_ids` are the ids of the updates entered by hand, of those with problems too. `sources` may be fewer than there
    are, where a run asks only some; `all_sources` are all.
    """

    sources: Mapping[str, Source]
    topics: tuple[Topic, ...]
    by_hand: tuple[sources_file.HandEntry, ...]
    hand_ids: frozenset[str]
    desk: DeskFile
    problems: tuple[Problem, ...]
    all_sources: Mapping[str, Source]

    @property
    def updates(self) -> tuple[Update, ...]:
        """Return the updates entered by hand."""
        return tuple(entry.update for entry in self.by_hand)

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Return the kinds of all sources by their ids."""
        return {source.id: source.kind for source in self.all_sources.values()}

    @property
    def outlets(self) -> Mapping[str, str]:
        """Return the titles of all sources by their ids."""
        return {source.id: source.title for source in self.all_sources.values()}

    @property
    def sites(self) -> Mapping[str, str]:
        """Return the sites of all sources by their ids."""
        return {source.id: source.site for source in self.all_sources.values()}


def read_content(folder: Path, zone: ZoneInfo) -> HandWritten:
    """Read and check sources.toml, topics.toml, desk.toml and the updates entered by hand."""
    topics = read_topics(folder)
    sources = sources_file.read_sources(folder, topics.ids)
    by_hand = sources_file.read_by_hand(folder, sources, zone, sanitise)
    desk = read_desk(folder)
    problems = (*topics.problems, *sources.problems, *by_hand.problems, *desk.problems)
    named = by_id(sources.sources)
    return HandWritten(named, topics.topics, by_hand.entries, by_hand.ids, desk, problems, named)


def read_archive(folder: Path, *, accept: bool = False) -> archive_folder.Archive:
    """Read the archive; raises SiteError where it is damaged or has lost updates (with `accept`, that is a notice)."""
    return archive_folder.read(folder, merge.resolve, source_record.resolve, accept=accept)
