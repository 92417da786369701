"""The verbs for the wire: ask the sources, correct what they say, tell its readers.

What a verb needs is imported when it runs; none of these needs Pelican, which takes its time to load.
"""

from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from plugins.verbs.told import told
from plugins.verbs.words import CONTENT, FORCE, PLACES, PRIVATE, SETTINGS


@task(
    iterable=["allow_private_host", "source"],
    help={
        "content": CONTENT,
        "force": FORCE,
        "source": "ask only the source with this id (repeatable)",
        "dry_run": "show what would be archived, and write nothing",
        "refilter": "judge again what the topics dropped in the last 30 days",
        "explain": "say why the item with this address or id is on the wire or not, what the desk did, and its story",
        "accept_moves": "write the new addresses of feeds that have moved for good into sources.toml",
        "accept_archive": "go on although the archive has lost updates, and ask all sources in full",
        "allow_private_host": PRIVATE,
        "settings": SETTINGS,
    },
)
@told
def fetch(
    c: Context,
    content: str | None = None,
    force: bool = False,
    source: list[str] | None = None,
    dry_run: bool = False,
    refilter: bool = False,
    explain: str = "",
    accept_moves: bool = False,
    accept_archive: bool = False,
    allow_private_host: list[str] | None = None,
    settings: str = "pelicanconf.py",
) -> None:
    """Ask the sources for updates and archive those the topics keep."""
    from plugins.core.config import settings_file

    values = settings_file.read(settings, PATH=content)
    if explain:
        from plugins.updates.commands import explain_update

        explain_update.explain(values, explain)
        return
    if accept_moves:
        from plugins.updates.commands import accept_feed_moves

        accept_feed_moves.accept_moves(values)
        return
    from plugins.updates.commands import fetch_sources

    options = fetch_sources.Options(
        force=force,
        dry_run=dry_run,
        refilter=refilter,
        accept_archive=accept_archive,
        only=tuple(source or ()),
        allow=tuple(allow_private_host or ()),
    )
    fetch_sources.fetch(values, options)


@task(
    help={
        "content": CONTENT,
        "pin": "put this update on top (id or address)",
        "hide": "take it off the site",
        "retitle": "give it a headline of ours, with --to",
        "to": "the headline",
        "note": "a sentence of ours, with --item",
        "item": "the update the note stands under",
        "join": "ID,ID: these tell one story",
        "split": "this one tells a story of its own",
        "takedown": "remove its text for good (id or address)",
        "undo": "remove the desk's orders about it",
        "most": "how many to list",
    }
)
@told
def desk(
    c: Context,
    content: str | None = None,
    pin: str = "",
    hide: str = "",
    retitle: str = "",
    to: str = "",
    note: str = "",
    item: str = "",
    join: str = "",
    split: str = "",
    takedown: str = "",
    undo: str = "",
    most: int = 20,
) -> None:
    """List what nobody has decided about; or pin, hide, retitle, note, join, split or take down an update."""
    from plugins.core.config import settings_file
    from plugins.updates.commands import edit_desk

    wish = edit_desk.Wish(pin, hide, retitle, to, note, item, join, split, takedown, undo)
    edit_desk.desk(settings_file.read(PATH=content), wish, most)


@task(
    positional=["file"],
    help={"file": "an OPML file", "kind": "the kind of feeds in no folder named after one", "content": CONTENT},
)
@told
def sources_import(c: Context, file: str, kind: str = "press", content: str | None = None) -> None:
    """Add the feeds of an OPML file to sources.toml."""
    from plugins.core.config import settings_file
    from plugins.updates.commands import import_opml

    import_opml.import_sources(settings_file.read(PATH=content), Path(file), kind)


@task(iterable=["allow_private_host"], help={**PLACES, "allow_private_host": PRIVATE})
@told
def ping(
    c: Context,
    content: str | None = None,
    output: str | None = None,
    settings: str = "publishconf.py",
    allow_private_host: list[str] | None = None,
) -> None:
    """After a deploy: tell the WebSub hub which feeds changed."""
    from plugins.core.config import settings_file
    from plugins.updates.commands import ping as pinging

    pinging.ping(settings_file.read(settings, PATH=content, OUTPUT_PATH=output), tuple(allow_private_host or ()))
