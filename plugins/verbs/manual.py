"""The door for `./inv docs`: write the pages of the manual that are made from the code.

What people write by hand, docs/writer.md and its like, it leaves alone.
"""

import inspect
import sys
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from invoke.collection import Collection
from invoke.parser.argument import Argument
from invoke.tasks import Task

from plugins.core import files
from plugins.verbs import manual_commands, manual_settings
from plugins.verbs.manual_commands import Command, Option
from plugins.verbs.words import LAST_WORD


def pages(root: Path) -> Mapping[str, str]:
    """Return the pages by their path from the root, as they should be."""
    settings = manual_settings.read(files.read_text(root / "pelicanconf.py"))
    return {
        "docs/settings.md": manual_settings.page(settings),
        "docs/commands.md": manual_commands.page(commands(root)),
    }


def write(root: Path) -> tuple[str, ...]:
    """Write the pages that differ, and return their paths."""
    return tuple(name for name, text in pages(root).items() if files.write_if_changed(root / name, text.encode()))


def commands(root: Path) -> tuple[Command, ...]:
    """Return the verbs of tasks.py.

    It is loaded once more for this, with the verbs it takes from elsewhere: invoke takes a verb's words of help away
    from it when it reads them.
    """
    spec = spec_from_file_location("verbs", root / "tasks.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"{root / 'tasks.py'} cannot be loaded")
    for name in [name for name in sys.modules if name.startswith("plugins.verbs")]:
        del sys.modules[name]
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return tuple(_command(task) for task in Collection.from_module(module).tasks.values())


def _command(task: Task[Any]) -> Command:
    """Return what a verb says of itself."""
    arguments = task.get_arguments()
    text = inspect.cleandoc(task.__doc__ or "")
    name, options = task.name.replace("_", "-"), [argument for argument in arguments if not argument.positional]
    typed = [str(argument.name).upper() for argument in arguments if argument.positional]
    if last := LAST_WORD.get(name):
        typed.append(f"[{last.upper()}]")
        options = [argument for argument in options if argument.name != last]
    return Command(name, text, tuple(map(_option, options)), tuple(typed))


def _option(argument: Argument) -> Option:
    name = str(argument.name).replace("_", "-")
    typed = f"--{name}" if argument.kind is bool else f"--{name} {name.upper()}"
    default = "" if argument.kind is bool or argument.default in (None, "", []) else str(argument.default)
    return Option(typed, argument.help or "", default)
