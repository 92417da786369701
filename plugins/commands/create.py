"""The commands that begin something: `digest`, `import`, and `accept`, a reader's issue; `new` is in `new_entries`.

What a command needs is imported when it runs.
"""

import sys
from pathlib import Path

import click

from plugins.commands import options

ROOT = Path(__file__).parents[2]
EXPORTS = ("substack", "medium", "wordpress", "feed")


@click.command
@options.content
@options.publish_settings
@click.option(
    "--since",
    metavar="WHEN",
    default="",
    help="from when on: 7d, 2w, 36h or a day such as 2026-11-01 (7d where nothing is said)",
)
@click.option("--post", metavar="FILE", default="", help="make only an e-mail, of this post as it stands")
@click.option(
    "--email",
    metavar="FILE",
    default="",
    help="the .eml file to write, a new one; else it lies in .cache/digest/, and is made anew",
)
def digest(content: str | None, settings: str, since: str, post: str, email: str) -> None:
    """Begin a post of what happened lately, and write it, or any post, as an e-mail. Nothing is sent."""
    from plugins.digest import command
    from plugins.sections import build as site_build

    command.digest(site_build.settings(settings, PATH=content), command.DigestOptions(since, post, email))


@click.command
@click.argument(
    "issue", help="the issue's text in a file, - for what is pasted, or its number or address on GitHub (by gh)"
)
@options.content
@options.settings
def accept(issue: str, content: str | None, settings: str) -> None:
    """Make an entry of a reader's issue: an update, a fund nobody has signed, or a correction to finish."""
    from plugins.core import files
    from plugins.core.escapes import for_terminal
    from plugins.sections import settings as site_settings
    from plugins.writing import accept_issue

    if issue == "-" and sys.stdin.isatty():
        click.echo("Paste the issue's text, then end it with Ctrl-D on a line of its own.", err=True)
    accepted = accept_issue.accept(issue, site_settings.read(settings, PATH=content), ROOT)
    click.echo(f"{accepted.form}: written {', '.join(map(files.display_path, accepted.files))}.")
    click.echo("\n".join(map(for_terminal, accepted.said)))


@click.command("import")
@click.argument("given", metavar="EXPORT", help="an export's file or folder, or the address of a feed")
@click.option(
    "--as",
    "kind",
    metavar="KIND",
    type=click.Choice(EXPORTS),
    help="substack, medium, wordpress or feed, where looking at it does not tell",
)
@click.option("--site", metavar="ADDRESS", default="", help="the old site's address, where the export does not say it")
@click.option(
    "--images/--no-images",
    default=True,
    help="bring the pictures along, or leave them where they are (else: bring them)",
)
@options.allow_private_host
@options.content
def import_site(
    given: str, kind: str | None, site: str, images: bool, allow_private_host: tuple[str, ...], content: str | None
) -> None:
    """Bring an old site's texts here: an export of Substack, Medium or WordPress, or any feed; tell what was lost."""
    from plugins.importing import command
    from plugins.sections import settings as site_settings

    asked = command.ImportOptions(kind=kind or "", site=site, images=images, allow=allow_private_host)
    raise click.exceptions.Exit(command.import_site(site_settings.read(PATH=content), given, asked))
