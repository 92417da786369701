"""The commands for the whole site: build it, check it, look at it. What a command needs is imported when it runs."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from plugins.commands import options
from plugins.core import files
from plugins.core.errors import Problem, SiteError

if TYPE_CHECKING:
    from plugins.core.config.settings_file import Settings


@click.command
@options.content
@options.output
@options.force_fetch
@options.verbose
@options.allow_private_host
def site(
    content: str | None, output: str | None, force: bool, verbose: bool, allow_private_host: tuple[str, ...]
) -> None:
    """Fetch the updates, read the job boards, then build the site: the whole job."""
    from plugins.events.commands import fetch_calendars
    from plugins.listings.commands import watch_boards
    from plugins.sections import build as site_build
    from plugins.sections.check import check as check_content
    from plugins.updates.commands import fetch_sources

    settings = site_build.settings(PATH=content, OUTPUT_PATH=output)
    check_content(settings)
    fetch_sources.fetch(settings, fetch_sources.Options(force=force, verbose=verbose, allow=allow_private_host))
    fetch_calendars.fetch(
        settings, fetch_calendars.FetchCalendarsOptions(force=force, verbose=verbose, allow=allow_private_host)
    )
    watch_boards.watch_boards(
        settings, watch_boards.WatchOptions(due=not force, verbose=verbose, allow=allow_private_host)
    )
    _build(settings)


@click.command
@options.content
@options.output
@options.settings
def build(content: str | None, output: str | None, settings: str) -> None:
    """Build the site from content and archive, offline."""
    from plugins.sections.launch import launched

    digest = ""
    if launch := launched(settings, {"PATH": content, "OUTPUT_PATH": output}):
        digest = launch.digest
        pages = launch.unchanged()
        if pages is not None:
            click.echo(f"0 of {pages:,} pages rendered: nothing has changed")
            click.echo(f"Built {files.display_path(launch.where.output)}")
            return
    from plugins.sections import build as site_build

    _build(site_build.settings(settings, PATH=content, OUTPUT_PATH=output), digest)


@click.command
@options.content
@options.output
@options.settings
@click.option("--topics", is_flag=True, help="say how far each topic reaches, and which of its terms find nothing")
@click.option(
    "--html",
    is_flag=True,
    help="the built pages' HTML too, with the Nu HTML checker; needs Java, and npm to fetch it once",
)
def check(content: str | None, output: str | None, settings: str, topics: bool, html: bool) -> None:
    """Check all content and settings, and the links within the site as last built; list every problem."""
    from plugins.html import checker as nu
    from plugins.links import built_site
    from plugins.sections import settings as site_settings
    from plugins.sections.check import check as check_content

    values = site_settings.read(settings, PATH=content, OUTPUT_PATH=output)
    of_site = values.of(site_settings.SiteSettings)
    gathered = check_content(values)
    in_html: tuple[Problem, ...] = ()
    unchecked = ""
    if html:
        in_html, unchecked = nu.look(of_site.output)
    if problems := (*built_site.problems(of_site), *in_html):
        raise SiteError(problems)
    for notice in gathered.notices:
        click.echo(f"note: {notice}")
    click.echo(f"No problems in {len(gathered.editions)} sections.")
    if topics:
        from plugins.updates.commands import check_topics

        click.echo("\n".join(check_topics.topic_report(of_site.content, ZoneInfo(of_site.timezone), datetime.now(UTC))))
    if unchecked:
        click.echo(unchecked, err=True)
        raise click.exceptions.Exit(3)


@click.command
@options.content
@options.settings
@click.option(
    "--port",
    metavar="PORT",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="the port on this machine; 0 takes any that is free",
)
@click.option(
    "--drafts", is_flag=True, help="show drafts and what is scheduled too, each marked; none of it reaches the output"
)
def serve(content: str | None, settings: str, port: int, drafts: bool) -> None:
    """Show the site on this machine, and build it again at every save; problems are shown in the page."""
    from plugins.preview.command import preview
    from plugins.preview.model import PreviewOptions

    preview(PreviewOptions(settings, content, port, drafts))


@click.command
@options.content
@click.option(
    "--links",
    is_flag=True,
    help="look at every link to another site instead, and find archived copies of what is cited",
)
@click.option(
    "--sign",
    metavar="NAME",
    default="",
    help="your name: write verified_on and verified_by for funds whose evidence is clean",
)
@click.option("--fund", metavar="ID", multiple=True, help="only the fund with this id (repeatable)")
@click.option("--force", is_flag=True, help="with --links: look at every page now, not only those whose week is over")
@options.allow_private_host
@options.settings
def verify(
    content: str | None,
    links: bool,
    sign: str,
    fund: tuple[str, ...],
    force: bool,
    allow_private_host: tuple[str, ...],
    settings: str,
) -> None:
    """Look whether the funds' links, or all links, still lead where they should; exit 1 where an editor must look."""
    from plugins.funds import verify as funds
    from plugins.links import verify as pages
    from plugins.sections import build as site_build

    values = site_build.settings(settings, PATH=content)
    if links:
        code = pages.verify(values, pages.LinkCheckOptions(force=force, allow=allow_private_host))
    else:
        code = funds.verify(values, funds.FundCheckOptions(sign=sign, only=fund, allow=allow_private_host))
    raise click.exceptions.Exit(code)


def _build(settings: "Settings", digest: str = "") -> None:
    from plugins.sections import build as site_build
    from plugins.sections.settings import SiteSettings

    site_build.build(settings, digest)
    click.echo(f"Built {files.display_path(settings.of(SiteSettings).output)}")
