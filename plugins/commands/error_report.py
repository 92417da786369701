"""How a command ends that could not do what it was asked for: what is printed, and the exit code.

What a person can cause (wrong content, a disk that is full, Ctrl-C) is told in a line with what to do. A traceback is
for what only a fault in our code can cause, and asks to be reported.
"""

import os
import sys
import traceback

import click

from plugins.core import files
from plugins.core.errors import SiteError, annotation

INTERRUPTED = 130
"""What shells take for "ended by Ctrl-C": 128 and the signal's number."""

BUG = "This is a fault of Picketwire, not of your texts. Please report it with the lines above and what you typed."


def report(error: Exception) -> int:
    """Print what ended a command, and return its exit code."""
    match error:
        case click.exceptions.Abort():
            return _aborted(error.__cause__)
        case click.ClickException():
            error.show()
            return error.exit_code
        case BrokenPipeError():  # as in `./inv check | head`: whoever read has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        case SiteError():
            return _problems(error)
        case OSError():
            return _problems(SiteError([files.problem(error)], "what was done before it stands"))
    traceback.print_exception(error)
    click.echo(BUG, err=True)
    return 1


def _aborted(cause: BaseException | None) -> int:
    """Tell why click gave up: Ctrl-C, or an end of the input where an answer was wanted."""
    if isinstance(cause, EOFError):
        click.echo("The input ended before the question was answered; nothing more was done.", err=True)
        return 2
    click.echo("Stopped by Ctrl-C.", err=True)
    return INTERRUPTED


def _problems(error: SiteError) -> int:
    """Print problems, a line each, then how things stand; on GitHub also where an editor sees them."""
    for problem in error.problems:
        click.echo(str(problem), err=True)
    if os.environ.get("GITHUB_ACTIONS"):
        for problem in error.problems:
            click.echo(annotation("error", problem))
    count = len(error.problems)
    click.echo(f"{count} problem{'s' * (count != 1)}; {error.after}", err=True)
    return error.code
