"""The commands' page of the manual, from the commands' own words."""

from collections.abc import Iterable
from dataclasses import dataclass

from plugins.commands.manual_settings import cell


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or option as it is typed, what its help says, and an option's names (an argument has none)."""

    typed: str
    help: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command, the usage line of its help, what it does, and its arguments and options."""

    name: str
    usage: str
    text: str
    parameters: tuple[Parameter, ...] = ()


def page(commands: Iterable[Command]) -> str:
    """Return the page: every command, by name."""
    ordered = sorted(commands, key=lambda command: command.name)
    lines = [
        "# Commands",
        "",
        "<!-- Made from the commands by `./inv docs`: change the docstrings there. -->",
        "",
        "`./inv` lists them, and `./inv COMMAND --help` says what is here.",
        "",
        "Exit codes: 0 done, 1 the content or the run has problems (they are listed), 2 the command was misused,",
        "3 what was asked for could not be checked here, 130 stopped by Ctrl-C.",
    ]
    for command in ordered:
        lines += ["", f"## `{command.usage}`", "", command.text]
        if command.parameters:
            lines += ["", "| Typed | What it does |", "|---|---|"]
            lines += [f"| `{one.typed}` | {cell(one.help)} |" for one in command.parameters]
    return "\n".join(lines) + "\n"
