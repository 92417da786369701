"""`./inv` as a command line: which commands there are, and what is printed when help is asked for.

click parses the words and explains the commands. This module adds the sections of tasks.py to the list, `--list`, and
`--help COMMAND`.
"""

from collections.abc import Iterator, Mapping, Sequence

import click

_HELP_OPTIONS = ("-h", "--help")

Sections = Mapping[str, Sequence[click.Command]]
"""The commands under the headings of the list."""


class Program(click.Group):
    """A group of commands that lists them in sections."""

    def __init__(self, sections: Sections, help_text: str) -> None:
        self.sections = sections
        super().__init__(
            commands=[command for commands in sections.values() for command in commands],
            params=[click.Option(["--list"], is_flag=True, is_eager=True, callback=_list, help="List the commands.")],
            callback=_without_command,
            invoke_without_command=True,
            help=help_text,
            subcommand_metavar="COMMAND …",
            options_metavar="",
            context_settings={"help_option_names": list(_HELP_OPTIONS), "max_content_width": 110},
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse what was typed; `--help COMMAND` means `COMMAND --help`."""
        if len(args) > 1 and args[0] in _HELP_OPTIONS and not args[1].startswith("-"):
            args = [args[1], args[0]]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each section's commands with what they do, uncut."""
        for heading, commands in self.sections.items():
            with formatter.section(heading):
                formatter.write_dl([(str(command.name), command.help or "") for command in commands], col_max=20)

    def contexts(self, name: str = "./inv") -> Iterator[click.Context]:
        """Yield the context of each command, in which its usage and its options' help can be asked for.

        A group, such as `new`, is followed by its commands.
        """
        yield from _contexts(self, click.Context(self, info_name=name, **self.context_settings))


def _contexts(group: click.Group, parent: click.Context) -> Iterator[click.Context]:
    for name in group.list_commands(parent):
        command = group.get_command(parent, name)
        if command:
            context = click.Context(command, parent=parent, info_name=name)
            yield context
            if isinstance(command, click.Group):
                yield from _contexts(command, context)


def _list(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


@click.pass_context
def _without_command(ctx: click.Context, list: bool = False) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
