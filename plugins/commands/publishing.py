"""The commands that send something away: the archive to where the repository lives, the site to where readers are."""

import os
from datetime import UTC, datetime

import click

from plugins.commands import options
from plugins.core.errors import annotation


@click.command
@options.content
def save(content: str | None) -> None:
    """Commit the archive and push it, on top of whatever others have pushed meanwhile."""
    from plugins.publishing import save_archive
    from plugins.sections import settings as site_settings

    saved = save_archive.save(
        site_settings.read(PATH=content).of(site_settings.SiteSettings).content, datetime.now(UTC)
    )
    for warning in saved.warnings:
        click.echo(warning, err=True)
        if os.environ.get("GITHUB_ACTIONS"):
            click.echo(annotation("warning", warning))
    times = f" ({saved.pushes} pushes)" if saved.pushes > 1 else ""
    said = {"nothing": "Nothing to save.", "archive": "Saved the archive", "heartbeat": "Made a heartbeat"}
    click.echo(said[saved.what] + times)


@click.command
@options.content
def publish(content: str | None) -> None:
    """Build the site for SITEURL, check it, and push it to the branch gh-pages: for hosts that serve a branch."""
    from plugins.links import built_site
    from plugins.publishing import publish as publishing
    from plugins.sections import build as door

    published = publishing.publish(door.settings("publishconf.py", PATH=content), built_site.problems)
    click.echo(publishing.tell(published))
