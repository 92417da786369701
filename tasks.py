"""The verbs of the site: `./inv --list` names them, `./inv --help VERB` explains one.

Thin: each calls one door of the house. Exit codes: 0 done, 1 the content or the run has problems (they are listed),
2 the command was misused.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task
from livereload import Server

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.funds import command as funds_command
from plugins.links import built
from plugins.links import command as links_command
from plugins.publishing import saving
from plugins.publishing.publish import publish as publish_site
from plugins.sections import build as door
from plugins.updates import check_command, command, desk_command, opml_command
from plugins.updates import ping as pinging
from plugins.verbs.begin import NEW
from plugins.verbs.maintain import bench, docs, golden, lint, screenshots, test, words
from plugins.verbs.told import told

CONTENT_HELP = "the content folder"
OUTPUT_HELP = "where the site is built"
SETTINGS_HELP = "the settings file"
PRIVATE_HELP = "a host or network that may be private, such as 127.0.0.1 (repeatable)"


@task(
    iterable=["allow_private_host"],
    help={
        "content": CONTENT_HELP,
        "output": OUTPUT_HELP,
        "force": "ask every source now, not only those whose hour has come",
        "allow_private_host": PRIVATE_HELP,
    },
)
@told
def site(
    c: Context,
    content: str | None = None,
    output: str | None = None,
    force: bool = False,
    allow_private_host: list[str] | None = None,
) -> None:
    """Fetch the updates, then build the site: the whole job."""
    settings = door.settings(PATH=content, OUTPUT_PATH=output)
    door.check(settings)
    command.fetch(settings, command.Options(force=force, allow=tuple(allow_private_host or ())))
    _build(settings)


@task(
    iterable=["allow_private_host", "source"],
    help={
        "content": CONTENT_HELP,
        "force": "ask every source now, not only those whose hour has come",
        "source": "ask only the source with this id (repeatable)",
        "dry_run": "show what would be archived, and write nothing",
        "refilter": "judge again what the topics dropped in the last 30 days",
        "explain": "say why the item with this address or id is on the wire or not, and ask nobody",
        "accept_moves": "write the new addresses of feeds that have moved for good into sources.toml",
        "accept_archive": "go on although the archive has lost updates, and ask all sources in full",
        "allow_private_host": PRIVATE_HELP,
        "settings": SETTINGS_HELP,
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
    values = door.settings(settings, PATH=content)
    if explain:
        command.explain(values, explain)
        return
    if accept_moves:
        command.accept_moves(values)
        return
    options = command.Options(
        force=force,
        dry_run=dry_run,
        refilter=refilter,
        accept_archive=accept_archive,
        only=tuple(source or ()),
        allow=tuple(allow_private_host or ()),
    )
    command.fetch(values, options)


@task(help={"content": CONTENT_HELP, "output": OUTPUT_HELP, "settings": SETTINGS_HELP})
@told
def build(c: Context, content: str | None = None, output: str | None = None, settings: str = "pelicanconf.py") -> None:
    """Build the site from content and archive, offline."""
    _build(door.settings(settings, PATH=content, OUTPUT_PATH=output))


@task(
    iterable=["allow_private_host", "fund"],
    help={
        "content": CONTENT_HELP,
        "links": "look at every link to another site instead, and find archived copies of what is cited",
        "sign": "your name: write verified_on and verified_by for funds whose evidence is clean",
        "fund": "only the fund with this id (repeatable)",
        "force": "with --links: look at every page now, not only those whose week is over",
        "allow_private_host": PRIVATE_HELP,
        "settings": SETTINGS_HELP,
    },
)
@told
def verify(
    c: Context,
    content: str | None = None,
    links: bool = False,
    sign: str = "",
    fund: list[str] | None = None,
    force: bool = False,
    allow_private_host: list[str] | None = None,
    settings: str = "pelicanconf.py",
) -> None:
    """Look whether the funds' links, or all links, still lead where they should; exit 1 where an editor must look."""
    values, allow = door.settings(settings, PATH=content), tuple(allow_private_host or ())
    if links:
        code = links_command.verify(values, links_command.Options(force=force, allow=allow))
    else:
        options = funds_command.Options(sign=sign, only=tuple(fund or ()), allow=allow)
        code = funds_command.verify(values, options)
    if code:
        raise Exit(code=code)


@task(help={"content": CONTENT_HELP, "output": OUTPUT_HELP, "settings": SETTINGS_HELP})
@told
def check(c: Context, content: str | None = None, output: str | None = None, settings: str = "pelicanconf.py") -> None:
    """Check all content and settings, and the links within the site as last built; list every problem."""
    values = door.settings(settings, PATH=content, OUTPUT_PATH=output)
    gathered = door.check(values)
    if problems := built.problems(values):
        raise SiteError(problems)
    print(f"No problems in {len(gathered.editions)} sections.")
    print(*check_command.topics(values, datetime.now(UTC)), sep="\n")


@task(
    help={
        "content": CONTENT_HELP,
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
    wish = desk_command.Wish(pin, hide, retitle, to, note, item, join, split, takedown, undo)
    desk_command.desk(door.settings(PATH=content), wish, most)


@task(
    positional=["file"],
    help={"file": "an OPML file", "kind": "the kind of feeds in no folder named after one", "content": CONTENT_HELP},
)
@told
def sources_import(c: Context, file: str, kind: str = "press", content: str | None = None) -> None:
    """Add the feeds of an OPML file to sources.toml."""
    opml_command.import_sources(door.settings(PATH=content), Path(file), kind)


@task(
    iterable=["allow_private_host"],
    help={
        "content": CONTENT_HELP,
        "output": OUTPUT_HELP,
        "settings": SETTINGS_HELP,
        "allow_private_host": PRIVATE_HELP,
    },
)
@told
def ping(
    c: Context,
    content: str | None = None,
    output: str | None = None,
    settings: str = "publishconf.py",
    allow_private_host: list[str] | None = None,
) -> None:
    """After a deploy: tell the WebSub hub which feeds changed."""
    pinging.ping(door.settings(settings, PATH=content, OUTPUT_PATH=output), tuple(allow_private_host or ()))


@task(help={"content": CONTENT_HELP, "output": OUTPUT_HELP, "port": "the port on this machine"})
def serve(c: Context, content: str | None = None, output: str | None = None, port: int = 8000) -> None:
    """Build, show the site on this machine, and build again when something changes."""
    words = [f"--content={content}" if content else "", f"--output={output}" if output else ""]
    rebuild = " ".join(["./inv build", *filter(None, words)])
    c.run(rebuild, warn=True)
    server = Server()
    for pattern in (f"{content or 'content'}/**", "theme/**", "plugins/**/*.py", "*.py"):
        server.watch(pattern, lambda: c.run(rebuild, warn=True))
    server.serve(root=output or "output", host="127.0.0.1", port=port)


@task(help={"content": CONTENT_HELP})
@told
def save(c: Context, content: str | None = None) -> None:
    """Commit the archive and push it, on top of whatever others have pushed meanwhile."""
    folder = door.content_folder(door.settings(PATH=content))
    saved = saving.save(folder, datetime.now(UTC))
    times = f" ({saved.pushes} pushes)" if saved.pushes > 1 else ""
    print(
        {"nothing": "Nothing to save.", "archive": "Saved the archive", "heartbeat": "Made a heartbeat"}[saved.what]
        + times
    )


@task(help={"content": CONTENT_HELP})
@told
def publish(c: Context, content: str | None = None) -> None:
    """Build the site for SITEURL, check it, and push it to the branch gh-pages: for hosts that serve a branch."""
    print(f"Pushed: {publish_site(door.settings('publishconf.py', PATH=content), built.problems)}")


@task(
    positional=["what", "name"],
    help={
        "what": "post, update, listing or fund; or site, for a copy of your own without the example",
        "name": "the post's title, the update's address, the listing's id; or the site's name",
        "address": "where readers will find it",
        "strike": 'the strike, as "WHO against WHOM"',
        "zone": "the time zone of its dates",
    },
)
@told
def new(c: Context, what: str, name: str = "", address: str = "", strike: str = "", zone: str = "") -> None:
    """Begin something new, asking for what is not given."""
    if what not in NEW:
        raise SiteError([Problem("", 0, f"there is no new {what!r}", f"one of: {', '.join(sorted(NEW))}")])
    NEW[what]({"name": name, "address": address, "strike": strike, "zone": zone})


def _build(settings: dict[str, Any]) -> None:
    door.build(settings)
    print(f"Built {files.spoken(Path(settings['OUTPUT_PATH']))}")


__all__ = ["bench", "docs", "golden", "lint", "screenshots", "test", "words"]
