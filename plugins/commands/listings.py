"""The command for the employers' job boards. What it needs is imported when it runs."""

import click

from plugins.commands import options


@click.command
@options.content
@click.option("--only", metavar="ID", multiple=True, help="read only the board with this id (repeatable)")
@click.option("--force", is_flag=True, help="ask for everything: without validators, and for the page of every posting")
@click.option("--dry-run", is_flag=True, help="show what would be archived, and write nothing")
@click.option(
    "--accept-shrunk",
    metavar="ID",
    multiple=True,
    help="most listings of the board with this id are gone indeed: count them as absent (repeatable)",
)
@click.option("--accept-archive", is_flag=True, help="go on although the archive has lost listings")
@options.verbose
@options.allow_private_host
@options.settings
def listings(
    content: str | None,
    only: tuple[str, ...],
    force: bool,
    dry_run: bool,
    accept_shrunk: tuple[str, ...],
    accept_archive: bool,
    verbose: bool,
    allow_private_host: tuple[str, ...],
    settings: str,
) -> None:
    """Read the employers' job boards and archive what is new, reworded or gone."""
    from plugins.listings.commands import watch_boards
    from plugins.sections import settings as site_settings

    asked = watch_boards.WatchOptions(
        full=force,
        dry_run=dry_run,
        verbose=verbose,
        accept_archive=accept_archive,
        only=only,
        accept_shrunk=accept_shrunk,
        allow=allow_private_host,
    )
    watch_boards.watch_boards(site_settings.read(settings, PATH=content), asked)
