"""The commands' page of the manual, from the verbs' own words. Pure: values in, Markdown out."""

from collections.abc import Iterable
from dataclasses import dataclass

from plugins.verbs.manual_settings import cell


@dataclass(frozen=True, slots=True)
class Option:
    """A verb's option as it is typed, what its help says, and what it is when it is not given ("" for nothing)."""

    typed: str
    help: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A verb, what its docstring says, and its options; `positional`: words typed without dashes."""

    name: str
    text: str
    options: tuple[Option, ...] = ()
    positional: tuple[str, ...] = ()


def page(commands: Iterable[Command]) -> str:
    """Return the page: every verb, by name."""
    ordered = sorted(commands, key=lambda command: command.name)
    lines = [
        "# Commands",
        "",
        "<!-- Made from the verbs by `./inv docs`: change the docstrings there. -->",
        "",
        "Exit codes: 0 done, 1 the content or the run has problems (they are listed), 2 the command was misused,",
        "3 what was asked for could not be checked here.",
    ]
    for command in ordered:
        words = " ".join([command.name, *command.positional])
        lines += ["", f"## `./inv {words}`", "", command.text]
        if command.options:
            lines += ["", "| Option | What it does |", "|---|---|"]
            lines += [f"| `{option.typed}` | {_said(option)} |" for option in command.options]
    return "\n".join(lines) + "\n"


def _said(option: Option) -> str:
    usual = f" (else `{option.default}`)" if option.default else ""
    return cell(option.help) + usual
