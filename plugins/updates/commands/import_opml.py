"""`./inv sources-import`: the feeds of an OPML file become tables of sources.toml. Nothing is fetched."""

from pathlib import Path
from typing import cast, get_args

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.escapes import for_terminal
from plugins.updates.config import opml_file, sources_file
from plugins.updates.config.topics_file import read_topics
from plugins.updates.model import Kind

LONGEST = 10 * 2**20
"""Bytes of a subscription list: of hundreds of thousands of feeds."""


def import_sources(content: Path, opml: Path, kind: str = "press") -> None:
    """Add the feeds of an OPML file that are not there yet, and say what was added and left out.

    `kind` is that of feeds in no folder named after a kind. Raises SiteError where the file, or the content, is wrong.
    """
    if kind not in get_args(Kind):
        raise _wrong("", f"there is no kind {kind!r}", f"use {', '.join(get_args(Kind))}")
    folder = content / "updates"
    topics = read_topics(folder)
    sources = sources_file.read_sources(folder, topics.ids)
    if topics.problems or sources.problems:
        raise SiteError([*topics.problems, *sources.problems])
    try:
        with opml.open("rb") as opened:
            data = opened.read(LONGEST + 1)
        if len(data) > LONGEST:
            raise _wrong(str(opml), f"larger than {LONGEST:,} bytes", "check that it is a subscription list")
        titles = {topic.id: topic.title for topic in topics.topics}
        imported = opml_file.read_opml(data, sources.sources, titles, cast("Kind", kind))
    except OSError as error:
        raise _wrong(str(opml), f"cannot be read ({error.strerror or error})", "check that it exists") from error
    except ValueError as error:
        raise _wrong(str(opml), str(error), "export it anew from the program it comes from, as OPML") from error
    path = folder / sources_file.NAME
    text = sources_file.text_of(folder)
    if imported.new:
        after = opml_file.added(text, imported)
        if problems := sources_file.problems_of(text, after, files.display_path(path)):
            raise SiteError(problems)
        files.replace(path, after.encode())
    for one in imported.new:
        print(for_terminal(f"added {one.id}: {one.title} ({one.kind}), {one.feed}"))
    for line in imported.left_out:
        print(for_terminal(f"left out {line}"))
    look = f"look over {files.display_path(path)}."
    print(for_terminal(f"{len(imported.new)} added, {len(imported.left_out)} left out; {look}"))


def _wrong(where: str, what: str, remedy: str) -> SiteError:
    return SiteError([Problem(where, 0, what, remedy)])
