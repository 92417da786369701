"""`./inv new KIND`: a command for each kind of entry a feature has, with the options its form asks for.

At a terminal what is not given is asked for; elsewhere it is told as missing. What a command needs is imported when it
runs.
"""

import pkgutil
import sys
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

import plugins
from plugins.core.errors import MisuseError, Problem

if TYPE_CHECKING:
    from plugins.sections.questions import Form

ROOT = Path(__file__).parents[2]
Question = Callable[[str], str] | None


class Kinds(click.Group):
    """The kinds of entry, of all features that have a module `forms`; each is a command of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the kinds by name."""
        return sorted([*self.commands, *_forms()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a kind, None where there is no such kind."""
        if form := _forms().get(cmd_name):
            return _command(form)
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the kind that was typed; one that is not there is refused with what may have been meant."""
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            remedy = f"It is one of {', '.join(known)}."
            if near := get_close_matches(args[0], known, n=1):
                remedy = f"Did you mean {near[0]!r}?"
            ctx.fail(f"There is no new {args[0]!r}. {remedy}")
        return super().resolve_command(ctx, args)


@cache
def _forms() -> Mapping[str, "Form"]:
    from plugins.sections import questions

    return questions.forms(f"plugins.{module.name}.plugin" for module in pkgutil.iter_modules(plugins.__path__))


def _command(form: "Form") -> click.Command:
    """Return the command that writes an entry of a form: its name as an argument, all it asks for as options."""
    parameters: list[click.Parameter] = [
        click.Argument(["given"], metavar="[NAME]", required=False, default="", help=f"its {form.name}")
    ]
    for field in form.asked:
        names = [form.option(field.key), field.key]
        parameters.append(click.Option(names, metavar="TEXT", default="", help=field.says))
    parameters.append(click.Option(["--content"], metavar="DIR", help="the content folder"))
    return click.Command(form.kind, params=parameters, callback=partial(_write, form), help=f"Begin a new {form.kind}.")


def _write(form: "Form", given: str, content: str | None, **answers: str) -> None:
    from plugins.core import files
    from plugins.sections import settings as site_settings
    from plugins.sections.newsroom import newsroom
    from plugins.writing import new as writing

    if given and answers.get(form.name):
        raise click.UsageError(f"the name is given twice, behind {form.kind} and with {form.option(form.name)}")
    if given:
        answers[form.name] = given
    settings = site_settings.read(PATH=content)
    written = _answered(form.kind, lambda ask: writing.new(form, newsroom(settings), answers, ask))
    click.echo(f"Written: {', '.join(map(files.display_path, written))}.")
    if form.is_draft:
        click.echo("It is a draft, its comments explain every field:")
        click.echo("./inv serve --drafts shows it to you, and to nobody else.")
    if form.said:
        click.echo(form.said)


def _answered(kind: str, begin: Callable[[Question], tuple[Path, ...]]) -> tuple[Path, ...]:
    """Return what `begin` writes, asking at a terminal; who ends the questions is told how to begin again."""
    try:
        return begin(input if sys.stdin.isatty() else None)
    except EOFError as error:
        remedy = f"begin again: ./inv new {kind}"
        raise MisuseError([Problem("", 0, "the questions were not answered", remedy)]) from error


@click.command(cls=Kinds, subcommand_metavar="KIND …", options_metavar="")
def new() -> None:
    """Begin something new: a finished, checked entry, asked for at a terminal where an option does not say it."""


@new.command
@click.argument("given", metavar="[NAME]", required=False, default="", help="what the site is called")
@click.option("--name", metavar="NAME", default="", help="what the site is called")
@click.option("--address", metavar="ADDRESS", default="", help="where readers will find it")
@click.option("--strike", metavar="SIDES", default="", help='the strike, as "WHO against WHOM"')
@click.option(
    "--about",
    metavar="WORDS",
    default="",
    help="what it is about, such as pay, safety, recognition; or words of your own",
)
@click.option("--zone", metavar="ZONE", default="", help="the time zone of its dates")
def site(given: str, name: str, **answers: str) -> None:
    """Make this copy a site of your own, without the example."""
    from plugins.publishing import fresh_site

    if given and name:
        raise click.UsageError("the name is given twice, behind site and with --name")

    def begin(ask: Question) -> tuple[Path, ...]:
        fresh_site.new_site(ROOT, fresh_site.ask({"name": given or name, **answers}, ask), date.today())  # noqa: DTZ011 - the day it is here
        return ()

    _answered("site", begin)
    click.echo("The example is gone. Look at content/strikes.toml and content/pages/about.md, then run ./inv serve.")
    click.echo('Commit it when it is as you want it: git add --all, then git commit --message "Our own site".')


@new.command
@click.argument("text", metavar="POST", help="what to translate: a post's or page's slug, file or address")
@click.argument("language", metavar="LANG", help="the language's code, as in es")
@click.option("--content", metavar="DIR", help="the content folder")
def translation(text: str, language: str, content: str | None) -> None:
    """Begin a translation with what its original says of itself."""
    from plugins.core import files
    from plugins.sections import settings as site_settings
    from plugins.writing.translation import new_translation

    path = new_translation(site_settings.read(PATH=content).of(site_settings.SiteSettings), text, language)
    click.echo(
        f"Written: {files.display_path(path)}. Its words are still the original's: translate title, summary and text."
    )
    click.echo("It is a draft: ./inv serve --drafts shows it to you, and nobody else sees it.")
