"""Write the pages of the manual that are made from the code, for `./inv docs`.

What people write by hand, docs/writer.md and its like, it leaves alone.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from plugins.commands import manual_commands, manual_settings
from plugins.commands.manual_commands import Command, Parameter
from plugins.commands.program import Program
from plugins.core import files


def pages(root: Path, program: Program) -> Mapping[str, str]:
    """Return the pages by their path from the root, as they should be."""
    settings = manual_settings.read(files.read_text(root / "pelicanconf.py"))
    return {
        "docs/settings.md": manual_settings.page(settings),
        "docs/commands.md": manual_commands.page(commands(program)),
    }


def write(root: Path, program: Program) -> tuple[str, ...]:
    """Write the pages that differ, and return their paths."""
    written = []
    for name, text in pages(root, program).items():
        if files.write_if_changed(root / name, text.encode()):
            written.append(name)
    return tuple(written)


def commands(program: Program) -> tuple[Command, ...]:
    """Return what each command says of itself, in the same words as its help."""
    return tuple(_command(context) for context in program.contexts())


def _command(context: click.Context) -> Command:
    command = context.command
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    name = context.command_path.partition(" ")[2]
    return Command(name, usage, command.help or "", tuple(_parameters(context)))


def _parameters(context: click.Context) -> Iterator[Parameter]:
    """Yield a command's arguments, then its options, without the help option that every command has."""
    for parameter in context.command.params:
        if record := parameter.get_help_record(context):
            yield Parameter(*record, names=tuple(name for name in parameter.opts if name.startswith("-")))
