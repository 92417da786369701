"""The commands for the updates: ask the sources, correct what they say, tell the feeds' readers.

What a command needs is imported when it runs; none of these needs Pelican, which takes its time to load.
"""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from plugins.commands import options


@click.command
@options.content
@options.force_fetch
@click.option("--source", metavar="ID", multiple=True, help="ask only the source with this id (repeatable)")
@click.option("--dry-run", is_flag=True, help="show what would be archived, and write nothing")
@click.option("--refilter", is_flag=True, help="judge again what the topics dropped in the last 30 days")
@click.option(
    "--explain",
    metavar="ITEM",
    default="",
    help="say why the item with this address or id is on the wire or not, what the desk did, and its story",
)
@click.option(
    "--accept-moves",
    is_flag=True,
    help="write the new addresses of feeds that have moved for good into sources.toml",
)
@click.option(
    "--accept-archive",
    is_flag=True,
    help="go on although the archive has lost updates, and ask all sources in full",
)
@options.verbose
@options.allow_private_host
@options.settings
def fetch(
    content: str | None,
    force: bool,
    source: tuple[str, ...],
    dry_run: bool,
    refilter: bool,
    explain: str,
    accept_moves: bool,
    accept_archive: bool,
    verbose: bool,
    allow_private_host: tuple[str, ...],
    settings: str,
) -> None:
    """Ask the sources for updates, and archive those the topics keep; ask their calendars for events."""
    from plugins.sections import settings as site_settings

    values = site_settings.read(settings, PATH=content)
    site = values.of(site_settings.SiteSettings)
    if explain:
        from plugins.updates.commands import explain_update
        from plugins.updates.settings import UpdatesSettings

        budget = values.of(UpdatesSettings).story_budget
        explain_update.explain(site.content, ZoneInfo(site.timezone), explain, budget)
        return
    from plugins.updates.commands import fetch_sources

    if accept_moves:
        fetch_sources.accept_moves(site.content)
        return
    asked = fetch_sources.Options(
        force=force,
        dry_run=dry_run,
        refilter=refilter,
        accept_archive=accept_archive,
        verbose=verbose,
        only=source,
        allow=allow_private_host,
    )
    from plugins.events.commands import fetch_calendars

    fetch_sources.fetch(values, asked)
    wanted = fetch_calendars.FetchCalendarsOptions(
        force=force,
        dry_run=dry_run,
        verbose=verbose,
        accept_archive=accept_archive,
        only=source,
        allow=allow_private_host,
    )
    fetch_calendars.fetch(values, wanted)


@click.command
@options.content
@click.option("--pin", metavar="ITEM", default="", help="put this update on top (id or address)")
@click.option("--hide", metavar="ITEM", default="", help="take it off the site")
@click.option("--retitle", metavar="ITEM", default="", help="give it a headline of ours, with --to")
@click.option("--to", metavar="TEXT", default="", help="the headline")
@click.option("--note", metavar="TEXT", default="", help="a sentence of ours, with --item")
@click.option("--item", metavar="ITEM", default="", help="the update the note stands under")
@click.option("--join", metavar="ITEM,ITEM", default="", help="these tell one story")
@click.option("--split", metavar="ITEM", default="", help="this one tells a story of its own")
@click.option("--takedown", metavar="ITEM", default="", help="remove its text for good (id or address)")
@click.option("--undo", metavar="ITEM", default="", help="remove the desk's orders about it")
@click.option("--most", metavar="COUNT", type=int, default=20, show_default=True, help="how many to list")
def desk(
    content: str | None,
    pin: str,
    hide: str,
    retitle: str,
    to: str,
    note: str,
    item: str,
    join: str,
    split: str,
    takedown: str,
    undo: str,
    most: int,
) -> None:
    """List what nobody has decided about; or pin, hide, retitle, note, join, split or take down an update."""
    from plugins.sections import settings as site_settings
    from plugins.updates.commands import edit_desk

    options = edit_desk.DeskOptions(pin, hide, retitle, to, note, item, join, split, takedown, undo)
    site = site_settings.read(PATH=content).of(site_settings.SiteSettings)
    edit_desk.desk(site.content, ZoneInfo(site.timezone), options, most)


@click.command("sources-import")
@click.argument("file", help="an OPML file")
@click.option(
    "--kind", metavar="KIND", default="press", show_default=True, help="the kind of feeds in no folder named after one"
)
@options.content
def sources_import(file: str, kind: str, content: str | None) -> None:
    """Add the feeds of an OPML file to sources.toml."""
    from plugins.sections import settings as site_settings
    from plugins.updates.commands import import_opml

    site = site_settings.read(PATH=content).of(site_settings.SiteSettings)
    import_opml.import_sources(site.content, Path(file), kind)


@click.command
@options.content
@options.output
@options.publish_settings
@options.allow_private_host
def ping(content: str | None, output: str | None, settings: str, allow_private_host: tuple[str, ...]) -> None:
    """After a deploy: tell the WebSub hub which feeds changed."""
    from plugins.sections import settings as site_settings
    from plugins.updates.commands import ping as pinging

    values = site_settings.read(settings, PATH=content, OUTPUT_PATH=output)
    pinging.ping(values.of(site_settings.SiteSettings), allow_private_host)
