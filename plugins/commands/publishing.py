"""The commands that send something away: the archive to where the repository lives, the site to where readers are."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from plugins.commands import options
from plugins.core.errors import annotation


@click.command
@options.content
@click.option(
    "--from",
    "handed_over",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="a folder with the archive that another job has collected: checked, and taken over first",
)
def save(content: str | None, handed_over: Path | None) -> None:
    """Commit the archive and push it, on top of whatever others have pushed meanwhile."""
    from plugins.publishing import save_archive
    from plugins.sections import settings as site_settings

    folder = site_settings.read(PATH=content).of(site_settings.SiteSettings).content
    saved = save_archive.save(folder, datetime.now(UTC), handed_over=handed_over)
    for line in saved.said:
        click.echo(f"remote: {line}")
    for warning in saved.warnings:
        click.echo(warning, err=True)
        if os.environ.get("GITHUB_ACTIONS"):
            click.echo(annotation("warning", warning))
    said = {"nothing": "Nothing to save.", "archive": "Saved the archive", "heartbeat": "Made a heartbeat"}[saved.what]
    if saved.pushes > 1:
        said += f" ({saved.pushes} pushes)"
    click.echo(said)


@click.command
@options.content
def publish(content: str | None) -> None:
    """Build the site for SITEURL, check it, and push it to the branch gh-pages: for hosts that serve a branch."""
    from plugins.links import built_site
    from plugins.publishing import publish as publishing
    from plugins.sections import build as site_build

    published = publishing.publish(site_build.settings("publishconf.py", PATH=content), built_site.problems)
    click.echo(publishing.tell(published))


@click.command
@options.content
@options.output
@options.publish_settings
@click.option("--dry-run", is_flag=True, help="show the words, and post nothing; needs no key")
def announce(content: str | None, output: str | None, settings: str, dry_run: bool) -> None:
    """After a deploy: post what is new to Mastodon and Bluesky, once each."""
    from plugins.announce import command
    from plugins.sections import build as site_build

    values = site_build.settings(settings, PATH=content, OUTPUT_PATH=output)
    raise click.exceptions.Exit(command.announce(values, command.AnnounceOptions(dry_run=dry_run)))
